//! Files with answers and posts, and files that people give to a command.

use std::sync::Arc;

use convener::discord::fetch::Refusal;
use convener::post::Post;
use convener::post::PostId;
use convener::post::State;
use convener::post::Whither;
use convener::request::Ask;
use convener::request::Attached;
use convener::sandbox::Fault;
use convener::sandbox::Message;
use convener::sandbox::Outcome;
use convener::view::Answer;
use convener::view::Attachment;
use convener::view::Card;
use tokio::join;

use super::town::Town;
use super::town::opening;

const MEGABYTE: usize = 1024 * 1024;

/// Bytes that are like no text, and different at every place for a good while.
fn bytes(long: usize) -> Vec<u8> {
    (0..long).map(|at| u8::try_from((at * 31 + at / 251) % 256).unwrap()).collect()
}

fn table() -> Attachment {
    let bytes = "\u{feff}No,Activities\r\n1.1,\"Café, “quoted”\"\r\n".into();
    Attachment { name: "plan as of 2020.csv".into(), bytes, says: String::new() }
}

fn picture(long: usize) -> Attachment {
    let says = "The plan on a page: 4.1 is 50 days overdue".into();
    Attachment { name: "plan.png".into(), bytes: bytes(long), says }
}

fn card(text: &str, files: Vec<Attachment>) -> Card {
    Card { text: text.into(), files, ..Card::default() }
}

fn message(outcome: Outcome) -> Message {
    match outcome {
        Outcome::Answered(message) => *message,
        other => panic!("{other:?}"),
    }
}

/// A message has just these files, to the byte, and says this.
#[track_caller]
fn check(town: &Town, message: &Message, says: &str, files: &[Attachment]) {
    assert_eq!(message.embeds[0]["description"], says);
    let expected = files.iter().map(|file| {
        let says = (!file.says.is_empty()).then(|| file.says.clone());
        (file.name.clone(), says, Arc::from(file.bytes.as_slice()))
    });
    assert_eq!(town.sandbox.files(message), expected.collect::<Vec<_>>());
}

/// What kinds of first answer the bot has given, in Discord's numbers.
fn first_answers(town: &Town) -> Vec<u64> {
    let traffic = town.sandbox.traffic();
    let callbacks = traffic.iter().filter(|request| request.path.ends_with("/callback"));
    callbacks.filter_map(|request| request.body.as_ref()?["type"].as_u64()).collect()
}

async fn answered(town: &mut Town, answer: Answer) -> Message {
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/overdue");
    let reply = async {
        let (_, reply) = town.asked().await;
        reply.answer_with(async { answer }).await.unwrap();
    };
    let (outcome, ()) = join!(ask, reply);
    message(outcome.unwrap())
}

#[tokio::test]
async fn a_private_answer_comes_with_its_files_and_stays_private() {
    let mut town = Town::open().await.declared().await;
    let files = vec![table(), picture(70_000)];
    let answer = Answer::Private(card("Attached.", files.clone()));
    let message = answered(&mut town, answer).await;
    check(&town, &message, "Attached.", &files);
    assert_eq!(message.files[0].content_type, "text/csv");
    assert_eq!(message.files[1].content_type, "image/png");
    assert_eq!(first_answers(&town), [4]);
    assert_eq!(town.sandbox.read_as("Bryce", "general").len(), 0);
}

#[tokio::test]
async fn a_late_private_answer_comes_with_its_files_and_stays_private() {
    let mut town = Town::open().await.declared().await;
    let files = vec![table(), picture(70_000)];
    let answer = Answer::Private(card("At last.", files.clone()));
    let message = message(town.answered_late(answer).await);
    check(&town, &message, "At last.", &files);
    assert_eq!(first_answers(&town), [5]);
    assert_eq!(town.sandbox.read_as("Bryce", "general").len(), 0);
}

#[tokio::test]
async fn a_late_answer_whose_first_reply_was_lost_has_each_file_once() {
    let mut town = Town::open().await.declared().await;
    town.fault(Fault::HangUp { on: "PATCH /webhooks/**".into(), times: 1 });
    let files = vec![table(), picture(70_000)];
    town.answered_late(Answer::Private(card("At last.", files.clone()))).await;
    assert_eq!(town.requests("PATCH", "/@original"), 2);
    let message = town.sandbox.read_as("Amira", "general").remove(0);
    check(&town, &message, "At last.", &files);
}

#[tokio::test]
async fn a_late_answer_for_everybody_brings_its_files_to_everybody() {
    let mut town = Town::open().await.declared().await;
    let files = vec![picture(70_000)];
    town.answered_late(Answer::Public(card("For all.", files.clone()))).await;
    let read = town.sandbox.read_as("Bryce", "general");
    assert_eq!(read.len(), 1);
    check(&town, &read[0], "For all.", &files);
    let own = town.sandbox.read_as("Amira", "general");
    assert_eq!(town.sandbox.files(&own[0]), [], "the promise is kept in words alone");
}

