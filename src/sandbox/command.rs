//! People use the commands that the bot has registered: by options, or by a line as typed.

use serde_json::Value;
use serde_json::json;

use crate::sandbox::interaction::Kind;
use crate::sandbox::interaction::Question;
use crate::sandbox::limits;
use crate::sandbox::limits::length;
use crate::sandbox::message::File;
use crate::sandbox::message::Origin;
use crate::sandbox::person::Refused;
use crate::sandbox::person::Resolved;
use crate::sandbox::shapes::ADMINISTRATOR;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::Command;
use crate::sandbox::world::World;

/// A command with what was given to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Given {
    pub(crate) command: String,
    /// The names of group and sub-command.
    pub(crate) path: Vec<String>,
    /// Options by name, as typed.
    pub(crate) options: Vec<(String, String)>,
}

impl World {
    /// The command of this name and kind that Discord would offer the person in the channel.
    pub(crate) fn offered(
        &self,
        by: Snowflake,
        channel: Snowflake,
        name: &str,
        kind: u64,
    ) -> Refused<&Command> {
        let direct = self.channel(channel).is_some_and(|channel| channel.direct.is_some());
        let slash = if kind == 1 { "/" } else { "" };
        let named =
            self.commands.iter().filter(|command| command.kind() == kind && command.name() == name);
        let mut candidates = named.clone().filter(|command| !(direct && command.server.is_some()));
        let Some(command) = candidates.next() else {
            return Err(match named.count() {
                0 => format!("There is no command {slash}{name}."),
                _ => format!("{slash}{name} is not offered in direct messages."),
            });
        };
        let needed = command.body["default_member_permissions"].as_str();
        let needed = needed.and_then(|bits| bits.parse::<u64>().ok()).unwrap_or(0);
        let held = self.person(by).map_or(0, |person| self.permissions(person));
        if held & ADMINISTRATOR == 0 && held & needed != needed {
            return Err(format!("{slash}{name} is not offered to you."));
        }
        Ok(command)
    }

    /// Reads a line as typed: `/update action:1.2 text:Venue booked`. Sub-commands are words; an
    /// option's value runs to the next known `name:`.
    pub(crate) fn typed(&self, line: &str) -> Refused<Given> {
        let line = line.trim_start().strip_prefix('/').ok_or("A command begins with a slash.")?;
        let (name, mut rest) = word(line);
        let command = self.commands.iter().find(|c| c.kind() == 1 && c.name() == name);
        let command = command.ok_or_else(|| format!("There is no command /{name}."))?;
        let mut options = list(&command.body);
        let mut path = Vec::new();
        while options.iter().any(is_branch) {
            let (step, after) = word(rest);
            let branch = options.iter().find(|option| option["name"] == step);
            let branch = branch.ok_or_else(|| wanted(&command.body, options))?;
            path.push(step.to_owned());
            options = list(branch);
            rest = after;
        }
        let options = split_options(options, rest)?;
        Ok(Given { command: name.to_owned(), path, options })
    }

    /// A person runs a command, or types in the option that is `focused`.
    pub(crate) fn command(
        &self,
        by: Snowflake,
        channel: Snowflake,
        given: &Given,
        focused: Option<&str>,
    ) -> Refused<Question> {
        self.present(by, channel)?;
        let command = self.offered(by, channel, &given.command, 1)?;
        let mut known = list(&command.body);
        let mut branches = Vec::new();
        for step in &given.path {
            let branch = known.iter().filter(|option| is_branch(option));
            let branch = branch.clone().find(|option| option["name"] == step.as_str());
            let branch = branch.ok_or_else(|| wanted(&command.body, known))?;
            branches.push(branch);
            known = list(branch);
        }
        if known.iter().any(is_branch) {
            return Err(wanted(&command.body, known));
        }
        let mut resolved = json!({ "users": {}, "members": {}, "roles": {}, "channels": {} });
        let mut options = match focused {
            Some(focused) => self.partial(known, given, focused)?,
            None => self.complete(known, given, &mut resolved)?,
        };
        for branch in branches.iter().rev() {
            options =
                vec![json!({ "name": branch["name"], "type": branch["type"], "options": options })];
        }
        let shown: Vec<&str> = std::iter::once(given.command.as_str())
            .chain(given.path.iter().map(String::as_str))
            .collect();
        let mut data = json!({
            "id": command.id,
            "name": command.name(),
            "type": 1,
            "options": options,
            "resolved": resolved,
        });
        if let Some(server) = command.server {
            data["guild_id"] = json!(server);
        }
        Ok(Question {
            kind: if focused.is_some() { Kind::Complete } else { Kind::Command },
            by,
            channel,
            message: None,
            origin: Origin { name: format!("/{}", shown.join(" ")), by: self.name(by) },
            data,
            trigger: None,
        })
    }

