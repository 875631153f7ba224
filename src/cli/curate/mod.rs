//! `tieline curate`: corrections that last. Each is written to a file beside
//! the database, and the story is made anew from the stored reports, so that
//! answers are right at once and no article is read again.

pub(super) mod args;
pub(super) mod changes;
pub(super) mod file;
mod format;
mod list;
pub(super) mod targets;

use super::error::Error;
use super::io::Io;
use super::{Outcome, answer, names, types};
use crate::extract::Report;
use crate::graph::TieGraph;
use crate::model::ActorKind;
use crate::ontology::types::EventTypes;
use crate::resolve::curation::{
    self, ActorRef, Added, Bearers, Correction, Curated, Curation, Sentences, What,
};
use crate::resolve::{self, Story};
use crate::store::{Build, Store};
use args::{Add, Curate, CurateCommand, Where};
use file::CurationFile;
use std::collections::BTreeSet;
use std::mem::discriminant;
use std::path::{Path, PathBuf};

/// Runs the command.
pub(super) fn run(db: &Path, args: &Curate, io: &mut Io) -> Result<Outcome, Error> {
    let path = file::path(db, args.place.curation.as_deref());
    match &args.command {
        CurateCommand::List { answer } => list::run(db, &path, answer, io),
        CurateCommand::Undo { number } => undo(db, args, &path, *number, io),
        CurateCommand::Apply => {
            let _lock = file::lock(&path)?;
            let file = load(&path)?;
            let base = Base::load(db, &args.place, io)?;
            finish(&base, &file, io)
        }
        command => {
            let _lock = file::lock(&path)?;
            let file = load(&path)?;
            let base = Base::load(db, &args.place, io)?;
            match correction(&base.story, command, io)? {
                Some(what) => {
                    let correction = Correction {
                        what,
                        note: args.note.clone(),
                    };
                    add(&base, file, correction, io)
                }
                None => Ok(Outcome::Nothing),
            }
        }
    }
}

/// The corrections for a build.
pub(super) fn read(db: &Path, given: Option<&Path>) -> Result<Curation, Error> {
    let path = file::path(db, given);
    // A file that was named must be there.
    if given.is_some() && !path.exists() {
        return Err(Error::new(
            format!("there is no such file ({})", path.display()),
            "name a file of corrections with --curation",
        ));
    }
    Ok(load(&path)?.curation().clone())
}

/// Reads the file and refuses one that contradicts itself.
pub(super) fn load(path: &Path) -> Result<CurationFile, Error> {
    let file = CurationFile::read(path)?;
    match curation::contradiction(file.curation()) {
        Some(found) => Err(Error::new(
            format!("{} ({})", found.why, path.display()),
            format!(
                "take one of them back: `tieline curate undo {}` or `tieline curate undo {}`",
                found.first, found.second
            ),
        )),
        None => Ok(file),
    }
}

/// Says which corrections do not apply.
pub(super) fn tell_unapplied(curated: &Curated, curation: &Curation, io: &mut Io) {
    for (number, why) in &curated.unapplied {
        let line = match curation.corrections.get(number.wrapping_sub(1)) {
            Some(correction) => correction.what.line(),
            None => continue,
        };
        io.warn(
            &format!("correction {number} ({line}) does not apply: {why}"),
            "it is kept; `tieline curate list` shows it, `tieline curate undo` takes it back",
        );
    }
}

/// What a story is made of again: the stored reports and the event types.
pub(super) struct Base {
    db: PathBuf,
    types: EventTypes,
    rows: Vec<i64>,
    reports: Vec<Report>,
    /// The story as it was.
    pub(super) story: Story,
}

