//! What is said when something cannot be done, or has gone wrong.

use chrono::DateTime;
use chrono::Utc;

use crate::action::says_something;
use crate::body::Body;
use crate::body::both;
use crate::date::day_in_full;
use crate::digest::Digest;
use crate::meeting::Meeting;
use crate::request::Ask;
use crate::request::command::COMMANDS;
use crate::request::token;
use crate::routine::Routine;
use crate::schedule::Tick;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::meeting;
use crate::view::verbatim;

/// How many characters of a long text stand in one line of a card.
const PORTION_MAX: usize = 900;

/// A refusal, which is a sentence already. It may name what somebody typed, or a title, so it is shown
/// as it reads; only the commands and options that it names stand out.
pub fn refusal(sentence: &str) -> Card {
    let mut text = String::with_capacity(sentence.len());
    let mut parts = sentence.split('`').peekable();
    let mut is_code = false;
    while let Some(part) = parts.next() {
        let is_ours = is_code && parts.peek().is_some() && is_a_command(part);
        if is_ours {
            text.extend(["`", part, "`"]);
        } else {
            let before = if is_code { "\\`" } else { "" };
            text.push_str(before);
            text.push_str(&verbatim(part));
        }
        // After a mark that stood alone the next one may begin a command.
        is_code = !is_ours;
    }
    Card { tone: Tone::Refused, text, ..Card::default() }
}

/// Whether words are a command or an option of one, as refusals name them.
fn is_a_command(words: &str) -> bool {
    COMMANDS.iter().any(|command| {
        words.strip_prefix('/') == Some(command.name)
            || command.options.iter().any(|option| option.name == words)
    })
}

/// A refusal of something written at length, with the words given back so that they are not lost.
pub fn refusal_with(sentence: &str, written: &str) -> Card {
    giving_back(refusal(sentence), written)
}

/// A card with what somebody wrote at length, so that it is not lost.
pub fn giving_back(mut card: Card, written: &str) -> Card {
    if says_something(written) {
        let lines = portions(written).into_iter().map(verbatim).collect();
        card.sections.push(Section::of("What you wrote, to copy", lines));
    }
    card
}

/// Words in portions short enough for a line of a card, parted where there is a space, so that
/// none of a long text is cut.
fn portions(mut words: &str) -> Vec<&str> {
    let mut portions = Vec::new();
    while let Some((end, _)) = words.char_indices().nth(PORTION_MAX) {
        let end = words[..end].rfind(char::is_whitespace).filter(|space| *space > 0).unwrap_or(end);
        portions.push(words[..end].trim_end());
        words = words[end..].trim_start();
    }
    portions.push(words);
    portions
}

/// A fault of ours, with the number under which the log has it.
pub fn fault(reference: &str) -> Card {
    refusal(&format!(
        "Sorry, something went wrong on my side and nothing was changed. Please try again; if it \
         happens twice, tell CP Support this number: {reference}."
    ))
}

/// That what somebody did could not be read.
pub fn unreadable() -> Card {
    refusal(
        "I could not read that. Please use the command again; if it happens again, tell \
         CP Support.",
    )
}

/// That a form would have to follow something that no form can follow.
pub fn no_form() -> Card {
    refusal("I cannot open a form here. Please use the command again, and fill in all its options.")
}

/// What a card says of files that do not go with it, because the chat would not take them.
pub fn not_attached(names: &[String], files_max: usize, room_bytes: u64) -> String {
    let names: Vec<String> = names.iter().map(|name| verbatim(name)).collect();
    format!(
        "Not attached, because the chat takes at most {files_max} files and {} MB at once: {}.",
        room_bytes / (1024 * 1024),
        both(&names)
    )
}

/// To the one who asked, once an answer that took long stands in the channel.
pub fn shared() -> Card {
    Card { text: "Done: everybody in the channel can see it.".into(), ..Card::default() }
}

/// A question that is not understood: what stood in the way, if anything in particular did.
pub fn not_understood(why: &str, examples: &[String]) -> Card {
    let why = if why.is_empty() { "I do not know how to answer that." } else { why };
    let text = match examples {
        [] => verbatim(why),
        _ => format!("{} You could ask:", verbatim(why)),
    };
    let lines = examples.iter().map(|example| format!("“@Convener {}”", verbatim(example)));
    Card {
        text,
        sections: vec![Section::of("", lines.collect())],
        footer: "/help lists what you can ask.".into(),
        ..Card::default()
    }
}

/// How a question was understood, to open its answer.
pub fn read_as(reading: &str) -> String {
    format!("Read as “{}”.", verbatim(reading))
}

/// A question with a word that could mean several things.
pub fn ambiguous(word: &str, options: &[(String, Ask)]) -> Card {
    let buttons = options.iter().filter_map(|(label, ask)| {
        let token = token::write(ask)?;
        Some(Button { label: super::shortened(label, 34), token })
    });
    Card {
        text: format!(
            "“{}” fits more than one, and I can show one at a time. Which?",
            verbatim(word)
        ),
        buttons: buttons.collect(),
        ..Card::default()
    }
}

