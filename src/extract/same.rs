//! Mentions that are one event within one sentence: "said while speaking at".
//! Sentences apart are joined later, together with other articles.

use super::report::EventMention;

/// Joins neighbouring mentions of one type in one sentence when the actors of
/// one are among those of the other and their times do not differ.
pub(super) fn join(mentions: Vec<EventMention>) -> Vec<EventMention> {
    let mut out: Vec<EventMention> = Vec::new();
    for mention in mentions {
        let from = out.len().saturating_sub(6);
        let twin = out[from..]
            .iter()
            .position(|o| is_same(o, &mention))
            .map(|i| i + from);
        match twin {
            Some(i) => {
                let kept = &mut out[i];
                kept.apart = super::sides::join(kept, &mention);
                for p in mention.participants {
                    if !kept.participants.iter().any(|x| x.actor == p.actor) {
                        kept.participants.push(p);
                    }
                }
                // Of events of no type, only what one word tells has one time.
                if kept.kind != "other" || kept.trigger.lemma == mention.trigger.lemma {
                    kept.time = kept.time.take().or(mention.time);
                }
                kept.place = kept.place.or(mention.place);
                kept.occasion = kept.occasion.or(mention.occasion);
                kept.attributed_to = kept.attributed_to.or(mention.attributed_to);
            }
            None => out.push(mention),
        }
    }
    out
}

fn is_same(a: &EventMention, b: &EventMention) -> bool {
    let acting = |m: &EventMention| -> Vec<u32> {
        m.participants
            .iter()
            .filter(|p| p.role != "topic")
            .map(|p| p.actor)
            .collect()
    };
    let (x, y) = (acting(a), acting(b));
    let nested = x.iter().all(|p| y.contains(p)) || y.iter().all(|p| x.contains(p));
    let times = match (&a.time, &b.time) {
        (Some(t), Some(u)) => t.start == u.start,
        _ => true,
    };
    a.quote.start == b.quote.start && a.kind == b.kind && a.status == b.status && nested && times
}
