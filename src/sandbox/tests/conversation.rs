//! People and the bot, in every way they can talk.

use insta::assert_snapshot;

use crate::sandbox::Outcome;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::sandbox;

#[tokio::test]
async fn a_command_is_answered_for_its_asker_alone() {
    let sandbox = sandbox().await;
    let bot = bot::start(&sandbox).await;
    let line = "/update action:1.2 text:Venue: booked who:Bryce count:3 status:on track";
    let outcome = sandbox.command("Amira", "cpeg", line).await.unwrap();
    let Outcome::Answered(answer) = outcome else { panic!("{outcome:?}") };
    assert_eq!(answer.labels(), ["Undo"]);
    assert!(sandbox.read("cpeg").is_empty());
    assert!(sandbox.read_as("Bryce", "cpeg").is_empty());
    let text = sandbox.transcript_as("Amira", "cpeg");
    let text = text.replace(&sandbox.read_as("Amira", "cpeg")[0].id.to_string(), "ID");
    assert_snapshot!(text);
    let outcome = sandbox.press("Amira", "cpeg", "Undo").await.unwrap();
    assert!(matches!(outcome, Outcome::Answered(_)), "{outcome:?}");
    assert_snapshot!(sandbox.transcript_as("Amira", "cpeg"));
    bot.stop().await;
    sandbox.shut().await;
}
