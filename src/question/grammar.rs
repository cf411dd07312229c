//! What a sentence asks: each question with the words it needs and the words it allows.

use std::collections::BTreeSet;

use crate::action::Ref;
use crate::body::both;
use crate::date::day_in_words;
use crate::request::Ask;

use super::Names;
use super::OPTIONS_MAX;
use super::Understood;
use super::list;
use super::piece::Piece;
use super::reading::action_asked;
use super::reading::action_option;
use super::reading::asked;
use super::reading::meeting_of;
use super::reading::the;
use super::sentence::Sentence;
use super::vocabulary::Sense;

/// What a sentence asks, if it is one of the questions.
pub(super) fn ask(sentence: &Sentence, names: &Names<'_>) -> Option<Understood> {
    help(sentence)
        .or_else(|| list::ask(sentence, names))
        .or_else(|| digest(sentence))
        .or_else(|| next_meeting(sentence, names))
        .or_else(|| action(sentence, names))
}

fn help(sentence: &Sentence) -> Option<Understood> {
    let nothing = sentence.pieces.is_empty();
    let plain = sentence.holds_only(|_| false);
    if nothing
        || (plain && sentence.has(Sense::Help) && sentence.allows(&[Sense::Help, Sense::With]))
    {
        return Some(asked(Ask::Help { topic: None }, "What you can ask"));
    }
    let how = [Sense::How, Sense::Do, Sense::To, Sense::Update, Sense::Can];
    if plain && sentence.has(Sense::How) && sentence.has(Sense::Update) && sentence.allows(&how) {
        return Some(asked(Ask::Help { topic: Some("update".into()) }, "How to log progress"));
    }
    None
}

fn digest(sentence: &Sentence) -> Option<Understood> {
    let own = [
        Sense::Digest,
        Sense::Preview,
        Sense::For,
        Sense::Of,
        Sense::In,
        Sense::Next,
        Sense::Meeting,
        Sense::AsOf,
        Sense::On,
        Sense::Have,
    ];
    let held = sentence.holds_only(|piece| matches!(piece, Piece::Body(_) | Piece::Day(_)));
    let (bodies, days) = (sentence.bodies(), sentence.days());
    let [(body, _)] = bodies.as_slice() else {
        return None;
    };
    if !sentence.has(Sense::Digest)
        || !held
        || !sentence.is_whole()
        || days.len() > 1
        || !sentence.allows(&own)
        || !sentence.next_is_a_meeting()
    {
        return None;
    }
    let as_of = days.first().map(|(day, _)| *day);
    let on = as_of.map(|day| format!(", as of {}", day_in_words(day))).unwrap_or_default();
    let reading = format!("The digest for {}{on}", the(body));
    Some(asked(Ask::DigestPreview { body: (*body).to_owned(), as_of }, reading))
}

fn next_meeting(sentence: &Sentence, names: &Names<'_>) -> Option<Understood> {
    let own = [
        Sense::When,
        Sense::Next,
        Sense::Meeting,
        Sense::Papers,
        Sense::Date,
        Sense::For,
        Sense::Of,
        Sense::Due,
        Sense::Do,
        Sense::Will,
        Sense::Have,
    ];
    let bodies = sentence.bodies();
    let held = sentence.holds_only(|piece| matches!(piece, Piece::Body(_)));
    if !held || bodies.len() > 1 || !sentence.allows(&own) || !sentence.next_is_a_meeting() {
        return None;
    }
    let papers = sentence.has(Sense::Papers);
    let meets = papers || sentence.has(Sense::Meeting) || !bodies.is_empty();
    let asks = sentence.has(Sense::When)
        || sentence.has(Sense::Next)
        || (papers && sentence.has(Sense::Due))
        // "Papers deadline".
        || sentence.count(Sense::Papers) > 1;
    // "What is due for CPEG" asks for actions; only papers are due here.
    let due = sentence.has(Sense::Due) && !papers;
    if !meets || !asks || due {
        return None;
    }
    let body = bodies.first().map(|(body, _)| (*body).to_owned());
    let meeting = body
        .as_deref()
        .map_or_else(|| "meeting of each body".into(), |body| meeting_of(body, names));
    let reading = if papers {
        format!("When papers are due for the next {meeting}")
    } else {
        format!("The next {meeting}")
    };
    Some(asked(Ask::NextMeeting { body }, reading))
}

fn action(sentence: &Sentence, names: &Names<'_>) -> Option<Understood> {
    let own = [
        Sense::Status,
        Sense::State,
        Sense::Happening,
        Sense::Update,
        Sense::Updated,
        Sense::Last,
        Sense::About,
        Sense::With,
        Sense::On,
        Sense::Of,
        Sense::For,
        Sense::At,
        Sense::By,
        Sense::Who,
        Sense::When,
        Sense::How,
        Sense::Do,
        Sense::Been,
        Sense::Have,
        Sense::Due,
        Sense::Overdue,
        Sense::Date,
        Sense::Lead,
        Sense::Led,
        Sense::Was,
        Sense::Now,
        Sense::Plan,
        Sense::And,
        Sense::Yet,
    ];
    let held = sentence.holds_only(|piece| matches!(piece, Piece::Actions(_)));
    if !held || !sentence.allows(&own) {
        return None;
    }
    // "Update 2.1" wants to tell, not to ask.
    if sentence.after(Sense::Update).any(|piece| matches!(piece, Some(Piece::Actions(_)))) {
        return None;
    }
    // What was asks about the past, unless it is the last update.
    if sentence.has(Sense::Was) && !sentence.has(Sense::Last) {
        return None;
    }
    let refs: BTreeSet<&Ref> = sentence
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Actions(refs) => Some(refs),
            _ => None,
        })
        .flatten()
        .collect();
    let title = |reference: &Ref| {
        let known = names.actions.iter().find(|(known, _)| known == reference);
        known.map(|(_, title)| title.clone()).unwrap_or_default()
    };
    let refs: Vec<&Ref> = refs.into_iter().collect();
    match refs.as_slice() {
        [] => None,
        [only] => Some(action_asked(only, &title(only))),
        several => {
            let option = |reference: &&Ref| action_option(reference, &title(reference));
            let words: Vec<String> = several.iter().map(ToString::to_string).collect();
            let options = several.iter().take(OPTIONS_MAX).map(option).collect();
            Some(Understood::Ambiguous { word: both(&words), options })
        }
    }
}
