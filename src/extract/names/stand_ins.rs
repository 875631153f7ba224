//! Names that stand for a country without being its name: "North and South
//! Korea", "the North", and capitals for their governments ("Oslo said").

use super::NameMention;
use crate::extract::doc::{At, Doc};
use crate::language::Relation;
use crate::model::ActorKind;
use crate::ontology::countries;

/// Verbs that governments do and towns do not.
const GOVERNING: &[&str] = &[
    "say",
    "announce",
    "accuse",
    "demand",
    "deny",
    "reject",
    "refuse",
    "warn",
    "agree",
    "urge",
    "insist",
    "offer",
    "condemn",
    "threaten",
    "impose",
    "recall",
    "expel",
    "summon",
    "recognize",
    "recognise",
    "want",
    "seek",
    "argue",
    "maintain",
    "claim",
    "hope",
    "fear",
    "respond",
    "pledge",
    "promise",
    "vow",
    "sign",
    "ratify",
    "lift",
    "decide",
    "negotiate",
    "retaliate",
    "blame",
    "protest",
    "back",
    "support",
    "oppose",
    "consider",
    "propose",
    "ask",
    "call",
    "accept",
    "suspend",
    "sever",
    "withdraw",
    "denounce",
    "criticize",
    "criticise",
];

/// Reads capitals that act as the countries whose governments sit there.
pub(super) fn capitals(doc: &Doc<'_>, mentions: &mut [NameMention]) {
    for mention in mentions
        .iter_mut()
        .filter(|m| m.kind == ActorKind::Place && m.country.is_none())
    {
        let Some(country) = countries::by_capital(&mention.text).filter(|c| c.is_state()) else {
            continue;
        };
        if governs(doc, mention.at()) {
            mention.kind = ActorKind::Country;
            mention.country = Some(country.name);
            mention.demonym = true;
            mention.metonym = true;
        }
    }
}

/// Whether a name is who says or decides, as its verb tells: "Oslo said", "a demand
/// by Oslo".
fn governs(doc: &Doc<'_>, at: At) -> bool {
    let mut up = at;
    for _ in 0..4 {
        match (doc.relation(up), doc.head(up)) {
            (Relation::Conj, Some(head)) => up = head,
            _ => break,
        }
    }
    let Some(head) = doc.head(up) else {
        return false;
    };
    let by = doc.case(up).as_deref() == Some("by");
    let acts = GOVERNING.contains(&doc.lemma(head));
    match doc.relation(up) {
        Relation::Nsubj => acts,
        Relation::OblAgent => acts && by,
        _ => false,
    }
}

/// "North and South Korea", "the North": halves of a divided country for which the
/// article has the whole name.
pub(super) fn halves(doc: &Doc<'_>, mentions: &mut Vec<NameMention>) {
    let mut found: Vec<NameMention> = Vec::new();
    split(doc, mentions);
    let full: Vec<&'static str> = {
        let mut all: Vec<&'static str> = mentions.iter().filter_map(|m| m.country).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    // Which countries of the article have a half's word in front: "South" for
    // "South Korea".
    let of_half = |word: &str| -> Option<&'static str> {
        let mut fits = full.iter().filter(|c| {
            let parts = c
                .split_once(' ')
                .and_then(|(h, rest)| Some((h, rest, other_half(h, rest)?)));
            parts.is_some_and(|(half, _, other)| half == word || other.starts_with(word))
        });
        let one = fits.next()?;
        let (_, rest) = one.split_once(' ')?;
        // The other half of one country is no second country.
        let alone = fits.all(|c| c.split_once(' ').is_some_and(|(_, r)| r == rest));
        let whole = countries::by_name(&format!("{word} {rest}"))?;
        alone.then_some(whole.name)
    };
    for (s, sentence) in doc.sentences().iter().enumerate() {
        for t in 0..sentence.tokens.len() {
            let word = doc.word((s, t));
            if !matches!(
                word,
                "North" | "South" | "East" | "West" | "Northern" | "Southern"
            ) {
                continue;
            }
            let behind = mentions
                .iter()
                .find(|m| m.s == s && m.first == t + 2 && m.country.is_some());
            let joined =
                behind.filter(|_| matches!(doc.lower((s, t + 1)).as_str(), "and" | "or" | "&"));
            let country = match joined.and_then(|m| m.country) {
                // "North and South Korea".
                Some(whole) => whole
                    .split_once(' ')
                    .filter(|(half, _)| *half != word)
                    .and_then(|(_, rest)| countries::by_name(&format!("{word} {rest}")))
                    .map(|c| c.name),
                // "the South", where no name goes on behind it.
                None => {
                    let the = t > 0 && doc.lower((s, t - 1)) == "the";
                    let next = sentence.tokens.get(t + 1).map(|_| doc.word((s, t + 1)));
                    let alone = next.is_none_or(|w| {
                        !w.starts_with(char::is_uppercase)
                            && !matches!(w, "-" | "of" | "and" | "or")
                    });
                    let direction = t > 1
                        && matches!(
                            doc.lower((s, t - 2)).as_str(),
                            "in" | "to" | "from" | "of" | "across" | "throughout"
                        )
                        && doc.relation((s, t)).is(Relation::Obl);
                    (the && alone && !direction)
                        .then(|| of_half(word))
                        .flatten()
                }
            };
            if let Some(country) = country {
                found.push(NameMention::standing_for(doc, s, t, country));
            }
        }
    }
    for half in found {
        mentions.retain(|m| !(m.s == half.s && m.first <= half.last && half.first <= m.last));
        mentions.push(half);
    }
    mentions.sort_by_key(|m| (m.s, m.first));
}

/// Cuts "North and South Korea", which the finder takes for one name, behind the
/// "and".
fn split(doc: &Doc<'_>, mentions: &mut [NameMention]) {
    for mention in mentions.iter_mut().filter(|m| m.last >= m.first + 3) {
        let (s, t) = (mention.s, mention.first);
        let rest = doc.words(s, t + 2, mention.last);
        let half = matches!(doc.word((s, t)), "North" | "South" | "East" | "West");
        let joined = matches!(doc.word((s, t + 1)), "and" | "or" | "&");
        if let Some(country) = countries::by_name(rest).filter(|_| half && joined) {
            mention.first = t + 2;
            mention.text = super::tidy(rest);
            mention.kind = ActorKind::Country;
            mention.country = Some(country.name);
        }
    }
}

/// The other half of a divided country: only where there are two is a half's word
/// enough to tell it.
fn other_half(half: &str, rest: &str) -> Option<&'static str> {
    let other = match half {
        "North" => "South",
        "South" => "North",
        "East" => "West",
        "West" => "East",
        _ => return None,
    };
    countries::by_name(&format!("{other} {rest}"))
        // "North Korea" and "South Korea" are countries, "South Africa" is no half.
        .map(|c| c.name)
}
