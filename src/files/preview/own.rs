//! What a paper of ours adds to the cells of the plan's own table, taken off again when an officer
//! imports the paper they have finished.

use std::collections::BTreeMap;

use crate::action::Status;
use crate::date::Target;
use crate::files::preview::heading::Field;

/// What stands for what is not there.
const NO_LEAD: &str = "no lead";
const NO_DATE: &str = "no date";
const NO_UPDATE: &str = "No update yet.";

/// What stands below a target that is past.
const OVERDUE: &str = "Overdue";

/// Takes it off, in each field that has it.
pub(super) fn take_off(words: &mut BTreeMap<Field, String>) {
    if words.get(&Field::Lead).is_some_and(|lead| lead == NO_LEAD) {
        words.insert(Field::Lead, String::new());
    }
    if let Some(target) = words.get_mut(&Field::Target) {
        *target = target_alone(target);
    }
    let parted = words.get(&Field::Update).and_then(|update| status_apart(update));
    if let Some((status, update)) = parted {
        words.insert(Field::Update, update);
        words.entry(Field::Status).or_insert_with(|| status.words().to_owned());
    }
}

/// A target without the lines that say that it has moved or is past.
fn target_alone(target: &str) -> String {
    let is_ours =
        |line: &str| line == OVERDUE || line.starts_with("was ") && line.contains(", moved ×");
    if target == NO_DATE {
        return String::new();
    }
    if !target.lines().any(|line| is_ours(line.trim())) {
        return target.to_owned();
    }
    let kept = target.lines().filter(|line| !is_ours(line.trim()));
    match kept.collect::<Vec<_>>().join("\n").as_str() {
        NO_DATE => String::new(),
        kept => kept.to_owned(),
    }
}

/// The status on the first line of an update, and the words between it and the line that says when
/// they were said; none where no status stands on a line of its own above them.
fn status_apart(update: &str) -> Option<(Status, String)> {
    let (first, rest) = update.split_once('\n')?;
    // A paper says of what is complete whether that is agreed.
    let status = Status::from_words(first.split(',').next().unwrap_or_default())?;
    let rest = rest.trim();
    let said = match rest.rsplit_once('\n') {
        Some((said, last)) if says_when(last) => said,
        None if rest == NO_UPDATE => "",
        _ => rest,
    };
    Some((status, said.trim().to_owned()))
}

/// `(October 2020)`, `(CPEG, 3 November 2020)`.
fn says_when(line: &str) -> bool {
    let within = line.trim().strip_prefix('(').and_then(|line| line.strip_suffix(')'));
    let when = within.map(|within| within.rsplit(", ").next().unwrap_or(within));
    when.is_some_and(|when| Target::read(when).has_date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_off(field: Field, words: &str) -> (String, Option<String>) {
        let mut cells = BTreeMap::from([(field, words.to_owned())]);
        take_off(&mut cells);
        (cells.remove(&field).unwrap_or_default(), cells.remove(&Field::Status))
    }

    #[test]
    fn a_target_and_a_lead_are_left_alone_but_for_what_a_paper_adds() {
        let check = |field, words: &str, expected: &str| {
            assert_eq!(taken_off(field, words).0, expected, "{words}");
        };
        check(Field::Lead, "no lead", "");
        check(Field::Lead, "CPEG", "CPEG");
        check(Field::Target, "no date", "");
        check(Field::Target, "March 2021", "March 2021");
        check(Field::Target, "March 2021\nOverdue", "March 2021");
        check(Field::Target, "June 2021\nwas March 2021, moved ×1\nOverdue", "June 2021");
        check(Field::Target, "no date\nwas March 2021, moved ×1", "");
        check(Field::Target, "March\n2021", "March\n2021");
    }

    #[test]
    fn an_update_is_parted_from_the_status_above_it_and_the_day_below() {
        let check = |words: &str, status: Option<&str>, expected: &str| {
            let (said, found) = taken_off(Field::Update, words);
            assert_eq!((found.as_deref(), said.as_str()), (status, expected), "{words}");
        };
        check("On track\nHalls are booked.\n(October 2020)", Some("on track"), "Halls are booked.");
        check("At risk\nOne.\nTwo.\n(CPEG, 3 November 2020)", Some("at risk"), "One.\nTwo.");
        check("Complete, signed off\nDone.\n(May 2021)", Some("complete"), "Done.");
        check("Not started\nNo update yet.", Some("not started"), "");
        check("On track\nHalls are booked.", Some("on track"), "Halls are booked.");
        check("On track\nTwo halls (see minutes)", Some("on track"), "Two halls (see minutes)");
        check("On track", None, "On track");
        check("Halls are booked.\n(October 2020)", None, "Halls are booked.\n(October 2020)");
    }
}
