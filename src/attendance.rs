//! Who was at a meeting, by agency: as it is written down, and as it is understood.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use strsim::jaro_winkler;

use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::same;
use crate::meeting::Meeting;

/// The longest name of an agency, in characters: a line on a phone.
pub const AGENCY_MAX: usize = 60;

/// The longest name beside an agency, in characters: a few people.
pub const NAME_MAX: usize = 120;

/// How alike two names must be to be taken for one with a slip in it, from 0 to 1.
const ALIKE: f64 = 0.9;

/// A meeting by the day that it was first set for, which it keeps wherever it is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// Whose meeting it was.
    pub body: BodyId,
    /// The day that it was first set for.
    pub first_on: NaiveDate,
}

impl Held {
    /// How a meeting goes in the record.
    pub fn of(meeting: &Meeting) -> Self {
        Self { body: meeting.body, first_on: meeting.first_on }
    }
}

/// How an agency was there, or was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// It was there itself.
    Present,
    /// It sent a substitute.
    Substitute,
    /// It sent apologies.
    Apologies,
    /// Nothing is known of it.
    NoWord,
}

impl Presence {
    const ALL: [Self; 4] = [Self::Present, Self::Substitute, Self::Apologies, Self::NoWord];

    /// The word the record keeps.
    pub fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Substitute => "substitute",
            Self::Apologies => "apologies",
            Self::NoWord => "no word",
        }
    }

    /// What a word of the record stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.word() == word)
    }
}

/// How one agency was at a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The agency.
    pub agency: BodyId,
    /// How it was there.
    pub presence: Presence,
    /// Who was there for it, or sent apologies, as written; empty where nobody said.
    pub name: String,
}

/// Who was at a meeting as somebody writes it: an agency a line, with a name after a colon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// The agencies that were there themselves.
    pub present: String,
    /// Those that sent a substitute.
    pub substitutes: String,
    /// Those that sent apologies.
    pub apologies: String,
}

/// What cannot be recorded as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// No agency goes by these words.
    Unknown {
        /// The words.
        words: String,
        /// The agency that is nearly called so.
        meant: Option<BodyId>,
    },
    /// They name a body that is no agency.
    NotAnAgency {
        /// The words.
        words: String,
    },
    /// They are too long for an agency, or what stands beside one is for a name.
    TooLong {
        /// The words.
        words: String,
    },
    /// An agency stands in more than one list.
    Twice {
        /// The agency.
        agency: BodyId,
        /// The lists, in their order.
        lists: Vec<Presence>,
    },
}

/// What lists mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How each agency was there, in the order in which they are written.
    pub attendances: Vec<Attendance>,
    /// What stands in the way of recording it, in the same order.
    pub doubts: Vec<Doubt>,
}

impl Reading {
    /// The words that name no agency and could be the name of a new one, each once.
    pub fn unknown(&self) -> Vec<&str> {
        let mut unknown: Vec<&str> = Vec::new();
        for doubt in &self.doubts {
            if let Doubt::Unknown { words, .. } = doubt
                && !unknown.iter().any(|known| same(known, words))
            {
                unknown.push(words);
            }
        }
        unknown
    }
}

impl Lists {
    /// Each list with what it says of those in it.
    fn all(&self) -> [(Presence, &str); 3] {
        [
            (Presence::Present, &self.present),
            (Presence::Substitute, &self.substitutes),
            (Presence::Apologies, &self.apologies),
        ]
    }

    /// What they mean, given the agencies that are known.
    pub fn read(&self, bodies: &Bodies) -> Reading {
        let mut reading = Reading::default();
        for (presence, list) in self.all() {
            for line in lines(list, bodies) {
                match line.found(bodies) {
                    Ok(agency) => reading.add(agency, presence, line.name),
                    Err(doubt) => reading.doubt(doubt),
                }
            }
        }
        reading
    }

    /// The lists with an agency's own name instead of some words.
    #[must_use]
    pub fn meaning(&self, words: &str, agency: &Body, bodies: &Bodies) -> Self {
        self.rewritten(bodies, |_, line| {
            Some(if same(line.agency, words) {
                Line { agency: &agency.name, ..line }.written()
            } else {
                line.written()
            })
        })
    }

    /// The lists with an agency in one of them alone.
    #[must_use]
    pub fn settled(&self, agency: BodyId, presence: Presence, bodies: &Bodies) -> Self {
        self.rewritten(bodies, |list, line| {
            let is_it = line.found(bodies) == Ok(agency);
            (!is_it || list == presence).then(|| line.written())
        })
    }

    fn rewritten(
        &self,
        bodies: &Bodies,
        rewrite: impl Fn(Presence, Line<'_>) -> Option<String>,
    ) -> Self {
        let [present, substitutes, apologies] = self.all().map(|(presence, list)| {
            let lines = lines(list, bodies).into_iter();
            let lines: Vec<String> = lines.filter_map(|line| rewrite(presence, line)).collect();
            lines.join("\n")
        });
        Self { present, substitutes, apologies }
    }
}

impl Reading {
    /// Several people of one agency in one list are one line of it.
    fn add(&mut self, agency: BodyId, presence: Presence, name: &str) {
        let known = self.attendances.iter_mut().find(|known| known.agency == agency);
        match known {
            None => {
                let name = name.to_owned();
                self.attendances.push(Attendance { agency, presence, name });
            }
            Some(known) if known.presence == presence => {
                let names = [known.name.as_str(), name].map(str::trim);
                let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
                known.name = names.join(", ");
            }
            Some(known) => {
                let first = known.presence;
                self.twice(agency, first, presence);
            }
        }
    }

