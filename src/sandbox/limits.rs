//! All of Discord's limits, each a constant, and the account of what breaks them.
//!
//! Texts are counted in UTF-16 units. Discord's server counts code points in some places and its
//! clients UTF-16 units in all; the latter is never smaller, so what passes here passes there.
//! Sources: Discord's published `OpenAPI` description where it names the figure, else the pages of
//! its developer documentation named beside the constant.

mod command;
mod form;
mod message;

pub(crate) use command::check_command;
pub(crate) use command::check_commands;
pub(crate) use form::check_form;
pub(crate) use message::Shape;
pub(crate) use message::check_message;

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

/// A message's text; the description allows 4,000, the server refuses more than 2,000 from bots.
pub(crate) const CONTENT_MAX: usize = 2_000;
/// Embeds in a message.
pub(crate) const EMBEDS_MAX: usize = 10;
/// An embed's title.
pub(crate) const EMBED_TITLE_MAX: usize = 256;
/// An embed's description.
pub(crate) const EMBED_DESCRIPTION_MAX: usize = 4_096;
/// Fields in an embed.
pub(crate) const EMBED_FIELDS_MAX: usize = 25;
/// A field's name.
pub(crate) const FIELD_NAME_MAX: usize = 256;
/// A field's value.
pub(crate) const FIELD_VALUE_MAX: usize = 1_024;
/// An embed's footer.
pub(crate) const FOOTER_MAX: usize = 2_048;
/// An embed's author.
pub(crate) const AUTHOR_MAX: usize = 256;
/// Title, description, fields, footer and author of all embeds of a message together.
pub(crate) const EMBEDS_TOTAL_MAX: usize = 6_000;
/// Files on a message.
pub(crate) const FILES_MAX: usize = 10;
/// Bytes of a file in a server without boosts: ten mebibytes.
pub(crate) const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// A file's alternative text.
pub(crate) const FILE_DESCRIPTION_MAX: usize = 1_024;
/// A file's name.
pub(crate) const FILE_NAME_MAX: usize = 1_024;
/// Rows of components on a message.
pub(crate) const ROWS_MAX: usize = 5;
/// Buttons in a row; a menu takes a row for itself.
pub(crate) const BUTTONS_MAX: usize = 5;
/// A button's label.
pub(crate) const LABEL_MAX: usize = 80;
/// A component's identifier, from one character on.
pub(crate) const CUSTOM_ID_MAX: usize = 100;
/// A menu's options.
pub(crate) const MENU_OPTIONS_MAX: usize = 25;
/// Label, value and description of a menu's option.
pub(crate) const MENU_OPTION_MAX: usize = 100;
/// A menu's placeholder.
pub(crate) const PLACEHOLDER_MAX: usize = 150;
/// The address behind a link button.
pub(crate) const LINK_MAX: usize = 512;
/// A form's title.
pub(crate) const FORM_TITLE_MAX: usize = 45;
/// Inputs on a form, from one on.
pub(crate) const FORM_INPUTS_MAX: usize = 5;
/// An input's label.
pub(crate) const INPUT_LABEL_MAX: usize = 45;
/// An input's value.
pub(crate) const INPUT_VALUE_MAX: usize = 4_000;
/// An input's placeholder.
pub(crate) const INPUT_PLACEHOLDER_MAX: usize = 100;
/// Choices offered while somebody types, or declared for an option.
pub(crate) const CHOICES_MAX: usize = 25;
/// A choice's name, and its value when that is text.
pub(crate) const CHOICE_MAX: usize = 100;
/// Slash commands in a server.
pub(crate) const SLASH_COMMANDS_MAX: usize = 100;
/// Commands of the message menu, and of the user menu, in a server.
pub(crate) const MENU_COMMANDS_MAX: usize = 15;
/// The name of a command or an option.
pub(crate) const COMMAND_NAME_MAX: usize = 32;
/// The description of a command or an option.
pub(crate) const COMMAND_DESCRIPTION_MAX: usize = 100;
/// Options of a command, or sub-commands of a group.
pub(crate) const OPTIONS_MAX: usize = 25;
/// Names, descriptions and text values of a command, its options and choices together.
pub(crate) const COMMAND_TOTAL_MAX: usize = 8_000;
/// The longest text an option takes.
pub(crate) const OPTION_TEXT_MAX: u64 = 6_000;
/// Commands created in a server in a day; replacing one of the same name is free.
pub(crate) const CREATIONS_A_DAY_MAX: usize = 200;
/// What a message is recognised by.
pub(crate) const NONCE_MAX: usize = 25;
/// Discord keeps a nonce for "the past few minutes"; these, by the sandbox's clock.
pub(crate) const NONCE_KEPT: TimeDelta = TimeDelta::minutes(5);
/// Within this the application must answer, by the real clock, or the interaction is dead.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// The life of an interaction's token, by the sandbox's clock: one that stands still lets a person
/// take their time, one that travels ages the token as the days would.
pub(crate) const TOKEN_LIFE: TimeDelta = TimeDelta::minutes(15);
/// Events of a server that are not over.
pub(crate) const EVENTS_MAX: usize = 100;
/// An event's name.
pub(crate) const EVENT_NAME_MAX: usize = 100;
/// What an event is about.
pub(crate) const EVENT_DESCRIPTION_MAX: usize = 1_000;
/// Where an event takes place.
pub(crate) const EVENT_LOCATION_MAX: usize = 100;
/// Messages returned by one request.
pub(crate) const PAGE_MAX: usize = 100;

