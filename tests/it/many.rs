//! Many partnerships that have something to say in the same minute.

use std::time::Duration;

use convener::sandbox::Fault;
use convener::sandbox::Sandbox;
use convener::sandbox::Snowflake;

use crate::town::MORAG;
use crate::town::TOM;
use crate::town::Town;

/// So many further partnerships.
const NEIGHBOURS: usize = 30;

/// How many requests are borne in a second: fewer than the bot makes when it has so much to say.
const A_SECOND: usize = 5;

/// Waits until something is so everywhere next door; longer than one wait of the sandbox's.
async fn everywhere(town: &Town, is_so: impl Fn(&Sandbox, Snowflake) -> bool) {
    let neighbours = town.sandbox().neighbours();
    assert_eq!(neighbours.len(), NEIGHBOURS);
    let all =
        |sandbox: &Sandbox| neighbours.iter().all(|server| is_so(sandbox, *server)).then_some(());
    for _ in 0..6 {
        if town.sandbox().until(all).await.is_some() {
            return;
        }
    }
    panic!("it never was so everywhere");
}

fn has_digest(sandbox: &Sandbox, server: Snowflake) -> bool {
    !sandbox.read_next_door(server, "cpwd-board").is_empty()
}

/// Waits until every board has a digest, the one at home too.
async fn all_are_told(town: &Town) {
    everywhere(town, has_digest).await;
    town.channel_with("cpwd-board", 1).await;
}

/// Every board has its one digest, and nobody anything else.
fn has_one_digest_each(town: &Town) {
    for server in town.sandbox().neighbours() {
        let read = town.sandbox().read_next_door(server, "cpwd-board");
        assert_eq!(read.len(), 1, "{server}: {read:#?}");
        let title = read[0].embeds[0]["title"].as_str().unwrap_or_default();
        assert_eq!(title, "CPWD board digest: meeting on Thursday 19 November 2020");
        assert_eq!(read[0].files.len(), 3);
        assert_eq!(town.sandbox().read_next_door(server, "cp-support").len(), 0);
    }
    assert_eq!(town.sandbox().read("cpwd-board").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_partnerships_due_in_the_same_minute_are_each_told_once_whatever_discord_bears() {
    let town = Town::among(NEIGHBOURS, "2020-11-12 08:55").await;
    everywhere(&town, |sandbox, server| sandbox.commands_next_door(server) > 0).await;
    assert_eq!(town.sandbox().refusals(), 0, "what Discord bears is not asked for more");

    // At first nothing at all is borne, so that something is refused however slow the machine is.
    town.sandbox().fault(Fault::Crowded { a_second: 0 });
    let refused = |sandbox: &Sandbox| (sandbox.refusals() > 0).then_some(());
    tokio::select! {
        () = town.reach("2020-11-12 09:00") => {}
        refused = town.sandbox().until(refused) => refused.unwrap(),
    }
    town.sandbox().fault(Fault::Crowded { a_second: A_SECOND });
    town.reach("2020-11-12 09:00").await;
    all_are_told(&town).await;
    has_one_digest_each(&town);
    assert!(town.sandbox().refusals() > 0);
    town.reach("2020-11-13 09:00").await;
    has_one_digest_each(&town);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_many_are_told_it_tells_the_rest_and_nobody_twice() {
    let mut town = Town::among(NEIGHBOURS, "2020-11-12 08:55").await;
    everywhere(&town, |sandbox, server| sandbox.commands_next_door(server) > 0).await;
    let told = |sandbox: &Sandbox| {
        let neighbours = sandbox.neighbours();
        neighbours.into_iter().filter(|server| has_digest(sandbox, *server)).count()
    };
    let some = |sandbox: &Sandbox| (told(sandbox) >= NEIGHBOURS / 3).then_some(());
    tokio::select! {
        () = town.reach("2020-11-12 09:00") => {}
        some = town.sandbox().until(some) => some.unwrap(),
    }
    town.kill_bot().await;
    town.start_bot().await;
    all_are_told(&town).await;
    town.reach("2020-11-13 09:00").await;
    has_one_digest_each(&town);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_post_goes_out_people_are_answered_all_the_same() {
    let town = Town::among(NEIGHBOURS, "2020-11-12 08:55").await;
    everywhere(&town, |sandbox, server| sandbox.commands_next_door(server) > 0).await;
    // Nothing that the token opens is borne at all: to answer a command takes none.
    town.sandbox().fault(Fault::Crowded { a_second: 0 });
    let sandbox = town.sandbox().clone();
    let told = tokio::spawn({
        let at = *sandbox.clock().borrow() + Duration::from_mins(5);
        let sandbox = sandbox.clone();
        async move { sandbox.travel_to(at).await }
    });
    let refused = |sandbox: &Sandbox| (sandbox.refusals() > 0).then_some(());
    sandbox.until(refused).await.unwrap();
    let overdue = town.person(TOM, "general").types("/overdue").await;
    assert!(overdue.contains("IP-4.1"), "{overdue}");
    let logged = town.person(MORAG, "cpeg").types("/update action:1.2 text:Venue booked").await;
    assert!(logged.contains("Venue booked"), "{logged}");
    assert_eq!(town.sandbox().read("cpwd-board").len(), 0);
    town.sandbox().mend();
    told.await.unwrap().unwrap();
    all_are_told(&town).await;
    has_one_digest_each(&town);
}