impl Base {
    pub(super) fn load(db: &Path, place: &Where, io: &mut Io) -> Result<Base, Error> {
        let story = answer::story(db, io)?;
        let types = types::load(&place.types, io)?;
        let own: BTreeSet<&str> = types.own().map(|t| t.key.as_str()).collect();
        let had: BTreeSet<&str> = story.types.iter().map(|t| t.key.as_str()).collect();
        if own != had {
            return Err(Error::new(
                format!(
                    "the database was built with other event types ({})",
                    db.display()
                ),
                "give the same files with --types as to `tieline build`",
            ));
        }
        let mut base = Base {
            db: db.to_owned(),
            types,
            rows: Vec::new(),
            reports: Vec::new(),
            story,
        };
        if let Some(store) = Store::open(db)? {
            if !store.is_current()? {
                return Err(Error::new(
                    "another version of Tieline made the database, and this one cannot correct it",
                    "run `tieline build PATH` first, which brings it up to date",
                ));
            }
            base.rows = store.in_order(&store.told_rows()?)?;
            base.reports = store.reports(&base.rows)?;
        }
        Ok(base)
    }

    /// The story as these corrections make it.
    pub(super) fn corrected(&self, curation: &Curation) -> Story {
        resolve::story_curated(&self.reports, &self.types, curation)
    }

    pub(super) fn store(&self, story: &Story) -> Result<(), Error> {
        let build = Build::begin(&self.db)?;
        let store = build.store();
        if store.in_order(&store.told_rows()?)? == self.rows {
            build.rewrite(&self.rows, story)?;
            return Ok(());
        }
        Err(Error::new(
            format!(
                "a build has changed the database meanwhile ({})",
                self.db.display()
            ),
            "the corrections are kept; `tieline curate apply` brings the database up to date",
        ))
    }
}

/// Brings the database up to date and says what has changed.
pub(super) fn finish(base: &Base, file: &CurationFile, io: &mut Io) -> Result<Outcome, Error> {
    let story = base.corrected(file.curation());
    base.store(&story)?;
    tell_unapplied(&story.curated, file.curation(), io);
    if !io.is_quiet() {
        changes::write(&base.story, &story, io)?;
    }
    Ok(Outcome::Found)
}

fn undo(
    db: &Path,
    args: &Curate,
    path: &Path,
    number: Option<usize>,
    io: &mut Io,
) -> Result<Outcome, Error> {
    let _lock = file::lock(path)?;
    // A file that contradicts itself is mended by taking something back.
    let mut file = CurationFile::read(path)?;
    let last = file.curation().corrections.len();
    if last == 0 {
        io.nothing("there is no correction to take back");
        return Ok(Outcome::Nothing);
    }
    let base = Base::load(db, &args.place, io)?;
    let gone = file.remove(number.unwrap_or(last))?;
    file.write()?;
    if !io.is_quiet() {
        let line = crate::render::plain(&gone.what.line());
        writeln!(io.out, "taken back: {line}")?;
    }
    if curation::contradiction(file.curation()).is_some() {
        load(path)?;
    }
    finish(&base, &file, io)
}

/// Puts a correction into the file and brings the database up to date. One that
/// would not apply, or would keep another from applying, is refused.
fn add(
    base: &Base,
    mut file: CurationFile,
    correction: Correction,
    io: &mut Io,
) -> Result<Outcome, Error> {
    if file.curation().corrections.contains(&correction) {
        io.note("this correction is there already");
        return finish(base, &file, io);
    }
    let before = if base.story.curated.digest == file.curation().digest() {
        base.story.curated.unapplied.len()
    } else {
        base.corrected(file.curation()).curated.unapplied.len()
    };
    for number in outdone(&base.story, file.curation(), &correction.what) {
        let gone = file.remove(number)?;
        io.note(&format!(
            "replaces correction {number} ({})",
            gone.what.line()
        ));
    }
    file.append(&correction)?;
    let path = file.path.clone();
    if let Some(found) = curation::contradiction(file.curation()) {
        return Err(refused(&found.why, found.first, &path));
    }
    let story = base.corrected(file.curation());
    let number = file.curation().corrections.len();
    if let Some(why) = story.curated.unapplied.get(&number) {
        return Err(refused(
            &format!("it would not apply: {why}"),
            number,
            &path,
        ));
    }
    if story.curated.unapplied.len() > before
        && let Some((other, why)) = story.curated.unapplied.last_key_value()
    {
        let why = format!("correction {other} would no longer apply: {why}");
        return Err(refused(&why, *other, &path));
    }
    file.write()?;
    base.store(&story)?;
    tell_unapplied(&story.curated, file.curation(), io);
    if !io.is_quiet() {
        changes::write(&base.story, &story, io)?;
    }
    Ok(Outcome::Found)
}

