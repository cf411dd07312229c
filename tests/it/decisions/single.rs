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
    assert_snapshot!(morag.types("/update action:1.2 text:All sessions held status:complete").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ Logged: IP-1.2 Awareness sessions: community planning in practice
        │ **Status** ◆ at risk → ✔ complete; this plan needs no sign-off
        │ Everybody in #cpeg sees one line about it.
        │
        │ **Before**
        │ Half of them held
        │ Morag Sinclair, CPEG, 11 December 2020
        │
        │ **Now**
        │ All sessions held
        │ — A slip? You can undo this until 09:15.
        [Undo]
    ");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG
        │ **Target** March 2021
        │ **Status** ✔ complete, signed off
        │ **Area** 1 Reporting and structure
        │ **BRAG** Blue: complete and signed off
        │
        │ **Last update**
        │ All sessions held
        │ Morag Sinclair, CPEG, 11 December 2020
        │
        │ **Last decision**
        │ Signed off: no meeting named. Recorded by Morag Sinclair on 11 December 2020 at 09:00.
        │ This plan needs no sign-off: its lead's word is enough.
        [History] [Share here]
    ");
    assert_snapshot!(morag.presses("Undo").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ Taken back: IP-1.2 Awareness sessions: community planning in practice
        │ **Status** ✔ complete, awaiting sign-off → ◆ at risk
        │ Everybody will see its line marked as corrected.
        │ The record keeps both the update and that you took it back.
        │
        │ **No longer counts**
        │ All sessions held
        │ Morag Sinclair, CPEG, 11 December 2020
        │ Taken back by Morag Sinclair on 11 December 2020 at 09:00.
        │
        │ **Last update now**
        │ Half of them held
        │ Morag Sinclair, CPEG, 11 December 2020
    ");
    assert_snapshot!(morag.types("/action show action:1.2").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG
        │ **Target** March 2021 · overdue from 1 April 2021
        │ **Status** ◆ at risk
        │ **Area** 1 Reporting and structure
        │ **BRAG** Amber: at risk
        │
        │ **Last update**
        │ Half of them held
        │ Morag Sinclair, CPEG, 11 December 2020
        │
        │ **Last decision**
        │ Returned: no meeting named. Recorded by Morag Sinclair on 11 December 2020 at 09:00.
        │ The update that said it was complete was taken back.
        │
        │ **Taken back since**
        │ All sessions held
        │ Morag Sinclair, CPEG, 11 December 2020
        │ Taken back by Morag Sinclair on 11 December 2020 at 09:00.
        [Update] [New date] [Complete] [History] [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_a_meeting_has_signed_off_is_not_undone() {
    let town = Town::at("2020-12-11 09:00").await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:All sessions held status:complete").await;
    morag.types("/decide sign-off action:1.2").await;
    assert_snapshot!(morag.presses("Undo").await, @"
    [Fri 11 Dec 09:00] Convener (only to Morag Sinclair):
        │ IP-1.2 is complete and signed off, so its record is closed. If there is more to say, ask CP Support.
    ");
}
