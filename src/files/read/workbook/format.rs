//! How a cell shows its number, by the format code its style gives: as a date, and then how much
//! of one, or as a number.

use crate::files::read::moment::Part;
use crate::files::read::moment::Shows;
use crate::files::read::workbook::number::Pattern;

/// The most characters of a format code that Excel takes.
const CODE_MAX: usize = 255;

/// How a cell shows its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// As it comes.
    General,
    /// By so many digits.
    Number(Pattern),
    /// As a date, or a time.
    Date(Shows),
    /// As a length of time.
    Length,
}

impl Format {
    /// The format that Excel knows by that number without its being written down; those whose
    /// looks depend on the computer's language are dates of unsure looks.
    pub(super) fn built_in(id: usize) -> Self {
        let code = match id {
            1 => "0",
            2 => "0.00",
            3 | 5 | 6 | 37 | 38 => "#,##0",
            4 | 7 | 8 | 39 | 40 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            14 => "dd/mm/yyyy",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18..=21 => "h:mm",
            22 => "dd/mm/yyyy h:mm",
            27..=36 | 50..=58 => return Self::Date(Shows::Unsure),
            45..=47 => "[h]:mm:ss",
            _ => "General",
        };
        Self::of_code(code)
    }

    /// The format of a code such as `dd/mm/yyyy` or `[$-809]mmmm yyyy;@`.
    pub(super) fn of_code(code: &str) -> Self {
        if code.len() > CODE_MAX {
            return Self::General;
        }
        let pieces = pieces(code);
        if pieces.iter().any(|piece| matches!(piece, Piece::Elapsed)) {
            return Self::Length;
        }
        if pieces.iter().any(|piece| matches!(piece, Piece::Date(..))) {
            return Self::Date(shows(&pieces));
        }
        Pattern::of(&pieces).map_or(Self::General, Self::Number)
    }
}

/// A piece of a format code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A letter of a date, in lower case, and how often it stands.
    Date(char, usize),
    /// Hours, minutes or seconds that run on beyond a day.
    Elapsed,
    /// A letter that shows as it is.
    Literal(char),
    /// Anything else: digits, points, the word General.
    Other(char),
}

/// The pieces of a code's first section, which is the one for dates and numbers above zero.
fn pieces(code: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter.to_ascii_lowercase() {
            ';' => break,
            '"' => pieces.extend(letters.by_ref().take_while(|l| *l != '"').map(Piece::Literal)),
            '\\' => pieces.extend(letters.next().map(Piece::Literal)),
            // The width of a letter, or a letter to fill the cell with.
            '_' | '*' => {
                letters.next();
            }
            '[' => {
                let within: String = letters.by_ref().take_while(|l| *l != ']').collect();
                pieces.extend(bracketed(&within));
            }
            'g' if pieces.is_empty() && is_general(&mut letters) => return vec![Piece::Other('g')],
            'a' if pieces.iter().any(|piece| matches!(piece, Piece::Date(..))) => {
                skip_half_of_day(&mut letters);
                pieces.push(Piece::Date('a', 1));
            }
            'e' if pieces.contains(&Piece::Other('0')) => {
                pieces.push(Piece::Other('e'));
            }
            date @ ('d' | 'm' | 'y' | 'h' | 's' | 'e' | 'g' | 'b') => match pieces.last_mut() {
                Some(Piece::Date(last, times)) if *last == date => *times += 1,
                _ => pieces.push(Piece::Date(date, 1)),
            },
            '0' | '#' | '?' | '.' | ',' | '%' | '/' | '@' => pieces.push(Piece::Other(letter)),
            _ => pieces.push(Piece::Literal(letter)),
        }
    }
    pieces
}

/// Brackets hold a length of time, a currency (`[$£-809]`), a language, a colour or a condition.
fn bracketed(within: &str) -> Vec<Piece> {
    let is_elapsed = |letter: char| matches!(letter.to_ascii_lowercase(), 'h' | 'm' | 's');
    if !within.is_empty() && within.chars().all(is_elapsed) {
        return vec![Piece::Elapsed];
    }
    let currency = within.strip_prefix('$').and_then(|rest| rest.split('-').next());
    currency.unwrap_or_default().chars().map(Piece::Literal).collect()
}

fn is_general(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let rest: String = letters.clone().take(6).collect();
    rest.eq_ignore_ascii_case("eneral")
}

/// The rest of `AM/PM` or `A/P`.
fn skip_half_of_day(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while letters.next_if(|letter| "mpMP/".contains(*letter)).is_some() {}
}

fn shows(pieces: &[Piece]) -> Shows {
    let dates: Vec<(char, usize)> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Date(letter, times) => Some((*letter, *times)),
            _ => None,
        })
        .collect();
    let mut parts = Vec::new();
    for (place, (letter, times)) in dates.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| dates.get(place));
        let after = dates.get(place + 1);
        match letter {
            'y' => parts.push(Part::Year),
            // Three or four are the weekday.
            'd' if *times < 3 => parts.push(Part::Day),
            'd' => {}
            'h' | 's' | 'a' => parts.push(Part::Time),
            // After hours or before seconds, `m` and `mm` are minutes.
            'm' if *times < 3
                && (before.is_some_and(|(letter, _)| *letter == 'h')
                    || after.is_some_and(|(letter, _)| *letter == 's')) =>
            {
                parts.push(Part::Time);
            }
            'm' => parts.push(Part::Month),
            _ => return Shows::Unsure,
        }
    }
    Shows::of(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_shows_a_day_a_month_or_neither() {
        let check = |code: &str, expected: &str| {
            let read = match Format::of_code(code) {
                Format::Date(shows) => format!("{shows:?}"),
                Format::Length => "length".to_owned(),
                Format::General => "general".to_owned(),
                Format::Number(_) => "number".to_owned(),
            };
            assert_eq!(read, expected, "{code}");
        };
        check("dd/mm/yyyy", "Day");
        check("dd\\/mm\\/yy;@", "Day");
        check("[$-809]dd mmmm yyyy;@", "Day");
        check("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Day");
        check("mmm-yy", "Month");
        check("[$-409]mmmm\\-yy;@", "Month");
        check("\"by \"mmmm yyyy", "Month");
        check("MMM YYYY", "Month");
        check("mmmm", "MonthWithoutYear");
        check("yyyy", "Year");
        check("d-mmm", "DayWithoutYear");
        check("dd/mm/yyyy hh:mm:ss", "Day");
        check("m/d/yy h:mm AM/PM", "Day");
        check("hh:mm", "Time");
        check("mm:ss", "Time");
        check("[h]:mm", "length");
        check("dddd", "Unsure");
        check("dd", "Unsure");
        check("[$-411]ggge\"年\"m\"月\"d\"日\"", "Unsure");
        check("General", "general");
        check("General\" days\"", "general");
        check("@", "general");
        check("0", "number");
        check("0.00E+00", "general");
        check("# ?/?", "general");
        check("0\" days\"", "number");
        check("[Red]#,##0.00;-#,##0.00", "number");
        check("[$£-809]#,##0.00", "number");
    }

    #[test]
    fn every_built_in_date_is_known() {
        let is_date = |id| matches!(Format::built_in(id), Format::Date(_));
        let dates: Vec<usize> = (0..60).filter(|id| is_date(*id)).collect();
        let expected: Vec<usize> = (14..=22).chain(27..=36).chain(50..=58).collect();
        assert_eq!(dates, expected);
    }

    proptest::proptest! {
        #[test]
        fn every_code_has_a_format(code in ".{0,30}") {
            let _ = Format::of_code(&code);
        }
    }
}
