//! Plain words and the names we know make a question: a small grammar that is right or says it is not.
//!
//! Every word that carries meaning must be understood, and every question lists the words it may
//! hold; a word too many, and it is not that question. So "not", "how many" and names from elsewhere
//! never slip through as if they had not been said.

mod grammar;
mod list;
mod name;
mod piece;
mod reading;
mod sentence;
mod spelling;
mod title;
mod vocabulary;
mod words;

use crate::action::Ref;
use crate::body::Bodies;
use crate::body::BodyKind;
use crate::body::both;
use crate::body::either;
use crate::plan::Area;
use crate::request::Ask;

use self::piece::Piece;
use self::sentence::Sentence;
use self::vocabulary::Sense;

/// A question longer than this many words is not read.
const WORDS_MAX: usize = 60;

/// How many meanings are offered at most: one row of Discord's buttons.
const OPTIONS_MAX: usize = 5;

/// How many words that are not understood are given back at most.
const UNREAD_MAX: usize = 3;

/// The names that a question can hold.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The bodies.
    pub bodies: &'a Bodies,
    /// The areas of the plans.
    pub areas: &'a [Area],
    /// The themes.
    pub themes: &'a [String],
    /// The actions, each with its title.
    pub actions: &'a [(Ref, String)],
}

/// What became of plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Understood {
    /// They ask this.
    Asked {
        /// What they ask; never a question in plain words again.
        ask: Ask,
        /// How they were read, to open the answer: `Overdue actions led by CPEG, as of 1 January 2021`.
        reading: String,
    },
    /// They could ask one of several things.
    Ambiguous {
        /// The words that mean more than one thing, as typed.
        word: String,
        /// What they could mean: a label of a few words, and the ask.
        options: Vec<(String, Ask)>,
    },
    /// They ask nothing that is known here.
    Unknown {
        /// What stood in the way, as a sentence; empty where nothing in particular did.
        why: String,
        /// Questions near to it that would be understood.
        did_you_mean: Vec<String>,
    },
}

/// What plain words ask, given the names there are.
pub fn understand(words: &str, names: &Names<'_>) -> Understood {
    let words = words::split(words);
    if words.all.len() > WORDS_MAX {
        return unknown("That is too long for me to follow.".into(), &[], names);
    }
    let pieces = piece::pieces(&words, names);
    if let Some(answer) = chosen(&words, &pieces, names) {
        return answer;
    }
    let not_a_day = pieces.iter().find_map(|placed| match &placed.piece {
        Piece::NotADay(said) => Some(said),
        _ => None,
    });
    if let Some(said) = not_a_day {
        let why = format!("I cannot read \"{said}\" as a day. Write one such as 1 January 2021.");
        return unknown(why, &pieces, names);
    }
    let sentence = Sentence::of(&pieces);
    if let Some(understood) = grammar::ask(&sentence, names) {
        return understood;
    }
    if let Some(understood) = title::ask(&words, &pieces, names) {
        return understood;
    }
    unknown(why(&words, &pieces), &pieces, names)
}

/// Where a name could mean several things: each meaning tried in its place.
fn chosen(
    words: &words::Words<'_>,
    pieces: &[piece::Placed],
    names: &Names<'_>,
) -> Option<Understood> {
    let (place, choices) =
        pieces.iter().enumerate().find_map(|(place, placed)| match &placed.piece {
            Piece::Choice(choices) => Some((place, choices)),
            _ => None,
        })?;
    let word = words.said(pieces[place].from, pieces[place].to).to_owned();
    let mut options = Vec::new();
    let mut readings = Vec::new();
    for (label, meaning) in choices.iter().take(OPTIONS_MAX) {
        let mut tried = pieces.to_vec();
        tried[place].piece = meaning.clone();
        if let Some(Understood::Asked { ask, reading }) = grammar::ask(&Sentence::of(&tried), names)
        {
            options.push((label.clone(), ask));
            readings.push(reading);
        }
    }
    if let ([(_, ask)], [reading]) = (options.as_slice(), readings.as_slice()) {
        return Some(Understood::Asked { ask: ask.clone(), reading: reading.clone() });
    }
    if options.is_empty() {
        let labels: Vec<String> = choices.iter().map(|(label, _)| label.clone()).collect();
        let why = format!("\"{word}\" could be {}.", either(&labels));
        return Some(unknown(why, pieces, names));
    }
    Some(Understood::Ambiguous { word, options })
}