fn refused(why: &str, other: usize, path: &Path) -> Error {
    Error::new(
        format!("{why} ({})", path.display()),
        format!(
            "nothing was changed; if the older one is wrong, take it back: `tieline curate undo {other}`"
        ),
    )
}

/// Numbers of corrections that a new one stands for, the last first: an older
/// name, kind, date, status or verdict of the same actor or event.
fn outdone(story: &Story, curation: &Curation, new: &What) -> Vec<usize> {
    let (bearers, sentences) = (Bearers::of(story), Sentences::of(story));
    let is_verdict = |w: &What| matches!(w, What::Reject(_) | What::Accept(_));
    let mut out: Vec<usize> = Vec::new();
    for (i, correction) in curation.corrections.iter().enumerate() {
        let old = &correction.what;
        let same = match (old, new) {
            (What::Rename(a, _), What::Rename(b, _)) | (What::Kind(a, _), What::Kind(b, _)) => {
                a == b || bearers.meant(a) == bearers.meant(b)
            }
            _ => match (old.event(), new.event()) {
                (Some(a), Some(b)) => {
                    let sort = discriminant(old) == discriminant(new)
                        || is_verdict(old) && is_verdict(new);
                    sort && (a == b || sentences.meant(a) == sentences.meant(b))
                }
                _ => false,
            },
        };
        if same {
            out.push(i + 1);
        }
    }
    out.reverse();
    out
}

/// The correction that a command asks for; `None` where a name or an id fits
/// nothing or several, which has been said.
fn correction(story: &Story, command: &CurateCommand, io: &mut Io) -> Result<Option<What>, Error> {
    let graph = TieGraph::new(story);
    let actor = |name: &str, io: &mut Io| {
        let typed = targets::typed(story, name);
        let number = targets::actor(&graph, &typed, io)?;
        Some((number, targets::actor_ref(story, number, &typed)))
    };
    let event = |id: &str, io: &mut Io| {
        let number = names::one_event(story, id, io)?;
        Some(targets::event_ref(story, &story.events[number]))
    };
    Ok(match command {
        CurateCommand::Same { names, kind } => {
            let found: Option<Vec<_>> = names.iter().map(|n| actor(n, io)).collect();
            match found {
                Some(found) => {
                    let one = found.first().map(|(a, _)| *a);
                    if found.iter().all(|(a, _)| Some(*a) == one) {
                        io.note("they are one already; now no new article can divide them");
                    }
                    Some(same(story, found, *kind)?)
                }
                None => None,
            }
        }
        CurateCommand::Different { names } => {
            let found: Option<Vec<_>> = names.iter().map(|n| actor(n, io)).collect();
            match found {
                Some(found) => Some(different(story, found)?),
                None => None,
            }
        }
        CurateCommand::Rename { name, new } => {
            if new.trim().is_empty() {
                return Err(Error::new("the new name is empty", "say how to call it"));
            }
            actor(name, io).map(|(_, a)| What::Rename(a, new.trim().to_owned()))
        }
        CurateCommand::Kind { name, kind } => actor(name, io).map(|(_, a)| What::Kind(a, *kind)),
        CurateCommand::Date { event: id, date } => {
            event(id, io).map(|e| What::Date(e, date.0.clone()))
        }
        CurateCommand::Reject { event: id } => event(id, io).map(What::Reject),
        CurateCommand::Accept { event: id } => event(id, io).map(What::Accept),
        CurateCommand::Status { event: id, status } => {
            event(id, io).map(|e| What::Status(e, status.status()))
        }
        CurateCommand::Add(args) => {
            answer::check_types(&story.types, std::slice::from_ref(&args.kind))?;
            added(story, args, io, &actor)?.map(|a| What::Add(Box::new(a)))
        }
        CurateCommand::Undo { .. } | CurateCommand::List { .. } | CurateCommand::Apply => None,
    })
}

