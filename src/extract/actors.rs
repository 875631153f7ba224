//! The actors of one article: clusters of mentions, with names, titles and
//! offices. Names first, then what stands around them.

use super::doc::{At, Doc};
use super::names::NameMention;
use super::report::{LocalActor, Mention, MentionForm, RoleHeld};
use crate::model::ActorKind;
use crate::ontology::organizations::{self, OrgSort};
use crate::ontology::{Gender, countries, nicknames};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// All actors of an article, and which tokens mention them.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) actors: Vec<Draft>,
    /// Token to the actors that the mention with this token stands for: one for
    /// a name, several for "both countries".
    refs: BTreeMap<At, Vec<usize>>,
    /// Tokens inside names.
    named: BTreeSet<At>,
    /// Tokens of titles, with the person who bears the title.
    titles: BTreeMap<At, usize>,
}

/// An actor in the making.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) actor: LocalActor,
    pub(super) gender: Option<Gender>,
    /// Where it is mentioned, token by token, in order: for pronouns.
    pub(super) seen: Vec<At>,
    /// Described, never named: "a working group".
    pub(super) described: bool,
    /// Lemmas of common nouns that stand beside its name: "the bank Nordhavn".
    pub(super) nouns: Vec<String>,
    /// Titles, in lower case, that it held once.
    pub(super) past: Vec<String>,
}

impl Cast {
    /// The actors that a token stands for.
    pub(super) fn at(&self, at: At) -> &[usize] {
        self.refs.get(&at).map_or(&[], Vec::as_slice)
    }

    /// The person whose title the token is part of: in "Home Office Minister Ana
    /// Ruiz" nothing else than Ruiz is meant.
    pub(super) fn bearer(&self, at: At) -> Option<usize> {
        self.titles.get(&at).copied()
    }

    /// Notes that the tokens `first..=last` are a person's title.
    pub(super) fn title(&mut self, s: usize, first: usize, last: usize, person: usize) {
        self.titles.extend((first..=last).map(|t| ((s, t), person)));
    }

    /// Whether the token is part of a name.
    pub(super) fn in_name(&self, at: At) -> bool {
        self.named.contains(&at)
    }

    pub(super) fn kind(&self, actor: usize) -> ActorKind {
        self.actors[actor].actor.kind
    }

    pub(super) fn name(&self, actor: usize) -> &str {
        &self.actors[actor].actor.name
    }

    /// Notes that the tokens `first..=last` mention `actors`.
    pub(super) fn mention(
        &mut self,
        doc: &Doc<'_>,
        (s, first, last): (usize, usize, usize),
        actors: &[usize],
        form: MentionForm,
    ) {
        let span = doc.sentences()[s].span_of(first, last);
        let (start, end) = doc.place(span);
        for actor in actors {
            let draft = &mut self.actors[*actor];
            draft.seen.push((s, last));
            draft.actor.mentions.push(Mention {
                start,
                end,
                text: Span::of(&span, &doc.article.text).to_owned(),
                form,
            });
        }
        if form == MentionForm::Name {
            self.named.extend((first..=last).map(|t| (s, t)));
        }
        let tokens = if form == MentionForm::Nominal {
            last..=last
        } else {
            first..=last
        };
        for t in tokens {
            self.refs.insert((s, t), actors.to_vec());
        }
    }

    /// Lets one more token stand for the actors, without a mention of its own.
    pub(super) fn also(&mut self, at: At, actors: &[usize]) {
        self.refs.entry(at).or_insert_with(|| actors.to_vec());
    }

    /// A new actor.
    pub(super) fn add(&mut self, name: &str, kind: ActorKind, described: bool) -> usize {
        self.actors.push(Draft {
            actor: LocalActor {
                name: name.to_owned(),
                kind,
                names: vec![name.to_owned()],
                roles: Vec::new(),
                country: None,
                mentions: Vec::new(),
            },
            gender: None,
            seen: Vec::new(),
            described,
            nouns: Vec::new(),
            past: Vec::new(),
        });
        self.actors.len() - 1
    }

