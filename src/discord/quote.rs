//! A message that somebody asks about, as people read it.

use serenity::model::application::CommandInteraction;
use serenity::model::application::ResolvedTarget;
use serenity::model::channel::Message;
use serenity::model::id::GuildId;

use crate::discord::read::name;
use crate::request::Quoted;

/// The message whose menu a command was chosen in. Discord tells its words here, though it tells
/// us those of no other message; none where it tells nothing.
pub(super) fn quoted(command: &CommandInteraction) -> Option<Quoted> {
    match command.data.target() {
        Some(ResolvedTarget::Message(message)) => Some(Quoted {
            text: readable(message),
            link: link(message, command.guild_id),
            author: name(&message.author, None),
        }),
        _ => None,
    }
}

/// Where the message stands, for everybody who may read its channel.
fn link(message: &Message, server: Option<GuildId>) -> String {
    let server = server.map_or_else(|| "@me".to_owned(), |server| server.to_string());
    format!("https://discord.com/channels/{server}/{}/{}", message.channel_id, message.id)
}

/// The text with names where Discord keeps numbers, as far as it tells us whose they are.
fn readable(message: &Message) -> String {
    let mut text = String::with_capacity(message.content.len());
    let mut rest = message.content.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let inside =
            after.split_once('>').and_then(|(tag, after)| Some((word(message, tag)?, after)));
        if let Some((word, after)) = inside {
            text.push_str(&word);
            rest = after;
        } else {
            text.push('<');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// What stands for `@number`, or for `:name:number`, a picture of the server's own.
fn word(message: &Message, tag: &str) -> Option<String> {
    if let Some(number) = tag.strip_prefix("@!").or_else(|| tag.strip_prefix('@')) {
        let number: u64 = number.parse().ok()?;
        let user = message.mentions.iter().find(|user| user.id.get() == number)?;
        return Some(format!("@{}", name(user, None)));
    }
    let (picture, number) =
        tag.strip_prefix('a').unwrap_or(tag).strip_prefix(':')?.split_once(':')?;
    number.parse::<u64>().ok()?;
    Some(format!(":{picture}:"))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use serde_json::json;

    use super::*;

    fn message(content: &str) -> Value {
        let user = |id: &str, name: &str| json!({ "id": id, "username": "user", "discriminator": "0", "global_name": name });
        json!({
            "id": "8", "channel_id": "3", "author": user("7", "Amira"), "content": content,
            "timestamp": "2020-10-26T09:00:00Z", "edited_timestamp": null, "tts": false,
            "mention_everyone": false, "mentions": [user("9", "Bryce")], "mention_roles": [],
            "attachments": [], "embeds": [], "pinned": false, "type": 0,
        })
    }

    fn chosen(data: &Value, server: Option<&str>) -> Option<Quoted> {
        let user = json!({ "id": "1", "username": "user", "discriminator": "0" });
        let command = json!({
            "id": "1", "application_id": "2", "type": 2, "token": "t", "version": 1,
            "channel_id": "3", "guild_id": server, "locale": "en-GB", "entitlements": [],
            "attachment_size_limit": 10, "data": data, "user": user,
        });
        quoted(&serde_json::from_value(command).expect("serenity reads it"))
    }

    fn menu(target: &str, content: &str) -> Value {
        json!({
            "id": "4", "name": "Log as progress", "type": 3, "target_id": target,
            "resolved": { "messages": { "8": message(content) } },
        })
    }

    #[track_caller]
    fn check(content: &str, expected: &str) {
        let quoted = chosen(&menu("8", content), Some("5")).expect("a message");
        assert_eq!(quoted.text, expected);
    }

    #[test]
    fn a_message_comes_with_its_author_and_the_way_to_it() {
        let quoted = |server| chosen(&menu("8", "Booked"), server).expect("a message");
        assert_eq!(
            quoted(Some("5")),
            Quoted {
                text: "Booked".into(),
                link: "https://discord.com/channels/5/3/8".into(),
                author: "Amira".into(),
            }
        );
        assert_eq!(quoted(None).link, "https://discord.com/channels/@me/3/8");
    }

    #[test]
    fn a_message_of_which_nothing_is_told_is_none() {
        assert_eq!(chosen(&menu("6", "Booked"), Some("5")), None);
        assert_eq!(chosen(&json!({ "id": "4", "name": "overdue", "type": 1 }), Some("5")), None);
    }

    #[test]
    fn names_stand_where_discord_keeps_numbers() {
        check("<@9> and <@!9> booked it", "@Bryce and @Bryce booked it");
        check("done <:tick:12> <a:wave:13>", "done :tick: :wave:");
        // Whose number it is we are not told.
        check("<@10> <@&9> <#3>", "<@10> <@&9> <#3>");
        check("a < b > c <", "a < b > c <");
        check("<<@9>> <", "<@Bryce> <");
        check("<:tick:x> <::> <@>", "<:tick:x> <::> <@>");
        check("", "");
    }
}
