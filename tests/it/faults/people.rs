//! People who take no messages, and people who are not to be disturbed.

use convener::sandbox::Fault;
use insta::assert_snapshot;

use crate::faults::met;
use crate::faults::owes_nothing;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_takes_no_messages_is_called_once_in_the_channel_of_their_lead() {
    let mut town = met("2020-10-28 17:00").await;
    town.sandbox().fault(Fault::RefuseDirect { person: Some(FIONA.into()) });
    town.reach("2020-10-29 09:00").await;
    assert_eq!(town.private(FIONA), "");
    assert_snapshot!(town.channel("dig-flourishing"), @"");
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-06 17:00").await;
    assert_eq!(town.sandbox().read("dig-flourishing").len(), 1);
    town.reach("2020-11-11 09:00").await;
    assert_snapshot!(town.channel("cp-support"), @"");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_takes_messages_each_is_called_once() {
    let town = met("2020-10-28 17:00").await;
    town.sandbox().fault(Fault::RefuseDirect { person: None });
    town.reach("2020-10-29 17:00").await;
    for (name, channel) in [(MORAG, "cpeg"), (FIONA, "dig-flourishing"), (PRIYA, "cp-support")] {
        assert_eq!(town.private(name), "", "{name}");
        let read = town.channel(channel);
        assert_eq!(town.sandbox().read(channel).len(), 1, "{read}");
        assert!(read.contains(name), "{read}");
    }
    owes_nothing(&town).await;
}
