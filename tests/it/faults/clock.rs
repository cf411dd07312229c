//! The machine's clock is set back an hour, and the hour comes again.

use std::time::Duration;

use convener::bot::Step;
use convener::sandbox::Fault;

use crate::faults::Said;
use crate::faults::everything;
use crate::faults::halted;
use crate::faults::logs;
use crate::faults::owes_nothing;
use crate::town::Town;

fn an_hour_back(town: &Town) {
    town.sandbox().fault(Fault::ClockBack { by: Duration::from_hours(1) });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_in_the_hour_that_comes_again_is_not_said_again() {
    for said in [Said::Digest, Said::Chases, Said::FollowUp] {
        let mut town = said.eve().await;
        said.happens(&town).await;
        let before = everything(&town);
        an_hour_back(&town);
        town.reach(said.until()).await;
        town.kill_bot().await;
        an_hour_back(&town);
        town.start_bot().await;
        town.reach(said.until()).await;
        assert_eq!(everything(&town), before, "{said:?}");
        owes_nothing(&town).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_with_a_post_on_the_way_and_started_an_hour_earlier_it_says_it_once() {
    for said in [Said::Digest, Said::Chases, Said::Line] {
        let smoothly = said.smoothly().await;
        for step in [Step::Owed, Step::Marked, Step::Accepted] {
            if said == Said::Line && step == Step::Owed {
                continue;
            }
            let mut town = said.eve().await;
            halted(&mut town, step, said, 0).await;
            an_hour_back(&town);
            town.start_bot().await;
            town.reach(said.until()).await;
            // What was owed at nine is still owed now that it is eight.
            let read = everything(&town).replace(" 08:00]", " 09:00]");
            assert_eq!(read, smoothly, "{said:?} {step:?}");
            owes_nothing(&town).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_say_in_the_hour_that_comes_again_stands_in_the_follow_up() {
    let town = Town::met("2020-11-11 17:00").await;
    town.reach("2020-11-12 09:00").await;
    an_hour_back(&town);
    town.reach("2020-11-12 08:30").await;
    logs(&town, "Two formats drawn up").await;
    town.reach("2020-11-18 09:00").await;
    let read = town.channel("cpwd-board");
    let follow_up = read.split_once("Since the digest").unwrap_or_default().1;
    assert!(follow_up.contains("Two formats drawn up"), "{read}");
    owes_nothing(&town).await;
}
