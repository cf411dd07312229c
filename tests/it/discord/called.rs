//! Posts that call somebody, and posts that follow on earlier ones.

use convener::body::RoleId;
use convener::body::UserId;
use convener::post::Called;
use convener::post::Post;
use convener::post::PostId;
use convener::post::Receipt;
use convener::post::State;
use convener::post::Whither;
use convener::sandbox::Fault;
use convener::sandbox::Permission;
use convener::view::Card;
use insta::assert_snapshot;

use super::town::Town;
use super::town::opening;

fn post(town: &Town, key: &str, text: &str) -> Post {
    Post {
        id: PostId(1),
        key: key.into(),
        to: Whither::Channel(town.channel("cpeg")),
        calls: None,
        follows: None,
        useful_until: None,
        card: Card { title: text.into(), ..Card::default() },
        has_files: false,
        state: State::Waiting,
    }
}

fn role(town: &Town) -> RoleId {
    RoleId(town.sandbox.role_id("CPEG Chair").get())
}

fn person(town: &Town, name: &str) -> UserId {
    UserId(town.sandbox.person_id(name).get())
}

#[tokio::test]
async fn who_is_called_is_rung_and_nobody_else_is_whatever_the_card_says() {
    let town = Town::open().await;
    let bryce = person(&town, "Bryce");
    let text = format!("IP-4.1: nobody has said how it is going, <@{}> @everyone", bryce.0);
    let called = Called::Role(role(&town));
    let chase = Post { calls: Some(called), ..post(&town, "a", &text) };
    town.discord.say(&chase).await.unwrap();
    let called = Called::Person(person(&town, "Amira"));
    let chase = Post { calls: Some(called), ..post(&town, "b", "IP-4.2: the same") };
    town.discord.say(&chase).await.unwrap();
    town.discord.say(&post(&town, "c", "Nobody in particular")).await.unwrap();
    assert_snapshot!(town.sandbox.transcript("cpeg"), @"
    [Mon 26 Oct 09:00] Convener (rings @CPEG Chair): @CPEG Chair
        │ IP-4.1: nobody has said how it is going, @Bryce @everyone
    [Mon 26 Oct 09:00] Convener (rings @Amira): @Amira
        │ IP-4.2: the same
    [Mon 26 Oct 09:00] Convener:
        │ Nobody in particular
    ");
    let pings: Vec<_> = town.sandbox.read("cpeg").into_iter().map(|said| said.pings).collect();
    assert_eq!(pings[0].roles, [town.sandbox.role_id("CPEG Chair")]);
    assert!(pings[0].users.is_empty() && !pings[0].everyone);
    assert_eq!(pings[1].users, [town.sandbox.person_id("Amira")]);
    assert!(pings[2].is_empty());
}

#[tokio::test]
async fn a_post_that_calls_somebody_is_found_and_one_that_calls_nobody_is_another() {
    let town = Town::open().await;
    let called = Called::Role(role(&town));
    let chase = Post { calls: Some(called), ..post(&town, "a", "IP-4.1") };
    let receipt = town.discord.say(&chase).await.unwrap();
    let sending = Post { state: State::Sending { since: opening() }, ..chase };
    assert_eq!(town.discord.find(&sending, &[]).await.unwrap(), Some(receipt));
    let quiet = Post { calls: None, ..sending };
    assert_eq!(town.discord.find(&quiet, &[]).await.unwrap(), None);
}

#[tokio::test]
async fn a_called_post_that_is_changed_goes_on_naming_whom_it_called() {
    let town = Town::open().await;
    let called = Called::Role(role(&town));
    let chase = Post { calls: Some(called), ..post(&town, "a", "IP-4.1") };
    let receipt = town.discord.say(&chase).await.unwrap();
    let answered = Card { title: "IP-4.1: answered".into(), ..Card::default() };
    town.discord.amend(town.channel("cpeg"), receipt, &answered).await.unwrap();
    let message = town.sandbox.read("cpeg").pop().unwrap();
    assert_eq!(message.content, format!("<@&{}>", role(&town).0));
}

#[tokio::test]
async fn a_role_that_not_everybody_may_ring_for_is_named_and_hears_nothing() {
    let town = Town::open().await;
    let (chair, nobody) = (role(&town), RoleId(7));
    let (_, silent) = town.discord.looked(town.server.id, &[], &[chair, nobody]).await.unwrap();
    assert_eq!(silent, [nobody]);
    town.fault(Fault::QuietRole { role: "CPEG Chair".into() });
    let (_, silent) = town.discord.looked(town.server.id, &[], &[chair, nobody]).await.unwrap();
    assert_eq!(silent, [chair, nobody]);
    let chase = Post { calls: Some(Called::Role(chair)), ..post(&town, "a", "IP-4.1") };
    town.discord.say(&chase).await.unwrap();
    assert!(town.sandbox.read("cpeg")[0].pings.is_empty());
    town.sandbox.mend();
    let (_, silent) = town.discord.looked(town.server.id, &[], &[chair]).await.unwrap();
    assert_eq!(silent, []);
}

#[tokio::test]
async fn a_post_that_follows_on_another_is_a_reply_to_it() {
    let town = Town::open().await;
    let digest = town.discord.say(&post(&town, "a", "CPEG digest")).await.unwrap();
    town.sandbox.say("Amira", "cpeg", "Thank you.").await.unwrap();
    let follow_up = Post { follows: Some(digest), ..post(&town, "b", "Since the digest") };
    town.discord.say(&follow_up).await.unwrap();
    assert_snapshot!(town.sandbox.transcript("cpeg"), @r#"
    [Mon 26 Oct 09:00] Convener:
        │ CPEG digest
    [Mon 26 Oct 09:00] Amira: Thank you.
    [Mon 26 Oct 09:00] Convener (following on "CPEG digest"):
        │ Since the digest
    "#);
    let messages = town.sandbox.read("cpeg");
    assert_eq!(messages[2].reply_to, Some(messages[0].id));
    assert!(messages[2].pings.is_empty());
}

#[tokio::test]
async fn what_a_post_follows_on_may_be_gone_or_out_of_reach() {
    let town = Town::open().await;
    let gone = Post { follows: Some(Receipt(7)), ..post(&town, "a", "Since the digest") };
    town.discord.say(&gone).await.unwrap();
    let digest = town.discord.say(&post(&town, "b", "CPEG digest")).await.unwrap();
    let channel = Some("cpeg".to_owned());
    town.fault(Fault::Deny { permission: Permission::ReadMessageHistory, channel });
    let follow_up = Post { follows: Some(digest), ..post(&town, "c", "Since the digest") };
    town.discord.say(&follow_up).await.unwrap();
    let messages = town.sandbox.read("cpeg");
    assert_eq!(messages.len(), 3);
    assert!(messages.iter().all(|message| message.reply_to.is_none()));
}