    /// All options, checked as Discord's client checks them before it lets them go.
    fn complete(
        &self,
        known: &[Value],
        given: &Given,
        resolved: &mut Value,
    ) -> Refused<Vec<Value>> {
        let mut options: Vec<Value> = Vec::new();
        for (name, said) in &given.options {
            let option = known.iter().find(|option| option["name"] == name.as_str());
            let option = option.ok_or_else(|| format!("There is no option {name}."))?;
            if options.iter().any(|earlier| earlier["name"] == name.as_str()) {
                return Err(format!("{name} is given twice."));
            }
            let value = self.value(option, said, resolved)?;
            options.push(json!({ "name": name, "type": option["type"], "value": value }));
        }
        for option in known.iter().filter(|option| option["required"] == true) {
            if !options.iter().any(|given| given["name"] == option["name"]) {
                let name = option["name"].as_str().unwrap_or_default();
                return Err(format!("{name} is required."));
            }
        }
        Ok(options)
    }

    /// The options as they stand while one is being typed: unchecked, that one as text.
    fn partial(&self, known: &[Value], given: &Given, focused: &str) -> Refused<Vec<Value>> {
        let wanted = known.iter().find(|option| option["name"] == focused);
        let wanted = wanted.ok_or_else(|| format!("There is no option {focused}."))?;
        if wanted["autocomplete"] != true {
            return Err(format!("{focused} does not complete as one types."));
        }
        let mut options = Vec::new();
        let mut unused = json!({});
        for (name, said) in given.options.iter().filter(|(name, _)| name != focused) {
            let option = known.iter().find(|option| option["name"] == name.as_str());
            let value = option.and_then(|option| self.value(option, said, &mut unused).ok());
            if let (Some(option), Some(value)) = (option, value) {
                options.push(json!({ "name": name, "type": option["type"], "value": value }));
            }
        }
        let said = given.options.iter().find(|(name, _)| name == focused);
        let said = said.map_or("", |(_, said)| said);
        options.push(json!({
            "name": focused,
            "type": wanted["type"],
            "value": said,
            "focused": true,
        }));
        Ok(options)
    }

    /// What is said for an option, in the type that the command declares.
    fn value(&self, option: &Value, said: &str, resolved: &mut Value) -> Refused<Value> {
        let name = option["name"].as_str().unwrap_or_default();
        let choices = option["choices"].as_array().filter(|choices| !choices.is_empty());
        if let Some(choices) = choices {
            let chosen = choices.iter().find(|choice| {
                choice["name"] == said || plain(&choice["value"]).as_deref() == Some(said)
            });
            let chosen = chosen.ok_or_else(|| {
                let offered: Vec<_> = choices.iter().filter_map(|c| c["name"].as_str()).collect();
                format!("{name} is one of: {}.", offered.join(", "))
            })?;
            return Ok(chosen["value"].clone());
        }
        match option["type"].as_u64() {
            Some(3) => text(option, name, said),
            Some(4) => {
                let number = said.parse::<i64>().ok();
                let number = number.ok_or_else(|| format!("{name} is a whole number."))?;
                in_range(option, name, json!(number))
            }
            Some(10) => {
                let number = said.parse::<f64>().ok().filter(|number| number.is_finite());
                let number = number.ok_or_else(|| format!("{name} is a number."))?;
                in_range(option, name, json!(number))
            }
            Some(5) => match said.to_lowercase().as_str() {
                "true" | "yes" => Ok(json!(true)),
                "false" | "no" => Ok(json!(false)),
                _ => Err(format!("{name} is true or false.")),
            },
            Some(kind @ 6..=9) => self.thing(name, kind, said, resolved),
            _ => {
                let meant = |file: &&File| file.name == said || file.id.to_string() == said;
                let file = self.at_hand.iter().rev().find(meant);
                let file =
                    file.ok_or_else(|| format!("{name}: there is no file {said} at hand."))?;
                let mut shape = file.to_discord(self);
                // What is given to a command belongs to no message, and is not kept for long.
                shape["ephemeral"] = json!(true);
                resolved["attachments"][file.id.to_string()] = shape;
                Ok(json!(file.id))
            }
        }
    }

