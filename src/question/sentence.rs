//! A question's pieces together: what it says, and what each name in it is there for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::piece::Piece;
use super::piece::Placed;
use super::vocabulary::Sense;

/// Words after which something must come.
const HANGING: &[Sense] = &[
    Sense::About,
    Sense::And,
    Sense::At,
    Sense::Before,
    Sense::By,
    Sense::For,
    Sense::In,
    Sense::Of,
    Sense::On,
    Sense::Or,
    Sense::Since,
    Sense::To,
    Sense::With,
];

/// A question's pieces without those that change nothing.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) pieces: Vec<Piece>,
}

/// Where a body stands decides what it is in the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Whose actions.
    Lead,
    /// Whose meeting.
    Meeting,
    /// It could be either: "due by CPEG".
    Either,
}

impl Sentence {
    pub(super) fn of(pieces: &[Placed]) -> Self {
        let pieces = pieces.iter().map(|placed| placed.piece.clone());
        Self { pieces: pieces.filter(|piece| *piece != Piece::Sense(Sense::Filler)).collect() }
    }

    pub(super) fn has(&self, sense: Sense) -> bool {
        self.pieces.contains(&Piece::Sense(sense))
    }

    pub(super) fn count(&self, sense: Sense) -> usize {
        self.pieces.iter().filter(|piece| **piece == Piece::Sense(sense)).count()
    }

    /// Whether every word of the vocabulary in it is one of these. "Which", "show" and "action" are
    /// allowed in every question.
    pub(super) fn allows(&self, senses: &[Sense]) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Sense(Sense::Which | Sense::Show | Sense::Action | Sense::Be) => true,
            Piece::Sense(sense) => senses.contains(sense),
            _ => true,
        })
    }

    /// Whether every piece is a word of the vocabulary or one of these kinds.
    pub(super) fn holds_only(&self, kinds: fn(&Piece) -> bool) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Sense(_)) || kinds(piece))
    }

    /// Whether nothing is left hanging: "overdue for", "as of".
    pub(super) fn is_whole(&self) -> bool {
        let last = self.sense(self.pieces.len().checked_sub(1));
        let hangs = last.is_some_and(|last| HANGING.contains(&last));
        let dated = self.after(Sense::AsOf).all(|piece| matches!(piece, Some(Piece::Day(_))));
        !hangs && dated
    }

    fn sense(&self, place: Option<usize>) -> Option<Sense> {
        match self.pieces.get(place?) {
            Some(Piece::Sense(sense)) => Some(*sense),
            _ => None,
        }
    }

    /// The senses after each piece of a sense.
    pub(super) fn after(&self, sense: Sense) -> impl Iterator<Item = Option<&Piece>> {
        let places = self.pieces.iter().enumerate();
        let places = places.filter(move |(_, piece)| **piece == Piece::Sense(sense));
        places.map(|(place, _)| self.pieces.get(place + 1))
    }

    /// Whether "next" stands before a meeting, each time.
    pub(super) fn next_is_a_meeting(&self) -> bool {
        self.after(Sense::Next).all(|piece| {
            matches!(
                piece,
                Some(Piece::Body(_) | Piece::Sense(Sense::Meeting | Sense::Papers | Sense::Date))
            )
        })
    }

    pub(super) fn bodies(&self) -> Vec<(&str, Role)> {
        let mut bodies = Vec::new();
        for (place, piece) in self.pieces.iter().enumerate() {
            if let Piece::Body(name) = piece {
                bodies.push((name.as_str(), self.role(place)));
            }
        }
        bodies
    }

    fn role(&self, place: usize) -> Role {
        let before = self.sense(place.checked_sub(1));
        let earlier = self.sense(place.checked_sub(2));
        let after = self.sense(Some(place + 1));
        match (earlier, before, after) {
            (_, Some(Sense::Next | Sense::Last | Sense::Before | Sense::At), _)
            | (_, _, Some(Sense::Meeting))
            | (Some(Sense::Meeting), Some(Sense::Of | Sense::For), _) => Role::Meeting,
            (Some(Sense::Led | Sense::Lead), Some(Sense::By), _) => Role::Lead,
            (_, Some(Sense::By), _) => Role::Either,
            _ => Role::Lead,
        }
    }

    pub(super) fn days(&self) -> Vec<(NaiveDate, Option<Sense>)> {
        let day = |(place, piece): (usize, &Piece)| match piece {
            Piece::Day(day) => Some((*day, self.sense(place.checked_sub(1)))),
            _ => None,
        };
        self.pieces.iter().enumerate().filter_map(day).collect()
    }

    pub(super) fn areas(&self) -> BTreeSet<u32> {
        let area = |piece: &Piece| match piece {
            Piece::Area(number) => Some(*number),
            _ => None,
        };
        self.pieces.iter().filter_map(area).collect()
    }

    pub(super) fn themes(&self) -> Vec<&str> {
        let mut themes = Vec::new();
        for piece in &self.pieces {
            if let Piece::Theme(name) = piece {
                themes.push(name.as_str());
            }
        }
        themes
    }
}
