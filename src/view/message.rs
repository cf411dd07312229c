//! Logging what a message says: the form, with the message in it.

use crate::action::Ref;
use crate::action::Status;
use crate::action::TEXT_MAX;
use crate::request::Ask;
use crate::request::Quoted;
use crate::request::token;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::plain;
use crate::view::shortened;

/// The form for an update that a message tells of. Which action it is about is still to be said;
/// `own` are those that the one who asks answers for, of which one alone is the one.
pub fn form(quoted: &Quoted, own: &[Ref]) -> Form {
    let example = own.first().map(|own| format!(", such as {own}")).unwrap_or_default();
    let action = match own {
        [only] => only.to_string(),
        _ => String::new(),
    };
    let statuses: Vec<&str> = Status::ALL.iter().map(|status| status.words()).collect();
    Form {
        title: shortened(&format!("Log progress: what {} wrote", plain(&quoted.author)), 45),
        token: token::write(&Ask::LogMessage(quoted.clone())).unwrap_or_default(),
        inputs: vec![
            Input {
                name: token::ACTION,
                label: "Which action?".into(),
                hint: format!("Its number or words from its title{example}"),
                value: action,
                room: Room::Line(100),
                needed: true,
            },
            Input {
                name: token::TEXT,
                label: "What has happened?".into(),
                hint: String::new(),
                value: with_link(&quoted.text, &quoted.link),
                room: Room::Lines(TEXT_MAX),
                needed: true,
            },
            Input {
                name: token::STATUS,
                label: "Status (blank if it has not changed)".into(),
                hint: shortened(&statuses.join(", "), 100),
                value: String::new(),
                room: Room::Line(20),
                needed: false,
            },
            Input {
                name: token::HAPPENED,
                label: "When did it happen? (blank for today)".into(),
                hint: "3 November 2020".into(),
                value: String::new(),
                room: Room::Line(40),
                needed: false,
            },
        ],
    }
}

/// A message's words with the way to it in a last line of its own, of which nothing is ever cut.
///
/// Lengths are counted in UTF-16 units, as clients count what stands in a form.
fn with_link(text: &str, link: &str) -> String {
    let text = text.trim();
    let mut room = TEXT_MAX.saturating_sub(length(link) + 1);
    if length(text) <= room {
        return format!("{text}\n{link}");
    }
    room = room.saturating_sub(1);
    let mut kept = String::new();
    for letter in text.chars() {
        let Some(rest) = room.checked_sub(letter.len_utf16()) else { break };
        room = rest;
        kept.push(letter);
    }
    format!("{}…\n{link}", kept.trim_end())
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://discord.com/channels/5/3/8";

    fn quoted(text: &str) -> Quoted {
        Quoted { text: text.into(), link: LINK.into(), author: "Fiona Campbell".into() }
    }

    fn refs(refs: &[&str]) -> Vec<Ref> {
        refs.iter().map(|words| words.parse().expect("a ref")).collect()
    }

    #[test]
    fn the_way_to_a_message_stands_in_the_last_line_whatever_is_cut() {
        for text in ["Booked", &"x".repeat(TEXT_MAX), &"🙂".repeat(TEXT_MAX), &"a \n".repeat(3_000)]
        {
            let whole = with_link(text, LINK);
            assert!(length(&whole) <= TEXT_MAX, "{}", length(&whole));
            assert_eq!(whole.lines().last(), Some(LINK));
        }
        assert_eq!(with_link(" Booked\n", LINK), format!("Booked\n{LINK}"));
        let fits = "x".repeat(TEXT_MAX - LINK.len() - 1);
        assert_eq!(with_link(&fits, LINK), format!("{fits}\n{LINK}"));
        let whole = with_link(&format!("{fits}y"), LINK);
        assert!(whole.ends_with(&format!("x…\n{LINK}")), "{whole}");
        assert_eq!(length(&whole), TEXT_MAX);
    }

    #[test]
    fn somebody_with_one_action_need_not_say_which() {
        let action = |own: &[&str]| {
            let form = form(&quoted("Booked"), &refs(own));
            (form.inputs[0].value.clone(), form.inputs[0].hint.clone())
        };
        let words = "Its number or words from its title";
        assert_eq!(action(&["IP-1.2"]), ("IP-1.2".into(), format!("{words}, such as IP-1.2")));
        let several = (String::new(), format!("{words}, such as IP-1.2"));
        assert_eq!(action(&["IP-1.2", "IP-1.4"]), several);
        assert_eq!(action(&[]), (String::new(), words.into()));
    }

    #[test]
    fn a_long_name_does_not_make_the_title_too_long() {
        let author = "\u{202E}Somebody of a very long name that goes on";
        let form = form(&Quoted { author: author.into(), ..quoted("Booked") }, &[]);
        assert_eq!(form.title, "Log progress: what Somebody of a very long n…");
        assert_eq!(form.token, "log");
    }
}
