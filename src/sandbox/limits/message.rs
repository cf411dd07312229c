//! What Discord refuses in a message and in a form.

use std::collections::BTreeSet;

use serde_json::Map;
use serde_json::Value;

use crate::sandbox::limits;
use crate::sandbox::limits::Problems;
use crate::sandbox::limits::join;
use crate::sandbox::limits::length;

/// Which request a message stands in, since each takes other fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A new message in a channel.
    Create,
    /// A changed message in a channel.
    Edit,
    /// The answer to an interaction.
    Answer,
    /// A further answer to an interaction.
    FollowUp,
    /// A changed answer to an interaction.
    EditAnswer,
}

impl Shape {
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Create => &[
                "content",
                "embeds",
                "allowed_mentions",
                "sticker_ids",
                "components",
                "flags",
                "attachments",
                "poll",
                "message_reference",
                "nonce",
                "enforce_nonce",
                "tts",
            ],
            Self::Edit => {
                &["content", "embeds", "flags", "allowed_mentions", "components", "attachments"]
            }
            Self::Answer | Self::FollowUp => &[
                "content",
                "embeds",
                "allowed_mentions",
                "components",
                "attachments",
                "poll",
                "tts",
                "flags",
            ],
            Self::EditAnswer => &[
                "content",
                "embeds",
                "allowed_mentions",
                "components",
                "attachments",
                "poll",
                "flags",
            ],
        }
    }
}

/// Complains of everything in a message that Discord would refuse.
pub(crate) fn check_message(problems: &mut Problems, body: &Map<String, Value>, shape: Shape) {
    problems.unknown("", body, shape.fields());
    problems.text("content", body.get("content"), 0, limits::CONTENT_MAX);
    check_embeds(problems, body.get("embeds"));
    check_rows(problems, body.get("components"));
    check_attachments(problems, body.get("attachments"));
    check_allowed_mentions(problems, body.get("allowed_mentions"));
    check_nonce(problems, body);
    if body.get("poll").is_some_and(|poll| !poll.is_null()) {
        problems.add("poll", "SANDBOX_UNSUPPORTED", "The sandbox has no polls.");
    }
}

fn check_nonce(problems: &mut Problems, body: &Map<String, Value>) {
    match body.get("nonce") {
        None | Some(Value::Null) => {
            if body.get("enforce_nonce") == Some(&Value::Bool(true)) {
                problems.missing("nonce");
            }
        }
        Some(Value::String(nonce)) => {
            if length(nonce) > limits::NONCE_MAX {
                let sentence = format!("Must be {} or fewer in length.", limits::NONCE_MAX);
                problems.add("nonce", "BASE_TYPE_MAX_LENGTH", sentence);
            }
        }
        Some(Value::Number(_)) => {}
        Some(_) => problems.add("nonce", "NONCE_TYPE", "Must be a string or an integer."),
    }
}

fn check_embeds(problems: &mut Problems, value: Option<&Value>) {
    let mut total = 0;
    for (index, embed) in problems.list("embeds", value, limits::EMBEDS_MAX).iter().enumerate() {
        let place = format!("embeds.{index}");
        let Some(embed) = problems.object(&place, embed) else { continue };
        total += check_embed(problems, &place, embed);
    }
    if total > limits::EMBEDS_TOTAL_MAX {
        let sentence = format!("Embed size exceeds maximum size of {}", limits::EMBEDS_TOTAL_MAX);
        problems.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", sentence);
    }
}

