//! People and the bot, in every way they can talk.

use insta::assert_snapshot;
use serde_json::Value;
use serde_json::json;

use crate::sandbox::Outcome;
use crate::sandbox::State;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::channel;
use crate::sandbox::tests::faults::person;
use crate::sandbox::tests::sandbox;

fn answered(outcome: &Result<Outcome, String>) {
    assert!(matches!(outcome, Ok(Outcome::Answered(_))), "{outcome:?}");
}

#[tokio::test]
async fn a_command_is_answered_for_its_asker_alone() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let line = "/update action:1.2 text:Venue: booked count:3 status:on track";
    let outcome = sandbox.command("Amira", "cpeg", line).await.unwrap();
    let Outcome::Answered(answer) = outcome else { panic!("{outcome:?}") };
    assert_eq!(answer.labels(), ["Undo"]);
    assert!(sandbox.read("cpeg").is_empty());
    assert!(sandbox.read_as("Bryce", "cpeg").is_empty());
    assert_snapshot!(sandbox.transcript_as("Amira", "cpeg"), @r#"
    [Mon 26 Oct 09:00] Convener (only to Amira):
        │ Update
        │ action=String("1.2")
        │ text=String("Venue: booked")
        │ count=Integer(3)
        │ status=String("on-track")
        │ Roles:
        │   1
        [Undo]
    "#);
    assert!(sandbox.press("Bryce", "cpeg", "Undo").await.is_err());
    answered(&sandbox.press("Amira", "cpeg", "Undo").await);
    assert_snapshot!(sandbox.transcript_as("Amira", "cpeg"), @"[Mon 26 Oct 09:00] Convener (only to Amira, edited): Undone");
    bot.stop().await;
    sandbox.shut().await;
}

#[tokio::test]
async fn a_promised_answer_comes_with_its_file_and_a_further_one() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    answered(&sandbox.command("Amira", "general", "/later").await);
    let more = sandbox.until(|s| s.read("general").pop()).await.unwrap();
    assert_eq!(more.content, "And more");
    let seen = sandbox.read_as("Amira", "general");
    assert_eq!(seen[0].state, State::Sent);
    assert_eq!(seen[0].edited_at, None);
    assert_eq!(sandbox.bytes(&seen[0].files[0]).unwrap().as_ref(), b"a,b");
    assert_snapshot!(sandbox.transcript_as("Amira", "general"), @r"
    [Mon 26 Oct 09:00] Convener (only to Amira): At last
        📎 plan.csv
    [Mon 26 Oct 09:00] Convener: And more
    ");
    bot.stop().await;
}

#[tokio::test]
async fn a_second_answer_is_refused() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    answered(&sandbox.command("Amira", "general", "/twice").await);
    let second = sandbox.until(|s| s.read("general").into_iter().nth(1)).await.unwrap();
    assert_eq!(second.content, "Interaction has already been acknowledged.");
    bot.stop().await;
}

#[tokio::test]
async fn a_command_without_an_answer_fails_in_discords_words() {
    let sandbox = sandbox().await;
    let offline = sandbox.command("Amira", "general", "/never").await;
    assert_eq!(offline.unwrap_err(), "There is no command /never.");
    let bot = bot::start(&sandbox).await;
    let outcome = sandbox.command("Amira", "general", "/never").await.unwrap();
    let Outcome::Failed(sentence) = outcome else { panic!("{outcome:?}") };
    assert_eq!(sentence, "The application did not respond");
    bot.stop().await;
}