#[tokio::test]
async fn what_may_not_be_up_in_three_seconds_is_promised_first() {
    let mut town = Town::open().await.declared().await;
    let files = vec![picture(3 * MEGABYTE)];
    let answer = Answer::Private(card("Large.", files.clone()));
    let message = answered(&mut town, answer).await;
    check(&town, &message, "Large.", &files);
    assert_eq!(first_answers(&town), [5]);
}

#[tokio::test]
async fn what_discord_would_not_take_is_left_out_and_said() {
    let mut town = Town::open().await.declared().await;
    let files = vec![picture(10 * MEGABYTE), table()];
    let answer = Answer::Private(card("Attached.", files.clone()));
    let message = answered(&mut town, answer).await;
    let says = "Attached.\nNot attached, because the chat takes at most 10 files and 10 MB at \
                once: plan as of 2020.csv.";
    check(&town, &message, says, &files[..1]);
}

fn post(town: &Town, files: Vec<Attachment>) -> Post {
    Post {
        id: PostId(1),
        key: "digest".into(),
        to: Whither::Channel(town.channel("cpeg")),
        calls: None,
        follows: None,
        useful_until: None,
        has_files: !files.is_empty(),
        card: card("Digest", files),
        state: State::Waiting,
    }
}

#[tokio::test]
async fn a_post_comes_with_its_files_and_is_known_by_them() {
    let town = Town::open().await;
    let files = vec![table(), picture(70_000)];
    let with_files = post(&town, files.clone());
    let receipt = town.discord.say(&with_files).await.unwrap();
    let messages = town.sandbox.read("cpeg");
    assert_eq!(messages.len(), 1);
    check(&town, &messages[0], "Digest", &files);
    let sending = State::Sending { since: opening() };
    let found = town.discord.find(&Post { state: sending, ..with_files }, &[]).await;
    assert_eq!(found.unwrap(), Some(receipt));
    let without = Post { state: sending, ..post(&town, Vec::new()) };
    assert_eq!(town.discord.find(&without, &[]).await.unwrap(), None);
}

#[tokio::test]
async fn a_post_with_files_said_twice_is_one_message() {
    let town = Town::open().await;
    town.fault(Fault::HangUp { on: "POST /channels/*/messages".into(), times: 1 });
    let with_files = post(&town, vec![table(), picture(70_000)]);
    assert!(town.discord.say(&with_files).await.is_err());
    town.discord.say(&with_files).await.unwrap();
    assert_eq!(town.sandbox.read("cpeg").len(), 1);
}

/// Gives a file to a command and gives what the bot is told of it.
async fn given(town: &mut Town, name: &str, bytes: &[u8]) -> Attached {
    let sandbox = town.sandbox.clone();
    let files = [("file", name, bytes)];
    let ask = sandbox.command_with("Amira", "general", "/plan import plan:IP", &files);
    let hear = async {
        let (request, reply) = town.asked().await;
        reply.answer(Answer::Private(card("Thank you.", Vec::new()))).await.unwrap();
        match request.ask {
            Ask::ImportPlan(ask) => ask.file,
            other => panic!("{other:?}"),
        }
    };
    let (outcome, attached) = join!(ask, hear);
    outcome.unwrap();
    attached
}

#[tokio::test]
async fn a_file_given_to_a_command_arrives_byte_for_byte() {
    let mut town = Town::open().await.declared().await;
    let sent = bytes(2 * MEGABYTE + 7);
    let attached = given(&mut town, "Plan – 2020 (final).xlsx", &sent).await;
    assert_eq!(attached.name, "Plan – 2020 (final).xlsx");
    assert_eq!(attached.size, sent.len() as u64);
    assert_eq!(town.discord.fetch(&attached, attached.size).await, Ok(sent));
}

#[tokio::test]
async fn a_file_that_is_too_large_or_gone_or_elsewhere_is_not_fetched() {
    let mut town = Town::open().await.declared().await;
    let attached = given(&mut town, "plan.csv", &bytes(200)).await;
    let name = || "plan.csv".to_owned();
    let too_big = Refusal::TooBig { name: name(), bytes: 200, most: 100 };
    assert_eq!(town.discord.fetch(&attached, 100).await, Err(too_big.clone()));
    // Nor is a length believed that is said to be less.
    let smaller = Attached { size: 5, ..attached.clone() };
    assert_eq!(town.discord.fetch(&smaller, 100).await, Err(too_big));
    let gone = Attached {
        url: format!("{}/attachments/7/plan.csv", town.sandbox.url()),
        ..attached.clone()
    };
    assert_eq!(town.discord.fetch(&gone, 1_000).await, Err(Refusal::Gone { name: name() }));
    let other = super::town::sandbox().await;
    for url in [other.url(), "https://cdn.discordapp.com/attachments/1/2/plan.csv".into()] {
        let elsewhere = Attached { url, ..attached.clone() };
        let refused = town.discord.fetch(&elsewhere, 1_000).await;
        assert_eq!(refused, Err(Refusal::Elsewhere { name: name() }));
    }
}