/// "a " or "an ".
fn article(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Organization | ActorKind::Agreement => "an ",
        _ => "a ",
    }
}

fn distinct(found: Vec<(usize, ActorRef)>) -> Vec<(usize, ActorRef)> {
    let mut seen = BTreeSet::new();
    found
        .into_iter()
        .filter(|(_, a)| seen.insert(a.clone()))
        .collect()
}

fn same(
    story: &Story,
    found: Vec<(usize, ActorRef)>,
    kind: Option<ActorKind>,
) -> Result<What, Error> {
    let found = distinct(found);
    if found.len() < 2 {
        return Err(Error::new(
            "both names are one name of one actor",
            "name two actors, or two forms of the name; NAME@ARTICLE tells bearers of one name apart",
        ));
    }
    let kinds: Vec<ActorKind> = found.iter().map(|(a, _)| story.actors[*a].kind).collect();
    if kind.is_none() && !curation::may_be_one(&kinds) {
        let each: Vec<String> = found
            .iter()
            .map(|(_, a)| match a.kind {
                Some(kind) => format!("{} is taken for {}{kind}", a.name, article(kind)),
                None => a.name.clone(),
            })
            .collect();
        return Err(Error::new(
            each.join(", "),
            "say what they are together: --kind person, --kind organization ...",
        ));
    }
    Ok(What::Same(
        found.into_iter().map(|(_, a)| a).collect(),
        kind,
    ))
}

fn different(story: &Story, found: Vec<(usize, ActorRef)>) -> Result<What, Error> {
    let count = found.len();
    let found = distinct(found);
    if found.len() < count {
        let actor = found.first().and_then(|(a, _)| story.actors.get(*a));
        let articles: BTreeSet<&str> = actor
            .into_iter()
            .flat_map(|a| &a.mentions)
            .filter_map(|m| story.documents.get(m.document))
            .map(|d| d.path.as_str())
            .take(8)
            .collect();
        let articles: Vec<&str> = articles.into_iter().collect();
        return Err(Error::new(
            format!(
                "these are one form of the name {}",
                actor.map_or("", |a| a.name.as_str())
            ),
            format!(
                "name two forms of the name, or an article for each, as in 'NAME@{}'; it stands in {}",
                articles.first().unwrap_or(&"ARTICLE"),
                articles.join(", ")
            ),
        ));
    }
    Ok(What::Different(found.into_iter().map(|(_, a)| a).collect()))
}

fn added(
    story: &Story,
    args: &Add,
    io: &mut Io,
    actor: &impl Fn(&str, &mut Io) -> Option<(usize, ActorRef)>,
) -> Result<Option<Added>, Error> {
    if args.quote.trim().is_empty() || args.source.trim().is_empty() {
        return Err(Error::new(
            "an event needs a source and a sentence of it",
            "give them with --source and --quote",
        ));
    }
    let one = |name: &str, io: &mut Io| match args.new.iter().find(|(new, _)| new == name) {
        Some((name, kind)) => Some(ActorRef {
            name: name.clone(),
            kind: Some(*kind),
            article: None,
        }),
        None => actor(name, io).map(|(_, a)| a),
    };
    let mut participants = Vec::with_capacity(args.who.len());
    for (role, name) in &args.who {
        match one(name, io) {
            Some(actor) => participants.push((role.clone(), actor)),
            None => {
                io.hint(Some("--new NAME=KIND makes an actor whom no article names"));
                return Ok(None);
            }
        }
    }
    let place = match &args.place {
        Some(name) => match one(name, io) {
            Some(place) => Some(place),
            None => {
                io.hint(Some("--new NAME=place makes a place that no article names"));
                return Ok(None);
            }
        },
        None => None,
    };
    let source = targets::typed(story, &format!("x@{}", args.source)).document;
    let source = source.and_then(|d| story.documents.get(d));
    Ok(Some(Added {
        kind: args.kind.clone(),
        title: args.title.clone(),
        participants,
        date: args.date.clone(),
        place,
        status: args.status.status(),
        source: source.map_or_else(|| args.source.clone(), |d| d.path.clone()),
        quote: args.quote.clone(),
    }))
}
