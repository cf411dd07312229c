//! The commands in the menu of a message: one declaration each, as for those after a slash.

use crate::request::Ask;
use crate::request::Quoted;
use crate::request::command::Refusal;
use crate::request::command::UPDATERS;

/// Something people can choose in the menu of a message.
#[derive(Debug)]
pub struct MessageCommand {
    /// What stands in the menu, in at most 32 characters (Discord's limit).
    pub name: &'static str,
    /// What it does. The menu has no room for it, so it stands in the help alone.
    pub does: &'static str,
    /// Who it is for, as a sentence for the help.
    pub for_whom: &'static str,
    /// What it asks, given the message.
    pub read: fn(Quoted) -> Result<Ask, Refusal>,
}

/// Every command of a message, in the order the help lists them.
pub const MESSAGE_COMMANDS: &[MessageCommand] = &[MessageCommand {
    name: "Log as progress",
    does: "Log what a message says as progress on an action, with a link to it",
    for_whom: UPDATERS,
    read: |message| match message.text.trim() {
        "" => Err(Refusal::Wordless),
        _ => Ok(Ask::LogMessage(message)),
    },
}];

/// The command of a message by its name; capitals do not matter.
pub fn message_named(name: &str) -> Result<&'static MessageCommand, Refusal> {
    let found = MESSAGE_COMMANDS.iter().find(|known| known.name.eq_ignore_ascii_case(name));
    found.ok_or(Refusal::NotACommand)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Ask, Refusal> {
        let link = "https://discord.com/channels/1/2/3".into();
        let message = Quoted { text: text.into(), link, author: "Amira".into() };
        (message_named("log as progress")?.read)(message)
    }

    #[test]
    fn a_message_is_logged_by_its_words() {
        let Ok(Ask::LogMessage(message)) = read("Booked") else { panic!("it asks nothing") };
        assert_eq!(message.text, "Booked");
        assert_eq!(read(" \n"), Err(Refusal::Wordless));
    }

    #[test]
    fn discord_takes_every_name() {
        for command in MESSAGE_COMMANDS {
            assert!((1..=32).contains(&command.name.encode_utf16().count()), "{}", command.name);
            assert!(!command.does.is_empty() && !command.for_whom.is_empty(), "{}", command.name);
        }
    }
}