#[tokio::test]
async fn a_form_is_opened_and_sent_off() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let outcome = sandbox.command("Amira", "general", "/form").await.unwrap();
    let Outcome::Form(form) = outcome else { panic!("{outcome:?}") };
    assert_eq!(form.title, "Update 1.2");
    let refused = |values: Vec<(&'static str, String)>| {
        let (sandbox, form) = (sandbox.clone(), form.clone());
        async move {
            let values: Vec<_> = values.iter().map(|(name, text)| (*name, text.as_str())).collect();
            sandbox.submit("Amira", &form, &values).await.unwrap_err()
        }
    };
    assert_eq!(refused(vec![]).await, "Progress is required.");
    assert_eq!(refused(vec![("text", "a".repeat(51))]).await, "Progress: at most 50 characters.");
    assert_eq!(
        refused(vec![("other", String::new())]).await,
        "The form has no input called other."
    );
    assert!(sandbox.submit("Bryce", &form, &[("text", "Mine")]).await.is_err());
    answered(&sandbox.submit("Amira", &form, &[("Progress", "Booked")]).await);
    assert_snapshot!(sandbox.transcript("general"), @"[Mon 26 Oct 09:00] Convener: Sent: Booked / as before");
    bot.stop().await;
}

#[tokio::test]
async fn an_option_completes_as_one_types() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let choices = sandbox.complete("Amira", "general", "/update count:2 action:awa").await.unwrap();
    assert_eq!(choices, [("IP-1.2 for awa".to_owned(), "IP-1.2".to_owned())]);
    let refused = sandbox.complete("Amira", "general", "/update text:awa").await;
    assert_eq!(refused.unwrap_err(), "text does not complete as one types.");
    bot.stop().await;
}

#[tokio::test]
async fn the_bot_hears_mentions_and_direct_messages_only() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.say("Amira", "general", "Good morning all").await.unwrap();
    let asked = sandbox.say("Amira", "general", "@Convener what is mine?").await.unwrap();
    sandbox.reply("Amira", "general", asked).await.unwrap();
    assert_snapshot!(sandbox.transcript("general"), @r"
    [Mon 26 Oct 09:00] Amira: Good morning all
    [Mon 26 Oct 09:00] Amira: @Convener what is mine?
    [Mon 26 Oct 09:00] Convener: You said: @Convener what is mine?
    ");
    let asked = sandbox.say("Bryce", "@Convener", "hello").await.unwrap();
    let reply = sandbox.reply("Bryce", "@Convener", asked).await.unwrap();
    assert_eq!(reply.content, "You said: hello");
    assert_eq!(sandbox.read("@Bryce").len(), 2);
    assert!(sandbox.read("@Amira").is_empty());
    bot.stop().await;
}

#[tokio::test]
async fn a_message_is_logged_from_its_menu() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let said = sandbox.say("Bryce", "general", "The hall is booked").await.unwrap();
    answered(&sandbox.menu("Amira", said, "Log as progress").await);
    let logged = sandbox.reply("Amira", "general", said).await.unwrap();
    assert_eq!(logged.content, "Logged: The hall is booked");
    assert_eq!(logged.command.unwrap().name, "Log as progress");
    // What only one person sees has no menu, on Discord neither.
    answered(&sandbox.command("Amira", "general", "/update action:1.2").await);
    let private = sandbox.read_as("Amira", "general").pop().unwrap();
    let refused = sandbox.menu("Amira", private.id, "Log as progress").await;
    assert_eq!(refused.unwrap_err(), "A message that only you can see has no commands.");
    let refused = sandbox.menu("Bryce", private.id, "Log as progress").await;
    assert_eq!(refused.unwrap_err(), "There is no such message here.");
    bot.stop().await;
}

#[tokio::test]
async fn sub_commands_are_words() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    answered(&sandbox.command("Amira", "general", "/meeting next body:CPEG").await);
    let said = sandbox.read("general").pop().unwrap();
    assert!(said.content.contains("\"next\"") && said.content.contains("CPEG"), "{said:?}");
    assert_eq!(said.command.unwrap().name, "/meeting next");
    bot.stop().await;
}

