//! Packs clusters and word lists.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use tieline::language::weights::WordMap;
use tieline::language::words::{list, phrase_key, raw_key};

/// The sections of clusters and of lists.
pub(crate) fn sections(folder: &Path) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let mut clusters = Vec::new();
    for line in read("clusters.tsv")?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [word, cluster, sub] = fields[..] {
            let class = cluster.parse::<u16>()? * 16 + sub.parse::<u16>()? + 1;
            clusters.push((raw_key(word), class));
        }
    }
    let mut lists: BTreeMap<u32, u16> = BTreeMap::new();
    let mut add = |phrase: &str, bit: u16| {
        *lists.entry(phrase_key(phrase)).or_default() |= bit;
    };
    for name in read("first-names.txt")?
        .lines()
        .filter(|l| l.chars().count() > 1)
    {
        add(name, list::FIRST);
    }
    for name in read("surnames.txt")?
        .lines()
        .filter(|l| l.chars().count() > 1)
    {
        add(name, list::SURNAME);
    }
    for line in read("cities.tsv")?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [name, _, people] = fields[..]
            && name.chars().count() > 2
        {
            let large = people.parse::<u64>().unwrap_or(0) >= 200_000;
            add(name, if large { list::CITY } else { list::TOWN });
        }
    }
    own_lists(&mut add)?;
    let lists: Vec<(u32, u16)> = lists.into_iter().collect();
    Ok((WordMap::write(&clusters), WordMap::write(&lists)))
}

/// Adds the lists of `ontology/`, which extraction uses as well.
fn own_lists(add: &mut impl FnMut(&str, u16)) -> anyhow::Result<()> {
    let read = |name: &str| -> anyhow::Result<toml::Table> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("ontology")
            .join(name);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        Ok(text.parse()?)
    };
    // Rows of fields, parted by "|"; forms within a field by ";" or "/". A form
    // with "?" is ambiguous, which the model finds out by itself.
    let rows = |table: &toml::Table, section: &str| -> Vec<Vec<Vec<String>>> {
        let text = table
            .get(section)
            .and_then(toml::Value::as_str)
            .unwrap_or("");
        let forms = |field: &str| -> Vec<String> {
            field
                .split([';', '/'])
                .map(|f| f.trim().trim_end_matches('?').trim().to_string())
                .filter(|f| f.chars().count() > 1)
                .collect()
        };
        text.lines()
            .filter(|l| !l.trim().is_empty())
            .map(|l| l.split('|').map(forms).collect())
            .collect()
    };
    let mut each = |rows: Vec<Vec<Vec<String>>>, fields: &[(usize, u16)]| {
        for row in &rows {
            for (field, bit) in fields {
                for form in row.get(*field).into_iter().flatten() {
                    add(form, *bit);
                }
            }
        }
    };
    let countries = read("countries.toml")?;
    let country = [
        (1, list::COUNTRY),
        (2, list::COUNTRY),
        (3, list::DEMONYM),
        (4, list::DEMONYM),
        (5, list::CITY),
    ];
    for section in countries
        .keys()
        .filter(|k| !matches!(k.as_str(), "yes" | "no"))
    {
        each(rows(&countries, section), &country);
    }
    let titles = read("titles.toml")?;
    for section in ["honorifics", "ranks", "offices", "professions"] {
        each(rows(&titles, section), &[(0, list::TITLE)]);
    }
    let organizations = read("organizations.toml")?;
    for section in ["last", "first"] {
        each(rows(&organizations, section), &[(1, list::ORGANIZATION)]);
    }
    each(rows(&organizations, "alone"), &[(1, list::BODY)]);
    each(
        rows(&organizations, "bodies"),
        &[(0, list::BODY), (1, list::BODY)],
    );
    each(rows(&organizations, "place_heads"), &[(0, list::PLACE)]);
    let calendar = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February \
                    March April May June July August September October November December Jan. \
                    Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. Mon. Tue. Wed. \
                    Thu. Fri. Sat. Sun.";
    for word in calendar.split_whitespace() {
        add(word, list::CALENDAR);
    }
    Ok(())
}