    fn twice(&mut self, agency: BodyId, first: Presence, again: Presence) {
        let known = self.doubts.iter_mut().find_map(|doubt| match doubt {
            Doubt::Twice { agency: known, lists } if *known == agency => Some(lists),
            _ => None,
        });
        match known {
            Some(lists) if lists.contains(&again) => {}
            Some(lists) => lists.push(again),
            None => self.doubts.push(Doubt::Twice { agency, lists: vec![first, again] }),
        }
    }

    fn doubt(&mut self, doubt: Doubt) {
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }
}

/// A line of a list: an agency, and who was there for it.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    agency: &'a str,
    name: &'a str,
}

/// The lines of a list, without what marks them as such. One that only makes sense parted by its
/// commas is parted there.
fn lines<'a>(list: &'a str, bodies: &Bodies) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for line in list.split(['\n', ';']) {
        let line = line.trim_start_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '-' | '–' | '•' | '*' | '·')
        });
        let line = line.trim().trim_end_matches([',', '.']).trim_end();
        if line.is_empty() {
            continue;
        }
        let whole = Line::of(line, bodies);
        let parts = || line.split(',').map(str::trim).filter(|part| !part.is_empty());
        let is_several = whole.agency.contains(',')
            && named(whole.agency, bodies).is_none()
            && parts().any(|part| named(Line::of(part, bodies).agency, bodies).is_some());
        if is_several {
            lines.extend(parts().map(|part| Line::of(part, bodies)));
        } else {
            lines.push(whole);
        }
    }
    lines
}

impl<'a> Line<'a> {
    /// A line parted where that leaves an agency that is known, else at its first mark.
    fn of(line: &'a str, bodies: &Bodies) -> Self {
        let whole = Self { agency: line, name: "" };
        let parted = [":", " – ", " — ", " - ", "("].into_iter().filter_map(|mark| {
            let (agency, name) = line.split_once(mark)?;
            let name = if mark == "(" { name.trim_end_matches(')') } else { name };
            let (agency, name) = (agency.trim(), name.trim());
            (!agency.is_empty()).then_some(Self { agency, name })
        });
        let all: Vec<Self> = [whole].into_iter().chain(parted).collect();
        let known = all.iter().find(|line| named(line.agency, bodies).is_some());
        *known.or(all.get(1)).unwrap_or(&whole)
    }

    fn written(self) -> String {
        match self.name {
            "" => self.agency.to_owned(),
            name => format!("{}: {name}", self.agency),
        }
    }

    fn found(self, bodies: &Bodies) -> Result<BodyId, Doubt> {
        let words = || self.agency.to_owned();
        if self.name.chars().count() > NAME_MAX {
            return Err(Doubt::TooLong { words: self.name.to_owned() });
        }
        match named(self.agency, bodies) {
            Some(body) if body.kind == BodyKind::Agency => Ok(body.id),
            Some(_) => Err(Doubt::NotAnAgency { words: words() }),
            None if self.agency.chars().count() > AGENCY_MAX => {
                Err(Doubt::TooLong { words: words() })
            }
            None => Err(Doubt::Unknown { words: words(), meant: meant(self.agency, bodies) }),
        }
    }
}

fn named<'a>(words: &str, bodies: &'a Bodies) -> Option<&'a Body> {
    match bodies.named(words).as_slice() {
        [only] => bodies.with(*only),
        _ => None,
    }
}

/// The one agency that is nearly called so, or whose name holds the words.
fn meant(words: &str, bodies: &Bodies) -> Option<BodyId> {
    let folded = words.to_lowercase();
    let agencies = || bodies.all.iter().filter(|body| body.kind == BodyKind::Agency);
    let names = |body: &Body| -> Vec<String> {
        body.names.iter().chain([&body.name]).map(|name| name.to_lowercase()).collect()
    };
    let likeness = |body: &Body| {
        names(body).iter().map(|name| jaro_winkler(name, &folded)).fold(0.0, f64::max)
    };
    let nearest = agencies().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    if let Some(nearest) = nearest.filter(|body| likeness(body) >= ALIKE) {
        return Some(nearest.id);
    }
    let words = format!(" {folded} ");
    let mut holding = agencies()
        .filter(|body| names(body).iter().any(|name| format!(" {name} ").contains(&words)));
    holding.next().filter(|_| holding.next().is_none()).map(|body| body.id)
}

/// The agencies of a partnership by name, in alphabetical order.
pub fn agencies(bodies: &Bodies) -> Vec<&Body> {
    let mut agencies: Vec<&Body> =
        bodies.all.iter().filter(|body| body.kind == BodyKind::Agency).collect();
    agencies.sort_by_key(|body| (body.name.to_lowercase(), body.id));
    agencies
}

/// The letters of a new agency, made from its name: none that are `taken`.
pub fn letters(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words
        .filter(|word| !word.is_empty() && !["and", "of", "the", "for"].contains(word))
        .collect();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).take(5).collect();
    let run: String = words.concat();
    let first = |count: usize| run.chars().take(count).collect::<String>();
    let tries = [initials, first(3), first(4), first(5)];
    let tries = tries.into_iter().map(|letters| letters.to_ascii_uppercase());
    let mut free = tries.filter(|letters| (3..=5).contains(&letters.len()) && !taken(letters));
    let numbered = || {
        let stem = if run.is_empty() { "AG".to_owned() } else { first(2).to_ascii_uppercase() };
        (2..=999).map(|number| format!("{stem}{number}")).find(|letters| !taken(letters))
    };
    free.next().or_else(numbered).unwrap_or_default()
}