#[tokio::test]
async fn a_line_that_discords_client_would_hold_back_is_refused() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    for (line, sentence) in [
        ("update", "A command begins with a slash."),
        ("/nothing", "There is no command /nothing."),
        ("/update", "action is required."),
        ("/update text:x", "action is required."),
        ("/update whom:x action:1", "There is no option whom."),
        ("/update action:1 text:123456789012345678901", "text: at most 20 characters."),
        ("/update action:1 status:fine", "status is one of: on track."),
        ("/update action:1 count:many", "count is a whole number."),
        ("/update action:1 count:12", "count is out of range."),
        ("/update action:1 who:Nobody", "who: nothing here is called Nobody."),
        ("/meeting", "/meeting is followed by one of: next."),
        ("/meeting last", "/meeting is followed by one of: next."),
    ] {
        let refused = sandbox.command("Amira", "general", line).await;
        assert_eq!(refused.unwrap_err(), sentence, "{line}");
    }
    let direct = sandbox.command("Amira", "@Convener", "/never").await;
    assert_eq!(direct.unwrap_err(), "/never is not offered in direct messages.");
    assert!(sandbox.command("Nobody", "general", "/never").await.is_err());
    assert!(sandbox.command("Amira", "nowhere", "/never").await.is_err());
    bot.stop().await;
}

#[tokio::test]
async fn options_of_every_kind_arrive_as_what_they_name() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    sandbox.at_hand("plan.csv", "text/csv", b"ref,title");
    let line =
        "/give user:Amira channel:#cpeg role:CPEG Chair any:Bryce sure:yes share:0.5 file:plan.csv";
    answered(&sandbox.command("Amira", "general", line).await);
    let said = sandbox.read("general").pop().unwrap().content;
    assert_eq!(
        said,
        "Amira 1, cpeg, CPEG Chair, Bryce 0, Boolean(true), Number(0.5), plan.csv of 9"
    );
    let refused = sandbox.command("Amira", "general", "/give file:other.csv").await;
    assert_eq!(refused.unwrap_err(), "file: there is no file other.csv at hand.");
    bot.stop().await;
}

#[tokio::test]
async fn menus_are_chosen_from_within_their_bounds() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let options = json!([
        { "label": "Board", "value": "board" },
        { "label": "CPEG", "value": "cpeg" },
    ]);
    let menu = |kind: u8, id: &str, options: Option<&Value>| {
        let mut menu = json!({ "type": kind, "custom_id": id, "placeholder": "Which body?" });
        if let Some(options) = options {
            menu["options"] = options.clone();
        }
        json!({ "content": "Choose", "components": [{ "type": 1, "components": [menu] }] })
    };
    let general = channel(&sandbox, "general");
    let body = menu(3, "body", Some(&options));
    bot.http.send_message(general, vec![], &body).await.unwrap();
    assert_snapshot!(sandbox.transcript("general"), @r"
    [Mon 26 Oct 09:00] Convener: Choose
        [Which body? ▾ Board · CPEG]
    ");
    for values in [&["safe"][..], &["board", "cpeg"], &[]] {
        assert!(sandbox.choose("Amira", "general", "body", values).await.is_err(), "{values:?}");
    }
    answered(&sandbox.choose("Amira", "general", "Which body?", &["cpeg"]).await);
    assert_eq!(sandbox.read("general").pop().unwrap().content, "Chosen: [\"cpeg\"]");
    bot.http.send_message(general, vec![], &menu(5, "who", None)).await.unwrap();
    let bryce = person(&sandbox, "Bryce").to_string();
    answered(&sandbox.choose("Amira", "general", "who", &[&bryce]).await);
    assert_eq!(sandbox.read("general").pop().unwrap().content, "Chosen: 1");
    bot.stop().await;
}

#[tokio::test]
async fn somebody_is_picked_by_name_and_told_of_with_it() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    for (line, told) in [
        ("/give user:@Amira", "Amira 1"),
        ("/give user:Bryce", "Bryce 0"),
        // Discord offers the bot among the people.
        ("/give user:@Convener", "Convener 1"),
    ] {
        answered(&sandbox.command("Amira", "general", line).await);
        assert_eq!(sandbox.read("general").pop().unwrap().content, told, "{line}");
    }
    bot.stop().await;
}
