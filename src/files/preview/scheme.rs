//! Numbers that are written otherwise than 2.1 throughout a table: `1.1.2`, `A1`, `FLO1`, `1a`, `iv`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::files::preview::area::ordinal;
use crate::files::preview::entry::Last;
use crate::files::preview::number::Numbered;
use crate::files::preview::number::number;
use crate::files::preview::row::Draft;

/// What notes are headed that keep a number as it is printed.
const NOTE: &str = "Number as printed";

/// How numbers of a document are written, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Schemes {
    /// The letters before numbers, in the order in which they first occur: each has an area.
    letters: Vec<String>,
    /// Whether that they are written so has been said.
    is_said: bool,
}

/// A number that is not such as 2.1.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Coded {
    /// `1.1.2`: the area comes first.
    Dotted(u32),
    /// `A1` and `FLO-02`.
    Lettered(String, u32),
    /// `SO1.2`: the letters say nothing more.
    Prefixed(String, Numbered),
    /// `1a`.
    Sub(u32, u32),
    /// `iv`.
    Roman(u32),
}

impl Schemes {
    /// Numbers the rows of a table whose numbers are all written in one such way, and says so.
    /// `area` is the one that the table stands in.
    pub(super) fn renumber(
        &mut self,
        drafts: &mut [Draft],
        area: Option<u32>,
        last: &Last,
    ) -> Option<String> {
        if drafts.iter().any(|draft| draft.number.is_some()) {
            return None;
        }
        let printed = drafts.iter().map(|draft| draft.not_a_number.as_str());
        let coded: Option<Vec<Coded>> =
            printed.filter(|printed| !printed.is_empty()).map(coded).collect();
        let coded = coded.filter(|coded| are_alike(coded))?;
        // One alone may be of another plan.
        if coded.is_empty() || coded.len() == 1 && !self.is_said {
            return None;
        }
        let mut placed: BTreeMap<u32, u32> = BTreeMap::new();
        let coded_rows = drafts.iter_mut().filter(|draft| !draft.not_a_number.is_empty());
        let rows = coded_rows.zip(coded).filter(|(draft, _)| !draft.goes_on);
        let mut numbered: Vec<(&mut Draft, Numbered)> = Vec::new();
        for (draft, code) in rows {
            let here = area.or(draft.area);
            let read = self.numbered(code, here.is_some(), last, &mut placed);
            numbered.push((draft, read));
        }
        // Where two would have the same number, their places say more.
        let numbers = numbered.iter().map(|(draft, read)| (read.area.or(draft.area), read.number));
        if numbers.collect::<BTreeSet<_>>().len() < numbered.len() {
            return None;
        }
        let mut said: Vec<(String, Numbered)> = Vec::new();
        for (draft, read) in numbered {
            let printed = std::mem::take(&mut draft.not_a_number);
            draft.number = Some(read);
            draft.notes.push((NOTE.to_owned(), printed.clone()));
            said.push((printed, read));
        }
        let (first, last) = (said.first()?, said.last()?);
        if std::mem::replace(&mut self.is_said, true) {
            return None;
        }
        let shown = |number: &Numbered| match number.area.or(area) {
            Some(area) => format!("{area}.{}", number.number),
            None => number.number.to_string(),
        };
        Some(format!(
            "The numbers are not written as 2.1: “{}” is read as {}, and so on to “{}” as {}. As \
             printed they are kept as notes.",
            first.0,
            shown(&first.1),
            last.0,
            shown(&last.1)
        ))
    }

    fn numbered(
        &mut self,
        code: Coded,
        is_placed: bool,
        last: &Last,
        placed: &mut BTreeMap<u32, u32>,
    ) -> Numbered {
        match code {
            Coded::Dotted(area) => {
                let before = || last.get(&Some(area)).copied().unwrap_or(0);
                let number = placed.entry(area).or_insert_with(before);
                *number += 1;
                Numbered { area: Some(area), number: *number, turn: 1 }
            }
            Coded::Lettered(_, number) if is_placed => Numbered { area: None, number, turn: 1 },
            Coded::Lettered(letters, number) => {
                let known = self.letters.iter().position(|known| *known == letters);
                let place = known.unwrap_or_else(|| {
                    self.letters.push(letters);
                    self.letters.len() - 1
                });
                Numbered { area: u32::try_from(place + 1).ok(), number, turn: 1 }
            }
            Coded::Prefixed(_, numbered) => numbered,
            Coded::Sub(area, number) => Numbered { area: Some(area), number, turn: 1 },
            Coded::Roman(number) => Numbered { area: None, number, turn: 1 },
        }
    }
}

/// What a cell says by one of these ways; none where it is something else.
fn coded(cell: &str) -> Option<Coded> {
    let cell = cell.trim().trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let whole = |words: &str| number(words, "").filter(|known| known.area.is_none());
    let parts: Vec<&str> = cell.split('.').collect();
    if parts.len() > 2 {
        let numbers: Option<Vec<Numbered>> = parts.iter().map(|part| whole(part)).collect();
        return numbers?.first().map(|first| Coded::Dotted(first.number));
    }
    if let Some(roman) = roman(cell) {
        return Some(Coded::Roman(roman));
    }
    let letters = cell.find(|letter: char| !letter.is_ascii_alphabetic())?;
    if letters > 0 {
        let (letters, rest) = cell.split_at(letters);
        let rest = rest.trim_start_matches(['-', '–', ' ', '/', '.']);
        let is_short = letters.len() <= 6 && rest.starts_with(|c: char| c.is_ascii_digit());
        let numbered = number(rest, "").filter(|_| is_short)?;
        return Some(match numbered.area {
            Some(_) => Coded::Prefixed(letters.to_uppercase(), numbered),
            None => Coded::Lettered(letters.to_uppercase(), numbered.number),
        });
    }
    let end = cell.find(|letter: char| !letter.is_ascii_digit())?;
    let (digits, rest) = cell.split_at(end);
    let rest = rest.trim_matches(['.', '(', ')', ' ', '-']).to_uppercase();
    let is_letter = rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_uppercase());
    let letter = rest.bytes().next().filter(|_| is_letter)?;
    Some(Coded::Sub(whole(digits)?.number, u32::from(letter - b'A') + 1))
}

fn roman(cell: &str) -> Option<u32> {
    let is_roman = cell.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
    ordinal(&cell.to_uppercase()).filter(|_| is_roman)
}

/// Whether all are written the same way.
fn are_alike(coded: &[Coded]) -> bool {
    let of = std::mem::discriminant::<Coded>;
    coded.windows(2).all(|pair| match (&pair[0], &pair[1]) {
        (Coded::Prefixed(one, _), Coded::Prefixed(other, _)) => one == other,
        (one, other) => of(one) == of(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_many_ways() {
        let check =
            |cell: &str, expected: Option<Coded>| assert_eq!(coded(cell), expected, "{cell}");
        let lettered = |letters: &str, number| Some(Coded::Lettered(letters.into(), number));
        check("1.1.2", Some(Coded::Dotted(1)));
        check("A1", lettered("A", 1));
        check("FLO-02", lettered("FLO", 2));
        check(
            "SO1.2",
            Some(Coded::Prefixed("SO".into(), Numbered { area: Some(1), number: 2, turn: 1 })),
        );
        check("1a", Some(Coded::Sub(1, 1)));
        check("2(b)", Some(Coded::Sub(2, 2)));
        check("iv)", Some(Coded::Roman(4)));
        check("new", None);
        check("1ab", None);
        check("1.x.2", None);
        check("", None);
    }
}
