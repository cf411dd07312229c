//! Our commands as Discord registers them, from their one declaration.
//!
//! Discord allows 200 new commands a day, so a server's commands are read first and written only
//! when they differ from what we would declare.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::discord::limits::CHOICE_MAX;
use crate::discord::limits::CHOICES_MAX;
use crate::discord::limits::DESCRIBED_MAX;
use crate::discord::limits::TEXT_OPTION_MAX;
use crate::discord::limits::cut;
use crate::request::command::COMMANDS;
use crate::request::command::Command;
use crate::request::command::GROUPS;
use crate::request::command::Opt;
use crate::request::command::Takes;

/// A command typed after a slash, in Discord's numbers.
const SLASH: u8 = 1;
/// An option that is itself a command, as `show` in `/action show`.
const SUBCOMMAND: u8 = 1;
const TEXT: u8 = 3;
const FILE: u8 = 11;

/// Whether a server's commands had to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Whether they differed from ours.
    pub changed: bool,
}

/// Every command as the body of Discord's bulk overwrite for one server.
pub fn commands() -> Value {
    let mut declared: Vec<Value> = Vec::new();
    for command in COMMANDS {
        let Some((group, word)) = command.name.split_once(' ') else {
            declared.push(slash(command.name, command.does, &options(command)));
            continue;
        };
        let subcommand = json!({
            "type": SUBCOMMAND,
            "name": word,
            "description": cut(command.does, DESCRIBED_MAX),
            "options": options(command),
        });
        let begun = declared.iter_mut().find(|known| known["name"] == group);
        match begun.and_then(|known| known["options"].as_array_mut()) {
            Some(subcommands) => subcommands.push(subcommand),
            None => declared.push(slash(group, about(group), &[subcommand])),
        }
    }
    Value::Array(declared)
}

fn about(group: &'static str) -> &'static str {
    GROUPS.iter().find(|(name, _)| *name == group).map_or(group, |(_, about)| about)
}

fn slash(name: &str, does: &str, options: &[Value]) -> Value {
    json!({
        "type": SLASH,
        "name": name,
        "description": cut(does, DESCRIBED_MAX),
        "options": options,
    })
}

fn options(command: &Command) -> Vec<Value> {
    command.options.iter().map(option).collect()
}

fn option(option: &Opt) -> Value {
    let mut declared = json!({
        "type": TEXT,
        "name": option.name,
        "description": cut(option.says, DESCRIBED_MAX),
        "required": option.needed,
    });
    match &option.takes {
        Takes::Text(most) => declared["max_length"] = json!((*most).clamp(1, TEXT_OPTION_MAX)),
        Takes::OneOf(choices) => declared["choices"] = choices_of(&choices()),
        Takes::Named(_) => declared["autocomplete"] = json!(true),
        Takes::File => declared["type"] = json!(FILE),
    }
    declared
}

fn choices_of(choices: &[(&str, &str)]) -> Value {
    let choice =
        |(value, label): &(&str, &str)| json!({ "name": cut(label, CHOICE_MAX), "value": value });
    choices.iter().take(CHOICES_MAX).map(choice).collect()
}

/// Whether a server's commands, as Discord gives them, are the ones we would declare.
///
/// Discord adds ids, versions and defaults of its own; only what we say is compared, and the
/// commands of a server come in no particular order.
pub(super) fn same(theirs: &Value, ours: &Value) -> bool {
    plain(theirs) == plain(ours)
}

fn plain(commands: &Value) -> Vec<Value> {
    let commands = commands.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut plain: Vec<Value> = commands.iter().map(what_we_say).collect();
    plain.sort_by_key(|command| command["name"].as_str().unwrap_or_default().to_owned());
    plain
}

/// Only the parts of a command or an option that we declare, with nothing standing for a default.
fn what_we_say(command: &Value) -> Value {
    let mut plain = Map::new();
    for key in ["type", "name", "description", "max_length"] {
        if let Some(value) = command.get(key).filter(|value| !value.is_null()) {
            plain.insert(key.to_owned(), value.clone());
        }
    }
    // Discord leaves the type of a slash command out in places; it is the default.
    plain.entry("type").or_insert_with(|| json!(SLASH));
    for key in ["required", "autocomplete"] {
        if command.get(key) == Some(&Value::Bool(true)) {
            plain.insert(key.to_owned(), Value::Bool(true));
        }
    }
    for (key, part) in [("options", what_we_say as fn(&Value) -> Value), ("choices", choice)] {
        let parts = command.get(key).and_then(Value::as_array);
        if let Some(parts) = parts.filter(|parts| !parts.is_empty()) {
            plain.insert(key.to_owned(), parts.iter().map(part).collect());
        }
    }
    Value::Object(plain)
}

fn choice(choice: &Value) -> Value {
    json!({ "name": choice["name"], "value": choice["value"] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::limits::length;

    fn declared(name: &str) -> Value {
        let commands = commands();
        let found = commands.as_array().and_then(|all| all.iter().find(|c| c["name"] == name));
        found.cloned().unwrap_or_default()
    }

    #[test]
    fn a_command_of_two_words_stands_under_its_first() {
        let action = declared("action");
        assert_eq!(action["description"], "Look at an action");
        assert_eq!(action["options"][0]["name"], "show");
        assert_eq!(action["options"][0]["type"], SUBCOMMAND);
        assert_eq!(action["options"][0]["options"][0]["name"], "action");
        assert_eq!(action["options"][0]["options"][0]["autocomplete"], true);
    }

    #[test]
    fn options_say_what_they_take() {
        let update = declared("update");
        assert_eq!(update["options"][0]["required"], true);
        assert_eq!(update["options"][2]["choices"][2]["name"], "at risk");
        assert_eq!(update["options"][3]["max_length"], 40);
        let import = &declared("plan")["options"][0];
        assert_eq!(import["name"], "import");
        assert_eq!(import["options"][0]["type"], FILE);
        assert_eq!(import["options"][0]["max_length"], Value::Null);
    }

    #[test]
    fn nothing_declared_is_longer_than_discord_takes() {
        fn check(value: &Value) {
            assert!(length(value["description"].as_str().unwrap_or_default()) <= DESCRIBED_MAX);
            assert!((1..=32).contains(&value["name"].as_str().map_or(0, length)));
            let options = value["options"].as_array().cloned().unwrap_or_default();
            assert!(options.len() <= 25);
            options.iter().for_each(check);
        }
        commands().as_array().expect("a list").iter().for_each(check);
        let names = commands().as_array().expect("a list").len();
        assert_eq!(names, 9);
    }

    #[test]
    fn what_discord_adds_of_its_own_is_no_difference() {
        let mut theirs = commands();
        let list = theirs.as_array_mut().expect("a list");
        list.reverse();
        for command in list.iter_mut() {
            command["id"] = json!("1");
            command["version"] = json!("2");
            command["dm_permission"] = json!(true);
            command["name_localizations"] = Value::Null;
            for option in command["options"].as_array_mut().expect("options") {
                if option["required"] == false {
                    option.as_object_mut().expect("an option").remove("required");
                }
            }
        }
        assert!(same(&theirs, &commands()));
    }

    #[test]
    fn a_changed_word_is_a_difference() {
        let mut theirs = commands();
        theirs[0]["options"][0]["description"] = json!("Which one");
        assert!(!same(&theirs, &commands()));
        assert!(!same(&json!([]), &commands()));
    }
}
