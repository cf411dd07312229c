//! A preview in a terminal: what was read as a table, then doubts, changes and what is left out.

use std::fmt::Write;

use comfy_table::ContentArrangement;
use comfy_table::Table;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use convener::action::Lead;
use convener::date::window_in_words;
use convener::desk::PlanRead;
use convener::files::preview::Read;
use convener::view;
use convener::view::import::change;
use convener::view::line::counted;

/// Where no terminal says how wide it is, such as in a file.
const WIDTH: u16 = 120;

/// The preview as text.
pub(crate) fn text(file: &str, read: &PlanRead) -> String {
    let preview = &read.preview;
    let mut text = format!(
        "{file}: {} read as {}.\n\n{}\n",
        counted(preview.actions.len(), "action", "actions"),
        read.plan.title,
        table(&preview.actions)
    );
    let doubts = preview.doubts.iter().cloned().chain(preview.actions.iter().flat_map(|read| {
        let (reference, at) = (&read.printed.reference, &read.at);
        read.doubts.iter().map(move |doubt| format!("{reference} ({at}): {}", doubt.text))
    }));
    section(&mut text, "To look at", doubts);
    if !preview.questions().is_empty() {
        text.push_str(
            "  Answer with --answer \"3.1 lead: CPEG\", or apply the file as it was read.\n",
        );
    }
    let ignored = preview.ignored.iter().map(|left| match left.text.as_str() {
        "" => format!("({}) {}", left.at, left.why),
        words => format!("({}) “{words}”: {}", left.at, left.why),
    });
    section(&mut text, "Left out", ignored);
    let revision = &read.revision;
    let changes = revision.areas.iter().map(change::area);
    let changes = changes.chain(revision.changes.iter().map(change::change));
    let changes = changes.map(|line| view::unmarked(&line));
    section(&mut text, "What would change", changes);
    let settled = read.revision.settled.iter();
    let settled =
        settled.map(|reference| format!("{reference} is signed off, so its record stays."));
    section(&mut text, "Stays as it is", settled);
    let _ = writeln!(text, "\n{}", view::import::summary(&read.revision));
    text
}

fn section(text: &mut String, heading: &str, lines: impl Iterator<Item = String>) {
    for (place, line) in lines.enumerate() {
        if place == 0 {
            let _ = writeln!(text, "\n{heading}");
        }
        let _ = writeln!(text, "  {line}");
    }
}

fn table(actions: &[Read]) -> Table {
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
            leads(printed.leads.as_deref().unwrap_or_default()),
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

fn leads(leads: &[Lead]) -> String {
    match leads {
        [] => "none".into(),
        some => some.iter().map(|lead| lead.printed.as_str()).collect::<Vec<_>>().join(" / "),
    }
}
