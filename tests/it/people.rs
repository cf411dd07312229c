//! Who holds bodies, and who is told: links, deputies, handovers, vacancies and printed leads.

use convener::sandbox::Fault;
use convener::sandbox::Form;
use convener::sandbox::Outcome;
use insta::assert_snapshot;

use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Person;
use crate::town::TOM;
use crate::town::Town;
use crate::town::lines_of;

async fn logs(who: &Person<'_>, reference: &str) -> String {
    who.types(&format!("/update action:{reference} text:Venue booked")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_says_who_holds_each_body() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/lead list").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Who holds what, as at Monday 26 October 2020
        │ 8 bodies: 8 held, none vacant.
        │
        │ **Held**
        │ **CPWD** · leads 1 open action
        │ through the role CPWD Chair
        │ **CPEG** · leads 4 open actions
        │ through the role CPEG Chair
        │ **CP Support** · leads 2 open actions
        │ through the role CP Support
        │ **Flourishing DIG** · leads 2 open actions
        │ through the role Flourishing DIG Chair
        │ **Independent DIG** · leads 2 open actions
        │ through the role Independent DIG Chair
        │ **Nurtured DIG** · leads 2 open actions
        │ through the role Nurtured DIG Chair
        │ **Empowered DIG** · leads 2 open actions
        │ through the role Empowered DIG Chair
        │ **Safe DIG** · leads 2 open actions
        │ through the role Safe DIG Chair
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_linked_by_name_speaks_for_the_body_and_a_deputy_too() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let tom = town.person(TOM, "general");
    assert!(logs(&tom, "1.2").await.contains("You cannot log progress on IP-1.2"));
    let linked = priya.types("/lead link body:CPEG person:Tom Walker as:deputy").await;
    assert_snapshot!(linked, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Linked: CPEG
        │ Tom Walker deputises for CPEG from now on.
        │ Whoever has the role CPEG Chair speaks for it, too.
        │ Everybody in #cpeg sees one line about it.
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **CPEG**: Tom Walker is a deputy from now on · Priya Nair, CP Support
    ");
    assert!(logs(&tom, "1.2").await.contains("Logged: IP-1.2"));
    assert_snapshot!(town.channel_with("cpeg", 2).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **CPEG**: Tom Walker is a deputy from now on · Priya Nair, CP Support
    [Mon 26 Oct 09:00] Convener:
        │ **IP-1.2** Awareness sessions: community planning in practice: Venue booked · Tom Walker, CPEG
    ");
    // Their own actions are offered first, as for those who have the role.
    let offered = tom.is_offered("/update action:").await;
    let refs: Vec<String> = offered.into_iter().map(|(_, value)| value).collect();
    assert_eq!(refs[..5], ["IP-4.1", "IP-1.2", "IP-1.4", "IP-3.2", "IP-1.3"]);
    // Twice is once.
    assert_snapshot!(priya.types("/lead link body:CPEG person:Tom Walker as:deputy").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Tom Walker deputises for CPEG already, so nothing was changed.
    ");
    assert_eq!(town.sandbox().read("cpeg").len(), 2);
    let list = priya.types("/lead list body:CPEG").await;
    assert_snapshot!(list, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Who holds what, as at Monday 26 October 2020
        │ 1 body: 1 held, none vacant.
        │
        │ **Held**
        │ **CPEG** · leads 4 open actions
        │ through the role CPEG Chair; deputy Tom Walker since 26 October 2020
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handover_takes_the_body_from_one_and_gives_it_to_another() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let (morag, tom) = (town.person(MORAG, "cpeg"), town.person(TOM, "general"));
    priya.types("/lead link body:CPEG person:Fiona Campbell as:deputy").await;
    town.channel_with("cpeg", 1).await;
    town.reach("2020-11-03 10:00").await;
    let handed = priya.types("/lead handover body:CPEG to:Tom Walker from:Morag Sinclair").await;
    assert_snapshot!(handed, @"
    [Tue 3 Nov 10:00] Convener (only to Priya Nair):
        │ Handed over: CPEG
        │ Tom Walker holds CPEG from now on.
        │ No longer holding it: Morag Sinclair.
        │ If they still have the role CPEG Chair, a server admin should take it off them; it no longer counts for them here.
        │ Deputising, as before: Fiona Campbell.
        │ Everybody in #cpeg sees one line about it.
    ");
    assert_snapshot!(town.channel_with("cpeg", 2).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **CPEG**: Fiona Campbell is a deputy from now on · Priya Nair, CP Support
    [Tue 3 Nov 10:00] Convener:
        │ **CPEG**: handed over to Tom Walker; before, Morag Sinclair · Priya Nair, CP Support
    ");
    assert_snapshot!(logs(&morag, "1.2").await, @"
    [Tue 3 Nov 10:00] Convener (only to Morag Sinclair):
        │ You cannot log progress on IP-1.2, but the chair of CPEG or CP Support can. Ask them, or tell them what you know. Your role CPEG Chair no longer counts, because CPEG was handed over or is vacant. If that is wrong, tell CP Support.
        │
        │ **What you wrote, to copy**
        │ Venue booked
    ");
    assert_snapshot!(morag.types("/update action:1.2").await, @"
    [Tue 3 Nov 10:00] Convener (only to Morag Sinclair):
        │ You cannot log progress on IP-1.2, but the chair of CPEG or CP Support can. Ask them, or tell them what you know. Your role CPEG Chair no longer counts, because CPEG was handed over or is vacant. If that is wrong, tell CP Support.
    ");
    assert!(logs(&tom, "1.2").await.contains("Logged: IP-1.2"));
    // What is not CPEG's is not theirs.
    assert!(logs(&town.person(FIONA, "cpeg"), "1.2").await.contains("Logged: IP-1.2"));
    let again = priya.types("/lead handover body:CPEG to:Tom Walker from:Morag Sinclair").await;
    assert_snapshot!(again, @"
    [Tue 3 Nov 10:00] Convener (only to Priya Nair):
        │ Tom Walker holds CPEG already, so nothing was changed.
    ");
    assert_snapshot!(priya.types("/lead list body:CPEG").await, @"
    [Tue 3 Nov 10:00] Convener (only to Priya Nair):
        │ Who holds what, as at Tuesday 3 November 2020
        │ 1 body: 1 held, none vacant.
        │
        │ **Held**
        │ **CPEG** · leads 4 open actions
        │ through the role CPEG Chair; Tom Walker since 3 November 2020; deputy Fiona Campbell since 26 October 2020
    ");
    assert_snapshot!(priya.types("/lead list body:CPEG as_of:2 November 2020").await, @"
    [Tue 3 Nov 10:00] Convener (only to Priya Nair):
        │ Who holds what, as at Monday 2 November 2020
        │ 1 body: 1 held, none vacant.
        │
        │ **Held**
        │ **CPEG** · leads 4 open actions
        │ through the role CPEG Chair; deputy Fiona Campbell since 26 October 2020
        │ — Roles are shown as they are today; what was linked by name is shown as it was then.
    ");
    // Given back by name, it is held again.
    priya.types("/lead handover body:CPEG to:Morag Sinclair").await;
    assert!(logs(&morag, "1.2").await.contains("Logged: IP-1.2"));
    assert!(logs(&tom, "1.2").await.contains("You cannot log progress"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handover_from_nobody_in_particular_says_who_still_holds_it() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/lead handover body:CPEG to:Tom Walker").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Handed over: CPEG
        │ Tom Walker holds CPEG from now on.
        │ Whoever else has the role CPEG Chair still speaks for it. To end that, use this command again with `from`, or ask a server admin to take the role off them.
        │ Everybody in #cpeg sees one line about it.
    ");
    let morag = town.person(MORAG, "cpeg");
    assert!(logs(&morag, "1.2").await.contains("Logged: IP-1.2"));
    assert_snapshot!(priya.types("/lead handover body:CPEG to:Tom Walker from:Tom Walker").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Tom Walker would hand over to themselves. Give somebody else in `to` or in `from`.
    ");
    assert_snapshot!(priya.types("/lead link body:DIGs person:Tom Walker").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ "DIGs" is Flourishing DIG, Independent DIG, Nurtured DIG, Empowered DIG and Safe DIG. Give one of them.
    "#);
    assert_snapshot!(priya.types("/lead link body:CPEG person:Convener").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Convener is an app, not a person. Pick somebody who works for the partnership.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vacancy_is_told_wherever_the_body_would_answer() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let morag = town.person(MORAG, "cpeg");
    assert_snapshot!(priya.types("/lead vacant body:CPEG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Vacant: CPEG
        │ Nobody holds CPEG from now on. It leads 4 open actions, and lists and digests say that it is vacant until somebody holds it.
        │ A server admin should take the role CPEG Chair off whoever still has it; it does not count while CPEG is vacant.
        │ If somebody stands in, use `/lead link` with `as: deputy`.
        │ Everybody in #cpeg sees one line about it.
    ");
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **CPEG** is vacant from now on · Priya Nair, CP Support
    ");
    assert_snapshot!(logs(&morag, "1.2").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ You cannot log progress on IP-1.2, but CP Support can. Ask them, or tell them what you know. Your role CPEG Chair no longer counts, because CPEG was handed over or is vacant. If that is wrong, tell CP Support.
        │
        │ **What you wrote, to copy**
        │ Venue booked
    ");
    assert_snapshot!(priya.types("/lead vacant body:CPEG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ CPEG is vacant already, so nothing was changed. `/lead handover` gives it to somebody.
    ");
    assert_snapshot!(priya.types("/action show action:1.2").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-1.2 Awareness sessions: community planning in practice
        │ **Lead** CPEG (vacant)
        │ **Target** March 2021 · overdue from 1 April 2021
        │ **Status** ● on track
        │ **Area** 1 Reporting and structure
        │ **BRAG** Green: not yet due
        │
        │ **Last update**
        │ CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ In the printed plan, October 2020
        [Update] [New date] [Complete] [History] [Share here]
    ");
    assert_snapshot!(priya.types("/overdue view:no lead or no date").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ No lead or no date, as at Monday 26 October 2020
        │ 5 of 11 actions lack a lead or a date.
        │
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ due March 2021 · ● on track · last update October 2020 · its lead, CPEG, is vacant
        │ **IP-1.4** Hold engagement sessions that shape future plans · CPEG
        │ due June – September 2021 · ○ not started · no update yet · its lead, CPEG, is vacant
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020 · its lead, CPEG, is vacant
        │ **IP-3.3** Review membership and steady attendance by agencies · no lead
        │ no date · ○ not started · last update October 2020
        │ — Left out: 1 signed off.
        [Share here]
    ");
    assert_snapshot!(priya.types("/digest preview body:CPWD").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair): Preview. On Thursday 12 November 2020 at the papers deadline this goes to #cpwd-board, with the position then.
        │ CPWD board digest: meeting on Thursday 19 November 2020
        │ 11 actions: 1 complete · 1 overdue · 7 not yet due · 2 without a date
        │ This is the first digest, so there is nothing to compare with yet.
        │
        │ **Members are asked to**
        │ **Agree** who leads, and by when: IP-3.1, IP-3.2 and IP-3.3 have no lead or no date
        │ **Agree** who is to hold CPEG, which is vacant and leads IP-1.2, IP-1.4 and IP-3.2
        │ **Note** that 1 of 11 actions is complete
        │ **Note** that IP-4.1 is overdue
        │
        │ **Brought to this meeting**
        │ Nothing is brought to it.
        │
        │ **By area**
        │ **1 Reporting and structure** 4 actions: 1 complete · 0 overdue · 3 not yet due
        │ **2 Working with communities** 2 actions: 0 complete · 0 overdue · 2 not yet due
        │ **3 Challenge and scrutiny** 3 actions: 0 complete · 0 overdue · 1 not yet due · 2 without a date
        │ **4 Partners taking ownership** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │
        │ **By DIG**
        │ **Flourishing DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Independent DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Nurtured DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Empowered DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │ **Safe DIG** 2 actions: 0 complete · 1 overdue · 1 not yet due
        │
        │ **By theme**
        │ No action has a theme.
        │
        │ **Target moved more than once**
        │ No target has.
        │
        │ **Overdue at the last board, too**
        │ Nothing to compare with yet.
        │
        │ **Completed since the last board**
        │ Nothing to compare with yet.
        │
        │ **Case studies**
        │ None offered.
        │
        │ **Overdue, longest first**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │
        │ **No lead or no date**
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ due March 2021 · ● on track · last update October 2020 · its lead, CPEG, is vacant
        │ **IP-1.4** Hold engagement sessions that shape future plans · CPEG
        │ due June – September 2021 · ○ not started · no update yet · its lead, CPEG, is vacant
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020 · its lead, CPEG, is vacant
        │ **IP-3.3** Review membership and steady attendance by agencies · no lead
        │ no date · ○ not started · last update October 2020
        │ — Position at 09:00 on Monday 26 October 2020. For any line in full: /action show.
        📎 CPWD-2020-11-19-paper.docx
        📎 IP-2020-10-26.csv
        📎 IP-2020-10-26.png
    ");
    let executive = priya.types("/digest preview body:CPEG").await;
    assert!(executive.contains("its lead, CPEG, is vacant"), "{executive}");
    let (_, files) = priya.gets("/plan paper body:CPWD").await;
    let lines = lines_of(&files[0]);
    let told: Vec<&str> =
        lines.iter().filter(|line| line.contains("vacant")).map(String::as_str).collect();
    assert_snapshot!(told.join("\n"), @"
    Agree who is to hold CPEG, which is vacant and leads 1.2, 1.4 and 3.2
    1.2 Awareness sessions: community planning in practice: March 2021; on track; its lead, CPEG, is vacant
    1.4 Hold engagement sessions that shape future plans: June – September 2021; not started; its lead, CPEG, is vacant
    3.2 Show CPWD the direction of travel with performance figures: no date; on track; its lead, CPEG, is vacant
    5.1 The actions still to be done are led by CPEG (3), CP Support (2), Delivery Improvement Groups (DIGs) (1), DIG chairs / CPEG (1) and CPWD Chair (1); two have no lead. CPEG is vacant and leads 1.2, 1.4 and 3.2.
    ");
    assert_snapshot!(priya.types("/lead list").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Who holds what, as at Monday 26 October 2020
        │ 8 bodies: 7 held, 1 vacant.
        │
        │ **Vacant**
        │ **CPEG** · leads 4 open actions
        │ vacant since 26 October 2020
        │
        │ **Held**
        │ **CPWD** · leads 1 open action
        │ through the role CPWD Chair
        │ **CP Support** · leads 2 open actions
        │ through the role CP Support
        │ **Flourishing DIG** · leads 2 open actions
        │ through the role Flourishing DIG Chair
        │ **Independent DIG** · leads 2 open actions
        │ through the role Independent DIG Chair
        │ **Nurtured DIG** · leads 2 open actions
        │ through the role Nurtured DIG Chair
        │ **Empowered DIG** · leads 2 open actions
        │ through the role Empowered DIG Chair
        │ **Safe DIG** · leads 2 open actions
        │ through the role Safe DIG Chair
    ");
    town.reach("2020-11-03 10:00").await;
    priya.types("/lead link body:CPEG person:Tom Walker as:deputy").await;
    assert!(logs(&town.person(TOM, "general"), "1.2").await.contains("Logged: IP-1.2"));
    assert_snapshot!(priya.types("/lead list body:CPEG").await, @"
    [Tue 3 Nov 10:00] Convener (only to Priya Nair):
        │ Who holds what, as at Tuesday 3 November 2020
        │ 1 body: none held, 1 vacant.
        │
        │ **Vacant**
        │ **CPEG** · leads 4 open actions
        │ vacant since 26 October 2020; deputy Tom Walker since 3 November 2020
    ");
    priya.types("/lead handover body:CPEG to:Fiona Campbell").await;
    let shown = priya.types("/action show action:1.2").await;
    assert!(shown.contains("**Lead** CPEG\n"), "{shown}");
    let blank = priya.types("/overdue view:no lead or no date").await;
    assert!(!blank.contains("is vacant"), "{blank}");
    let then = priya.types("/overdue view:no lead or no date as_of:2 November 2020").await;
    assert!(then.contains("its lead, CPEG, is vacant"), "{then}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_keep_the_plan_say_who_holds_what() {
    let town = Town::open().await;
    for (who, channel) in [(TOM, "general"), (FIONA, "dig-flourishing"), ("Graeme Ross", "general")]
    {
        let who = town.person(who, channel);
        for line in [
            "/lead link body:CPEG person:Tom Walker",
            "/lead handover body:CPEG to:Tom Walker",
            "/lead vacant body:CPEG",
            "/lead link-label label:CPEG body:CPWD",
        ] {
            let refused = who.types(line).await;
            let sentence = "You cannot change the plan, but CP Support, the chair of CPEG or";
            assert!(refused.contains(sentence), "{line}: {refused}");
        }
    }
    assert_eq!(town.sandbox().read("cpeg").len(), 0);
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    assert!(alasdair.types("/lead vacant body:CPEG").await.contains("Vacant: CPEG"));
    town.channel_with("cpeg", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_direct_message_roles_are_asked_for_and_what_is_held_by_name_is_known() {
    let town = Town::open().await;
    let (morag, tom) = (town.person(MORAG, "@Convener"), town.person(TOM, "@Convener"));
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/lead link body:CPEG person:Tom Walker").await;
    // There Discord offers no commands of a server, but the buttons of an answer.
    let shown = tom.says("status of 1.2").await;
    assert!(shown.contains("[Update]"), "{shown}");
    let opened = form(&town, TOM).await;
    let logged = tom.sends(&opened, &[("text", "Venue booked")]).await;
    assert!(logged.contains("Logged: IP-1.2"), "{logged}");
    town.channel_with("cpeg", 2).await;
    // Whoever holds it through its role alone is known there, too, unless the chat does not tell.
    let shown = morag.says("status of 1.2").await;
    assert!(shown.contains("[Update]"), "{shown}");
    let unseen = "In a direct message I cannot see which roles you hold.";
    let opened = form(&town, MORAG).await;
    let on = "GET /guilds/*/members/*".into();
    town.sandbox().fault(Fault::Refuse { on, status: 403, times: usize::MAX });
    let refused = morag.sends(&opened, &[("text", "And the caterers")]).await;
    assert!(refused.contains(unseen), "{refused}");
    town.sandbox().mend();
    // A button stays where it was when what it asks is over.
    let opened = form(&town, TOM).await;
    priya.types("/lead handover body:CPEG to:Fiona Campbell from:Tom Walker").await;
    let not_theirs = "You cannot log progress on IP-1.2";
    let refused = tom.sends(&opened, &[("text", "And the caterers")]).await;
    assert!(refused.contains(not_theirs), "{refused}");
    let refused = tom.presses("Update").await;
    assert!(refused.contains(not_theirs), "{refused}");
}

/// The form that somebody's newest button opens in their direct messages.
async fn form(town: &Town, who: &str) -> Form {
    match town.sandbox().press(who, "@Convener", "Update").await.unwrap() {
        Outcome::Form(form) => form,
        other => panic!("{other:?}"),
    }
}

/// The printed plan with leads that are no body, two of them one in another spelling.
fn with_labels() -> String {
    let plan = include_str!("../../config/cpwd-plan.csv");
    let new = "Improvement Area 4,4.3,Write down who does what,the schools,June 2021,in progress,\n\
               Improvement Area 4,4.4,Agree it with families,The Schools.,June 2021,in progress,\n\
               Improvement Area 4,4.5,Publish it,Shools,June 2021,in progress,";
    format!("{}\n{new}\n", plan.trim_end())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_lead_that_is_no_body_can_be_told_which_it_means() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    priya.gives("/plan import", "file", "plan.csv", with_labels().as_bytes()).await;
    let applied = priya.presses("Apply").await;
    assert!(applied.contains("3 added"), "{applied}");
    let list = priya.types("/lead list").await;
    let (_, labels) = list.split_once("**Printed leads").unwrap();
    assert_snapshot!(labels, @"
    that are no body I know**
       │ “the schools” · IP-4.3. Also printed as “The Schools.” in IP-4.4
       │ “Shools” · IP-4.5
    ");
    let blank = priya.types("/overdue view:no lead or no date").await;
    assert!(blank.contains("its lead, the schools, is not a body I know"), "{blank}");
    let offered = priya.is_offered("/lead link-label label:sch").await;
    assert_eq!(offered, [("the schools".to_owned(), "the schools".to_owned())]);

    let sheila = town.person("Sheila Burns", "dig-safe");
    assert!(logs(&sheila, "4.4").await.contains("You cannot log progress on IP-4.4"));
    let understood = priya.types("/lead link-label label:The schools body:Safe DIG").await;
    assert_snapshot!(understood, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Understood: “the schools”
        │ “the schools” means Safe DIG from now on: IP-4.3, IP-4.4.
        │ Also printed as “The Schools.”, which is taken for the same.
        │ I read it so in plans and questions, too. The plan's own words stay as they are.
        │ Nearly the same, and not understood yet: “Shools”.
        │ Everybody in #dig-safe sees one line about it.
        [Link “Shools”, too]
    ");
    assert_snapshot!(town.channel_with("dig-safe", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **Safe DIG** leads IP-4.3, IP-4.4, where the plan prints “the schools” · Priya Nair, CP Support
    ");
    assert!(logs(&sheila, "4.4").await.contains("Logged: IP-4.4"));
    assert_snapshot!(priya.types("/action show action:4.3").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ IP-4.3 Write down who does what
        │ **Lead** the schools (Safe DIG)
        │ **Target** June 2021 · overdue from 1 July 2021
        │ **Status** ● on track
        │ **Area** 4 Partners taking ownership
        │ **BRAG** Green: not yet due
        │
        │ **Last update**
        │ Nobody has logged an update yet.
        [Update] [New date] [Complete] [History] [Share here]
    ");
    // The slip is one press away.
    assert!(logs(&sheila, "4.5").await.contains("You cannot log progress on IP-4.5"));
    assert_snapshot!(priya.presses("Link “Shools”, too").await, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Understood: “Shools”
        │ “Shools” means Safe DIG from now on: IP-4.5.
        │ I read it so in plans and questions, too. The plan's own words stay as they are.
        │ Everybody in #dig-safe sees one line about it.
    ");
    assert!(logs(&sheila, "4.5").await.contains("Logged: IP-4.5"));
    assert_snapshot!(priya.presses("Link “Shools”, too").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ "Shools" means Safe DIG already, so nothing was changed.
    "#);
    let list = priya.types("/lead list").await;
    assert!(!list.contains("Printed leads"), "{list}");
    // A plan printed anew is read so, and a question, too.
    let again = priya.gives("/plan import", "file", "plan.csv", with_labels().as_bytes()).await;
    assert!(!again.contains("with another lead"), "{again}");
    assert!(priya.types("/overdue lead:the schools").await.contains("led by Safe DIG"));
    // A slip of the officer's is put right in the same way.
    let moved = priya.types("/lead link-label label:the schools body:Nurtured DIG").await;
    assert!(moved.contains("means Nurtured DIG from now on: IP-4.3, IP-4.4"), "{moved}");
    assert!(logs(&sheila, "4.4").await.contains("You cannot log progress on IP-4.4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_that_cannot_be_linked_is_refused_with_a_sentence() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    assert_snapshot!(priya.types("/lead link-label label:the moon body:CPEG").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ No open action has a lead printed as "the moon". Pick one from the list that appears as you type; `/lead list` shows them, too.
    "#);
    assert_snapshot!(priya.types("/lead link-label label:CPEG body:CPWD").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ "CPEG" is the name of a body, so it cannot mean another. To change who leads one action, edit that action.
    "#);
    assert_snapshot!(priya.types("/lead link-label label:DIG chairs body:DIGs").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ "DIG chairs" means the DIGs already, so nothing was changed.
    "#);
    assert_snapshot!(priya.types("/lead vacant body:the moon").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ I know no body called "the moon". I know CPWD, CPEG, CP Support, Flourishing DIG, Independent DIG, Nurtured DIG, Empowered DIG or Safe DIG.
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_of_who_holds_a_body_survives_a_restart() {
    let mut town = Town::open().await;
    town.person(PRIYA, "cp-support").types("/lead link body:CPEG person:Tom Walker").await;
    town.person(PRIYA, "cp-support").types("/lead vacant body:CPWD").await;
    town.stop_bot().await;
    town.start_bot().await;
    let logged = logs(&town.person(TOM, "general"), "1.2").await;
    assert!(logged.contains("Logged: IP-1.2"), "{logged}");
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    let refused = logs(&alasdair, "4.2").await;
    assert!(refused.contains("Your role CPWD Chair no longer counts"), "{refused}");
}
