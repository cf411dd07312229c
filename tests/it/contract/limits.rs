//! Discord's limits that its published description leaves out or states too wide.

use std::collections::BTreeSet;

use serde_json::Value;

/// Discord refuses a longer text of a message; its description says 4,000, which only some may.
const CONTENT_MAX: usize = 2_000;
/// Discord refuses a message whose embeds are longer than this together.
const EMBEDS_TOTAL_MAX: usize = 6_000;
/// Discord refuses more rows under a message.
const ROWS_MAX: usize = 5;
/// Discord refuses more buttons in a row.
const BUTTONS_MAX: usize = 5;
/// Discord refuses more files with a message.
const FILES_MAX: usize = 10;
/// Discord refuses more inputs in a form, each in a row of its own.
const INPUTS_MAX: usize = 5;
/// Discord refuses a longer title of a form.
const FORM_TITLE_MAX: usize = 45;
/// Discord refuses a longer label of an input.
const INPUT_LABEL_MAX: usize = 45;
/// Discord refuses more choices.
const CHOICES_MAX: usize = 25;
/// Discord refuses a longer name or value of a choice, and a longer description of a command.
const LINE_MAX: usize = 100;
/// Discord refuses a longer name of a command or an option.
const NAME_MAX: usize = 32;
/// Discord refuses more options.
const OPTIONS_MAX: usize = 25;
/// Discord refuses a command whose names, descriptions and values are longer together.
const COMMAND_TOTAL_MAX: usize = 8_000;
/// Discord refuses more slash commands in one server.
const COMMANDS_MAX: usize = 100;
/// Discord refuses more commands in the menu of a message, or of somebody.
const MENU_COMMANDS_MAX: usize = 15;

/// What is beyond a limit in the body of any request.
pub(super) fn broken(body: &Value) -> Vec<String> {
    let Some(commands) = body.as_array() else {
        let mut broken = in_message(body);
        broken.extend(in_message(&body["data"]));
        broken.extend(in_form(&body["data"]));
        broken.extend(in_choices(&body["data"]["choices"]));
        return broken;
    };
    let mut broken: Vec<String> = commands.iter().flat_map(in_command).collect();
    let in_menus = |kind: u64| commands.iter().filter(move |command| command["type"] == kind);
    for kind in [2, 3] {
        broken.extend(more("commands in a menu", in_menus(kind).count(), MENU_COMMANDS_MAX));
    }
    let slash = commands.len() - in_menus(2).count() - in_menus(3).count();
    broken.extend(more("commands", slash, COMMANDS_MAX));
    broken.extend(twice("command", &texts(commands, "name")));
    broken
}

fn in_message(message: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    broken.extend(longer("content", &message["content"], CONTENT_MAX));
    let embeds: usize = list(&message["embeds"]).iter().map(embed_length).sum();
    broken.extend(more("characters in all embeds", embeds, EMBEDS_TOTAL_MAX));
    let rows = list(&message["components"]);
    broken.extend(more("rows", rows.len(), ROWS_MAX));
    for row in rows {
        let parts = list(&row["components"]);
        broken.extend(more("buttons in a row", parts.len(), BUTTONS_MAX));
        if parts.is_empty() {
            broken.push("a row is empty".into());
        }
    }
    let parts: Vec<Value> = rows.iter().flat_map(|row| list(&row["components"])).cloned().collect();
    broken.extend(twice("custom_id", &texts(&parts, "custom_id")));
    broken
}

/// What is wrong in what a body tells of so many files that came with it.
pub(super) fn in_files(body: &Value, files: usize) -> Vec<String> {
    let told = list(&body["attachments"]).iter().chain(list(&body["data"]["attachments"]));
    let told: Vec<Value> = told.cloned().collect();
    let mut broken: Vec<String> = more("files", files, FILES_MAX).into_iter().collect();
    if told.len() != files {
        broken.push(format!("{} files are told of, where {files} came", told.len()));
    }
    let numbers = texts(&told, "id");
    broken.extend(twice("file", &numbers));
    for number in numbers {
        if number.parse::<usize>().map_or(true, |number| number >= files) {
            broken.push(format!("no file is numbered {number:?}"));
        }
    }
    broken
}

fn in_form(form: &Value) -> Vec<String> {
    if form.get("title").is_none() {
        return Vec::new();
    }
    let mut broken = Vec::new();
    broken.extend(longer("title", &form["title"], FORM_TITLE_MAX));
    let rows = list(&form["components"]);
    broken.extend(more("inputs", rows.len(), INPUTS_MAX));
    for input in rows.iter().flat_map(|row| list(&row["components"])) {
        broken.extend(longer("label", &input["label"], INPUT_LABEL_MAX));
        let given = input["value"].as_str().map_or(0, length);
        let most = input["max_length"].as_u64().and_then(|most| usize::try_from(most).ok());
        broken.extend(most.and_then(|most| more("characters in an input", given, most)));
    }
    broken
}

