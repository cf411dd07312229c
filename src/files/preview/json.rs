//! A preview as JSON, for other programs.

use serde_json::Value;
use serde_json::json;

use crate::action::Status;
use crate::date::Target;
use crate::files::preview::Ignored;
use crate::files::preview::Preview;
use crate::files::preview::Read;

/// A preview as one object: `actions`, each with its `ref`, `area`, `title`, `leads`, `target`,
/// `update`, `row` and `doubts`; `doubts` about the whole; and `ignored` rows, each with the reason.
pub fn preview(preview: &Preview) -> Value {
    json!({
        "areas": preview.areas.iter().map(|area| json!({
            "number": area.number,
            "title": area.title,
            "aim": area.aim,
        })).collect::<Vec<_>>(),
        "actions": preview.actions.iter().map(action).collect::<Vec<_>>(),
        "doubts": preview.doubts,
        "ignored": preview.ignored.iter().map(ignored).collect::<Vec<_>>(),
    })
}

/// A target: its `words`, the window from `from` to `to` in ISO days or null, and its `doubts`.
pub fn target(target: &Target) -> Value {
    let window = target.window();
    json!({
        "words": target.words(),
        "from": window.map(|window| window.from.to_string()),
        "to": window.map(|window| window.to.to_string()),
        "doubts": target.doubts().iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn action(read: &Read) -> Value {
    let printed = &read.printed;
    let leads = printed.leads.iter().flatten().map(|lead| lead.printed.as_str());
    let unprinted = Target::read("");
    json!({
        "ref": printed.reference.to_string(),
        "area": printed.reference.area,
        "title": printed.title,
        "leads": leads.collect::<Vec<_>>(),
        "target": target(printed.target.as_ref().unwrap_or(&unprinted)),
        "status": printed.status.map(Status::words),
        "themes": printed.themes.as_deref().unwrap_or_default(),
        "update": printed.update,
        "notes": printed.notes.iter().map(|note| json!({
            "heading": note.heading,
            "text": note.text,
        })).collect::<Vec<_>>(),
        "row": read.at.number,
        "place": read.at.to_string(),
        "doubts": read.doubts.iter().map(|doubt| doubt.text.as_str()).collect::<Vec<_>>(),
    })
}

fn ignored(left: &Ignored) -> Value {
    json!({
        "row": left.at.number,
        "place": left.at.to_string(),
        "text": left.text,
        "reason": left.why,
    })
}