    /// A person, channel or role, by name, mention or id.
    fn thing(&self, name: &str, kind: u64, said: &str, resolved: &mut Value) -> Refused<Value> {
        let bare = said.trim_matches(|c: char| "<>@#&!".contains(c));
        // Discord offers the bot among the people.
        let people = self.people.iter().map(|person| (person.id, &person.name));
        let people = people.chain([(self.bot.id, &self.bot.name)]);
        let roles = self.roles.iter().map(|role| (role.id, &role.name));
        let fits = |(id, thing): &(Snowflake, &String)| *thing == bare || id.to_string() == bare;
        let found = match kind {
            6 => people.clone().find(fits),
            7 => self.text_channels().map(|channel| (channel.id, &channel.name)).find(fits),
            8 => roles.clone().find(fits),
            _ => people.chain(roles).find(fits),
        };
        let (id, _) = found.ok_or_else(|| format!("{name}: nothing here is called {said}."))?;
        let kind = if kind == 7 { Resolved::Channel } else { Resolved::Holder };
        self.resolve(resolved, kind, id);
        Ok(json!(id))
    }
}

fn text(option: &Value, name: &str, said: &str) -> Refused<Value> {
    let units = length(said);
    let bound = |key: &str| option[key].as_u64().and_then(|n| usize::try_from(n).ok());
    let max = bound("max_length").or_else(|| usize::try_from(limits::OPTION_TEXT_MAX).ok());
    if let Some(max) = max.filter(|max| units > *max) {
        return Err(format!("{name}: at most {max} characters."));
    }
    if let Some(min) = bound("min_length").filter(|min| units < *min) {
        return Err(format!("{name}: at least {min} characters."));
    }
    Ok(json!(said))
}

fn in_range(option: &Value, name: &str, number: Value) -> Refused<Value> {
    let value = number.as_f64();
    let below = option["min_value"].as_f64().zip(value).is_some_and(|(min, value)| value < min);
    let above = option["max_value"].as_f64().zip(value).is_some_and(|(max, value)| value > max);
    if below || above { Err(format!("{name} is out of range.")) } else { Ok(number) }
}

/// A value as one would type it.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

fn list(of: &Value) -> &[Value] {
    of.get("options").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_branch(option: &Value) -> bool {
    matches!(option["type"].as_u64(), Some(1 | 2))
}

fn wanted(command: &Value, options: &[Value]) -> String {
    let names: Vec<_> = options.iter().filter_map(|option| option["name"].as_str()).collect();
    let command = command["name"].as_str().unwrap_or_default();
    format!("/{command} is followed by one of: {}.", names.join(", "))
}

fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).unwrap_or((text.trim_end(), ""))
}

/// Cuts `action:1.2 text:Venue booked` at the names that the command knows.
fn split_options(known: &[Value], text: &str) -> Refused<Vec<(String, String)>> {
    let text = text.trim();
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for name in known.iter().filter_map(|option| option["name"].as_str()) {
        let marker = format!("{name}:");
        for (at, _) in text.match_indices(&marker) {
            let before = text.get(..at).unwrap_or_default();
            let begins_word = before.chars().next_back().is_none_or(char::is_whitespace);
            if begins_word && !starts.iter().any(|(_, earlier)| *earlier == name) {
                starts.push((at, name));
            }
        }
    }
    starts.sort_unstable();
    let first = starts.first().map_or(text.len(), |(at, _)| *at);
    let stray = text.get(..first).unwrap_or_default().trim();
    if !stray.is_empty() {
        let (stray, _) = word(stray);
        let name = stray.split(':').next().unwrap_or_default();
        return Err(format!("There is no option {name}."));
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let options = starts.iter().zip(ends).map(|((at, name), end)| {
        let value = text.get(at + name.len() + 1..end).unwrap_or_default();
        ((*name).to_owned(), value.trim().to_owned())
    });
    Ok(options.collect())
}
