//! A story is the same wherever its reports come from and however many threads
//! work on it.

use super::notation::World;
use super::*;
use proptest::prelude::*;
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Mutex;

/// Reports and their traces that are kept as bytes; only the last report read
/// stays decoded.
struct Packed {
    blobs: Vec<Vec<u8>>,
    traces: Vec<Vec<u8>>,
    last: Mutex<Option<(usize, Report)>>,
    decoded: Mutex<usize>,
}

impl Packed {
    fn new(reports: &[Report]) -> Packed {
        let mut reports: Vec<&Report> = reports.iter().collect();
        reports.sort_by(|a, b| (&a.path, &a.id).cmp(&(&b.path, &b.id)));
        let pack = |r: &&Report| postcard::to_stdvec(*r).expect("it can be written");
        let trace = |r: &&Report| postcard::to_stdvec(&Trace::of(r)).expect("it can be written");
        Packed {
            blobs: reports.iter().map(pack).collect(),
            traces: reports.iter().map(trace).collect(),
            last: Mutex::new(None),
            decoded: Mutex::new(0),
        }
    }
}

impl Reports for Packed {
    type Error = Infallible;

    fn len(&self) -> usize {
        self.blobs.len()
    }

    fn report(&self, document: usize) -> Result<Cow<'_, Report>, Infallible> {
        let mut last = self.last.lock().expect("no other has failed");
        if let Some((known, report)) = &*last
            && *known == document
        {
            return Ok(Cow::Owned(report.clone()));
        }
        let report: Report = postcard::from_bytes(&self.blobs[document]).expect("a report");
        *self.decoded.lock().expect("no other has failed") += 1;
        *last = Some((document, report.clone()));
        Ok(Cow::Owned(report))
    }

    /// Of a trace that damage has made senseless, that of the report is shown.
    fn all(&self, take: &mut Take<'_>) -> Result<(), Infallible> {
        for (document, bytes) in self.traces.iter().enumerate() {
            let trace: Option<Trace<'_>> = postcard::from_bytes(bytes).ok();
            match trace.filter(Trace::is_sound) {
                Some(trace) => take(trace),
                None => take(Trace::of(self.report(document)?.as_ref())),
            }
        }
        Ok(())
    }
}

fn packed(reports: &[Report]) -> (Story, usize) {
    unpacked(Packed::new(reports))
}

fn unpacked(reports: Packed) -> (Story, usize) {
    let mut collect = Collect::default();
    let Ok(()) = resolve(
        &reports,
        EventTypes::builtin(),
        &Curation::default(),
        &mut collect,
    );
    let decoded = *reports.decoded.lock().expect("no other has failed");
    (collect.story(), decoded)
}

/// A world of many articles in which people, bodies and events come back.
fn many(docs: usize) -> Vec<Report> {
    let mut world = String::new();
    for i in 0..docs {
        let (person, other) = (i % 7, (i * 5 + 3) % 11);
        let day = i % 27 + 1;
        let dated = if i % 4 == 0 { "" } else { "2020-03-28" };
        let _ = writeln!(
            world,
            "doc d{i:03}.txt {dated}
             a = person Anna Lindqvist{person} | Lindqvist{person}; minister; country Norway
             b = person {given} Vega{other}
             o = organization Nordwind {person}
             p = place Oslo
             meet met: participant a, participant b; when 2020-03-{day:02}; at p; about fish quota
             acquire bought: buyer o, acquired b; when Monday; about shares
             other praised: actor a, topic o; about plan{other}
             meet denied meeting: participant a, participant o; when yesterday",
            given = if i % 3 == 0 { "Tom" } else { "Thomas" },
        );
    }
    World::read(&world)
}

#[test]
fn a_story_is_the_same_from_bytes_one_at_a_time() {
    let reports = many(40);
    let (streamed, decoded) = packed(&reports);
    assert_eq!(streamed, story(&reports));
    assert!(streamed.events.iter().any(|e| e.evidence.len() > 3));
    // Two passes, and some reports once more for what several articles tell.
    assert!(decoded <= 3 * reports.len(), "{decoded}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever has become of the bytes of traces, there is a story or an error.
    #[test]
    fn damaged_traces_are_told_or_do_no_harm(
        damage in prop::collection::vec((0..6_usize, any::<prop::sample::Index>(), 1..=255_u8), 1..8)
    ) {
        let mut reports = Packed::new(&many(6));
        for (document, at, bits) in damage {
            let bytes = &mut reports.traces[document];
            let at = at.index(bytes.len());
            bytes[at] ^= bits;
        }
        let (story, _) = unpacked(reports);
        prop_assert_eq!(story.documents.len(), 6);
    }
}

#[test]
fn a_story_does_not_depend_on_threads_and_order() {
    let reports = many(40);
    let with = |threads: usize, reports: &[Report]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| story(reports))
    };
    let expected = with(1, &reports);
    assert_eq!(with(4, &reports), expected);
    let mut shuffled = reports.clone();
    shuffled.reverse();
    shuffled.swap(3, 17);
    shuffled.rotate_left(11);
    assert_eq!(with(4, &shuffled), expected);
}

/// Fails after so many pieces.
struct Full {
    room: usize,
}

impl Full {
    fn take(&mut self) -> Result<(), &'static str> {
        self.room = self.room.checked_sub(1).ok_or("the disk is full")?;
        Ok(())
    }
}

impl Sink for Full {
    type Error = &'static str;

    fn curated(&mut self, _: Curated) -> Result<(), &'static str> {
        Ok(())
    }

    fn begin(&mut self, _: Outline<'_>) -> Result<(), &'static str> {
        self.take()
    }

    fn document(
        &mut self,
        _: usize,
        _: Document,
        _: Vec<(usize, ActorMention)>,
        _: u64,
    ) -> Result<(), &'static str> {
        self.take()
    }

    fn event(&mut self, _: usize, _: Event, _: Vec<Tie>, _: u64) -> Result<(), &'static str> {
        self.take()
    }

    fn actor(&mut self, _: usize, _: Actor, _: Vec<Tie>, _: u64) -> Result<(), &'static str> {
        self.take()
    }
}

/// Reports in memory whose errors are those of [`Full`].
struct Whole(Vec<Report>);

impl Reports for Whole {
    type Error = &'static str;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn report(&self, document: usize) -> Result<Cow<'_, Report>, &'static str> {
        let report = self.0.get(document).ok_or("no such report")?;
        Ok(Cow::Borrowed(report))
    }
}

#[test]
fn an_error_of_the_sink_ends_it() {
    let reports = Whole(many(6));
    let run = |room| {
        resolve(
            &reports,
            EventTypes::builtin(),
            &Curation::default(),
            &mut Full { room },
        )
    };
    assert_eq!(run(usize::MAX), Ok(()));
    for room in 0..20 {
        assert_eq!(run(room), Err("the disk is full"), "{room}");
    }
}

#[test]
fn bare_names_that_every_article_has_stay_apart() {
    // Bare surnames without anything to tell them apart, and one ministry
    // without its country in every article.
    let mut world = String::new();
    for i in 0..3_000 {
        let _ = writeln!(
            world,
            "doc d{i:04}.txt 2020-03-28
             a = person Lindqvist
             o = organization Interior Ministry
             meet met: participant a, participant o; when 2020-03-01; about fish"
        );
    }
    let story = story(&World::read(&world));
    assert_eq!(story.actors.len(), 6_000);
}
