//! A preview in a terminal: what was read as a table, then doubts, changes and what is left out.

use std::collections::BTreeMap;
use std::fmt::Write;

use comfy_table::ContentArrangement;
use comfy_table::Table;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use convener::action::printed_together;
use convener::body::both;
use convener::date::window_in_words;
use convener::desk::PlanRead;
use convener::files::preview::Read;
use convener::view;
use convener::view::import;
use convener::view::line::counted;

use crate::cli::for_terminal;

/// Where no terminal says how wide it is, such as in a file.
const WIDTH: u16 = 120;

/// How many actions, and how many lines of each section, somebody at a terminal is shown unasked.
const SHOWN_MAX: usize = 60;

/// How many of a longer plan's actions are its first; the others shown are those with doubts.
const FIRST_SHOWN: usize = 10;

/// The preview as text: whole, or for somebody who watches what they can look through.
pub(crate) fn text(file: &str, read: &PlanRead, is_watched: bool) -> String {
    let preview = &read.preview;
    let lines_max = if is_watched { SHOWN_MAX } else { usize::MAX };
    let shown = shown(&preview.actions, lines_max);
    let more = preview.actions.len() - shown.len();
    let mut text = format!(
        "{file}: {} read as {}.\n\n{}\n",
        counted(preview.actions.len(), "action", "actions"),
        read.plan.title,
        table(&shown)
    );
    if more > 0 {
        let more = counted(more, "action", "actions");
        let _ = writeln!(
            text,
            "These are the first, and the first with doubts; {more} more are not shown. To see \
             them all, write the preview to a file or add --json."
        );
    }
    let doubts = preview.doubts.iter().cloned().chain(doubts(&preview.actions));
    section(&mut text, "To look at", doubts, lines_max);
    if !preview.questions().is_empty() {
        text.push_str(
            "  Answer with --answer \"3.1 lead: CPEG\", or apply the file as it was read.\n",
        );
    }
    let revision = &read.revision;
    let unmarked = |lines: Vec<String>| lines.into_iter().map(|line| view::unmarked(&line));
    section(&mut text, "What would change", unmarked(import::changes(revision)), lines_max);
    let ignored = preview.ignored.iter();
    let ignored = ignored.map(|left| import::left_out(&left.at.to_string(), &left.text, &left.why));
    section(&mut text, "Left out", unmarked(ignored.collect()), lines_max);
    section(&mut text, "Stays as it is", unmarked(import::settled(revision)), lines_max);
    let _ = writeln!(text, "\n{}", import::summary(revision));
    for_terminal(&text)
}

/// A section of at most so many lines, and how many more there are.
fn section(
    text: &mut String,
    heading: &str,
    lines: impl Iterator<Item = String>,
    lines_max: usize,
) {
    let mut more = 0;
    for (place, line) in lines.enumerate() {
        if place == 0 {
            let _ = writeln!(text, "\n{heading}");
        }
        if place < lines_max {
            let _ = writeln!(text, "  {line}");
        } else {
            more += 1;
        }
    }
    if more > 0 {
        let _ = writeln!(text, "  and {more} more");
    }
}

/// The actions to show: all, or the first and then the first that are doubtful.
fn shown(actions: &[Read], shown_max: usize) -> Vec<&Read> {
    if actions.len() <= shown_max {
        return actions.iter().collect();
    }
    let (first, others) = actions.split_at(FIRST_SHOWN.min(actions.len()));
    let doubtful = others.iter().filter(|read| !read.doubts.is_empty());
    first.iter().chain(doubtful).take(shown_max).collect()
}

/// The doubts about actions, each once, before it where it is about.
fn doubts(actions: &[Read]) -> impl Iterator<Item = String> {
    /// So many actions are named with a doubt about them all.
    const NAMED_MAX: usize = 3;
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut doubts: Vec<(&str, Vec<&Read>)> = Vec::new();
    for read in actions {
        for doubt in &read.doubts {
            let place = *places.entry(&doubt.text).or_insert_with(|| {
                doubts.push((&doubt.text, Vec::new()));
                doubts.len() - 1
            });
            doubts[place].1.push(read);
        }
    }
    doubts.into_iter().map(|(text, about)| {
        let named = about.iter().take(NAMED_MAX);
        let mut named: Vec<String> =
            named.map(|read| format!("{} ({})", read.printed.reference, read.at)).collect();
        if about.len() > NAMED_MAX {
            named.push(format!("{} more", about.len() - NAMED_MAX));
        }
        format!("{}: {text}", both(&named))
    })
}

fn table(actions: &[&Read]) -> Table {
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(["Place", "Ref", "Action", "Lead", "Target", "Means", "Doubts"]);
    if table.width().is_none() {
        table.set_width(WIDTH);
    }
    for read in actions {
        let printed = &read.printed;
        let target = printed.target.as_ref();
        let means = target.and_then(convener::date::Target::window).map(window_in_words);
        table.add_row([
            read.at.to_string(),
            printed.reference.to_string(),
            printed.title.clone(),
            match printed_together(printed.leads.as_deref().unwrap_or_default()) {
                none if none.is_empty() => "no lead".into(),
                leads => leads,
            },
            target.map(|target| target.words().to_owned()).unwrap_or_default(),
            means.unwrap_or_else(|| "no date".into()),
            match read.doubts.len() {
                0 => String::new(),
                count => count.to_string(),
            },
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use convener::action::Printed;
    use convener::action::Ref;
    use convener::files::document::Place;
    use convener::files::preview::Doubt;
    use convener::files::preview::heading::Field;

    use super::*;

    /// So many actions, the last five with the same doubt.
    fn actions(count: usize) -> Vec<Read> {
        let read = |number: usize| {
            let text = "Who is “Alan”?".to_owned();
            let doubt = (number + 5 > count).then_some(Doubt { about: Field::Lead, text });
            let number_of_action = u32::try_from(number).unwrap_or(0);
            let reference = Ref { plan: "IP".into(), area: 1, number: number_of_action, turn: 1 };
            let printed = Printed::titled(reference, "Meet");
            Read { at: Place::row(number), printed, doubts: doubt.into_iter().collect() }
        };
        (1..=count).map(read).collect()
    }

    #[test]
    fn a_long_plan_shows_its_first_and_its_doubtful_actions() {
        let actions = actions(100);
        let rows: Vec<usize> = shown(&actions, 60).iter().map(|read| read.at.number).collect();
        assert_eq!(rows, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 96, 97, 98, 99, 100]);
        assert_eq!(shown(&actions, usize::MAX).len(), 100);
    }

    #[test]
    fn the_same_doubt_is_said_once() {
        let said: Vec<String> = doubts(&actions(100)).collect();
        let expected =
            "IP-1.96 (row 96), IP-1.97 (row 97), IP-1.98 (row 98) and 2 more: Who is “Alan”?";
        assert_eq!(said, [expected]);
    }

    #[test]
    fn what_a_file_says_is_not_obeyed_by_the_terminal() {
        let said = for_terminal("Meet\u{1b}[2J the \u{202e}schools\nTalk");
        assert_eq!(said, "Meet [2J the  schools\nTalk");
    }

    #[test]
    fn a_section_says_how_much_more_there_is() {
        let mut text = String::new();
        section(&mut text, "Left out", ["a", "b", "c"].map(str::to_owned).into_iter(), 2);
        assert_eq!(text, "\nLeft out\n  a\n  b\n  and 1 more\n");
    }
}
