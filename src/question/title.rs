//! Questions about one action, named by words from its title.

use crate::action::Ref;

use super::Names;
use super::OPTIONS_MAX;
use super::Understood;
use super::piece::Piece;
use super::piece::Placed;
use super::reading::action_asked;
use super::reading::action_option;
use super::spelling::begins;
use super::spelling::slip;
use super::vocabulary;
use super::vocabulary::Sense;
use super::words::Word;
use super::words::Words;
use super::words::folded;

/// The action whose title holds every word after "status of", "what's happening with" and the like.
pub(super) fn ask(words: &Words<'_>, pieces: &[Placed], names: &Names<'_>) -> Option<Understood> {
    let opening = pieces.iter().take_while(|placed| opens(&placed.piece)).count();
    let (opening, rest) = pieces.split_at(opening);
    let said_last = opening.iter().rev().find(|placed| placed.piece != Piece::Sense(Sense::Filler));
    // "Update the sessions" wants to tell, not to ask.
    let tells_progress = said_last.is_some_and(|last| last.piece == Piece::Sense(Sense::Update));
    let from = rest.first().filter(|_| !tells_progress)?.from;
    let closing = rest.iter().rev().take_while(|placed| closes(&placed.piece)).count();
    let (rest, closing) = rest.split_at(rest.len() - closing);
    let says = |run: &[Placed], sense| run.iter().any(|placed| placed.piece == Piece::Sense(sense));
    let asks = opening.iter().any(|placed| asks_after_one(&placed.piece))
        || (says(opening, Sense::Who) && says(opening, Sense::Lead))
        || (says(opening, Sense::When) && says(closing, Sense::Due));
    let to = rest.last().filter(|_| asks)?.to;
    let said: Vec<&Word> = words.all.get(from..to)?.iter().filter(|word| !is_small(word)).collect();
    if !said.iter().any(|word| is_telling(word, rest, words)) {
        return None;
    }
    let titled: Vec<&(Ref, String)> = names
        .actions
        .iter()
        .filter(|(_, title)| {
            let title = folded(title);
            said.iter().all(|word| title.iter().any(|known| is_meant(&word.folded, known)))
        })
        .collect();
    match titled.as_slice() {
        [] => None,
        [(only, title)] => Some(action_asked(only, title)),
        several => Some(Understood::Ambiguous {
            word: words.said(from, to).to_owned(),
            options: several
                .iter()
                .take(OPTIONS_MAX)
                .map(|(reference, title)| action_option(reference, title))
                .collect(),
        }),
    }
}

/// What can stand before the words of a title.
fn opens(piece: &Piece) -> bool {
    let Piece::Sense(sense) = piece else {
        return false;
    };
    matches!(
        sense,
        Sense::Filler
            | Sense::About
            | Sense::Action
            | Sense::Be
            | Sense::For
            | Sense::Happening
            | Sense::How
            | Sense::Lead
            | Sense::Now
            | Sense::Of
            | Sense::On
            | Sense::Show
            | Sense::Status
            | Sense::To
            | Sense::Update
            | Sense::When
            | Sense::Which
            | Sense::Who
            | Sense::With
    )
}

/// What says that one action is asked about.
fn asks_after_one(piece: &Piece) -> bool {
    let Piece::Sense(sense) = piece else {
        return false;
    };
    matches!(
        sense,
        Sense::About | Sense::Happening | Sense::How | Sense::Show | Sense::Status | Sense::Update
    )
}

/// What can stand after the words of a title.
fn closes(piece: &Piece) -> bool {
    matches!(
        piece,
        Piece::Sense(Sense::Filler | Sense::Happening | Sense::Now | Sense::Action | Sense::Due)
    )
}

/// Words that every title has.
fn is_small(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "the" | "a" | "an" | "of" | "on" | "in" | "for" | "and" | "to" | "with" | "our"
    )
}

/// Whether a word is of a title rather than of the vocabulary or a name, which say too little.
fn is_telling(word: &Word, rest: &[Placed], words: &Words<'_>) -> bool {
    let unread = rest.iter().any(|placed| {
        let within = words.all.get(placed.from..placed.to).unwrap_or_default();
        matches!(placed.piece, Piece::Unread(_)) && within.contains(word)
    });
    unread && word.folded.chars().count() >= 3 && vocabulary::exact(&word.folded).is_none()
}

/// Whether a typed word means one of a title: itself, its plural, its beginning, or a slip.
fn is_meant(typed: &str, known: &str) -> bool {
    let bare = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    bare(typed) == bare(known)
        || slip(typed, known).is_some()
        || begins(typed, known)
        || (typed.chars().count() >= 4 && known.starts_with(typed))
}
