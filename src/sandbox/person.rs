//! People speak, press and fill in: each as Discord's own client would let them.

use serde_json::Value;
use serde_json::json;

use crate::sandbox::interaction::Kind;
use crate::sandbox::interaction::Question;
use crate::sandbox::limits;
use crate::sandbox::limits::length;
use crate::sandbox::message::Message;
use crate::sandbox::message::Origin;
use crate::sandbox::message::State;
use crate::sandbox::message::label;
use crate::sandbox::rest::pings;
use crate::sandbox::shapes::BOT_PERMISSIONS;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::World;

/// What a person could not do, in one sentence.
pub(crate) type Refused<T> = Result<T, String>;

impl World {
    /// The person, when they may be in the channel.
    pub(crate) fn present(&self, person: Snowflake, channel: Snowflake) -> Refused<()> {
        if self.person(person).is_none() {
            return Err("There is no such person here.".to_owned());
        }
        if self.channel(channel).is_none() {
            return Err("There is no such channel here.".to_owned());
        }
        if !self.may_see(person, channel) {
            let direct = self.channel(channel).is_some_and(|channel| channel.direct.is_some());
            let sentence = if direct {
                "Those are somebody else's direct messages."
            } else {
                "They are no longer in the server."
            };
            return Err(sentence.to_owned());
        }
        Ok(())
    }

    /// A person writes a message.
    pub(crate) fn say(
        &mut self,
        person: Snowflake,
        channel: Snowflake,
        content: &str,
    ) -> Refused<Snowflake> {
        self.present(person, channel)?;
        if content.trim().is_empty() {
            return Err("Write something first.".to_owned());
        }
        if length(content) > limits::CONTENT_MAX {
            return Err(format!("A message has at most {} characters.", limits::CONTENT_MAX));
        }
        let message = Message {
            id: self.id(),
            channel,
            author: person,
            author_name: self.name(person),
            at: self.now,
            edited_at: None,
            content: content.to_owned(),
            embeds: Vec::new(),
            components: Vec::new(),
            files: Vec::new(),
            pings: pings(self, content, None, None),
            ephemeral_for: None,
            command: None,
            state: State::Sent,
            nonce: None,
            reply_to: None,
            flags: 0,
            interaction: None,
        };
        Ok(self.post(message))
    }

    /// A person chooses a command of a message's menu.
    pub(crate) fn menu(
        &self,
        by: Snowflake,
        channel: Snowflake,
        command: &str,
        message: Snowflake,
    ) -> Refused<Question> {
        self.present(by, channel)?;
        let command = self.offered(by, channel, command, 3)?;
        let target = self.message(channel, message).filter(|m| m.is_visible_to(Some(by)));
        let target = target.ok_or("There is no such message here.")?;
        if target.ephemeral_for.is_some() {
            return Err("A message that only you can see has no commands.".to_owned());
        }
        let mut messages = serde_json::Map::new();
        messages.insert(message.to_string(), target.to_discord(self));
        Ok(Question {
            kind: Kind::Command,
            by,
            channel,
            message: None,
            origin: Origin { name: command.name().to_owned(), by: self.name(by) },
            data: json!({
                "id": command.id,
                "name": command.name(),
                "type": 3,
                "guild_id": self.server.id,
                "target_id": message,
                "resolved": { "messages": messages },
            }),
            trigger: None,
        })
    }

    /// A person presses a button, or chooses in a menu.
    pub(crate) fn press(
        &self,
        by: Snowflake,
        channel: Snowflake,
        message: Snowflake,
        custom_id: &str,
        values: &[String],
    ) -> Refused<Question> {
        self.present(by, channel)?;
        let found = self.message(channel, message).filter(|m| m.is_visible_to(Some(by)));
        let found = found.ok_or("There is no such message here.")?;
        let part = found.parts().find(|part| part["custom_id"] == custom_id);
        let part = part.ok_or("That message has no such button.")?;
        if part["disabled"] == true {
            return Err("That button is switched off.".to_owned());
        }
        let kind = part["type"].as_u64().unwrap_or(2);
        let mut data = json!({ "custom_id": custom_id, "component_type": kind });
        if kind != 2 {
            check_values(part, values)?;
            data["values"] = json!(values);
            data["resolved"] = self.resolved(kind, values);
        }
        Ok(Question {
            kind: Kind::Component,
            by,
            channel,
            message: Some(message),
            origin: Origin { name: label(part).to_owned(), by: self.name(by) },
            data,
            trigger: None,
        })
    }

    /// What a menu of people, roles or channels tells beside the ids chosen.
    fn resolved(&self, kind: u64, values: &[String]) -> Value {
        let ids = values.iter().filter_map(|value| value.parse::<Snowflake>().ok());
        let mut resolved = json!({ "users": {}, "members": {}, "roles": {}, "channels": {} });
        for id in ids {
            self.resolve(&mut resolved, kind_of_menu(kind), id);
        }
        resolved
    }

