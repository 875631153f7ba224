//! The title without the outlet's name, and the outlet in a title. Pure.

use super::main_text::likeness;

const BORDERS: [&str; 11] = [
    " | ", " -- ", " - ", " – ", " — ", " :: ", " » ", " · ", " « ", " • ", " // ",
];

/// Whether two names are of one outlet: "The Example Post", "examplepost.com".
pub(super) fn same(piece: &str, outlet: &str) -> bool {
    let flat = |name: &str| -> String {
        let name = name.trim().to_lowercase();
        let name = name.strip_prefix("the ").unwrap_or(&name);
        name.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (a, b) = (flat(piece), flat(outlet));
    !a.is_empty()
        && !b.is_empty()
        && (a == b || b.len() > 5 && a.starts_with(&b) && piece.len() < outlet.len() + 12)
}

/// The title without an outlet and a section around it. `outlets`: what the
/// page calls the outlet.
pub(super) fn bare(title: &str, outlets: &[String]) -> String {
    const MOST: usize = 3;
    let mut title = title.trim();
    for _ in 0..MOST {
        let Some((head, border, tail)) = last_border(title) else {
            break;
        };
        if !outlets.iter().any(|o| same(tail, o)) {
            break;
        }
        title = head;
        // "Storm closes harbour | World news | The Example"
        if let Some((front, second, section)) = last_border(title)
            && second == border
            && border == " | "
            && section.split_whitespace().count() <= 3
            && front.split_whitespace().count() >= 3
        {
            title = front;
        }
    }
    // "Example News - Storm closes harbour", "EXAMPLE | Europe | Storm ..."
    if let Some((head, border, tail)) = first_border(title)
        && outlets.iter().any(|o| same(head, o))
    {
        title = tail;
        if let Some((section, second, rest)) = first_border(title)
            && second == border
            && border == " | "
            && section.split_whitespace().count() <= 3
        {
            title = rest;
        }
    }
    // "Example Post: Storm closes harbour"; elsewhere a colon is part of a title.
    if let Some((head, tail)) = title.split_once(": ")
        && outlets.iter().any(|o| same(head, o))
    {
        title = tail;
    }
    title.trim().to_owned()
}

/// The title without the author's name behind it: "Storm closes harbour | Ida
/// Moss".
pub(super) fn unsigned(title: &str, author: Option<&str>) -> String {
    match (last_border(title), author) {
        (Some((head, " | ", tail)), Some(author)) if plain(tail) == plain(author) => {
            head.trim().to_owned()
        }
        _ => title.to_owned(),
    }
}

/// The outlet's name without what else stands beside it: "Example News | World
/// and local news", "Latest news - Example News". `host`: that of the page.
pub(super) fn name_alone(outlet: &str, host: Option<&str>) -> String {
    let Some((head, border, _)) = first_border(outlet) else {
        return outlet.to_owned();
    };
    let site = plain(host.unwrap_or(""));
    let of_site = outlet.split(border).find(|piece| {
        let piece = plain(piece);
        piece.len() > 2 && site.contains(&piece)
    });
    of_site.unwrap_or(head).trim().to_owned()
}

/// The outlet behind a title whose words the page's headline has.
pub(super) fn outlet(title: &str, headline: &str) -> Option<String> {
    // "The Example Post: Storm closes harbour" over "Storm closes harbour".
    if let Some((head, tail)) = title.split_once(": ")
        && plain(tail) == plain(headline)
        && head.split_whitespace().count() <= 5
        && tail.split_whitespace().count() >= 3
    {
        return Some(head.trim().to_owned());
    }
    let (head, _, tail) = last_border(title)?;
    let short = tail.split_whitespace().count() <= 6 && tail.chars().any(char::is_alphabetic);
    (short && likeness(head, headline) >= 80 && likeness(tail, headline) < 50)
        .then(|| tail.trim().to_owned())
}

/// The letters and digits alone.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn last_border(title: &str) -> Option<(&str, &'static str, &str)> {
    let (at, border) = BORDERS
        .iter()
        .filter_map(|b| Some((title.rfind(b)?, *b)))
        .max()?;
    Some((title.get(..at)?, border, title.get(at + border.len()..)?))
}

fn first_border(title: &str) -> Option<(&str, &'static str, &str)> {
    let (at, border) = BORDERS
        .iter()
        .filter_map(|b| Some((title.find(b)?, *b)))
        .min()?;
    Some((title.get(..at)?, border, title.get(at + border.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let outlets = ["The Example Post".to_owned(), "example.org".to_owned()];
        for (title, expected) in [
            (
                "Storm closes harbour - The Example Post",
                "Storm closes harbour",
            ),
            (
                "Storm closes harbour | World news | The Example Post",
                "Storm closes harbour",
            ),
            (
                "Storm closes harbour — Example Post",
                "Storm closes harbour",
            ),
            ("Storm – the worst in years", "Storm – the worst in years"),
            (
                "Example Post | Europe | Storm closes harbour",
                "Storm closes harbour",
            ),
            ("The Example Post", "The Example Post"),
            ("Example Post: Storm: the worst", "Storm: the worst"),
            ("Storm closes harbour - example.org", "Storm closes harbour"),
        ] {
            assert_eq!(bare(title, &outlets), expected);
        }
        assert_eq!(
            outlet("Storm closes harbour - Nordwind", "Storm closes harbour").as_deref(),
            Some("Nordwind")
        );
        assert_eq!(
            outlet("The Post: Storm closes harbour", "Storm closes harbour").as_deref(),
            Some("The Post")
        );
        assert_eq!(
            outlet(
                "Storm: harbour is closed now",
                "Storm: harbour is closed now"
            ),
            None
        );
        assert_eq!(outlet("Storm - the worst", "Storm - the worst"), None);
        assert_eq!(outlet("Storm closes harbour", "Storm closes harbour"), None);
    }

    #[test]
    fn outlets_alone() {
        let check = |outlet: &str, host: &str, expected: &str| {
            assert_eq!(name_alone(outlet, Some(host)), expected, "{outlet}");
        };
        check(
            "Example News | World and local",
            "example.org",
            "Example News",
        );
        check("Latest - Example Post", "examplepost.org", "Example Post");
        check("Example Post", "example.org", "Example Post");
        check("A - B", "", "A");
    }

    #[test]
    fn titles_unsigned() {
        let check = |title: &str, expected: &str| {
            assert_eq!(unsigned(title, Some("Ida Moss")), expected);
        };
        check("Storm closes harbour | Ida Moss", "Storm closes harbour");
        check(
            "Storm closes harbour | Abe Fox",
            "Storm closes harbour | Abe Fox",
        );
        check("Mayor thanks - Ida Moss", "Mayor thanks - Ida Moss");
    }
}