    /// Adds a form of the actor's name; the fullest becomes its name.
    pub(super) fn add_name(&mut self, actor: usize, name: &str) {
        let actor = &mut self.actors[actor].actor;
        if !actor.names.iter().any(|n| n == name) {
            actor.names.push(name.to_owned());
        }
        let fuller = |n: &str| (n.split_whitespace().count(), n.len());
        let is_table_name = actor.kind == ActorKind::Country;
        if !is_table_name && fuller(name) > fuller(&actor.name) {
            actor.name = name.to_owned();
        }
    }

    /// Adds a form of the actor's name that is never shown as its name.
    pub(super) fn add_alias(&mut self, actor: usize, alias: &str) {
        let names = &mut self.actors[actor].actor.names;
        if !names.iter().any(|n| n == alias) {
            names.push(alias.to_owned());
        }
    }

    /// Gives a person a title.
    pub(super) fn add_role(
        &mut self,
        doc: &Doc<'_>,
        actor: usize,
        title: &str,
        of: Option<usize>,
        s: usize,
    ) {
        let roles = &mut self.actors[actor].actor.roles;
        let same = roles
            .iter_mut()
            .find(|r| r.title.eq_ignore_ascii_case(title));
        match same {
            Some(role) => role.of = role.of.or(of.map(|o| o as u32)),
            None => roles.push(RoleHeld {
                title: title.to_owned(),
                of: of.map(|o| o as u32),
                quote: doc.quote(s),
            }),
        }
    }

    /// The drafts as the report keeps them: names without doubles, fullest
    /// first, mentions in order.
    pub(super) fn finish(self) -> Vec<LocalActor> {
        self.actors
            .into_iter()
            .map(|draft| {
                let mut actor = draft.actor;
                let name = actor.name.clone();
                actor.names.retain(|n| *n != name);
                actor.names.insert(0, name);
                actor.mentions.sort_by_key(|m| (m.start, m.end));
                actor.mentions.dedup_by_key(|m| (m.start, m.end));
                actor
            })
            .collect()
    }
}

/// Clusters the name mentions of an article into actors.
pub(super) fn cluster(doc: &Doc<'_>, mentions: &[NameMention]) -> Cast {
    let mut cast = Cast::default();
    let mut assigned: Vec<Option<usize>> = vec![None; mentions.len()];
    let mut by_key: BTreeMap<(ActorKind, String), usize> = BTreeMap::new();
    let mut bearers = Bearers::default();
    // Full names before short ones: a surname can only be told once the full
    // names are known, wherever in the text they stand.
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(words_of(&mentions[*i]).len()), *i));
    for i in order {
        let mention = &mentions[i];
        if let Some(country) = mention.country {
            let actor = *by_key
                .entry((mention.kind, country.to_lowercase()))
                .or_insert_with(|| cast.add(country, mention.kind, false));
            cast.actors[actor].actor.country = Some(country.to_owned());
            if !mention.metonym {
                cast.add_name(actor, &mention.text);
                bearers.add(&mention.text, actor);
            }
            bearers.add(country, actor);
            assigned[i] = Some(actor);
            continue;
        }
        let key = (mention.kind, key_of(&mention.text));
        let known = by_key.get(&key).copied();
        let actor = known
            .or_else(|| short_form(&cast, &bearers, mention))
            .unwrap_or_else(|| {
                let actor = cast.add(&mention.text, mention.kind, false);
                if mention.kind == ActorKind::Person {
                    let given = words_of(mention)[0].clone();
                    cast.actors[actor].gender = nicknames::gender(&given);
                }
                if mention.kind == ActorKind::Organization {
                    cast.actors[actor].actor.country = seat(&mention.text);
                }
                actor
            });
        by_key.insert(key, actor);
        cast.add_name(actor, &mention.text);
        bearers.add(&mention.text, actor);
        assigned[i] = Some(actor);
    }
    for (mention, actor) in mentions.iter().zip(assigned) {
        if let Some(actor) = actor {
            let form = if mention.demonym {
                MentionForm::Nominal
            } else {
                MentionForm::Name
            };
            cast.mention(
                doc,
                (mention.s, mention.first, mention.last),
                &[actor],
                form,
            );
        }
    }
    join_acronyms(doc, &mut cast, mentions);
    cast
}

/// The country that a well-known body belongs to.
fn seat(name: &str) -> Option<String> {
    let body = organizations::known_body(name)
        .or_else(|| organizations::acronym(name).filter(|_| !organizations::is_ambiguous(name)))?;
    countries::by_code(body.country?).map(|c| c.name.to_owned())
}

