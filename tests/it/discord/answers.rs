//! What people ask, and how it is answered.

use convener::discord::Heard;
use convener::request::Ask;
use convener::request::Names;
use convener::request::UpdateAsk;
use convener::request::token;
use convener::sandbox::Fault;
use convener::sandbox::Outcome;
use convener::view::Answer;
use convener::view::Button;
use convener::view::Card;
use convener::view::Choice;
use convener::view::Form;
use convener::view::Input;
use convener::view::Room;
use tokio::join;

use super::town::Town;

fn card(text: &str) -> Card {
    Card { text: text.into(), ..Card::default() }
}

fn form() -> Form {
    let input = Input {
        name: "text",
        label: "What has happened?".into(),
        hint: "In a line or two".into(),
        value: String::new(),
        room: Room::Lines(4_000),
        needed: true,
    };
    Form { title: "IP-1.2".into(), token: "update/IP-1.2//".into(), inputs: vec![input] }
}

fn text(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answered(message) => message.embeds[0]["description"].as_str().unwrap().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_command_becomes_a_request_and_a_private_answer_is_for_its_asker_alone() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/action show action:1.2");
    let answer = async {
        let (request, reply) = town.asked().await;
        assert_eq!(request.ask, Ask::Action { action: "1.2".into() });
        assert_eq!(request.by.name, "Amira");
        assert_eq!(request.by.roles, [town.server.roles[0].0]);
        assert_eq!(request.place.server, Some(town.server.id));
        assert_eq!(request.place.channel, town.channel("general"));
        reply.answer(Answer::Private(card("Awareness"))).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    let outcome = outcome.unwrap();
    assert_eq!(text(&outcome), "Awareness");
    assert_eq!(town.sandbox.read_as("Bryce", "general").len(), 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_a_sentence() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/overdue area:many");
    let answer = async {
        let (refusal, reply) = town
            .hear(|heard| match heard {
                Heard::Refused(refusal, reply) => Some((refusal, reply)),
                _ => None,
            })
            .await;
        reply.answer(Answer::Private(card(&refusal.to_string()))).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    assert!(text(&outcome.unwrap()).contains("is not an area"));
}

#[tokio::test]
async fn an_option_completes_by_what_it_names() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.complete("Amira", "general", "/action show action:aware");
    let answer = async {
        let (request, reply) = town.asked().await;
        let asked = Ask::Complete { names: Names::Action, typed: "aware".into() };
        assert_eq!(request.ask, asked);
        let choice = Choice { label: "IP-1.2 · Awareness".into(), value: "IP-1.2".into() };
        reply.answer(Answer::Choices(vec![choice])).await.unwrap();
    };
    let (choices, ()) = join!(ask, answer);
    assert!(format!("{:?}", choices.unwrap()).contains("IP-1.2 · Awareness"));
}

#[tokio::test]
async fn a_form_opens_and_what_is_written_in_it_comes_back() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/update action:1.2");
    let answer = async {
        let (_, reply) = town.asked().await;
        reply.answer(Answer::Form(form())).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    let Ok(Outcome::Form(opened)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(opened.title, "IP-1.2");
    let submit = sandbox.submit("Amira", &opened, &[("text", "Venue booked")]);
    let answer = async {
        let (request, reply) = town.asked().await;
        let said = UpdateAsk {
            action: "IP-1.2".into(),
            text: Some("Venue booked".into()),
            ..UpdateAsk::default()
        };
        assert_eq!(request.ask, Ask::Update(said));
        reply.answer(Answer::Private(card("Logged"))).await.unwrap();
    };
    let (outcome, ()) = join!(submit, answer);
    assert_eq!(text(&outcome.unwrap()), "Logged");
}

#[tokio::test]
async fn a_button_asks_by_its_token_and_may_be_answered_for_all_to_see() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/action show action:1.2");
    let answer = async {
        let (_, reply) = town.asked().await;
        let button = Button { label: "Undo".into(), token: "undo/7".into() };
        let card = Card { buttons: vec![button], ..card("Awareness") };
        reply.answer(Answer::Private(card)).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    outcome.unwrap();
    let press = sandbox.press("Amira", "general", "Undo");
    let answer = async {
        let (request, reply) = town.asked().await;
        assert_eq!(request.ask, Ask::Undo { update: 7 });
        reply.answer(Answer::Public(card("For all"))).await.unwrap();
    };
    let (outcome, ()) = join!(press, answer);
    assert_eq!(text(&outcome.unwrap()), "For all");
    assert_eq!(town.sandbox.read_as("Bryce", "general").len(), 1);
}

#[tokio::test]
async fn a_mention_is_a_question_and_is_answered_to_it_without_ringing() {
    let mut town = Town::open().await;
    let asked = town.sandbox.say("Amira", "general", "@Convener what is overdue?").await.unwrap();
    let (request, reply) = town.asked().await;
    assert_eq!(request.ask, Ask::Question("what is overdue?".into()));
    assert_eq!(request.by.roles, [town.server.roles[0].0]);
    reply.answer(Answer::Private(card("4.1"))).await.unwrap();
    let answer = town.sandbox.read_as("Bryce", "general").pop().unwrap();
    assert_eq!(answer.reply_to, Some(asked));
    assert!(answer.pings.users.is_empty() && !answer.pings.everyone);
    assert!(answer.nonce.is_some());
}

#[tokio::test]
async fn talk_that_does_not_mention_us_is_left_alone() {
    let mut town = Town::open().await;
    town.sandbox.say("Amira", "general", "what is overdue?").await.unwrap();
    town.sandbox.say("Bryce", "general", "@Convener help").await.unwrap();
    let (request, _) = town.asked().await;
    assert_eq!(request.by.name, "Bryce");
}

#[tokio::test]
async fn long_work_is_deferred_and_then_answered_in_place() {
    let mut town = Town::open().await.declared().await;
    let outcome = town.answered_late(Answer::Private(card("at last"))).await;
    assert_eq!(text(&outcome), "at last");
    let read = town.sandbox.read_as("Bryce", "general");
    assert_eq!(read.len(), 0, "it stays private");
}

#[tokio::test]
async fn long_work_for_everybody_ends_in_a_message_for_everybody() {
    let mut town = Town::open().await.declared().await;
    town.answered_late(Answer::Public(card("for all"))).await;
    let read = town.sandbox.read_as("Bryce", "general");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].embeds[0]["description"], "for all");
}

/// An answer in three messages.
fn several() -> Answer {
    let noted = Card { above: "A note".into(), ..card("one") };
    Answer::Several(noted, vec![card("two"), card("three")])
}

/// What somebody reads of the bot's in the channel.
fn read_by(town: &Town, person: &str) -> Vec<String> {
    let mut seen = town.sandbox.read_as(person, "general");
    seen.retain(|message| message.author == town.sandbox.bot());
    seen.iter().map(|m| m.embeds[0]["description"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_answer_in_several_messages_comes_in_order_and_stays_private() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/overdue");
    let answer = async {
        let (_, reply) = town.asked().await;
        reply.answer(several()).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    let Ok(Outcome::Answered(first)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(first.content, "A note");
    assert_eq!(read_by(&town, "Amira"), ["one", "two", "three"]);
    assert!(read_by(&town, "Bryce").is_empty());
}

#[tokio::test]
async fn an_answer_in_several_messages_may_come_late() {
    let mut town = Town::open().await.declared().await;
    town.answered_late(several()).await;
    assert_eq!(read_by(&town, "Amira"), ["one", "two", "three"]);
    assert!(read_by(&town, "Bryce").is_empty());
}

#[tokio::test]
async fn a_question_is_answered_in_several_messages_too() {
    let mut town = Town::open().await;
    let asked = town.sandbox.say("Amira", "general", "@Convener the digest").await.unwrap();
    let (_, reply) = town.asked().await;
    // Discord takes the first, and its reply is lost.
    town.fault(Fault::HangUp { on: "POST /channels/*/messages".into(), times: 1 });
    reply.answer(several()).await.unwrap();
    assert_eq!(read_by(&town, "Bryce"), ["one", "two", "three"]);
    let read = town.sandbox.read("general");
    assert_eq!(read.iter().filter(|message| message.reply_to == Some(asked)).count(), 3);
}

#[tokio::test]
async fn a_further_message_that_fails_is_tried_once_more() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    for (times, told) in [(1, vec!["one", "two", "three"]), (2, vec!["one", "three"])] {
        town.fault(Fault::Refuse { on: "POST /webhooks/*/*".into(), status: 502, times });
        let ask = sandbox.command("Amira", "general", "/overdue");
        let answer = async {
            let (_, reply) = town.asked().await;
            reply.answer(several()).await
        };
        let (outcome, answered) = join!(ask, answer);
        outcome.unwrap();
        let read = read_by(&town, "Amira");
        assert_eq!(read[read.len() - told.len()..], told);
        assert_eq!(answered.is_ok(), told.len() == 3, "{answered:?}");
    }
}

#[tokio::test]
async fn work_that_panics_is_answered_with_a_number() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/overdue");
    let answer = async {
        let (_, reply) = town.asked().await;
        reply.answer_with(async { panic!("as a test of what follows") }).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    let said = text(&outcome.unwrap());
    assert!(said.contains("went wrong") && said.ends_with('.'), "{said}");
}

#[tokio::test]
async fn what_serenity_cannot_read_is_still_answered() {
    let town = Town::open().await.declared().await;
    town.fault(Fault::UnreadableInteraction);
    let answered = town.sandbox.until(|sandbox| {
        let traffic = sandbox.traffic();
        let callback =
            traffic.into_iter().find(|r| r.path.ends_with("/callback") && r.status != 0)?;
        Some((callback.status, callback.body?))
    });
    let (status, body) = answered.await.unwrap();
    assert!((200..300).contains(&status), "{status}");
    let said = body["data"]["embeds"][0]["description"].as_str().unwrap();
    assert!(said.contains("could not read"), "{said}");
}

#[tokio::test]
async fn an_interaction_that_comes_twice_is_heard_once() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/action show action:1.2");
    let answer = async {
        let (_, reply) = town.asked().await;
        reply.answer(Answer::Private(card("once"))).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    outcome.unwrap();
    town.fault(Fault::RepeatInteraction);
    town.sandbox.say("Amira", "general", "@Convener next").await.unwrap();
    let (request, _) = town.asked().await;
    assert_eq!(request.ask, Ask::Question("next".into()));
    town.fault(Fault::Repeat { last: 3 });
    town.sandbox.say("Amira", "general", "@Convener last").await.unwrap();
    let (request, _) = town.asked().await;
    assert_eq!(request.ask, Ask::Question("last".into()));
}

#[tokio::test]
async fn trouble_on_discords_side_that_passes_is_not_noticed() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    for on in ["POST /interactions/*/*/callback", "POST /channels/*/messages"] {
        town.fault(Fault::Refuse { on: on.into(), status: 503, times: 1 });
    }
    let ask = sandbox.command("Amira", "general", "/action show action:1.2");
    let answer = async {
        let (_, reply) = town.asked().await;
        reply.answer(Answer::Private(card("Awareness"))).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    assert_eq!(text(&outcome.unwrap()), "Awareness");
    town.sandbox.say("Amira", "general", "@Convener what is overdue?").await.unwrap();
    let (_, reply) = town.asked().await;
    reply.answer(Answer::Private(card("4.1"))).await.unwrap();
    assert_eq!(town.requests("POST", "/messages"), 2);
}

#[tokio::test]
async fn an_answer_whose_reply_is_lost_is_not_given_twice() {
    let mut town = Town::open().await.declared().await;
    town.fault(Fault::HangUp { on: "POST /interactions/*/*/callback".into(), times: 1 });
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/action show action:1.2");
    let answer = async {
        let (_, reply) = town.asked().await;
        reply.answer(Answer::Public(card("once"))).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    assert_eq!(text(&outcome.unwrap()), "once");
    assert_eq!(town.sandbox.read("general").len(), 1);
}

/// Whether the chat says that somebody who uses a command may manage the server.
async fn administers(town: &mut Town, who: &str) -> bool {
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command(who, "general", "/overdue");
    let answer = async {
        let (request, reply) = town.asked().await;
        reply.answer(Answer::Private(card("seen"))).await.unwrap();
        request.by.administers
    };
    let (outcome, administers) = join!(ask, answer);
    outcome.unwrap();
    administers
}

#[tokio::test]
async fn the_chat_says_who_may_manage_the_server_but_not_in_a_direct_message() {
    let mut town = Town::open().await.declared().await;
    assert!(administers(&mut town, "Catriona").await);
    assert!(!administers(&mut town, "Amira").await);
    town.sandbox.say("Catriona", "@Convener", "what is overdue?").await.unwrap();
    let (request, _) = town.asked().await;
    assert!(!request.by.administers);
}

#[tokio::test]
async fn a_card_with_25_buttons_is_pressed_by_anybody_and_answers_them_alone() {
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let button = |number: i64| Button {
        label: format!("Update {number}"),
        token: token::write(&Ask::Undo { update: number }).unwrap(),
    };
    let shown = Card { buttons: (1..=25).map(button).collect(), ..card("For everybody") };
    let ask = sandbox.command("Amira", "general", "/overdue");
    let answer = async {
        let (_, reply) = town.asked().await;
        reply.answer(Answer::Public(shown)).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    let Ok(Outcome::Answered(public)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(public.labels().len(), 25);
    let rows = public.components.iter().map(|row| row["components"].as_array().unwrap().len());
    assert_eq!(rows.collect::<Vec<_>>(), [5; 5]);

    let pressing = sandbox.press("Bryce", "general", "Update 25");
    let answer = async {
        let (request, reply) = town.asked().await;
        reply.answer(Answer::Private(card("For Bryce"))).await.unwrap();
        request
    };
    let (outcome, request) = join!(pressing, answer);
    let Ok(Outcome::Answered(private)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(private.ephemeral_for, Some(sandbox.person_id("Bryce")));
    assert_eq!((request.ask, request.by.name), (Ask::Undo { update: 25 }, "Bryce".into()));
    // Everybody still sees what they saw, and nothing more.
    let seen = sandbox.read("general");
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].labels(), public.labels());
}