/// What stood in the way, as a sentence.
fn why(words: &words::Words<'_>, pieces: &[piece::Placed]) -> String {
    let is = |placed: &&piece::Placed, sense| placed.piece == Piece::Sense(sense);
    let first = pieces.iter().find(|placed| !is(placed, Sense::Filler));
    if first.is_some_and(|first| is(&first, Sense::Update)) {
        return "To log progress, use /update.".into();
    }
    let unread = pieces.iter().filter_map(|placed| match &placed.piece {
        Piece::Unread(said) => Some(format!("\"{said}\"")),
        _ => None,
    });
    let unread: Vec<String> = unread.take(UNREAD_MAX).collect();
    if !unread.is_empty() {
        return format!("I do not know what to make of {}.", both(&unread));
    }
    let missing = pieces.iter().find_map(|placed| match &placed.piece {
        Piece::NoAction(said) => Some(format!("There is no action {said}.")),
        Piece::NoArea(said) => Some(format!("There is no area {said}.")),
        _ => None,
    });
    if let Some(missing) = missing {
        return missing;
    }
    let odd = pieces.iter().find(|placed| is(placed, Sense::Other));
    let negates = |piece: &Piece| matches!(piece, Piece::Sense(sense) if sense.negates());
    if let Some(placed) = odd.or_else(|| pieces.iter().find(|placed| negates(&placed.piece))) {
        let said = words.said(placed.from, placed.to);
        return format!("I cannot answer this question with \"{said}\" in it.");
    }
    String::new()
}

fn unknown(why: String, pieces: &[piece::Placed], names: &Names<'_>) -> Understood {
    Understood::Unknown { why, did_you_mean: near(pieces, names) }
}

/// Questions that are understood, as examples.
pub fn examples(names: &Names<'_>) -> Vec<String> {
    let mut examples = near(&[], names);
    let past = "which actions are overdue as of 1 January 2021?".to_owned();
    examples.insert(examples.len().min(1), past);
    examples
}

/// Questions that are understood, those nearest to what was said first.
fn near(pieces: &[piece::Placed], names: &Names<'_>) -> Vec<String> {
    let says = |sense: Sense| pieces.iter().any(|placed| placed.piece == Piece::Sense(sense));
    let said_body = pieces.iter().find_map(|placed| match &placed.piece {
        Piece::Body(name) => Some(name.clone()),
        _ => None,
    });
    let executive = names.bodies.first_of(BodyKind::Executive).map(|body| body.name.clone());
    let board = names.bodies.first_of(BodyKind::Board).map(|body| body.name.clone());
    let action = pieces.iter().find_map(|placed| match &placed.piece {
        Piece::Actions(refs) => refs.first(),
        _ => None,
    });
    let action = action.or(names.actions.first().map(|(reference, _)| reference));
    let meeting = says(Sense::When) || says(Sense::Next) || says(Sense::Meeting);
    let mut examples = vec![(!says(Sense::Overdue), "which actions are overdue?".to_owned())];
    if let Some(body) = said_body.or_else(|| executive.clone()) {
        examples.push((!says(Sense::Overdue), format!("which actions are overdue for {body}?")));
    }
    if let Some(body) = executive.or_else(|| board.clone()) {
        examples.push((!says(Sense::Due), format!("what is due before the next {body} meeting?")));
    }
    if let Some(body) = board {
        examples.push((!meeting, format!("when is the next {body} meeting?")));
    }
    if let Some(reference) = action {
        examples.push((!says(Sense::Status), format!("status of {reference}")));
    }
    examples.push((!says(Sense::Updated), "who hasn't updated?".to_owned()));
    examples.push((!says(Sense::Decide), "what needs deciding?".to_owned()));
    // A stable sort: what was touched upon comes first, the rest in its own order.
    examples.sort_by_key(|(elsewhere, _)| *elsewhere);
    examples.into_iter().map(|(_, example)| example).take(OPTIONS_MAX).collect()
}

#[cfg(test)]
mod tests;
