//! What Discord refuses in the commands an application registers.

use std::collections::BTreeSet;

use serde_json::Map;
use serde_json::Value;

use crate::sandbox::limits;
use crate::sandbox::limits::Problems;
use crate::sandbox::limits::join;
use crate::sandbox::limits::length;

/// Complains of a whole list of commands that replaces the registered ones.
pub(crate) fn check_commands(problems: &mut Problems, commands: &[Value]) {
    let mut seen = BTreeSet::new();
    let mut counts = [0_usize; 4];
    for (index, command) in commands.iter().enumerate() {
        let place = index.to_string();
        let Some(command) = problems.object(&place, command) else { continue };
        check_command(problems, &place, command);
        let kind = kind(command);
        let name = command.get("name").and_then(Value::as_str);
        if !seen.insert((kind, name)) {
            let sentence = "Application command names must be unique";
            problems.add(&place, "APPLICATION_COMMANDS_DUPLICATE_NAME", sentence);
        }
        if let Some(count) = usize::try_from(kind).ok().and_then(|kind| counts.get_mut(kind)) {
            *count += 1;
        }
    }
    let [_, slash, user, message] = counts;
    if slash > limits::SLASH_COMMANDS_MAX
        || user > limits::MENU_COMMANDS_MAX
        || message > limits::MENU_COMMANDS_MAX
    {
        let sentence = "Maximum number of application commands reached (100).";
        problems.add("", "MAX_APPLICATION_COMMANDS_REACHED", sentence);
    }
}

/// Complains of one command.
pub(crate) fn check_command(problems: &mut Problems, place: &str, command: &Map<String, Value>) {
    problems.unknown(
        place,
        command,
        &[
            "id",
            "name",
            "name_localizations",
            "description",
            "description_localizations",
            "options",
            "default_member_permissions",
            "dm_permission",
            "contexts",
            "integration_types",
            "handler",
            "type",
            "nsfw",
        ],
    );
    let (name, description) = (command.get("name"), command.get("description"));
    let description_place = join(place, "description");
    match kind(command) {
        1 => {
            check_name(problems, &join(place, "name"), name);
            let max = limits::COMMAND_DESCRIPTION_MAX;
            problems.required(&description_place, description, 1, max);
        }
        2 | 3 => {
            problems.required(&join(place, "name"), name, 1, limits::COMMAND_NAME_MAX);
            problems.text(&description_place, description, 0, 0);
            if command.get("options").and_then(Value::as_array).is_some_and(|list| !list.is_empty())
            {
                let sentence = "Context menu commands cannot have options";
                problems.add(&join(place, "options"), "CONTEXT_MENU_OPTIONS", sentence);
            }
        }
        _ => problems.add(&join(place, "type"), "BASE_TYPE_CHOICES", "Must be 1, 2 or 3."),
    }
    let total = check_options(problems, &join(place, "options"), command.get("options"), 0);
    if total + size(name) + size(description) > limits::COMMAND_TOTAL_MAX {
        let sentence = "Command exceeds maximum size (8000)";
        problems.add(place, "APPLICATION_COMMAND_TOO_LARGE", sentence);
    }
}

fn kind(command: &Map<String, Value>) -> u64 {
    command.get("type").and_then(Value::as_u64).unwrap_or(1)
}

fn size(value: Option<&Value>) -> usize {
    value.and_then(Value::as_str).map_or(0, length)
}

/// A slash command's name: letters, digits, `-` and `_`, without capitals.
fn check_name(problems: &mut Problems, place: &str, name: Option<&Value>) {
    problems.required(place, name, 1, limits::COMMAND_NAME_MAX);
    let name = name.and_then(Value::as_str).unwrap_or_default();
    let plain = name.chars().all(|letter| {
        (letter.is_alphanumeric() && !letter.is_uppercase()) || letter == '-' || letter == '_'
    });
    if !plain {
        let sentence = "Command name is invalid";
        problems.add(place, "APPLICATION_COMMAND_INVALID_NAME", sentence);
    }
}

