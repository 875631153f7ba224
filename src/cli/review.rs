//! `tieline review`: asks about what is doubtful, the most valuable first, and
//! keeps each answer at once in the file of corrections. One letter and Enter
//! an answer, so that a script can answer as well as a person.

use super::curate::args::{Review, date_or_none};
use super::curate::{self, Base, file, targets};
use super::error::Error;
use super::io::Io;
use super::{Outcome, words};
use crate::render::dates::Shown;
use crate::render::plain;
use crate::resolve::curation::{ActorRef, Correction, What, contradiction};
use crate::resolve::doubts::{Doubt, Question, doubts};
use crate::resolve::{Actor, Event, Story};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// An answer may have so many bytes.
const LONGEST: u64 = 4096;

/// So many sentences are shown of each name, and of an event.
const QUOTES: usize = 2;
const WITNESSES: usize = 4;

/// Runs the command.
pub(super) fn run(db: &Path, args: &Review, io: &mut Io) -> Result<Outcome, Error> {
    let path = file::path(db, args.place.curation.as_deref());
    let corrections = curate::load(&path)?;
    let base = Base::load(db, &args.place, io)?;
    let story = base.corrected(corrections.curation());
    let mut queue = doubts(&story, corrections.curation());
    queue.truncate(args.most);
    if args.list || args.answer.is_json() {
        return list(&story, &queue, args, io);
    }
    if queue.is_empty() {
        io.nothing("nothing is doubtful, or all of it has been decided");
        return Ok(Outcome::Nothing);
    }
    let mut session = Session {
        story: &story,
        queue: &queue,
        path,
        done: Vec::new(),
        at: 0,
    };
    session.run(io)?;
    let changed = !session.done.is_empty();
    let _lock = file::lock(&session.path)?;
    let corrections = curate::load(&session.path)?;
    if changed || base.story.curated.digest != corrections.curation().digest() {
        return curate::finish(&base, &corrections, io);
    }
    Ok(Outcome::Found)
}

/// Writes the queue.
fn list(story: &Story, queue: &[Doubt], args: &Review, io: &mut Io) -> Result<Outcome, Error> {
    if args.answer.is_json() {
        let each: Vec<Value> = queue
            .iter()
            .map(|d| {
                let (what, ids) = match &d.question {
                    Question::Joined { actor, .. } => ("joined", vec![id_of(story, *actor)]),
                    Question::Apart { actors } => {
                        ("apart", actors.iter().map(|a| id_of(story, *a)).collect())
                    }
                    Question::Event { event } => ("event", vec![story.events[*event].id.clone()]),
                };
                json!({
                    "question": what,
                    "ids": ids,
                    "text": headline(story, d),
                    "why": d.why,
                    "doubt": d.doubt,
                    "events": d.impact,
                })
            })
            .collect();
        serde_json::to_writer_pretty(&mut io.out, &json!({ "questions": each }))
            .map_err(|e| Error::from(io::Error::from(e)))?;
        writeln!(io.out)?;
    } else {
        for doubt in queue {
            writeln!(io.out, "{}", headline(story, doubt))?;
            let why = words::wrap(&plain(&doubt.why), io.width(), "    ");
            write!(io.out, "{why}")?;
        }
        if queue.is_empty() {
            io.nothing("nothing is doubtful, or all of it has been decided");
        }
    }
    Ok(Outcome::of(!queue.is_empty()))
}

fn id_of(story: &Story, actor: usize) -> String {
    story.actors[actor].id.clone()
}

/// The question on one line.
fn headline(story: &Story, doubt: &Doubt) -> String {
    match &doubt.question {
        Question::Joined { names, .. } => format!(
            "Is {} the same as {}?",
            plain(&names[0].label()),
            plain(&names[1].label())
        ),
        Question::Apart { actors } => {
            let [a, b] = actors.map(|a| &story.actors[a]);
            let named = |actor: &Actor| {
                let name = words::of_actor(story, actor);
                // Of two with one name, the id says which is meant.
                match a.name == b.name {
                    true => format!("{name} [{}]", plain(&actor.id)),
                    false => name,
                }
            };
            format!("Is {} the same as {}?", named(a), named(b))
        }
        Question::Event { event } => {
            let event = &story.events[*event];
            format!(
                "Is this right? {} {} ({}, {})",
                Shown::of(event.date.as_ref()).label(),
                plain(&event.title),
                event.status,
                event.id
            )
        }
    }
}

