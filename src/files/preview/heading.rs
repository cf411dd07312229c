//! What the heading of a column, or the label of a line, means in a plan.

use strsim::osa_distance;

use crate::date::Target;
use crate::files::document::one_line;

/// What stands under a heading of a plan's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The improvement area, by number or by name.
    Area,
    /// The action's number, with or without its area's.
    Number,
    /// What is promised.
    Title,
    /// Who answers for it.
    Lead,
    /// When it is due.
    Target,
    /// What happened, in sentences.
    Update,
    /// How it is going, in a word.
    Status,
    /// Cross-cutting tags.
    Theme,
    /// What Convener computes and writes beside the plan: left aside when it comes back.
    Computed,
}

/// A heading and how surely it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) field: Field,
    /// It is headed just so; otherwise a word in it gives it away.
    pub(super) is_exact: bool,
    /// What stands in brackets behind it: `October 2020` of `Update (October 2020)`.
    pub(super) aside: String,
}

/// Headings as partnerships print them, in lower case, marks left aside.
const EXACT: &[(Field, &[&str])] = &[
    (Field::Area, &["improvement area", "area", "area no", "area number", "priority area"]),
    (
        Field::Number,
        &[
            "no",
            "nr",
            "ref",
            "reference",
            "number",
            "action ref",
            "ref no",
            "id",
            "#",
            "action id",
            "action number",
            "action reference",
            "action no",
            "item",
            "item no",
            "unique ref",
            "s no",
        ],
    ),
    (
        Field::Title,
        &[
            "activities",
            "activity",
            "action",
            "actions",
            "title",
            "deliverable",
            "deliverables",
            "milestone",
            "milestones",
            "task",
            "tasks",
            "key action",
            "key actions",
            "improvement action",
            "improvement actions",
            "what",
            "what we will do",
            "what will we do",
        ],
    ),
    (
        Field::Lead,
        &[
            "lead",
            "leads",
            "responsibility",
            "responsible",
            "owner",
            "owners",
            "action by",
            "action owner",
            "by whom",
            "who",
            "who will do it",
            "who is responsible",
            "responsible officer",
            "responsible person",
            "responsible lead",
            "action lead",
            "lead person",
            "lead organisation",
            "lead body",
            "lead officer",
            "lead agency",
            "lead partner",
        ],
    ),
    (
        Field::Target,
        &[
            "target date",
            "target",
            "timescale",
            "timescales",
            "timeframe",
            "due",
            "due date",
            "deadline",
            "when",
            "by when",
            "complete by",
            "completed by",
            "completion date",
            "end date",
            "date due",
        ],
    ),
    (Field::Status, &["status", "rag", "brag", "rag status", "brag status", "progress status"]),
    (
        Field::Update,
        &[
            "update",
            "updates",
            "progress",
            "progress update",
            "progress to date",
            "latest update",
            "latest position",
            "comment",
            "comments",
            "note",
            "notes",
        ],
    ),
    (Field::Theme, &["theme", "themes"]),
    (
        Field::Computed,
        &["first target", "due on", "moves", "last update", "brag and why", "doubts"],
    ),
];

/// Words that give a heading away where it is not known as a whole, in the order they are tried.
/// A heading with one of the words in the last list is about something else.
const TELLING: &[(Field, &[&str], &[&str])] = &[
    (Field::Status, &["status", "rag", "brag"], &[]),
    (
        Field::Target,
        &["date", "deadline", "timescale", "timescales", "timeframe", "when", "due"],
        &["start", "started", "commenced", "updated", "review", "reviewed", "created", "approved"],
    ),
    (
        Field::Lead,
        &["lead", "leads", "responsible", "responsibility", "owner", "owners", "officer", "whom"],
        &["supporting", "support", "contributing", "partners"],
    ),
    (
        Field::Update,
        &["update", "updates", "progress", "comments", "commentary", "narrative"],
        &["measure", "indicator", "by"],
    ),
    (
        Field::Title,
        &["activities", "activity", "action", "actions", "deliverable", "milestone", "task"],
        &["measure", "indicator", "outcome", "resources", "type", "cost"],
    ),
    (Field::Number, &["ref", "reference", "no", "number"], &[]),
    (Field::Area, &["area"], &[]),
];

/// A word this long may be one slip away from how it is known.
const FORGIVEN_MIN: usize = 7;

/// A heading that only one word gives away has at most so many: a sentence that has "when" in it is
/// none.
const WORDS_MAX: usize = 5;

/// Headings longer than this, in characters, are sentences.
const HEADING_MAX: usize = 60;

