//! Adding and changing the actions of a plan.

use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::PRIYA;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_added_and_its_lead_reads_one_line() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let areas = priya.is_offered("/action add area:work").await;
    assert_eq!(areas, [("2 Working with communities".to_owned(), "IP-2".to_owned())]);
    let leads = priya.is_offered("/action add area:IP-2 title:Map lead:safe").await;
    assert_eq!(leads, [("Safe DIG".to_owned(), "Safe DIG".to_owned())]);
    let line = "/action add area:IP-2 title:Map the community groups lead:safe dig target:May 2021";
    assert_snapshot!(priya.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Added: IP-2.3 Map the community groups
        │ **Lead** Safe DIG
        │ **Target** May 2021 · overdue from 1 June 2021
        │ Everybody in #dig-safe sees one line about it.
        [Update] [New date] [Complete] [History]
    ");
    assert_snapshot!(town.channel_with("dig-safe", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-2.3** is new in 2 Working with communities: Map the community groups · Safe DIG · May 2021 · added by Priya Nair, CP Support
    ");
    assert_snapshot!(priya.types("/action show action:Map the community").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-2.3 Map the community groups
        │ **Lead** Safe DIG
        │ **Target** May 2021 · overdue from 1 June 2021
        │ **Status** ○ not started
        │ **Area** 2 Working with communities
        │ **BRAG** Green: not yet due
        │
        │ **Last update**
        │ Nobody has logged an update yet.
        [Update] [New date] [Complete] [History] [Share here]
    ");
    // Yesterday it was not there yet.
    town.reach("2020-10-27 09:00").await;
    let list = priya.types("/action list area:2 as_of:26 October 2020").await;
    assert!(list.contains("Map the community groups"), "{list}");
    let list = priya.types("/action list area:2 as_of:25 October 2020").await;
    assert!(!list.contains("Map the community groups"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_doubtful_about_a_new_action_is_read_back_first() {
    let mut town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let line = "/action add area:2 title:Map the groups lead:Police Scotland target:Q2 2021";
    assert_snapshot!(priya.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Add to 2 Working with communities?
        │ Map the groups
        │ **Lead** Police Scotland
        │ **Target** Q2 2021, read as July to September 2021 · overdue from 1 October 2021
        │
        │ **Please check**
        │ “Q2 2021” is read as July to September 2021: quarters are counted from April; the calendar’s quarter may be meant.
        │ “Police Scotland” is not a body I know, so only CP Support and the chairs of CPEG and the board can log its progress.
        │ — Nothing is added yet. It would be IP-2.3, unless another comes first. To say it otherwise, press Cancel and use the command again.
        [Add] [Cancel]
    ");
    town.stop_bot().await;
    town.start_bot().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.presses("Add").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Added: IP-2.3 Map the groups
        │ **Lead** Police Scotland
        │ **Target** Q2 2021, read as July to September 2021 · overdue from 1 October 2021
        │ Everybody in #cpwd-board sees one line about it.
        [Update] [New date] [Complete] [History]
    ");
    assert_snapshot!(town.channel_with("cpwd-board", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-2.3** is new in 2 Working with communities: Map the groups · Police Scotland · Q2 2021 · added by Priya Nair, CP Support
    ");
    assert_snapshot!(priya.presses("Add").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ That was added already: it is IP-2.3.
    ");
    assert_snapshot!(priya.presses("Cancel").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ That was added already: it is IP-2.3.
    ");
    priya.types(line).await;
    assert_snapshot!(priya.presses("Cancel").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Not added: Map the groups
    ");
    assert_snapshot!(priya.presses("Add").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ That was cancelled already. To add it after all, use `/action add` again.
    ");
    assert_eq!(town.sandbox().read("cpwd-board").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_withdrawn_is_not_given_again() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let plan = include_str!("../../config/cpwd-plan.csv");
    let without: String = plan.split_inclusive('\n').filter(|line| !line.contains("3.3")).collect();
    priya.gives("/plan import", "file", "plan.csv", without.as_bytes()).await;
    let applied = priya.presses("Apply, withdraw 1 action").await;
    assert!(applied.contains("withdrawn"), "{applied}");
    let listed = priya.types("/action list area:3").await;
    assert!(listed.contains("Left out: 1 withdrawn."), "{listed}");
    let listed = priya.types("/action list standing:withdrawn").await;
    assert!(listed.contains("IP-3.3"), "{listed}");
    let added = priya.types("/action add area:3 title:Plan ahead lead:CPEG target:May 2021").await;
    assert!(added.contains("Added: IP-3.4 Plan ahead"), "{added}");
    let refused = priya.types("/action edit action:IP-3.3 title:Other").await;
    assert!(refused.contains("IP-3.3 was withdrawn from the plan"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_added_is_refused_in_a_sentence() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let add = async |given: &str| priya.types(&format!("/action add {given}")).await;
    assert_snapshot!(add("area:9 title:Map lead:CPEG target:May 2021").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ There is no area "9". I know IP-1 (Reporting and structure), IP-2 (Working with communities), IP-3 (Challenge and scrutiny) or IP-4 (Partners taking ownership).
        │
        │ **What you wrote, to copy**
        │ Map
    "#);
    assert_snapshot!(add("area:2 title:Map lead:CPEGG target:May 2021").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ I know no lead called "CPEGG". If you mean CPEG, pick it and send it again.
        │
        │ **What you wrote, to copy**
        │ Map
    "#);
    assert_snapshot!(add("area:2 title:\u{200B} lead:CPEG target:May 2021").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ There was nothing to read in the title. Say in a line what is promised.
    ");
    let fiona = town.person(FIONA, "dig-flourishing");
    let line = "/action add area:2 title:Map the groups lead:CPEG target:May 2021";
    assert_snapshot!(fiona.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ You cannot change the plan, but CP Support, the chair of CPEG or the chair of CPWD can. Please ask them.
        │
        │ **What you wrote, to copy**
        │ Map the groups
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_changed_and_everybody_reads_before_and_after() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let line = "/action edit action:1.2 title:Awareness sessions for every partner lead:Safe DIG \
                theme:poverty, Wellbeing";
    assert_snapshot!(priya.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Changed: IP-1.2 Awareness sessions for every partner
        │ **Title** “Awareness sessions: community planning in practice” → “Awareness sessions for every partner”
        │ **Lead** CPEG → Safe DIG
        │ **Themes** none → Poverty and Wellbeing
        │ Everybody in #dig-safe sees one line about it.
        │ — The record keeps how it was before.
        [Update] [New date] [Complete] [History]
    ");
    assert_snapshot!(town.channel_with("dig-safe", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** title “Awareness sessions: community planning in practice” → “Awareness sessions for every partner” · lead CPEG → Safe DIG · themes none → Poverty and Wellbeing · changed by Priya Nair, CP Support
    ");
    assert_snapshot!(priya.types(line).await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-1.2 reads so already, so nothing was changed.
        │
        │ **What you wrote, to copy**
        │ Awareness sessions for every partner
    ");
    let cleared = priya.types("/action edit action:1.2 theme:none").await;
    assert!(cleared.contains("**Themes** Poverty and Wellbeing → none"), "{cleared}");
    // As it was read before.
    town.reach("2020-10-27 09:00").await;
    let list = priya.types("/action list area:1 as_of:26 October 2020").await;
    assert!(list.contains("Awareness sessions for every partner · Safe DIG"), "{list}");
    let list = priya.types("/action list area:1 as_of:25 October 2020").await;
    assert!(list.contains("community planning in practice · CPEG"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_changed_is_refused_in_a_sentence() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/action edit action:1.2").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Say what to change: `title`, `lead` or `theme`. The target is a date that was agreed: whoever leads the action asks for a new one, with a reason.
    ");
    assert_snapshot!(priya.types("/action edit action:1.1 title:Other").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-1.1 is complete and signed off, so it stays as it was agreed. If there is more to do, add a new action.
        │
        │ **What you wrote, to copy**
        │ Other
    ");
    assert_snapshot!(priya.types("/action edit action:1.2 theme:Dragons").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ There is no theme called "Dragons". The themes are Poverty, Wellbeing, Empowerment and Sustainability.
    "#);
    let fiona = town.person(FIONA, "dig-flourishing");
    assert_snapshot!(fiona.types("/action edit action:2.1 title:Other").await, @"
    [Mon 26 Oct 09:00] Convener (only to Fiona Campbell):
        │ You cannot change the plan, but CP Support, the chair of CPEG or the chair of CPWD can. Please ask them.
        │
        │ **What you wrote, to copy**
        │ Other
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
}