/// What is wrong with a body, place by place, in Discord's shape.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<(String, &'static str, String)>,
}

impl Problems {
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn add(&mut self, place: &str, code: &'static str, sentence: impl Into<String>) {
        self.found.push((place.to_owned(), code, sentence.into()));
    }

    /// The account as Discord nests it: `{"embeds": {"0": {"title": {"_errors": […]}}}}`.
    pub(crate) fn to_json(&self) -> Value {
        let mut root = json!({});
        for (place, code, sentence) in &self.found {
            let mut here = &mut root;
            // A field that somebody names `_errors` must not be taken for the list itself.
            for step in place.split('.').filter(|step| !step.is_empty() && *step != "_errors") {
                here = &mut here[step];
            }
            let error = json!({ "code": code, "message": sentence });
            match here["_errors"].as_array_mut() {
                Some(errors) => errors.push(error),
                None => here["_errors"] = json!([error]),
            }
        }
        root
    }

    /// Complains of each key that is not among the known ones. Discord ignores such keys; the
    /// sandbox refuses them, because each is a mistake.
    pub(crate) fn unknown(&mut self, place: &str, body: &Map<String, Value>, known: &[&str]) {
        for key in body.keys().filter(|key| !known.contains(&key.as_str())) {
            self.add(&join(place, key), "SANDBOX_UNKNOWN_FIELD", "Discord knows no such field.");
        }
    }

    /// Complains of a text shorter or longer than allowed, or not a text. Absent and null pass.
    pub(crate) fn text(&mut self, place: &str, value: Option<&Value>, min: usize, max: usize) {
        let Some(value) = value.filter(|value| !value.is_null()) else { return };
        let Some(text) = value.as_str() else {
            return self.add(place, "STRING_TYPE_CONVERT", "Could not interpret as string.");
        };
        let units = length(text);
        if units > max {
            let sentence = format!("Must be {max} or fewer in length.");
            self.add(place, "BASE_TYPE_MAX_LENGTH", sentence);
        } else if units < min {
            self.add(place, "BASE_TYPE_BAD_LENGTH", format!("Must be {min} or more in length."));
        }
    }

    /// As `text`, but absent is wrong too.
    pub(crate) fn required(&mut self, place: &str, value: Option<&Value>, min: usize, max: usize) {
        match value {
            Some(Value::Null) | None => self.missing(place),
            Some(value) => self.text(place, Some(value), min, max),
        }
    }

    pub(crate) fn missing(&mut self, place: &str) {
        self.add(place, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// The list at a place: empty when absent, and a complaint when it is none or too long.
    pub(crate) fn list<'a>(
        &mut self,
        place: &str,
        value: Option<&'a Value>,
        max: usize,
    ) -> &'a [Value] {
        match value {
            None | Some(Value::Null) => &[],
            Some(Value::Array(list)) => {
                if list.len() > max {
                    let sentence = format!("Must be {max} or fewer in length.");
                    self.add(place, "BASE_TYPE_MAX_LENGTH", sentence);
                }
                list
            }
            Some(_) => {
                self.add(place, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        }
    }

    /// The object at a place, or a complaint.
    pub(crate) fn object<'a>(
        &mut self,
        place: &str,
        value: &'a Value,
    ) -> Option<&'a Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.add(place, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        }
        object
    }
}

/// A text's length as the limits count it.
pub(crate) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A place inside a place.
pub(crate) fn join(place: &str, step: impl std::fmt::Display) -> String {
    if place.is_empty() { step.to_string() } else { format!("{place}.{step}") }
}
