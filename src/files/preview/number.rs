//! The number of an action as plans print it: `2.1`, `IP-2.1`, `2.`, or before the words it numbers.

/// A number, with its area's where it says that too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) area: Option<u32>,
    pub(super) number: u32,
    /// Which turn of what comes round again: `4.2/3` is the third.
    pub(super) turn: u32,
}

/// Areas and actions are counted on hands, not in years: this keeps `2021 census` a title.
const NUMBER_MAX: u32 = 999;

/// The number in a cell of its own.
pub(super) fn number(cell: &str, plan: &str) -> Option<Numbered> {
    let cell = without_label(cell.trim(), plan);
    let cell = cell.trim_start_matches(['(', '#']).trim_end_matches([')', '.', ':', ',']).trim();
    parts(cell)
}

/// The number that a title begins with, and the rest: `2. Utilise …`, `1.1 Review …`, `3) Hold …`.
pub(super) fn leading<'a>(title: &'a str, plan: &str) -> Option<(Numbered, &'a str)> {
    let title = without_label(title.trim(), plan);
    let title = title.strip_prefix('(').unwrap_or(title);
    let end = title.find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))?;
    let (digits, rest) = title.split_at(end);
    let marked = digits.ends_with('.') || rest.starts_with([')', ':']);
    let numbered = parts(digits.trim_end_matches('.'))?;
    // A bare number before words counts something; one with an area in it does not.
    let rest = rest.trim_start_matches([')', ':', '.']);
    let is_apart = rest.starts_with(char::is_whitespace);
    let is_number = is_apart && (marked || numbered.area.is_some());
    (is_number && !rest.trim().is_empty()).then(|| (numbered, rest.trim_start()))
}

/// The number that words such as `Improvement Area 2` hold first.
pub(super) fn first_number(words: &str) -> Option<u32> {
    let digits = words.split(|letter: char| !letter.is_ascii_digit());
    digits.filter_map(|digits| digits.parse().ok()).find(|number| (1..=NUMBER_MAX).contains(number))
}

/// Without the plan's letters, or a word such as `Action`, before it.
fn without_label<'a>(cell: &'a str, plan: &str) -> &'a str {
    for label in [plan, "Action", "No.", "No", "Ref"] {
        let Some((head, rest)) = cell.split_at_checked(label.len()) else { continue };
        let rest = rest.trim_start_matches(['-', '\u{2010}', '\u{2011}', '–', ' ', '\u{a0}']);
        if head.eq_ignore_ascii_case(label) && rest.starts_with(|c: char| c.is_ascii_digit()) {
            return rest;
        }
    }
    cell
}

fn parts(words: &str) -> Option<Numbered> {
    let whole = |words: &str| -> Option<u32> {
        let words = words.trim();
        let is_plain = !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
        words.parse().ok().filter(|number| is_plain && (1..=NUMBER_MAX).contains(number))
    };
    match words.split_once('.') {
        None => whole(words).map(|number| Numbered { area: None, number, turn: 1 }),
        Some((area, number)) => {
            let (number, turn) = number.split_once('/').unwrap_or((number, "1"));
            let (area, number, turn) = (whole(area)?, whole(number)?, whole(turn)?);
            Some(Numbered { area: Some(area), number, turn })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_in_its_cell_in_many_ways() {
        let check = |cell: &str, expected: Option<(Option<u32>, u32)>| {
            let read = number(cell, "IP").map(|read| (read.area, read.number));
            assert_eq!(read, expected, "{cell}");
        };
        check("2.1", Some((Some(2), 1)));
        check("IP-2.1", Some((Some(2), 1)));
        check("ip 2.1.", Some((Some(2), 1)));
        check("IP\u{2011}2.1", Some((Some(2), 1)));
        check("Action 2.1", Some((Some(2), 1)));
        check("3.", Some((None, 3)));
        check("(3)", Some((None, 3)));
        check("3)", Some((None, 3)));
        check("1.10", Some((Some(1), 10)));
        check("4.2/3", Some((Some(4), 2)));
        check("4.2/0", None);
        check("4/2", None);
        check("1.1.2", None);
        check("FLO-1.2", None);
        check("2021", None);
        check("two", None);
        check("", None);
    }

    #[test]
    fn what_comes_round_again_has_a_turn() {
        let turn = |cell| number(cell, "IP").map(|read| read.turn);
        assert_eq!(turn("IP-4.2/3"), Some(3));
        assert_eq!(turn("4.2"), Some(1));
    }

    #[test]
    fn a_number_may_lead_the_words() {
        let check = |title: &str, expected: Option<(Option<u32>, u32, &str)>| {
            let read = leading(title, "IP").map(|(read, rest)| (read.area, read.number, rest));
            assert_eq!(read, expected, "{title}");
        };
        check("2. Utilise data", Some((None, 2, "Utilise data")));
        check("1.1 Review", Some((Some(1), 1, "Review")));
        check("3) Hold sessions", Some((None, 3, "Hold sessions")));
        check("(3) Hold sessions", Some((None, 3, "Hold sessions")));
        check("Action 2: Meet", Some((None, 2, "Meet")));
        check("12 sessions in the community", None);
        check("2021 census", None);
        check("2.5km of path", None);
        check("2.", None);
        check("Review", None);
    }
}