/// Complains of an embed and gives the characters it counts towards the total.
fn check_embed(problems: &mut Problems, place: &str, embed: &Map<String, Value>) -> usize {
    problems.unknown(
        place,
        embed,
        &[
            "type",
            "url",
            "title",
            "color",
            "timestamp",
            "description",
            "author",
            "image",
            "thumbnail",
            "footer",
            "fields",
            "provider",
            "video",
        ],
    );
    problems.text(&join(place, "title"), embed.get("title"), 0, limits::EMBED_TITLE_MAX);
    let description = embed.get("description");
    problems.text(&join(place, "description"), description, 0, limits::EMBED_DESCRIPTION_MAX);
    let mut total = size(embed.get("title")) + size(description);
    for (part, key, max) in
        [("footer", "text", limits::FOOTER_MAX), ("author", "name", limits::AUTHOR_MAX)]
    {
        if let Some(inner) = embed.get(part).filter(|value| !value.is_null()) {
            problems.required(&format!("{place}.{part}.{key}"), inner.get(key), 1, max);
            total += size(inner.get(key));
        }
    }
    let fields_place = join(place, "fields");
    let fields = problems.list(&fields_place, embed.get("fields"), limits::EMBED_FIELDS_MAX);
    for (index, field) in fields.iter().enumerate() {
        let place = join(&fields_place, index);
        let Some(field) = problems.object(&place, field) else { continue };
        problems.unknown(&place, field, &["name", "value", "inline"]);
        problems.required(&join(&place, "name"), field.get("name"), 1, limits::FIELD_NAME_MAX);
        problems.required(&join(&place, "value"), field.get("value"), 1, limits::FIELD_VALUE_MAX);
        total += size(field.get("name")) + size(field.get("value"));
    }
    if let Some(colour) = embed.get("color").filter(|value| !value.is_null())
        && colour.as_u64().is_none_or(|colour| colour > 0x00ff_ffff)
    {
        problems.add(&join(place, "color"), "NUMBER_TYPE_MAX", "int value should be 0 to 16777215");
    }
    total
}

fn size(value: Option<&Value>) -> usize {
    value.and_then(Value::as_str).map_or(0, length)
}

fn check_attachments(problems: &mut Problems, value: Option<&Value>) {
    let files = problems.list("attachments", value, limits::FILES_MAX);
    for (index, file) in files.iter().enumerate() {
        let place = format!("attachments.{index}");
        let Some(file) = problems.object(&place, file) else { continue };
        problems.unknown(
            &place,
            file,
            &["id", "filename", "description", "duration_secs", "waveform", "title", "is_spoiler"],
        );
        if file.get("id").is_none() {
            problems.missing(&join(&place, "id"));
        }
        let description = file.get("description");
        let max = limits::FILE_DESCRIPTION_MAX;
        problems.text(&join(&place, "description"), description, 0, max);
        problems.text(&join(&place, "filename"), file.get("filename"), 1, limits::FILE_NAME_MAX);
    }
}

