//! What can be asked, and how.

use crate::request::command::COMMANDS;
use crate::request::command::Command;
use crate::view::Card;
use crate::view::Section;
use crate::view::verbatim;

/// Every command, and how to ask in plain words.
pub fn overview(questions: &[String]) -> Card {
    let commands = COMMANDS.iter().map(|command| format!("**/{}** {}", command.name, command.does));
    let questions = questions.iter().map(|question| format!("“@Convener {}”", verbatim(question)));
    Card {
        title: "What you can ask".into(),
        text: "I keep the improvement plan: what was promised, by whom, by when, and what has \
               happened since."
            .into(),
        sections: vec![
            Section::of("Commands", commands.collect()),
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