fn in_choices(choices: &Value) -> Vec<String> {
    let choices = list(choices);
    let mut broken: Vec<String> = more("choices", choices.len(), CHOICES_MAX).into_iter().collect();
    for choice in choices {
        broken.extend(longer("choice name", &choice["name"], LINE_MAX));
        broken.extend(longer("choice value", &choice["value"], LINE_MAX));
    }
    broken
}

fn in_command(command: &Value) -> Vec<String> {
    let mut broken = match command["type"].as_u64() {
        Some(2 | 3) => in_menu(command),
        _ => in_option(command),
    };
    broken.extend(more("characters in a command", command_length(command), COMMAND_TOTAL_MAX));
    broken
}

/// The command of a message or of somebody has a name, in any letters, and nothing else.
fn in_menu(command: &Value) -> Vec<String> {
    let name = command["name"].as_str().unwrap_or_default();
    let mut broken: Vec<String> = longer("name", &command["name"], NAME_MAX).into_iter().collect();
    if name.is_empty() {
        broken.push("a command of a menu has no name".into());
    }
    if !command["description"].as_str().is_none_or(str::is_empty) {
        broken.push(format!("{name} is described, and a menu has no room for it"));
    }
    if !list(&command["options"]).is_empty() {
        broken.push(format!("{name} has options, and a menu has none"));
    }
    broken
}

/// A command is checked as its options are: it has a name, a description and options, too.
fn in_option(option: &Value) -> Vec<String> {
    let mut broken = in_choices(&option["choices"]);
    broken.extend(longer("name", &option["name"], NAME_MAX));
    let name = option["name"].as_str().unwrap_or_default();
    let fits = |letter: char| letter == '-' || letter == '_' || letter.is_alphanumeric();
    if name.is_empty() || !name.chars().all(fits) || name.to_lowercase() != name {
        broken.push(format!("\"{name}\" cannot be the name of a command or an option"));
    }
    if option["description"].as_str().is_none_or(str::is_empty) {
        broken.push(format!("{name} is not described"));
    }
    broken.extend(longer("description", &option["description"], LINE_MAX));
    let options = list(&option["options"]);
    broken.extend(more("options", options.len(), OPTIONS_MAX));
    broken.extend(twice("option", &texts(options, "name")));
    let needed = options.iter().skip_while(|option| option["required"] == true);
    if needed.clone().any(|option| option["required"] == true) {
        broken.push("a required option stands behind one that is not".into());
    }
    broken.extend(options.iter().flat_map(in_option));
    broken
}

fn embed_length(embed: &Value) -> usize {
    let fields = list(&embed["fields"]);
    let of_fields = fields.iter().flat_map(|field| [&field["name"], &field["value"]]);
    let of_embed = [
        &embed["title"],
        &embed["description"],
        &embed["footer"]["text"],
        &embed["author"]["name"],
    ];
    of_embed.into_iter().chain(of_fields).filter_map(Value::as_str).map(length).sum()
}

fn command_length(command: &Value) -> usize {
    let own = [&command["name"], &command["description"]];
    let own: usize = own.into_iter().filter_map(Value::as_str).map(length).sum();
    let choices = list(&command["choices"]).iter();
    let choices = choices.flat_map(|choice| [&choice["name"], &choice["value"]]);
    let choices: usize = choices.filter_map(Value::as_str).map(length).sum();
    own + choices + list(&command["options"]).iter().map(command_length).sum::<usize>()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts<'a>(values: &'a [Value], key: &str) -> Vec<&'a str> {
    values.iter().filter_map(|value| value[key].as_str()).collect()
}

/// Characters as Discord's own clients count them, in UTF-16 units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn longer(what: &str, text: &Value, most: usize) -> Option<String> {
    more(&format!("characters in {what}"), text.as_str().map_or(0, length), most)
}

fn more(what: &str, count: usize, most: usize) -> Option<String> {
    (count > most).then(|| format!("{count} {what}, where {most} are allowed"))
}

fn twice(what: &str, names: &[&str]) -> Option<String> {
    let different: BTreeSet<&str> = names.iter().copied().collect();
    (different.len() < names.len()).then(|| format!("a {what} is there twice in {names:?}"))
}
