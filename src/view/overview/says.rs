//! A page in words, for those who cannot see it: all of it, or as much as a chat has room for.

use crate::date::day_in_words;
use crate::meeting::Meeting;
use crate::view::line::counted;
use crate::view::overview::BETWEEN;
use crate::view::overview::NOTHING;
use crate::view::overview::Overview;
use crate::view::overview::Row;
use crate::view::overview::Sign;
use crate::view::shortened;

/// The longest description of a picture, in characters (Discord's limit).
pub(super) const BRIEF_MAX: usize = 1024;

/// How many characters of each name a description opens with.
const NAME_MAX: usize = 120;

/// A page in at most [`BRIEF_MAX`] characters: the counts, then what is overdue and by how much, what
/// is due next, and so on. A list that does not fit ends with how many more there are.
pub(super) fn brief(page: &Overview, meeting: Option<&Meeting>) -> String {
    let lists = lists(page, meeting);
    let mut all = opening(page);
    all.extend(lists.iter().map(|list| list.sentence(list.detailed.len(), &list.detailed)));
    all.push(format!("{}.", page.next));
    all.extend(page.notes.iter().cloned());
    let all = all.join(" ");
    if length(&all) <= BRIEF_MAX {
        return all;
    }
    let mut brief = opening(page).join(" ");
    for list in &lists {
        let room = BRIEF_MAX.saturating_sub(length(&brief) + 1 + length(ELSEWHERE) + 1);
        let shown = (0..=list.brief.len()).rev();
        let fitting = shown.map(|count| list.sentence(count, &list.brief));
        if let Some(sentence) = fitting.into_iter().find(|sentence| length(sentence) <= room) {
            brief.push(' ');
            brief.push_str(&sentence);
        }
    }
    format!("{brief} {ELSEWHERE}")
}

/// A page in words, whole: a line an action under the names of the areas.
pub(super) fn whole(page: &Overview, meeting: Option<&Meeting>) -> String {
    let mut lines = vec![opening(page).join(" "), format!("{}.", page.next)];
    for group in &page.groups {
        lines.push(format!("{}.", group.heading));
        if group.rows.is_empty() {
            lines.push(NOTHING.into());
        }
        lines.extend(group.rows.iter().map(|row| line(row, meeting)));
    }
    lines.extend(page.notes.iter().cloned());
    lines.join("\n")
}

const ELSEWHERE: &str = "The plan's table has everything.";

fn opening(page: &Overview) -> Vec<String> {
    let title = shortened(&page.title, NAME_MAX);
    let partnership = shortened(&page.partnership, NAME_MAX);
    vec![
        format!("{title}, {partnership}, drawn as a bar for each action's target."),
        format!("{}.", page.position),
        format!("{}.", page.counts.trim_end_matches('.').replace(BETWEEN, ", ")),
    ]
}

/// Actions of which the same is to be said.
struct List {
    opening: String,
    /// Each with what there is to know.
    detailed: Vec<String>,
    /// Each in as few words as will do.
    brief: Vec<String>,
}

impl List {
    /// Actions with their targets and leads, where there is room for them.
    fn in_full(opening: &str, rows: Vec<&Row>, brief: &dyn Fn(&Row) -> String) -> Self {
        let detailed = rows.iter().map(|row| format!("{} ({})", brief(row), details(row)));
        Self { detailed: detailed.collect(), ..Self::named(opening, rows, brief) }
    }

    /// Actions by name alone.
    fn named(opening: &str, rows: Vec<&Row>, brief: &dyn Fn(&Row) -> String) -> Self {
        let brief: Vec<String> = rows.into_iter().map(brief).collect();
        Self { opening: opening.to_owned(), detailed: brief.clone(), brief }
    }

    /// The first so many, and how many more there are.
    fn sentence(&self, shown: usize, items: &[String]) -> String {
        let more = items.len() - shown;
        let named = items[..shown].join("; ");
        match (shown, more) {
            (0, _) => format!("{}: {}.", self.opening, counted(more, "action", "actions")),
            (_, 0) => format!("{}: {named}.", self.opening),
            _ => format!("{}: {named}; and {more} more.", self.opening),
        }
    }
}

fn lists(page: &Overview, meeting: Option<&Meeting>) -> Vec<List> {
    let of = |sign: Sign| -> Vec<&Row> {
        let calendar = |row: &Row| row.calendar.as_ref().is_some_and(|it| it.sign == sign);
        page.rows().filter(|row| row.status.sign == sign || calendar(row)).collect()
    };
    let goes_on = |row: &&Row| !matches!(row.status.sign, Sign::Complete | Sign::OnHold);
    let (dated, undated): (Vec<&Row>, Vec<&Row>) =
        page.rows().filter(goes_on).partition(|row| row.window.is_some());
    let later = dated.into_iter().filter(|row| row.calendar.is_none()).collect();
    let moved = page.rows().filter(|row| row.moved.is_some()).collect();
    let due_before = match meeting {
        Some(meeting) => format!("Due before the next meeting ({})", day_in_words(meeting.on)),
        None => "Due".into(),
    };
    let lists = [
        List::in_full("Overdue, longest first", by_day(of(Sign::Overdue)), &late),
        List::in_full(&due_before, by_day(of(Sign::Due)), &due),
        List::named("Blocked", of(Sign::Blocked), &named),
        List::named("At risk", of(Sign::AtRisk), &named),
        List::in_full("Without a date", undated, &named),
        List::in_full("Not yet due, date moved", by_day(of(Sign::Moved)), &named),
        List::in_full("Due later", by_day(later), &named),
        List::in_full("Complete", of(Sign::Complete), &named),
        List::in_full("On hold", of(Sign::OnHold), &named),
        List::named("Target moved", moved, &|row| {
            format!("{} {}", row.reference, row.moved.as_deref().unwrap_or_default())
        }),
    ];
    lists.into_iter().filter(|list| !list.brief.is_empty()).collect()
}

fn by_day(mut rows: Vec<&Row>) -> Vec<&Row> {
    rows.sort_by_key(|row| row.window.map(|window| window.to));
    rows
}

fn named(row: &Row) -> String {
    row.reference.clone()
}

fn late(row: &Row) -> String {
    row.calendar.as_ref().map_or_else(|| named(row), |it| format!("{} by {}", named(row), it.brief))
}

fn due(row: &Row) -> String {
    match &row.calendar {
        Some(notice) if notice.words != Sign::Due.words() => {
            format!("{} {}", named(row), notice.brief)
        }
        _ => named(row),
    }
}

/// What an action's place in a list does not say: its target, unless it has none, and its lead.
fn details(row: &Row) -> String {
    match row.window {
        Some(_) => format!("{}, {}", row.target, row.lead),
        None => row.lead.clone(),
    }
}

/// An action in words.
fn line(row: &Row, meeting: Option<&Meeting>) -> String {
    let mut parts = vec![
        format!("{} {}: {}", row.reference, row.title, row.lead),
        match row.window {
            Some(_) => format!("target {}", row.target),
            None => row.target.clone(),
        },
    ];
    parts.extend(row.calendar.as_ref().map(|notice| match (notice.sign, meeting) {
        (Sign::Due, Some(meeting)) if notice.words == Sign::Due.words() => {
            format!("{} on {}", notice.words, day_in_words(meeting.on))
        }
        _ => notice.words.clone(),
    }));
    parts.push(row.status.words.clone());
    parts.extend(row.moved.clone());
    format!("{}.", parts.join("; "))
}

fn length(words: &str) -> usize {
    words.chars().count()
}