fn words_of(mention: &NameMention) -> Vec<String> {
    mention.text.split_whitespace().map(str::to_owned).collect()
}

/// Letters and digits in lower case; what two spellings of one name share.
pub(super) fn key_of(name: &str) -> String {
    let name = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name);
    let mut out = String::new();
    for word in name.split_whitespace() {
        let word: String = word
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&word);
        }
    }
    out
}

/// Which actors have a word, as in a key, in one of their names. Two names that may
/// be one share at least a word, so that no other actors need be tried.
#[derive(Debug, Default)]
struct Bearers(BTreeMap<String, BTreeSet<usize>>);

impl Bearers {
    /// A word that more actors share tells nothing any more, and to try them all
    /// for each other would take time in the square of their number.
    const MOST: usize = 200;

    fn add(&mut self, name: &str, actor: usize) {
        for word in key_of(name).split(' ') {
            let of_word = self.0.entry(word.to_owned()).or_default();
            if of_word.len() <= Self::MOST {
                of_word.insert(actor);
            }
        }
    }

    /// Those that share a word with a key, in order; `None` when they are too many.
    fn sharing(&self, key: &[&str]) -> Option<BTreeSet<usize>> {
        let mut all = BTreeSet::new();
        for of_word in key.iter().filter_map(|word| self.0.get(*word)) {
            if of_word.len() > Self::MOST {
                return None;
            }
            all.extend(of_word);
        }
        Some(all)
    }
}

/// The actor whose full name a short name abbreviates, when only one fits.
fn short_form(cast: &Cast, bearers: &Bearers, mention: &NameMention) -> Option<usize> {
    let short = key_of(&mention.text);
    let short: Vec<&str> = short.split(' ').collect();
    let fits = |draft: &Draft| {
        draft.actor.kind == mention.kind
            && draft.actor.names.iter().any(|name| {
                let full = key_of(name);
                let full: Vec<&str> = full.split(' ').collect();
                is_slip(&short, &full)
                    || match mention.kind {
                        ActorKind::Person => same_person(&short, &full),
                        ActorKind::Organization => {
                            is_short_name(&short, &full) || without_country(&short, name)
                        }
                        ActorKind::Conference => is_short_name(&short, &full),
                        _ => false,
                    }
            })
    };
    let sharing = bearers.sharing(&short)?;
    let mut all = sharing.into_iter().filter(|i| fits(&cast.actors[*i]));
    let one = all.next()?;
    all.next().is_none().then_some(one)
}

/// Whether two person names of one article, as keys, name one person: a bare
/// surname or given name, or the same surname with given names that agree.
fn same_person(a: &[&str], b: &[&str]) -> bool {
    let (short, full) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == 1 {
        return full.len() > 1 && (full.last() == short.first() || full.first() == short.first());
    }
    if short.last() != full.last() {
        return false;
    }
    let agree = |x: &str, y: &str| {
        x == y
            || (x.len() == 1 && y.starts_with(x))
            || (y.len() == 1 && x.starts_with(y))
            || nicknames::same_given_name(x, y)
    };
    agree(short[0], full[0])
}

/// Whether two names of several words differ by one slip of the pen: two letters
/// that changed places inside one word.
fn is_slip(a: &[&str], b: &[&str]) -> bool {
    const LONG_ENOUGH: usize = 5;
    if a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let mut other = a.iter().zip(b).filter(|(x, y)| x != y);
    let (Some((x, y)), None) = (other.next(), other.next()) else {
        return false;
    };
    let (x, y): (Vec<char>, Vec<char>) = (x.chars().collect(), y.chars().collect());
    if x.len() != y.len() || x.len() < LONG_ENOUGH {
        return false;
    }
    let apart: Vec<usize> = (0..x.len()).filter(|i| x[*i] != y[*i]).collect();
    matches!(apart[..], [i, j] if j == i + 1 && x[i] == y[j] && x[j] == y[i])
}

