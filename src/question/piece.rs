//! A question cut into pieces: names, days, numbers and the words between them.

use chrono::NaiveDate;

use crate::action::Ref;
use crate::body::ChannelId;
use crate::body::RoleId;
use crate::date::read_day;

use super::Names;
use super::name::Spoken;
use super::vocabulary;
use super::vocabulary::Sense;
use super::words::Word;
use super::words::Words;

/// The most words that one day has: `Friday the 1st of January 2021`.
const DAY_WORDS_MAX: usize = 6;

/// A run of words that means one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word of the vocabulary.
    Sense(Sense),
    /// A body or a collective, by the name that [`crate::body::Bodies::named`] understands.
    Body(String),
    /// A theme.
    Theme(String),
    /// An area, by its number.
    Area(u32),
    /// An action; several where more than one plan has that number.
    Actions(Vec<Ref>),
    /// A day.
    Day(NaiveDate),
    /// A name that means one of several things.
    Choice(Vec<(String, Piece)>),
    /// Words that look like a day and are none.
    NotADay(String),
    /// A number that no action has.
    NoAction(String),
    /// A number that no area has.
    NoArea(String),
    /// Words that are not understood.
    Unread(String),
}

/// A piece, with the place of its words: from the first up to the one after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) piece: Piece,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The pieces of a question, in order, every word in one of them.
pub(super) fn pieces(words: &Words<'_>, names: &Names<'_>) -> Vec<Placed> {
    let cutter = Cutter { words, names, spoken: Spoken::of(names) };
    let mut pieces: Vec<Placed> = Vec::new();
    let mut from = 0;
    while from < words.all.len() {
        let (piece, length) = cutter.cut(from, &pieces);
        let to = from + length.max(1);
        pieces.push(Placed { piece, from, to });
        from = to;
    }
    pieces
}

struct Cutter<'a> {
    words: &'a Words<'a>,
    names: &'a Names<'a>,
    spoken: Spoken,
}