/// What a heading means, if it is one of a plan's.
pub(super) fn heading(words: &str) -> Option<Heading> {
    if words.chars().count() > HEADING_MAX {
        return None;
    }
    let (open, aside) = split_aside(words);
    let plain = plain(open);
    if plain.is_empty() {
        return None;
    }
    let exact = EXACT.iter().find(|(_, known)| known.iter().any(|name| is_like(name, &plain)));
    if let Some((field, _)) = exact {
        return Some(Heading { field: *field, is_exact: true, aside });
    }
    let parts: Vec<&str> = plain.split(' ').collect();
    let has = |words: &[&str]| words.iter().any(|word| parts.contains(word));
    let telling = TELLING.iter().find(|(_, words, others)| has(words) && !has(others));
    let telling = telling.filter(|_| parts.len() <= WORDS_MAX);
    telling.map(|(field, ..)| Heading { field: *field, is_exact: false, aside })
}

/// `Update` and `October 2020` of `Update (October 2020)`, of `Update – October 2020` and of
/// `October 2020 Update` alike; a mark before a month is part of how it is set.
fn split_aside(words: &str) -> (&str, String) {
    if let Some((open, rest)) = words.split_once('(') {
        return (open, rest.split(')').next().unwrap_or_default().trim().to_owned());
    }
    let dashes = [" - ", " – ", " — ", ": "];
    for dash in dashes {
        if let Some((open, rest)) = words.split_once(dash)
            && rest.contains(|letter: char| letter.is_ascii_digit())
        {
            return (open, rest.trim().to_owned());
        }
    }
    match ahead(words) {
        Some((aside, open)) => (open, aside.to_owned()),
        None => (words, String::new()),
    }
}

/// The time that stands before the heading of an update, and that heading.
fn ahead(words: &str) -> Option<(&str, &str)> {
    // Most words are no heading at all, and go no further than this.
    if !words.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let lower = words.to_ascii_lowercase();
    let at = ["update", "progress"].into_iter().filter_map(|word| lower.find(word)).min()?;
    let (aside, open) = words.split_at(at);
    let is_apart = aside.ends_with(char::is_whitespace);
    let aside = aside.trim_end_matches([' ', '\n', '-', '–', '—', ':']).trim_start();
    (is_apart && Target::read(aside).has_date()).then_some((aside, open))
}

/// Lower case, letters and digits alone, one space between words.
fn plain(words: &str) -> String {
    let lower = words.to_lowercase();
    let letters = lower.replace(|letter: char| !(letter.is_alphanumeric() || letter == '#'), " ");
    one_line(&letters)
}

fn is_like(known: &str, words: &str) -> bool {
    // In each cell of ten thousand rows this is asked, so most words are told apart at no cost: one
    // slip changes the length by one at most, and leaves the first letter or the last.
    let (one, other) = (known.as_bytes(), words.as_bytes());
    let is_close = one.len() >= FORGIVEN_MIN
        && one.len().abs_diff(other.len()) <= 1
        && (one.first() == other.first() || one.last() == other.last());
    known == words || is_close && osa_distance(known, words) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_what_they_mean() {
        let check = |words: &str, expected: Option<Field>| {
            assert_eq!(heading(words).map(|heading| heading.field), expected, "{words}");
        };
        check("No.", Some(Field::Number));
        check(" Ref", Some(Field::Number));
        check("Activities", Some(Field::Title));
        check("ctivities", Some(Field::Title));
        check("Target\nDate", Some(Field::Target));
        check("Timescale", Some(Field::Target));
        check("By When?", Some(Field::Target));
        check("Planned completion date", Some(Field::Target));
        check("Start date", None);
        check("Lead Officer(s)", Some(Field::Lead));
        check("Responsible officer", Some(Field::Lead));
        check("Supporting partners", None);
        check("Update (October 2020)", Some(Field::Update));
        check("Progress – March 2021", Some(Field::Update));
        check("Progress Measure", None);
        check("RAG status", Some(Field::Status));
        check("IMPROVEMENT AREA", Some(Field::Area));
        check("First target", Some(Field::Computed));
        check("BRAG and why", Some(Field::Computed));
        check("Budget", None);
        check("F", None);
        check("", None);
        check("Actions will be agreed when the lead officer is known", None);
    }

    #[test]
    fn what_stands_in_brackets_is_kept_apart() {
        let aside = |words: &str| heading(words).expect("a heading").aside;
        assert_eq!(aside("Update (October 2020)"), "October 2020");
        assert_eq!(aside("Progress – March 2021"), "March 2021");
        assert_eq!(aside("October 2020 Update"), "October 2020");
        assert_eq!(aside("Q2 2021 – Progress Update"), "Q2 2021");
        assert_eq!(aside("Update"), "");
        assert_eq!(aside("Latest update"), "");
        assert_eq!(aside("2 updates"), "");
    }
}