/// Complains of a list of options and gives the characters they count towards the total.
fn check_options(
    problems: &mut Problems,
    place: &str,
    options: Option<&Value>,
    depth: usize,
) -> usize {
    let options = problems.list(place, options, limits::OPTIONS_MAX);
    let mut seen = BTreeSet::new();
    let mut total = 0;
    let mut optional_seen = false;
    let mut branches = 0;
    for (index, option) in options.iter().enumerate() {
        let place = join(place, index);
        let Some(option) = problems.object(&place, option) else { continue };
        total += check_option(problems, &place, option, depth);
        if !seen.insert(option.get("name").and_then(Value::as_str)) {
            let sentence = "Option names must be unique";
            problems.add(&place, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", sentence);
        }
        branches += usize::from(matches!(option.get("type").and_then(Value::as_u64), Some(1 | 2)));
        let required = option.get("required") == Some(&Value::Bool(true));
        if required && optional_seen {
            let sentence = "Required options must be placed before non-required options";
            problems.add(&place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", sentence);
        }
        optional_seen |= !required;
    }
    if branches > 0 && branches < options.len() {
        let sentence = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        problems.add(place, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", sentence);
    }
    total
}

fn check_option(
    problems: &mut Problems,
    place: &str,
    option: &Map<String, Value>,
    depth: usize,
) -> usize {
    problems.unknown(
        place,
        option,
        &[
            "type",
            "name",
            "name_localizations",
            "description",
            "description_localizations",
            "required",
            "autocomplete",
            "choices",
            "options",
            "channel_types",
            "min_value",
            "max_value",
            "min_length",
            "max_length",
        ],
    );
    check_name(problems, &join(place, "name"), option.get("name"));
    let description = option.get("description");
    let max = limits::COMMAND_DESCRIPTION_MAX;
    problems.required(&join(place, "description"), description, 1, max);
    let mut total = size(option.get("name")) + size(description);
    let kind = option.get("type").and_then(Value::as_u64);
    let branch = match kind {
        Some(2) => depth == 0,
        Some(1) => depth < 2,
        Some(3..=11) => true,
        _ => false,
    };
    if !branch {
        let sentence = "This type of option cannot stand here.";
        problems.add(&join(place, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", sentence);
    }
    let inner = option.get("options").filter(|list| list.as_array().is_some_and(|l| !l.is_empty()));
    if matches!(kind, Some(1 | 2)) {
        total += check_options(problems, &join(place, "options"), inner, depth + 1);
    } else if inner.is_some() {
        let sentence = "Only sub-commands and groups have options.";
        problems.add(&join(place, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", sentence);
    }
    total + check_choices(problems, place, option, kind)
}

fn check_choices(
    problems: &mut Problems,
    place: &str,
    option: &Map<String, Value>,
    kind: Option<u64>,
) -> usize {
    let choices_place = join(place, "choices");
    let choices = problems.list(&choices_place, option.get("choices"), limits::CHOICES_MAX);
    let completes = option.get("autocomplete") == Some(&Value::Bool(true));
    let typed = matches!(kind, Some(3 | 4 | 10));
    if (completes || !choices.is_empty()) && !typed {
        let sentence = "Only texts and numbers have choices or complete as one types.";
        problems.add(place, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", sentence);
    }
    if completes && !choices.is_empty() {
        let sentence = "An option has choices or completes as one types, not both.";
        problems.add(place, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", sentence);
    }
    for key in ["min_length", "max_length"] {
        let bound = option.get(key).and_then(Value::as_u64);
        if bound.is_some_and(|bound| kind != Some(3) || bound > limits::OPTION_TEXT_MAX) {
            let sentence = "Only a text has a length, of at most 6000.";
            problems.add(&join(place, key), "NUMBER_TYPE_MAX", sentence);
        }
    }
    let mut total = 0;
    for (index, choice) in choices.iter().enumerate() {
        let place = join(&choices_place, index);
        let Some(choice) = problems.object(&place, choice) else { continue };
        problems.unknown(&place, choice, &["name", "name_localizations", "value"]);
        problems.required(&join(&place, "name"), choice.get("name"), 1, limits::CHOICE_MAX);
        let value = choice.get("value");
        if kind == Some(3) {
            problems.required(&join(&place, "value"), value, 0, limits::CHOICE_MAX);
        } else if !value.is_some_and(Value::is_number) {
            problems.add(&join(&place, "value"), "NUMBER_TYPE_COERCE", "Value is not a number.");
        }
        total += size(choice.get("name")) + size(value);
    }
    total
}
