//! Somebody's words stand everywhere as they were written, and do nothing.

use convener::sandbox::Message;
use convener::sandbox::Outcome;
use convener::sandbox::Sandbox;

use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Town;

/// Words that would do something if they were let.
const TRICKS: [&str; 16] = [
    "@everyone and @here",
    "<@&769000000000000001> <@1> <#2> </update:3>",
    "[the minutes](http://elsewhere.example/a)",
    "**bold** __under__ _slant_ *also*",
    "||hidden|| ~~struck~~",
    "`code` ``` fence ```",
    "``` an open fence",
    "# Heading",
    "> quoted",
    "-# small",
    "zero\u{200b}width\u{feff} and soft\u{ad}hyphen",
    "\u{202e}desrever\u{202c} \u{2066}isolated\u{2069} left",
    "family 👨‍👩‍👧‍👦 flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿 skin 👩🏽‍🚒",
    "back\\slash \\*\\* at the end\\",
    "<t:1603702800:R> <:smile:123456789012345678>",
    "**",
];

/// All that a message says, without its buttons.
fn words(message: &Message) -> String {
    let mut words = vec![message.content.clone()];
    for embed in &message.embeds {
        for part in [&embed["title"], &embed["description"], &embed["footer"]["text"]] {
            words.extend(part.as_str().map(str::to_owned));
        }
    }
    words.join("\n")
}

/// What a reader sees of the marks that are escaped.
fn seen(text: &str) -> String {
    let mut seen = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => seen.extend(letters.next()),
            other => seen.push(other),
        }
    }
    seen
}

/// Somebody's words as they can be seen: without what would turn the text around.
fn unturned(words: &str) -> String {
    let turns = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words.replace(turns, "")
}

/// Fails where a message shows the words otherwise, pings anybody, or holds a mark that is not ours.
#[track_caller]
fn shows(message: &Message, written: &str) {
    let text = words(message);
    let wanted = unturned(written);
    assert!(seen(&text).contains(&wanted), "{wanted:?} is not in\n{text}");
    is_harmless(message);
}

#[track_caller]
fn is_harmless(message: &Message) {
    let text = words(message);
    assert!(message.pings.is_empty(), "somebody is pinged by\n{text}");
    assert!(!text.contains(|letter| unturned(&String::from(letter)).is_empty()), "{text:?}");
    for line in text.lines() {
        let mut bare = String::new();
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => drop(letters.next()),
                other => bare.push(other),
            }
        }
        // Addresses are shown as they are; our own bold and struck words are whole in a line.
        let bare: Vec<&str> =
            bare.split(' ').filter(|word| !word.trim_matches('~').starts_with("http")).collect();
        let bare = bare.join(" ");
        assert_eq!(bare.matches("**").count() % 2, 0, "{line}");
        assert_eq!(bare.matches("~~").count() % 2, 0, "{line}");
        // Refusals name options so.
        let bare = bare.replace("`update`", "");
        let left = bare.replace("**", "").replace("~~", "");
        let marks = |letter| "*_~`|<>[]@".contains(letter);
        assert!(!left.contains(marks), "{line}");
        assert!(!left.starts_with('#') && !left.starts_with("-#"), "{line}");
    }
}

async fn answered(town: &Town, person: &str, line: &str) -> Message {
    match town.sandbox().command(person, "cpeg", line).await {
        Ok(Outcome::Answered(message)) => *message,
        other => panic!("{line}: {other:?}"),
    }
}

/// The newest line of a channel, once it holds so many.
async fn line(town: &Town, lines: usize) -> Message {
    town.channel_with("cpeg", lines).await;
    town.sandbox().read("cpeg").pop().unwrap()
}

