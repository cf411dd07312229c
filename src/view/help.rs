//! What can be asked, and how.

use crate::request::command::COMMANDS;
use crate::request::command::Command;
use crate::request::command::message::MESSAGE_COMMANDS;
use crate::request::command::message::MessageCommand;
use crate::view::Card;
use crate::view::Section;
use crate::view::verbatim;

/// Every command, and how to ask in plain words.
pub fn overview(questions: &[String]) -> Card {
    let commands = COMMANDS.iter().map(|command| format!("**/{}** {}", command.name, command.does));
    let of_messages = MESSAGE_COMMANDS.iter().map(message_line);
    let questions = questions.iter().map(|question| format!("“@Convener {}”", verbatim(question)));
    Card {
        title: "What you can ask".into(),
        text: "I keep the improvement plan: what was promised, by whom, by when, and what has \
               happened since."
            .into(),
        sections: vec![
            Section::of("Commands", commands.collect()),
            Section::of("On a message: hold or right-click it, then Apps", of_messages.collect()),
            Section::of(
                "Or ask in your own words, in a channel or a direct message",
                questions.collect(),
            ),
        ],
        footer: "For more about one command: /help and its name.".into(),
        ..Card::default()
    }
}

/// One command.
pub fn topic(command: &Command) -> Card {
    let options = command.options.iter().map(|option| {
        let needed = if option.needed { "" } else { " (if you like)" };
        format!("**{}**{needed} {}", option.name, option.says)
    });
    Card {
        title: format!("/{}", command.name),
        text: format!("{}.\n**Who can** {}.", command.does, command.for_whom),
        sections: vec![Section::of("What to fill in", options.collect())],
        ..Card::default()
    }
}

/// One command of a message.
pub fn message_topic(command: &MessageCommand) -> Card {
    Card {
        title: command.name.into(),
        text: format!(
            "{}.\n**Where** In the menu of a message: hold or right-click it, then Apps.\n\
             **Who can** {}.",
            command.does, command.for_whom
        ),
        ..Card::default()
    }
}

fn message_line(command: &MessageCommand) -> String {
    format!("**{}** {}", command.name, command.does)
}