/// That the server is not set up.
pub fn not_set_up() -> Card {
    refusal(
        "I am not set up for this server yet. Ask whoever runs Convener to start it with a \
         partnership file.",
    )
}

/// That a direct message does not say which partnership is meant.
pub fn which_partnership() -> Card {
    refusal(
        "I work for more than one partnership, and in a direct message I cannot tell which you \
         mean. Please ask me in your partnership's server.",
    )
}

/// What CP Support is told of a digest that would have come too late.
pub fn missed(meeting: &Meeting, body: &Body) -> Card {
    Card {
        tone: Tone::Attention,
        title: format!("Missed: the digest for {}", meeting::name(meeting, body)),
        text: format!(
            "It was due on {}, but I was offline until after the meeting of {}, so it was not \
             posted. `/digest preview` shows how things stand now.",
            day_in_full(meeting.papers_on),
            day_in_full(meeting.on),
        ),
        ..Card::default()
    }
}

/// What CP Support is told of requests for updates that would have come too late.
pub fn chase_missed(tick: &Tick, body: &Body) -> Card {
    Card {
        tone: Tone::Attention,
        title: format!(
            "Missed: the {} for {}",
            tick.routine.words(),
            meeting::name(&tick.meeting, body)
        ),
        text: format!(
            "It was due before the papers of {}, but I was offline for too long, so nobody was asked. \
             `/remind` asks somebody now.",
            day_in_full(tick.meeting.papers_on),
        ),
        ..Card::default()
    }
}

/// What CP Support is told of a digest that has no channel to go to.
pub fn nowhere(body: &Body) -> Card {
    Card {
        tone: Tone::Attention,
        title: format!("Not posted: the digest for {}", body.name),
        text: format!(
            "This server has no channel called #{}, so there was nowhere to post it. Make one, \
             then use `/digest preview` for how things stand.",
            body.channel_name
        ),
        ..Card::default()
    }
}

/// What CP Support is told of a post that could not be delivered.
///
/// `place` says where it was to be posted: `in #cpeg`.
pub fn undelivered(title: &str, place: &str, why: &str) -> Card {
    Card {
        tone: Tone::Attention,
        title: "Not delivered".into(),
        text: format!("“{}” could not be posted {place}: {}", verbatim(title), verbatim(why)),
        ..Card::default()
    }
}

/// What CP Support is told of a post that waited until it was no use any more; `place` as for
/// [`undelivered`].
pub fn too_late(title: &str, place: &str) -> Card {
    Card {
        tone: Tone::Attention,
        title: "Not delivered in time".into(),
        text: format!(
            "“{}” was not posted {place}: by the time it could be, it was too late to be of use.",
            verbatim(title)
        ),
        ..Card::default()
    }
}

/// What CP Support is told once of all requests for updates that waited until the papers had gone out.
pub fn not_asked(title: &str) -> Card {
    Card {
        tone: Tone::Attention,
        title: "Not everybody was asked in time".into(),
        text: format!(
            "Some requests for updates waited until the papers had gone out, so they were not sent. \
             The first of them: “{}”. `/remind` asks somebody now.",
            verbatim(title)
        ),
        ..Card::default()
    }
}

/// What comes next, in a few words: `CPWD board digest to #cpwd-board`.
pub fn next(tick: &Tick, body: &Body) -> String {
    let meeting = meeting::name(&tick.meeting, body);
    match tick.routine {
        Routine::Digest => format!("{meeting} digest to #{}", body.channel_name),
        routine => format!("{meeting}: {}", routine.words()),
    }
}

/// What comes next where it is something that waits to be sent.
pub fn next_post() -> &'static str {
    "what waits until people are at work"
}

/// What stands above a digest that is only a preview; `due_at` is when the digest itself is posted.
pub fn preview_note(digest: &Digest, due_at: DateTime<Utc>) -> String {
    let papers = day_in_full(digest.meeting.papers_on);
    let channel = verbatim(&digest.body.channel_name);
    if digest.position_at > due_at {
        return format!(
            "Preview. The digest was due in #{channel} on {papers}; this is how things stand since."
        );
    }
    format!(
        "Preview. On {papers} at the papers deadline this goes to #{channel}, with the position \
         then."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, expected: &str) {
        assert_eq!(refusal(sentence).text, expected);
    }

    #[test]
    fn a_refusal_shows_what_was_typed_and_names_commands() {
        check("Leave `happened` out.", "Leave `happened` out.");
        check(
            "Use `/action reverse`; `/help` says how.",
            "Use `/action reverse`; `/help` says how.",
        );
        check("No action \"**@everyone**\".", "No action \"\\*\\*\\@everyone\\*\\*\".");
        check("No \"`\", see `/help`.", "No \"\\`\", see `/help`.");
        check("No \"`[a](b)`\".", "No \"\\`\\[a\\](b)\\`\".");
        check("No \"`code`\".", "No \"\\`code\\`\".");
        check("No \"``\".", "No \"\\`\\`\".");
    }
}
