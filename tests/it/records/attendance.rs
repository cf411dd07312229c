//! Who was at a meeting, by agency, and how agencies came to the last ones.

use insta::assert_snapshot;

use crate::records::attended;
use crate::records::filled;
use crate::records::form;
use crate::records::pressed;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_that_is_not_known_or_stands_twice_is_asked_about_and_nothing_is_lost() {
    let town = Town::at("2020-12-11 10:00").await;
    let priya = town.person(PRIYA, "cp-support");
    attended(&priya, "CPEG 2020-10-08", ["Police Scotland\nNHS", "", ""]).await;
    priya.presses("Add these 2 agencies").await;
    let present = "Polis Scotland: Gail Rae\nNHS\nSPT\nCPEG";
    assert_snapshot!(attended(&priya, "CPEG 2020-12-10", [present, "NHS: Bob Orr", ""]).await, @"
    [Fri 11 Dec 10:00] Convener (only to Priya Nair):
        │ Nearly: CPEG, Thursday 10 December 2020
        │ Nothing of it is recorded yet. What you wrote is kept; please settle this first.
        │
        │ **Please check**
        │ I do not know “SPT” as an agency yet.
        │ I do not know “Polis Scotland”. Did you mean Police Scotland?
        │ “CPEG” is no agency, so it has no attendance of its own. Name the agency instead, or leave it out.
        │ NHS stands among those there themselves and among the substitutes. Which is it?
        [It is Police Scotland] [NHS: itself] [NHS: substitute] [Add these 2 agencies] [Change what I wrote]
    ");
    assert_snapshot!(priya.presses("It is Police Scotland").await, @"
    [Fri 11 Dec 10:00] Convener (only to Priya Nair):
        │ Nearly: CPEG, Thursday 10 December 2020
        │ Nothing of it is recorded yet. What you wrote is kept; please settle this first.
        │
        │ **Please check**
        │ I do not know “SPT” as an agency yet.
        │ “CPEG” is no agency, so it has no attendance of its own. Name the agency instead, or leave it out.
        │ NHS stands among those there themselves and among the substitutes. Which is it?
        [NHS: itself] [NHS: substitute] [Add SPT] [Change what I wrote]
    ");
    let again = pressed(&town, "Change what I wrote").await;
    assert_snapshot!(filled(&again).join("\n"), @"
    present: Police Scotland: Gail Rae
    NHS
    SPT
    CPEG
    substitutes: NHS: Bob Orr
    apologies:
    minutes:
    ");
    let without = [("present", "Police Scotland: Gail Rae\nNHS\nSPT")];
    priya.sends(&again, &without).await;
    assert_snapshot!(priya.presses("NHS: substitute").await, @"
    [Fri 11 Dec 10:00] Convener (only to Priya Nair):
        │ Nearly: CPEG, Thursday 10 December 2020
        │ Nothing of it is recorded yet. What you wrote is kept; please settle this first.
        │
        │ **Please check**
        │ I do not know “SPT” as an agency yet.
        [Add SPT] [Change what I wrote]
    ");
    assert_snapshot!(priya.presses("Add SPT").await, @"
    [Fri 11 Dec 10:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ Attendance recorded.
        │ No decision was asked of it.
        │
        │ **Attendance**
        │ **There** Police Scotland (Gail Rae), SPT
        │ **By a substitute** NHS (Bob Orr)
        │ — Finish tells the channel of the meeting what came of it, and each lead what is theirs.
        [Finish] [Add an action] [Attendance]
    ");
    // What was recorded is corrected by a further entry.
    let correcting = pressed(&town, "Attendance").await;
    assert_snapshot!(filled(&correcting).join("\n"), @"
    present: Police Scotland: Gail Rae
    SPT
    substitutes: NHS: Bob Orr
    apologies:
    minutes:
    ");
    let moved = [("present", "Police Scotland"), ("apologies", "SPT")];
    assert_snapshot!(priya.sends(&correcting, &moved).await, @"
    [Fri 11 Dec 10:00] Convener (only to Priya Nair):
        │ CPEG, Thursday 10 December 2020
        │ Attendance recorded.
        │ No decision was asked of it.
        │
        │ **Attendance**
        │ **There** Police Scotland
        │ **By a substitute** NHS (Bob Orr)
        │ **Apologies** SPT
        │ — Finish tells the channel of the meeting what came of it, and each lead what is theirs.
        [Finish] [Add an action] [Attendance]
    ");
    // An agency that leads nothing is not missed among those who hold something.
    let held = priya.types("/lead list").await;
    assert!(!held.contains("SPT") && !held.contains("Nobody linked"), "{held}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_how_agencies_came_to_the_last_meetings() {
    let town = Town::at("2021-04-09 10:00").await;
    let priya = town.person(PRIYA, "cp-support");
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/meeting attendance body:CPEG last:3").await, @"
    [Fri 9 Apr 10:00] Convener (only to Tom Walker):
        │ Attendance: CPEG
        │ No meeting is recorded yet of 10 December 2020, 11 February 2021 and 8 April 2021.
        │ — CP Support records meetings with /meeting record.
    ");
    let opened =
        attended(&priya, "CPEG 2020-10-08", ["NHS: Anne Ritchie\nPolice Scotland", "", "SPT"]);
    assert!(opened.await.contains("I do not know"));
    priya.presses("Add these 3 agencies").await;
    // Those of the meeting before stand in the form.
    let next = form(priya.opens("/meeting record meeting:CPEG 2020-12-10").await);
    assert_snapshot!(filled(&next).join("\n"), @"
    present: NHS: Anne Ritchie
    Police Scotland
    SPT
    substitutes:
    apologies:
    minutes:
    ");
    priya.sends(&next, &[("present", "NHS"), ("substitutes", "Police Scotland: A Sergeant")]).await;
    attended(&priya, "CPEG 2021-04-08", ["Police Scotland", "NHS", "SPT"]).await;
    assert_snapshot!(tom.types("/meeting attendance body:CPEG last:4").await, @"
    [Fri 9 Apr 10:00] Convener (only to Tom Walker):
        │ Attendance: CPEG
        │ 3 meetings, oldest first: 8 October 2020, 10 December 2020 and 8 April 2021.
        │ ● there itself · ◐ by a substitute · ○ apologies · – no word
        │ Not recorded, so not counted: 11 February 2021.
        │
        │ **NHS**
        │ ● ● ◐ · there itself 2 of 3, by a substitute 1
        │ **Police Scotland**
        │ ● ◐ ● · there itself 2 of 3, by a substitute 1
        │ **SPT**
        │ ○ – ○ · there itself 0 of 3, apologies 2
        │ — CP Support records meetings with /meeting record.
    ");
    assert_snapshot!(tom.types("/meeting attendance body:CPEG last:99").await, @r#"
    [Fri 9 Apr 10:00] Convener (only to Tom Walker):
        │ "99" is not how many meetings I can look back on. Give a number from 1 to 12.
    "#);
    let none = tom.types("/meeting attendance body:Safe DIG").await;
    assert!(none.contains("has not met"), "{none}");
}
