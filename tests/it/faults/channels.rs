//! A channel is deleted, before something falls due for it and after.

use convener::bot::Step;
use convener::sandbox::Fault;
use insta::assert_snapshot;

use crate::faults::Said;
use crate::faults::everything_but;
use crate::faults::halted;
use crate::faults::owes_nothing;
use crate::faults::titles;
use crate::town::Town;

fn delete(channel: &str) -> Fault {
    Fault::DeleteChannel { channel: channel.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_channel_a_body_gets_no_digest_and_cp_support_is_told_once() {
    let mut town = Town::met("2020-11-11 17:00").await;
    town.sandbox().fault(delete("cpwd-board"));
    town.reach("2020-11-12 09:00").await;
    assert_snapshot!(town.newest("cp-support"), @"
    [Thu 12 Nov 09:00] Convener:
        │ Not delivered
        │ “CPWD board digest: meeting on Thursday 19 November 2020” could not be posted in #cpwd-board: The channel is not there any more. Make one of the same name, and what comes next is posted there
    ");
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-12 17:00").await;
    assert_snapshot!(titles(&town, "cp-support").join("\n"), @"Not delivered");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_digest_whose_channel_is_deleted_before_it_is_sent_is_told_of_once() {
    let mut town = Said::Digest.eve().await;
    halted(&mut town, Step::Accepted, Said::Digest, 0).await;
    let told_before = titles(&town, "cp-support").len();
    town.sandbox().fault(delete("cpeg"));
    town.start_bot().await;
    town.reach("2020-12-03 09:30").await;
    let told = titles(&town, "cp-support");
    assert_snapshot!(told[told_before..].join("\n"), @"Not delivered");
    assert_snapshot!(town.newest("cp-support"), @"
    [Thu 3 Dec 09:00] Convener:
        │ Not delivered
        │ “CPEG digest: meeting on Thursday 10 December 2020” could not be posted in #cpeg: The channel is not there any more. Make one of the same name, and what comes next is posted there
    ");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_channel_keeps_nothing_from_the_others() {
    let but = ["dig-nurtured", "cp-support"];
    let town = Said::Chases.eve().await;
    Said::Chases.happens(&town).await;
    let smoothly = everything_but(&town, &but);
    let town = Said::Chases.eve().await;
    town.sandbox().fault(delete("dig-nurtured"));
    Said::Chases.happens(&town).await;
    assert_eq!(everything_but(&town, &but), smoothly);
    assert_snapshot!(town.channel("cp-support"), @"
    [Thu 29 Oct 09:00] Convener:
        │ Not delivered
        │ “2 actions need a word from you before the CPWD board on 19 November 2020” could not be posted in #dig-nurtured: The channel is not there any more. Make one of the same name, and what comes next is posted there
    ");
    owes_nothing(&town).await;
}
