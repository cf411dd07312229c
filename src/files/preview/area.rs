//! Where an area of the plan begins: `Improvement Area 2`, and the lines below it that describe it.

use crate::files::document::one_line;
use crate::files::preview::number::first_number;
use crate::plan::PrintedArea;

/// What a part of a plan is called, in lower case, before its number.
const CALLED: [&str; 12] = [
    "improvement area",
    "priority area",
    "action area",
    "area",
    "priority",
    "outcome",
    "objective",
    "strategic objective",
    "strategic priority",
    "workstream",
    "theme",
    "section",
];

/// The area that a line opens: its number, and its title where the line has one.
pub(super) fn opening(line: &str) -> Option<PrintedArea> {
    let line = one_line(line.trim_start_matches('#'));
    let lower = line.to_lowercase();
    let called = CALLED
        .iter()
        .find(|called| lower.strip_prefix(**called).is_some_and(|rest| rest.starts_with(' ')))?;
    let rest = line[called.len()..].trim_start();
    let (number, after) = match rest.find(|letter: char| !letter.is_ascii_digit()) {
        Some(0) => lettered(rest)?,
        end => {
            let (digits, after) = rest.split_at(end.unwrap_or(rest.len()));
            (first_number(digits)?, after)
        }
    };
    // "Area 2.1" numbers an action, and "Area 2nd" nothing.
    if after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '.')
        && !after.starts_with(". ")
        && after != "."
    {
        return None;
    }
    let title = after.trim_start_matches([':', '.', '-', '–', '—', ' ', '(']);
    let is_bracketed = !title.contains('(');
    let title = if is_bracketed { title.trim_end_matches(')') } else { title };
    Some(PrintedArea { number, title: title.to_owned(), aim: String::new() })
}

/// The number of an area that a letter or Roman numerals stand for, and what follows: `A: Reporting`
/// is the first. A letter before words may be an article.
fn lettered(words: &str) -> Option<(u32, &str)> {
    let end = words.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(words.len());
    let (letters, after) = words.split_at(end);
    let is_marked = after.trim_start().starts_with([':', '.', '-', '–', '—', ')']);
    if !(is_marked || after.trim().is_empty()) {
        return None;
    }
    Some((ordinal(letters)?, after))
}

/// Which one in a row capital letters or Roman numerals stand for: `B` and `II` for the second.
pub(super) fn ordinal(letters: &str) -> Option<u32> {
    const ROMAN: [&str; 12] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let roman = ROMAN.iter().position(|roman| *roman == letters);
    let letter = || {
        let mut letters = letters.bytes();
        let first = letters.next().filter(u8::is_ascii_uppercase)?;
        letters.next().is_none().then(|| u32::from(first - b'A') + 1)
    };
    roman.and_then(|place| u32::try_from(place + 1).ok()).or_else(letter)
}

/// The area that a cell of a column of areas names: as a heading would, or with its number alone
/// before its title.
pub(super) fn in_column(words: &str) -> Option<PrintedArea> {
    let words = one_line(words);
    if let Some(area) = opening(&words) {
        return Some(area);
    }
    let end = words.find(|letter: char| !letter.is_ascii_digit())?;
    let number = first_number(&words[..end])?;
    let marks = [':', '.', '-', '–', '—', ' ', ')'];
    let title = words[end..].strip_prefix(marks)?.trim_start_matches(marks);
    // How urgent something is, is no part of the plan.
    let is_rank = ["high", "medium", "low"].iter().any(|rank| title.eq_ignore_ascii_case(rank));
    let is_titled = title.starts_with(char::is_alphabetic) && !is_rank;
    is_titled.then(|| PrintedArea { number, title: title.to_owned(), aim: String::new() })
}

/// Whether a column is headed as the parts of a plan are called.
pub(super) fn is_called(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let lower = lower
        .strip_suffix("ies")
        .map_or_else(|| lower.trim_end_matches('s').to_owned(), |start| format!("{start}y"));
    CALLED.contains(&lower.as_str())
}

/// Adds a line that stands below an area's heading and above its table.
pub(super) fn describe(area: &mut PrintedArea, line: &str) {
    let line = one_line(line);
    let lower = line.to_lowercase();
    let aim = ["this ensures", "this will ensure", "aim:", "our aim", "so that", "purpose:"];
    let place = if aim.iter().any(|begins| lower.starts_with(begins)) || !area.aim.is_empty() {
        &mut area.aim
    } else {
        &mut area.title
    };
    if !place.is_empty() {
        place.push(' ');
    }
    place.push_str(&line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_opens_with_its_number() {
        let check = |line: &str, expected: Option<(u32, &str)>| {
            let area = opening(line);
            let read = area.as_ref().map(|area| (area.number, area.title.as_str()));
            assert_eq!(read, expected, "{line}");
        };
        check("Improvement Area 1", Some((1, "")));
        check("IMPROVEMENT AREA 12: Scrutiny", Some((12, "Scrutiny")));
        check("## Priority 2 – Safe communities", Some((2, "Safe communities")));
        check("Area 3. Ownership", Some((3, "Ownership")));
        check("Area 4 (Safety)", Some((4, "Safety")));
        check("Area 5: Safety (CPEG)", Some((5, "Safety (CPEG)")));
        check("Area 2.1", None);
        check("Improvement Area", None);
        check("Areas of work", None);
        check("Area of 3 hectares", None);
        check("Theme A: Reporting", Some((1, "Reporting")));
        check("OUTCOME B – Safe", Some((2, "Safe")));
        check("Priority III. Well", Some((3, "Well")));
        check("Priority A place to live", None);
        check("Theme Park: tickets", None);
    }

    #[test]
    fn what_stands_below_is_its_title_and_then_its_aim() {
        let mut area = opening("Improvement Area 1").expect("an area");
        describe(&mut area, "Look at ways to report");
        describe(&mut area, "and to listen.");
        describe(&mut area, "This ensures oversight.");
        assert_eq!(area.title, "Look at ways to report and to listen.");
        assert_eq!(area.aim, "This ensures oversight.");
    }
}