fn check_allowed_mentions(problems: &mut Problems, value: Option<&Value>) {
    let place = "allowed_mentions";
    let Some(value) = value.filter(|value| !value.is_null()) else { return };
    let Some(allowed) = problems.object(place, value) else { return };
    problems.unknown(place, allowed, &["parse", "users", "roles", "replied_user"]);
    let parse = problems.list("allowed_mentions.parse", allowed.get("parse"), 3);
    for kind in parse {
        if !["users", "roles", "everyone"].iter().any(|known| kind == known) {
            let sentence = "Value must be one of ('users', 'roles', 'everyone').";
            problems.add("allowed_mentions.parse", "BASE_TYPE_CHOICES", sentence);
        }
    }
    for key in ["users", "roles"] {
        let named = problems.list(&join(place, key), allowed.get(key), 100);
        if !named.is_empty() && parse.iter().any(|kind| kind == key) {
            let sentence = format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive.");
            problems.add(place, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", sentence);
        }
    }
}

fn check_rows(problems: &mut Problems, value: Option<&Value>) {
    let mut seen = BTreeSet::new();
    for (index, row) in problems.list("components", value, limits::ROWS_MAX).iter().enumerate() {
        let place = format!("components.{index}");
        let Some(row) = problems.object(&place, row) else { continue };
        problems.unknown(&place, row, &["type", "id", "components"]);
        if row.get("type").and_then(Value::as_u64) != Some(1) {
            let sentence = "Value of field \"type\" must be one of (1,).";
            problems.add(&join(&place, "type"), "UNION_TYPE_CHOICES", sentence);
            continue;
        }
        let place = join(&place, "components");
        let parts = problems.list(&place, row.get("components"), limits::BUTTONS_MAX);
        if parts.is_empty() {
            problems.add(&place, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        }
        let menus = parts.iter().filter(|part| part["type"] != 2).count();
        if menus > 0 && parts.len() > 1 {
            let sentence = "A menu takes a row for itself.";
            problems.add(&place, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", sentence);
        }
        for (index, part) in parts.iter().enumerate() {
            let place = join(&place, index);
            let Some(part) = problems.object(&place, part) else { continue };
            check_part(problems, &place, part);
            check_unique(problems, &place, part, &mut seen);
        }
    }
}

pub(super) fn check_unique(
    problems: &mut Problems,
    place: &str,
    part: &Map<String, Value>,
    seen: &mut BTreeSet<String>,
) {
    if let Some(id) = part.get("custom_id").and_then(Value::as_str)
        && !seen.insert(id.to_owned())
    {
        let sentence = "Component custom id cannot be duplicated";
        problems.add(&join(place, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", sentence);
    }
}

fn check_part(problems: &mut Problems, place: &str, part: &Map<String, Value>) {
    match part.get("type").and_then(Value::as_u64) {
        Some(2) => check_button(problems, place, part),
        Some(kind @ (3 | 5..=8)) => check_menu(problems, place, part, kind),
        _ => {
            let sentence = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
            problems.add(&join(place, "type"), "UNION_TYPE_CHOICES", sentence);
        }
    }
}

fn check_button(problems: &mut Problems, place: &str, button: &Map<String, Value>) {
    problems.unknown(
        place,
        button,
        &["type", "id", "custom_id", "style", "label", "disabled", "url", "sku_id", "emoji"],
    );
    problems.text(&join(place, "label"), button.get("label"), 0, limits::LABEL_MAX);
    if size(button.get("label")) == 0 && button.get("emoji").is_none_or(Value::is_null) {
        let sentence = "A button must have a label or an emoji";
        problems.add(place, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", sentence);
    }
    match button.get("style").and_then(Value::as_u64) {
        Some(1..=4) => {
            let id = button.get("custom_id");
            problems.required(&join(place, "custom_id"), id, 1, limits::CUSTOM_ID_MAX);
            if button.contains_key("url") {
                let sentence = "A custom id and url cannot both be specified";
                problems.add(place, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", sentence);
            }
        }
        Some(5) => {
            problems.required(&join(place, "url"), button.get("url"), 1, limits::LINK_MAX);
            let address = button.get("url").and_then(Value::as_str).unwrap_or_default();
            if !["https://", "http://", "discord://"].iter().any(|start| address.starts_with(start))
            {
                let sentence = "Scheme must be one of ('http', 'https', 'discord').";
                problems.add(&join(place, "url"), "URL_TYPE_INVALID_SCHEME", sentence);
            }
        }
        _ => problems.add(&join(place, "style"), "BASE_TYPE_CHOICES", "Must be 1 to 5."),
    }
}

fn check_menu(problems: &mut Problems, place: &str, menu: &Map<String, Value>, kind: u64) {
    problems.unknown(
        place,
        menu,
        &[
            "type",
            "id",
            "custom_id",
            "placeholder",
            "min_values",
            "max_values",
            "disabled",
            "required",
            "options",
            "default_values",
            "channel_types",
        ],
    );
    let id = menu.get("custom_id");
    problems.required(&join(place, "custom_id"), id, 1, limits::CUSTOM_ID_MAX);
    let placeholder = menu.get("placeholder");
    problems.text(&join(place, "placeholder"), placeholder, 0, limits::PLACEHOLDER_MAX);
    let place = join(place, "options");
    let options = problems.list(&place, menu.get("options"), limits::MENU_OPTIONS_MAX);
    if kind == 3 && options.is_empty() {
        problems.add(&place, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.");
    }
    let mut seen = BTreeSet::new();
    for (index, option) in options.iter().enumerate() {
        let place = join(&place, index);
        let Some(option) = problems.object(&place, option) else { continue };
        problems.unknown(&place, option, &["label", "value", "description", "default", "emoji"]);
        for key in ["label", "value"] {
            let max = limits::MENU_OPTION_MAX;
            problems.required(&join(&place, key), option.get(key), 1, max);
        }
        let description = option.get("description");
        problems.text(&join(&place, "description"), description, 0, limits::MENU_OPTION_MAX);
        if !seen.insert(option.get("value").and_then(Value::as_str)) {
            let sentence = "The specified option value is already used";
            problems.add(
                &join(&place, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                sentence,
            );
        }
    }
}
