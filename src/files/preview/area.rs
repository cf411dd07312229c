//! Where an area of the plan begins: `Improvement Area 2`, and the lines below it that describe it.

use crate::files::preview::columns::one_line;
use crate::files::preview::heading::heading;
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
    let called = CALLED.iter().find(|called| {
        lower.strip_prefix(**called).is_some_and(|rest| rest.starts_with([' ', '\u{a0}']))
    })?;
    let rest = line[called.len()..].trim_start();
    let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let number = first_number(&rest[..digits])?;
    let after = &rest[digits..];
    // "Area 2.1" numbers an action, and "Area 2nd" nothing.
    if after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '.')
        && !after.starts_with(". ")
        && after != "."
    {
        return None;
    }
    let title = after.trim_start_matches([':', '.', '-', '–', '—', ' ', '(']);
    Some(PrintedArea { number, title: title.trim_end_matches(')').to_owned(), aim: String::new() })
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

/// Whether a line is the label of a field and not a description.
pub(super) fn is_label(line: &str) -> bool {
    let label = line.split_once(':').map_or(line, |(label, _)| label);
    heading(label).is_some_and(|heading| heading.is_exact)
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
        check("Area 2.1", None);
        check("Improvement Area", None);
        check("Areas of work", None);
        check("Area of 3 hectares", None);
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