/// One sitting.
struct Session<'s> {
    story: &'s Story,
    queue: &'s [Doubt],
    path: PathBuf,
    /// What was decided, with the question's place.
    done: Vec<(usize, Correction)>,
    at: usize,
}

/// What a line says.
enum Key {
    Yes,
    No,
    Accept,
    Reject,
    Date(String),
    Skip,
    Undo,
    Quit,
    Help,
}

impl Key {
    fn read(line: &str) -> Key {
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word.to_lowercase().as_str() {
            "y" | "yes" => Key::Yes,
            "n" | "no" => Key::No,
            "a" | "accept" => Key::Accept,
            "r" | "reject" => Key::Reject,
            "d" | "date" => Key::Date(rest.trim().to_owned()),
            "s" | "skip" => Key::Skip,
            "u" | "undo" => Key::Undo,
            "q" | "quit" => Key::Quit,
            _ => Key::Help,
        }
    }
}

/// The next line; `None` at the end.
fn line() -> Result<Option<String>, Error> {
    let mut bytes = Vec::new();
    let stdin = io::stdin();
    let read = stdin
        .lock()
        .take(LONGEST)
        .read_until(b'\n', &mut bytes)
        .map_err(|e| Error::new(format!("{e} (standard input)"), "answer again"))?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

impl Session<'_> {
    fn run(&mut self, io: &mut Io) -> Result<(), Error> {
        let mut shown = None;
        while let Some(doubt) = self.queue.get(self.at) {
            if shown != Some(self.at) {
                self.show(doubt, io)?;
                shown = Some(self.at);
            }
            write!(io.out, "{} ", keys(doubt))?;
            io.out.flush()?;
            let Some(said) = line()? else {
                writeln!(io.out)?;
                break;
            };
            let key = Key::read(&said);
            match (&doubt.question, key) {
                (_, Key::Quit) => break,
                (_, Key::Skip) => self.at += 1,
                (_, Key::Undo) => {
                    self.undo(io)?;
                    shown = None;
                }
                (Question::Event { event }, Key::Date(date)) => {
                    self.date(*event, &date, io)?;
                }
                (question, key) => match self.decision(question, &key) {
                    Some(what) => self.keep(what, io)?,
                    None => write!(io.out, "{}", help(question))?,
                },
            }
        }
        let left = self.queue.len().saturating_sub(self.at);
        writeln!(io.out, "{} decided, {left} left", self.done.len())?;
        Ok(())
    }

    fn show(&self, doubt: &Doubt, io: &mut Io) -> Result<(), Error> {
        let width = io.width();
        let (at, all) = (self.at + 1, self.queue.len());
        let head = format!("[{at} of {all}] {}", headline(self.story, doubt));
        write!(io.out, "\n{}", words::wrap(&head, width, ""))?;
        write!(io.out, "{}", words::wrap(&plain(&doubt.why), width, "  "))?;
        let evidence = match &doubt.question {
            Question::Joined { actor, names } => {
                let of_name = |name: &ActorRef| self.quotes(*actor, Some(name));
                format!("{}{}", of_name(&names[0]), of_name(&names[1]))
            }
            Question::Apart { actors } => {
                let [a, b] = actors.map(|a| self.quotes(a, None));
                format!("{a}{b}")
            }
            Question::Event { event } => self.witnesses(&self.story.events[*event], width),
        };
        write!(io.out, "{evidence}")?;
        Ok(())
    }

    /// Sentences about an actor, those of the article that a name is from.
    fn quotes(&self, actor: usize, name: Option<&ActorRef>) -> String {
        let story = self.story;
        let who = &story.actors[actor];
        let form = name.map_or(&who.name, |n| &n.name);
        let article = name.and_then(|n| n.article.as_ref());
        let here = |document: usize| {
            let path = story.documents.get(document).map(|d| &d.path);
            article.is_none() || path == article
        };
        let mut seen = BTreeSet::new();
        let mut text = format!("  {}\n", plain(form));
        let events = story.events.iter();
        let of_actor = events.filter(|e| e.participants.iter().any(|p| p.actor == actor));
        for evidence in of_actor.flat_map(|e| &e.evidence) {
            if here(evidence.document)
                && seen.len() < QUOTES
                && seen.insert((evidence.document, evidence.quote.start))
            {
                text.push_str(&words::witness(story, evidence, 100));
            }
        }
        text
    }

    fn witnesses(&self, event: &Event, width: usize) -> String {
        let mut text = String::new();
        if let Some(date) = &event.date {
            text.push_str(&format!("  date: {}\n", words::basis(date)));
        }
        for part in &event.participants {
            let actor = words::of_actor(self.story, &self.story.actors[part.actor]);
            text.push_str(&format!("  {}: {actor}\n", plain(&part.role)));
        }
        for evidence in event.evidence.iter().take(WITNESSES) {
            text.push_str(&words::witness(self.story, evidence, width));
        }
        for disagreement in &event.disagreements {
            for (says, documents) in &disagreement.sides {
                let articles: Vec<String> = documents
                    .iter()
                    .map(|d| words::article(self.story, *d))
                    .collect();
                text.push_str(&format!(
                    "  {}: {} ({})\n",
                    disagreement.about,
                    plain(says),
                    articles.join(", ")
                ));
            }
        }
        text
    }

    /// The correction that an answer stands for; `None` for a key that the
    /// question does not have.
    fn decision(&self, question: &Question, key: &Key) -> Option<What> {
        let pair = match question {
            Question::Joined { names, .. } => names.to_vec(),
            Question::Apart { actors } => actors
                .iter()
                .map(|a| {
                    let name = &self.story.actors[*a].name;
                    let typed = targets::Typed {
                        name,
                        document: None,
                    };
                    targets::actor_ref(self.story, *a, &typed)
                })
                .collect(),
            Question::Event { event } => {
                let event = targets::event_ref(self.story, &self.story.events[*event]);
                return match key {
                    Key::Accept | Key::Yes => Some(What::Accept(event)),
                    Key::Reject => Some(What::Reject(event)),
                    _ => None,
                };
            }
        };
        match key {
            Key::Yes => Some(What::Same(pair, None)),
            Key::No => Some(What::Different(pair)),
            _ => None,
        }
    }

    fn date(&mut self, event: usize, date: &str, io: &mut Io) -> Result<(), Error> {
        let mut date = date.to_owned();
        if date.is_empty() {
            write!(io.out, "date (2017-06-26, or none): ")?;
            io.out.flush()?;
            date = line()?.unwrap_or_default().trim().to_owned();
        }
        match date_or_none(&date) {
            Ok(date) => {
                let event = targets::event_ref(self.story, &self.story.events[event]);
                self.keep(What::Date(event, date.0), io)
            }
            Err(why) => Ok(writeln!(io.out, "{why}")?),
        }
    }

    /// Writes a decision to the file, and goes on.
    fn keep(&mut self, what: What, io: &mut Io) -> Result<(), Error> {
        let _lock = file::lock(&self.path)?;
        let mut corrections = curate::load(&self.path)?;
        let correction = Correction::new(what);
        corrections.append(&correction)?;
        if let Some(found) = contradiction(corrections.curation()) {
            writeln!(io.out, "not kept: {}", plain(&found.why))?;
            self.at += 1;
            return Ok(());
        }
        corrections.write()?;
        self.done.push((self.at, correction));
        self.at += 1;
        Ok(())
    }

    /// Takes the last decision of this sitting back, and asks again.
    fn undo(&mut self, io: &mut Io) -> Result<(), Error> {
        let Some((at, correction)) = self.done.pop() else {
            writeln!(io.out, "nothing was decided yet")?;
            return Ok(());
        };
        let _lock = file::lock(&self.path)?;
        let mut corrections = file::CurationFile::read(&self.path)?;
        let all = &corrections.curation().corrections;
        if let Some(last) = all.iter().rposition(|c| *c == correction) {
            corrections.remove(last + 1)?;
            corrections.write()?;
        }
        self.at = at;
        Ok(())
    }
}

fn keys(doubt: &Doubt) -> &'static str {
    match doubt.question {
        Question::Event { .. } => "[a]ccept [r]eject [d]ate [s]kip [u]ndo [q]uit [?]",
        _ => "[y]es [n]o [s]kip [u]ndo [q]uit [?]",
    }
}

fn help(question: &Question) -> &'static str {
    match question {
        Question::Event { .. } => {
            "  a  it is right; do not ask again\n  \
             r  it is no event, or the sentence does not say it\n  \
             d  say when it was: d 2017-06-26, d none\n  \
             s  leave it\n  \
             u  take the last answer back\n  \
             q  leave; answers are kept\n"
        }
        _ => {
            "  y  they are one\n  \
             n  they are two\n  \
             s  leave it\n  \
             u  take the last answer back\n  \
             q  leave; answers are kept\n"
        }
    }
}
