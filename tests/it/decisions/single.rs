//! A plan that needs no sign-off: its lead's word is enough, and taking it back opens the work again.

use convener::config::partnership;
use insta::assert_snapshot;

use super::*;

/// A town whose plan needs no sign-off.
async fn town() -> Town {
    let mut founding = partnership::founding(None).unwrap();
    founding.plan.sign_off_needed = false;
    let mut town = Town::founded("2020-12-11 09:00", founding).await;
    town.start_bot().await;
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leads_word_completes_at_once_and_undo_opens_it_again() {
    let town = town().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:Half of them held status:at risk").await;
    assert_snapshot!(morag.types("/update action:1.2 text:All sessions held status:complete").await, @"");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"");
    assert_snapshot!(morag.presses("Undo").await, @"");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_a_meeting_has_signed_off_is_not_undone() {
    let town = Town::at("2020-12-11 09:00").await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:All sessions held status:complete").await;
    morag.types("/decide sign-off action:1.2").await;
    assert_snapshot!(morag.presses("Undo").await, @"");
}