    /// Adds what a client is told of an id.
    pub(crate) fn resolve(&self, resolved: &mut Value, kind: Resolved, id: Snowflake) {
        let key = id.to_string();
        if kind != Resolved::Channel
            && let Some(person) = self.person(id)
        {
            resolved["users"][&key] = self.user(id);
            resolved["members"][&key] = self.partial_member_asking(person);
        }
        if kind != Resolved::Channel && id == self.bot.id {
            resolved["users"][&key] = self.user(id);
            let mut member = self.bot_member();
            if let Some(member) = member.as_object_mut() {
                member.remove("user");
                member.insert("permissions".to_owned(), json!(BOT_PERMISSIONS.to_string()));
            }
            resolved["members"][&key] = member;
        }
        let role = self.role_list().into_iter().find(|role| role["id"] == key.as_str());
        if kind != Resolved::Channel
            && let Some(role) = role
        {
            resolved["roles"][&key] = role;
        }
        if kind == Resolved::Channel
            && let Some(channel) = self.channel(id)
        {
            let mut shape = self.channel_shape(channel);
            shape["permissions"] = json!("0");
            resolved["channels"][&key] = shape;
        }
    }

    /// A person sends a form off. What they left alone keeps the value it was opened with.
    pub(crate) fn submit(
        &self,
        by: Snowflake,
        form: Snowflake,
        values: &[(String, String)],
    ) -> Refused<Question> {
        let form = self.forms.get(&form).filter(|form| form.by == by);
        let form = form.ok_or("That form is no longer open.")?;
        self.present(by, form.channel)?;
        for (name, _) in values {
            if !form.inputs().any(|input| is_named(input, name)) {
                return Err(format!("The form has no input called {name}."));
            }
        }
        let mut rows = Vec::new();
        for input in form.inputs() {
            let value = filled(input, values)?;
            rows.push(json!({
                "type": 1,
                "components": [{ "type": 4, "custom_id": input["custom_id"], "value": value }],
            }));
        }
        Ok(Question {
            kind: Kind::Submit,
            by,
            channel: form.channel,
            message: form.message,
            origin: form.origin.clone(),
            data: json!({ "custom_id": form.custom_id, "components": rows }),
            trigger: Some(form.metadata.clone()),
        })
    }

    /// The newest message the person sees that has a button or menu of this label or identifier:
    /// its id and the part's identifier.
    pub(crate) fn pressable(
        &self,
        by: Snowflake,
        channel: Snowflake,
        name: &str,
    ) -> Refused<(Snowflake, String)> {
        self.present(by, channel)?;
        let messages = self.channel(channel).into_iter().flat_map(|c| c.messages.values().rev());
        let found =
            messages.filter(|message| message.is_visible_to(Some(by))).find_map(|message| {
                let mut parts = message.parts().filter(|part| part.get("custom_id").is_some());
                let part = parts.find(|part| label(part) == name || part["custom_id"] == name)?;
                Some((message.id, part["custom_id"].as_str()?.to_owned()))
            });
        found.ok_or_else(|| format!("There is no button called {name} here."))
    }
}

/// What kinds of thing an id in a menu or an option may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resolved {
    Holder,
    Channel,
}

fn kind_of_menu(kind: u64) -> Resolved {
    if kind == 8 { Resolved::Channel } else { Resolved::Holder }
}

fn check_values(menu: &Value, values: &[String]) -> Refused<()> {
    let count = |key: &str| menu[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
    if values.len() < count("min_values") || values.len() > count("max_values") {
        return Err("Choose as many as the menu asks for.".to_owned());
    }
    let Some(options) = menu["options"].as_array().filter(|_| menu["type"] == 3) else {
        return Ok(());
    };
    match values.iter().find(|value| !options.iter().any(|option| option["value"] == **value)) {
        Some(value) => Err(format!("The menu does not offer {value}.")),
        None => Ok(()),
    }
}

fn is_named(input: &Value, name: &str) -> bool {
    input["custom_id"] == name || input["label"] == name
}

fn filled(input: &Value, values: &[(String, String)]) -> Refused<String> {
    let label = label(input);
    let said = values.iter().find(|(name, _)| is_named(input, name)).map(|(_, value)| value);
    let value = said.cloned().or_else(|| input["value"].as_str().map(str::to_owned));
    let value = value.unwrap_or_default();
    let bound = |key: &str| input[key].as_u64().and_then(|n| usize::try_from(n).ok());
    let units = length(&value);
    let max = bound("max_length").unwrap_or(limits::INPUT_VALUE_MAX);
    if units > max {
        return Err(format!("{label}: at most {max} characters."));
    }
    if units == 0 {
        let required = input["required"].as_bool().unwrap_or(true);
        return if required { Err(format!("{label} is required.")) } else { Ok(value) };
    }
    match bound("min_length") {
        Some(min) if units < min => Err(format!("{label}: at least {min} characters.")),
        _ => Ok(value),
    }
}