impl Cutter<'_> {
    /// The piece that begins here, and how many words it has.
    fn cut(&self, from: usize, before: &[Placed]) -> (Piece, usize) {
        let rest = self.words.all.get(from..).unwrap_or_default();
        let Some(word) = rest.first() else {
            return (Piece::Sense(Sense::Filler), 1);
        };
        if word.folded.starts_with('<') {
            let body = self.mentioned(&word.folded);
            return (body.map_or_else(|| Piece::Unread(self.said(from, 1)), Piece::Body), 1);
        }
        if let Some(found) = self.further_area(word, before).or_else(|| self.area(rest)) {
            return found;
        }
        let last = before.last().map(|placed| &placed.piece);
        if let Some(found) = self.day(from, last).or_else(|| self.action(rest)) {
            return found;
        }
        let name = self.spoken.find(rest);
        let phrase = vocabulary::phrase(rest);
        let sense = vocabulary::exact(&word.folded);
        let phrase_length = phrase.map_or(0, |(_, length)| length);
        if let Some(name) = name.as_ref().filter(|name| {
            let known = sense.is_some() && name.length == 1 && name.distance > 0;
            name.length > phrase_length && !known
        }) {
            let near =
                vocabulary::near(&word.folded).filter(|_| name.length == 1 && sense.is_none());
            if near.is_none_or(|(_, distance)| distance > name.distance) {
                return (meaning(name.meanings.clone()), name.length);
            }
        }
        if let Some((sense, length)) = phrase {
            return (Piece::Sense(sense), length);
        }
        if let Some(sense) = sense {
            return (Piece::Sense(sense), 1);
        }
        match vocabulary::near(&word.folded) {
            // As near to a name as to a word: neither is certain.
            Some((_, distance))
                if name.is_some_and(|name| name.length == 1 && name.distance == distance) =>
            {
                (Piece::Unread(self.said(from, 1)), 1)
            }
            Some((sense, _)) => (Piece::Sense(sense), 1),
            None => (Piece::Unread(self.said(from, 1)), 1),
        }
    }

    fn said(&self, from: usize, length: usize) -> String {
        self.words.said(from, from + length).to_owned()
    }

    /// The body whose role or channel a mention names.
    fn mentioned(&self, mention: &str) -> Option<String> {
        let number = |opening| mention.strip_prefix(opening)?.strip_suffix('>')?.parse().ok();
        let role = number("<@&").map(RoleId);
        let channel = number("<#").map(ChannelId);
        let mut bodies = self.names.bodies.all.iter();
        let body = bodies.find(|body| {
            (role.is_some() && body.role == role) || (channel.is_some() && body.channel == channel)
        });
        body.map(|body| body.name.clone())
    }

    /// A day, or words that look like one.
    fn day(&self, from: usize, before: Option<&Piece>) -> Option<(Piece, usize)> {
        let rest = self.words.all.get(from..)?;
        let awaited = before == Some(&Piece::Sense(Sense::AsOf));
        let looks = rest.first().is_some_and(|word| looks_like_a_day(&word.folded));
        if looks {
            let longest = rest.len().min(DAY_WORDS_MAX);
            let read = |length: &usize| read_day(self.words.said(from, from + length)).ok();
            if let Some((length, day)) =
                (1..=longest).rev().find_map(|length| Some((length, read(&length)?)))
            {
                return Some((Piece::Day(day), length));
            }
        }
        let datelike = |word: &Word| looks_like_a_day(&word.folded) || is_number(&word.folded);
        if awaited {
            let ends = |word: &Word| {
                let sense = vocabulary::exact(&word.folded);
                let narrows = matches!(
                    sense,
                    Some(
                        Sense::About
                            | Sense::For
                            | Sense::In
                            | Sense::Led
                            | Sense::Which
                            | Sense::With
                    )
                );
                narrows && !datelike(word)
            };
            let length = rest.iter().skip(1).take_while(|word| !ends(word)).count() + 1;
            return Some((Piece::NotADay(self.said(from, length)), length));
        }
        if looks && rest.first().is_some_and(|word| !is_ref(&word.folded)) {
            let length = rest.iter().take_while(|word| datelike(word)).count();
            // A number alone counts something, unless a day was announced.
            let counts = |word: &Word| word.folded.bytes().all(|byte| byte.is_ascii_digit());
            let announced = matches!(before, Some(Piece::Sense(Sense::On | Sense::At | Sense::By)));
            if length == 1 && !announced && rest.first().is_some_and(counts) {
                return None;
            }
            return Some((Piece::NotADay(self.said(from, length)), length));
        }
        None
    }

    /// `2.1`, `IP-2.1`, `action 2.1`.
    fn action(&self, rest: &[Word]) -> Option<(Piece, usize)> {
        let mut at = usize::from(rest.first()?.folded == "action");
        let plan = rest.get(at)?.folded.to_uppercase();
        let plan = self.names.actions.iter().any(|(known, _)| known.plan == plan).then_some(plan);
        at += usize::from(plan.is_some());
        let said = &rest.get(at)?.folded;
        // "IP2.1" is typed as well.
        let plans = self.names.actions.iter().map(|(known, _)| known.plan.to_lowercase());
        let said = plans.into_iter().find_map(|plan| said.strip_prefix(&plan)).unwrap_or(said);
        let (area, number) = said.split_once('.').filter(|_| is_ref(said))?;
        let (number, turn) = match number.split_once('/') {
            Some((number, turn)) => (number, Some(turn.parse().ok()?)),
            None => (number, None),
        };
        let (area, number): (u32, u32) = (area.parse().ok()?, number.parse().ok()?);
        let known = self.names.actions.iter().map(|(known, _)| known);
        let of_plan = known.filter(|known| plan.as_ref().is_none_or(|plan| known.plan == *plan));
        let refs = Ref::numbered(of_plan, (area, number), turn);
        let refs: Vec<Ref> = refs.into_iter().cloned().collect();
        let piece =
            if refs.is_empty() { Piece::NoAction(said.to_owned()) } else { Piece::Actions(refs) };
        Some((piece, at + 1))
    }

    /// `area 2`, `improvement area two`, `areas 2`.
    fn area(&self, rest: &[Word]) -> Option<(Piece, usize)> {
        let at = usize::from(rest.first()?.folded == "improvement");
        rest.get(at).filter(|word| matches!(word.folded.as_str(), "area" | "areas"))?;
        let said = &rest.get(at + 1)?.folded;
        Some((self.numbered(said)?, at + 2))
    }

    /// The `3` of `areas 2 and 3`.
    fn further_area(&self, word: &Word, before: &[Placed]) -> Option<(Piece, usize)> {
        let [.., area, between] = before else {
            return None;
        };
        let joins = matches!(between.piece, Piece::Sense(Sense::And | Sense::Or));
        let follows = joins && matches!(area.piece, Piece::Area(_) | Piece::NoArea(_));
        let piece = follows.then(|| self.numbered(&word.folded)).flatten()?;
        Some((piece, 1))
    }

    fn numbered(&self, said: &str) -> Option<Piece> {
        let number = number(said)?;
        let known = self.names.areas.iter().any(|area| area.number == number);
        Some(if known { Piece::Area(number) } else { Piece::NoArea(said.to_owned()) })
    }
}

fn meaning(mut meanings: Vec<(String, Piece)>) -> Piece {
    match meanings.pop() {
        Some((_, only)) if meanings.is_empty() => only,
        Some(last) => {
            meanings.push(last);
            Piece::Choice(meanings)
        }
        None => Piece::Sense(Sense::Filler),
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Whether it has the form `2.1`, or `2.1/2`.
fn is_ref(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = |number: &str| match number.split_once('/') {
        Some((number, turn)) => digits(number) && digits(turn),
        None => digits(number),
    };
    word.split_once('.').is_some_and(|(area, number)| digits(area) && numbered(number))
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 10] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let in_words = WORDS.iter().position(|known| *known == word);
    let in_words = in_words.and_then(|place| u32::try_from(place + 1).ok());
    in_words.or_else(|| word.parse().ok())
}

/// Whether a day could begin with it: a number, a month or a weekday, "may" aside, which says more
/// often that somebody is allowed to.
fn looks_like_a_day(word: &str) -> bool {
    const NAMES: [&str; 19] = [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "sept",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let letters = word.chars().count();
    let named = NAMES.iter().any(|name| *name == word || (letters == 3 && name.starts_with(word)));
    // "sat" is a word as well.
    (named && word != "sat") || (is_number(word) && !is_ref(word))
}
