//! Logging progress and reading it back, as people do.

use insta::assert_snapshot;

use crate::town::MORAG;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn a_chair_logs_progress_and_everybody_reads_one_line() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    let offered = morag.is_offered("/update action:aware").await;
    assert_eq!(offered.first().map(|(_, value)| value.as_str()), Some("IP-1.2"));
    assert_snapshot!(morag.types("/update action:IP-1.2 text:Venue booked status:at risk").await, @"");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_role_is_told_who_can() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/update action:1.2 text:I have heard something").await, @"");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
}