/// The same once it was corrected.
async fn corrected_line(town: &Town) -> Message {
    let corrected = |sandbox: &Sandbox| {
        sandbox.read("cpeg").pop().filter(|message| message.edited_at.is_some())
    };
    town.sandbox().until(corrected).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_an_update_its_ask_and_its_reason_do_nothing_anywhere() {
    let town = Town::open().await;
    for (round, trick) in TRICKS.into_iter().enumerate() {
        let said = format!("/update action:1.2 text:{trick}. ask:{trick}? case_study:yes");
        let logged = answered(&town, MORAG, &said).await;
        shows(&logged, &format!("{trick}."));
        shows(&logged, &format!("{trick}?"));
        let told = line(&town, round + 1).await;
        shows(&told, &format!("{trick}."));
        shows(&told, &format!("{trick}?"));
        let shown = answered(&town, MORAG, "/action show action:1.2").await;
        shows(&shown, &format!("{trick}."));
        shows(&shown, &format!("{trick}?"));
        shows(&answered(&town, MORAG, "/digest preview body:CPEG").await, &format!("{trick}?"));
        shows(&answered(&town, MORAG, "/digest preview body:CPWD").await, &format!("{trick}."));

        let typed = "/action reverse action:1.2 reason:x update:";
        let offered = town.sandbox().complete(PRIYA, "cp-support", typed).await.unwrap();
        assert!(offered[0].0.chars().count() <= 100, "{offered:?}");

        let typed = format!("/action reverse action:1.2 reason:{trick}!");
        let reversed = answered(&town, PRIYA, &typed).await;
        shows(&reversed, &format!("{trick}."));
        shows(&reversed, &format!("{trick}!"));
        let corrected = corrected_line(&town).await;
        shows(&corrected, &format!("{trick}."));
        shows(&corrected, &format!("{trick}!"));
        let shown = answered(&town, MORAG, "/action show action:1.2").await;
        shows(&shown, &format!("{trick}!"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_a_file_and_a_link_do_nothing() {
    let town = Town::open().await;
    for trick in TRICKS {
        let name = format!("{trick}.docx");
        let files: [(&str, &str, &[u8]); 1] = [("evidence", &name, b"x")];
        let said = "/update action:1.2 text:Drafted";
        let outcome = town.sandbox().command_with(MORAG, "cpeg", said, &files).await;
        let Ok(Outcome::Answered(logged)) = outcome else { panic!("{outcome:?}") };
        is_harmless(&logged);
        is_harmless(&answered(&town, MORAG, "/action show action:1.2").await);
    }
    let path = "https://wdc.example/@everyone/(a)[b]*c*_d_~~e~~||f||`g`<h>";
    for end in ["", ".", "_", "~~", "**", "||", "?q=@here&r=<@1>#**x**"] {
        let logged =
            answered(&town, MORAG, &format!("/update action:1.2 text:Drafted link:{path}{end}"))
                .await;
        is_harmless(&logged);
        let address = words(&logged);
        let address = address.split("**Evidence** ").nth(1).unwrap().lines().next().unwrap();
        assert!(!address.contains(['\\', '*', '|', '@', '(', '<']), "{address}");
        assert!(address.starts_with("https://wdc.example/%40everyone/%28a%29"), "{address}");
    }
}

/// A mark so often that the chat still takes it, which counts in units of 16 bits.
fn many(mark: &str, units_max: usize) -> String {
    mark.repeat(units_max / mark.encode_utf16().count())
}

#[tokio::test(flavor = "multi_thread")]
async fn four_thousand_marks_fit_and_do_nothing() {
    let town = Town::open().await;
    for mark in ["*", "|", "@everyone ", "👨‍👩‍👧‍👦", "\u{202e}a"] {
        let (text, ask) = (many(mark, 3_990), many(mark, 490));
        let said = format!("/update action:1.2 text:x{text} ask:x{ask}");
        is_harmless(&answered(&town, MORAG, &said).await);
        is_harmless(&answered(&town, MORAG, "/action show action:1.2").await);
        is_harmless(&answered(&town, MORAG, "/digest preview body:CPEG").await);
        let typed = format!("/action reverse action:1.2 reason:x{ask}");
        is_harmless(&answered(&town, PRIYA, &typed).await);
    }
    for message in town.sandbox().read("cpeg") {
        is_harmless(&message);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_title_of_an_action_does_nothing() {
    let town = Town::open().await;
    for (round, trick) in TRICKS.into_iter().enumerate() {
        let title = format!("{trick} for all");
        let quoted = title.replace('"', "\"\"");
        let plan = include_str!("../../../config/cpwd-plan.csv");
        let plan = plan.replace(
            "Awareness sessions: community planning in practice",
            &format!("\"{quoted}\""),
        );
        let files: [(&str, &str, &[u8]); 1] = [("file", "plan.csv", plan.as_bytes())];
        let preview =
            town.sandbox().command_with(PRIYA, "cp-support", "/plan import", &files).await;
        let Ok(Outcome::Answered(preview)) = preview else { panic!("{preview:?}") };
        is_harmless(&preview);
        let applied = town.sandbox().press(PRIYA, "cp-support", "Apply").await;
        assert!(matches!(applied, Ok(Outcome::Answered(_))), "{trick}: {applied:?}");
        let seen_as = title.split_whitespace().collect::<Vec<_>>().join(" ");
        shows(&answered(&town, MORAG, "/action show action:1.2").await, &seen_as);
        let logged = answered(&town, MORAG, "/update action:1.2 text:Booked").await;
        shows(&logged, &seen_as);
        shows(&line(&town, round + 1).await, &seen_as);
        shows(&answered(&town, MORAG, "/overdue as_of:1 May 2021").await, &seen_as);
        // A refusal that names the actions it could be.
        is_harmless(&answered(&town, MORAG, "/action show action:for all").await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_wrongly_is_repeated_harmlessly() {
    let town = Town::open().await;
    for trick in TRICKS {
        is_harmless(&answered(&town, MORAG, &format!("/action show action:{trick}")).await);
        let typed = format!("/update action:1.2 text:{trick} link:{trick}");
        is_harmless(&answered(&town, MORAG, &typed).await);
        let typed = format!("/action reverse action:1.2 reason:{trick} update:{trick}");
        is_harmless(&answered(&town, PRIYA, &typed).await);
    }
}
