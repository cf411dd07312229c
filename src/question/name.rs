//! The names of bodies, themes and areas within a question.

use super::Names;
use super::piece::Piece;
use super::spelling::begins;
use super::spelling::slip;
use super::words::Word;
use super::words::folded;

/// A name found: how many words it has, how far they are from the name's own, and what it means.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) length: usize,
    pub(super) distance: usize,
    /// Each meaning with a label of a few words; one, unless the name means several things.
    pub(super) meanings: Vec<(String, Piece)>,
}

/// Every name that can be said, as folded words, with its label and meaning.
#[derive(Debug)]
pub(super) struct Spoken(Vec<(Vec<String>, String, Piece)>);

impl Spoken {
    pub(super) fn of(names: &Names<'_>) -> Self {
        let mut spoken = Vec::new();
        let mut add = |name: &str, label: &str, piece: Piece| {
            let words = folded(name);
            if !words.is_empty() {
                spoken.push((words, label.to_owned(), piece));
            }
        };
        for body in &names.bodies.all {
            for name in [&body.name, &body.code].into_iter().chain(&body.names) {
                add(name, &body.name, Piece::Body(body.name.clone()));
            }
        }
        for many in &names.bodies.collectives {
            for name in std::iter::once(&many.name).chain(&many.names) {
                add(name, &many.name, Piece::Body(many.name.clone()));
            }
        }
        for theme in names.themes {
            add(theme, &format!("{theme} (theme)"), Piece::Theme(theme.clone()));
        }
        for area in names.areas {
            add(&area.title, &format!("Area {}", area.number), Piece::Area(area.number));
        }
        Self(spoken)
    }

    /// The longest name that begins here, as it should be spelt where two are as long.
    pub(super) fn find(&self, words: &[Word]) -> Option<Found> {
        let mut best: Option<Found> = None;
        for (name, label, piece) in &self.0 {
            let Some(distance) = distance(name, words) else {
                continue;
            };
            let length = name.len();
            let meaning = (label.clone(), piece.clone());
            match &mut best {
                Some(found) if (found.length, distance) == (length, found.distance) => {
                    if !found.meanings.contains(&meaning) {
                        found.meanings.push(meaning);
                    }
                }
                Some(found) if found.length > length => {}
                Some(found) if found.length == length && found.distance < distance => {}
                _ => best = Some(Found { length, distance, meanings: vec![meaning] }),
            }
        }
        best
    }
}

/// How far words are from a name, if they may mean it.
fn distance(name: &[String], words: &[Word]) -> Option<usize> {
    let words = words.get(..name.len())?;
    let each = name.iter().zip(words).map(|(known, word)| {
        let typed = word.folded.as_str();
        // The beginning of a name is further from it than any slip.
        let possessive = || (typed.strip_suffix('s') == Some(known)).then_some(1);
        slip(typed, known).or_else(possessive).or_else(|| begins(typed, known).then_some(BEGINS))
    });
    each.sum()
}

/// How far the beginning of a name counts as being from it.
const BEGINS: usize = 3;