/// Whether `short` is a body of state named in full with its country in front:
/// "Fisheries Ministry" for "Norwegian Fisheries Ministry".
fn without_country(short: &[&str], full: &str) -> bool {
    let words: Vec<&str> = full.split_whitespace().collect();
    let owned = words.len().checked_sub(short.len());
    let Some(owned) = owned.filter(|n| (1..=2).contains(n)) else {
        return false;
    };
    let front = words[..owned].join(" ");
    let is_country =
        countries::by_name(&front).is_some() || countries::by_demonym(&front).is_some();
    let of_state = organizations::org_sort(&words[owned..]).is_some_and(|sort| {
        matches!(
            sort,
            OrgSort::Government | OrgSort::Legislature | OrgSort::Military | OrgSort::Police
        )
    });
    is_country && of_state && key_of(&words[owned..].join(" ")) == short.join(" ")
}

/// Whether `short` is `full` without its general last words: "Arm" for "Arm
/// Holdings", "Harbour Bank" for "Harbour Bank of Ghent" is not tried.
fn is_short_name(short: &[&str], full: &[&str]) -> bool {
    if short.len() >= full.len() || full[..short.len()] != *short {
        return false;
    }
    let general = |w: &&str| {
        crate::ontology::organizations::head_sort(w).is_some()
            || crate::ontology::organizations::conference_head(w)
    };
    full[short.len()..].iter().all(general)
}

/// Joins a long form with the acronym in brackets behind it, and acronyms with
/// the one organisation whose initials they are.
fn join_acronyms(doc: &Doc<'_>, cast: &mut Cast, mentions: &[NameMention]) {
    for pair in mentions.windows(2) {
        let (long, short) = (&pair[0], &pair[1]);
        let bracketed = long.s == short.s
            && short.first == long.last + 2
            && matches!(doc.word((long.s, long.last + 1)), "(" | "-LRB-");
        if bracketed && !long.demonym && initials_fit(&short.text, &long.text) {
            let (a, b) = (
                cast.at(long.at()).first().copied(),
                cast.at(short.at()).first().copied(),
            );
            if let (Some(a), Some(b)) = (a, b) {
                merge(cast, a, b);
            }
        }
    }
    let acronyms: Vec<usize> = (0..cast.actors.len())
        .filter(|i| {
            let name = &cast.actors[*i].actor.name;
            cast.kind(*i) == ActorKind::Organization
                && name.len() >= 2
                && name.chars().all(|c| c.is_uppercase() || c == '.')
        })
        .collect();
    for acronym in acronyms {
        let name = cast.name(acronym).to_owned();
        let long: Vec<usize> = (0..cast.actors.len())
            .filter(|i| {
                *i != acronym
                    && cast.kind(*i) == ActorKind::Organization
                    && !cast.actors[*i].seen.is_empty()
            })
            .filter(|i| cast.name(*i).contains(' ') && initials_fit(&name, cast.name(*i)))
            .collect();
        if let [one] = long[..] {
            merge(cast, one, acronym);
        }
    }
}

/// Whether `short` is made of the initials of `long`, small words optional.
pub(super) fn initials_fit(short: &str, long: &str) -> bool {
    let letters: Vec<char> = short
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if letters.len() < 2 {
        return false;
    }
    let initials = |all: bool| -> Vec<char> {
        long.split(|c: char| c.is_whitespace() || c == '-')
            .filter(|w| {
                all || !matches!(*w, "of" | "the" | "and" | "for" | "in" | "on" | "de" | "&")
            })
            .filter_map(|w| w.chars().find(|c| c.is_alphanumeric()))
            .flat_map(char::to_lowercase)
            .collect()
    };
    initials(false) == letters || initials(true) == letters
}

/// Joins actor `b` into actor `a`.
fn merge(cast: &mut Cast, a: usize, b: usize) {
    if a == b {
        return;
    }
    let from = cast.actors[b].clone();
    for name in &from.actor.names {
        cast.add_name(a, name);
    }
    let to = &mut cast.actors[a];
    to.seen.extend(from.seen);
    to.seen.sort_unstable();
    to.actor.mentions.extend(from.actor.mentions);
    to.actor.country = to.actor.country.take().or(from.actor.country);
    to.nouns.extend(from.nouns);
    to.past.extend(from.past);
    // The emptied draft keeps its index; it is dropped when the report is made.
    cast.actors[b].seen.clear();
    cast.actors[b].actor.mentions.clear();
    for person in cast.titles.values_mut().filter(|p| **p == b) {
        *person = a;
    }
    for list in cast.refs.values_mut() {
        for actor in list.iter_mut().filter(|x| **x == b) {
            *actor = a;
        }
    }
}
