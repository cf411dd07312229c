//! What is overdue on a day: asked by command and in words, the same.

use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::TOM;
use crate::town::Town;

/// The days that the printed plan makes overdue, and by how many days.
const OVERDUE: [(&str, &[(&str, u32)]); 10] = [
    ("20 October 2020", &[("IP-4.1", 20)]),
    ("19 November 2020", &[("IP-4.1", 50)]),
    ("30 November 2020", &[("IP-4.1", 61)]),
    ("1 December 2020", &[("IP-4.1", 62), ("IP-4.2", 1)]),
    ("1 January 2021", &[("IP-4.1", 93), ("IP-4.2", 32), ("IP-2.1", 1)]),
    (
        "1 March 2021",
        &[("IP-4.1", 152), ("IP-4.2", 91), ("IP-2.1", 60), ("IP-2.2", 1), ("IP-3.1", 1)],
    ),
    (
        "1 April 2021",
        &[
            ("IP-4.1", 183),
            ("IP-4.2", 122),
            ("IP-2.1", 91),
            ("IP-2.2", 32),
            ("IP-3.1", 32),
            ("IP-1.2", 1),
        ],
    ),
    (
        "1 July 2021",
        &[
            ("IP-4.1", 274),
            ("IP-4.2", 213),
            ("IP-2.1", 182),
            ("IP-2.2", 123),
            ("IP-3.1", 123),
            ("IP-1.2", 92),
            ("IP-1.3", 1),
        ],
    ),
    (
        "30 September 2021",
        &[
            ("IP-4.1", 365),
            ("IP-4.2", 304),
            ("IP-2.1", 273),
            ("IP-2.2", 214),
            ("IP-3.1", 214),
            ("IP-1.2", 183),
            ("IP-1.3", 92),
        ],
    ),
    (
        "1 October 2021",
        &[
            ("IP-4.1", 366),
            ("IP-4.2", 305),
            ("IP-2.1", 274),
            ("IP-2.2", 215),
            ("IP-3.1", 215),
            ("IP-1.2", 184),
            ("IP-1.3", 93),
            ("IP-1.4", 1),
        ],
    ),
];

/// The actions a list holds, each with its days, in the order of the list.
fn listed(answer: &str) -> Vec<(String, u32)> {
    let mut found = Vec::new();
    let mut last = None;
    for line in answer.lines() {
        if let Some(bold) = line.split("**").nth(1).filter(|bold| bold.starts_with("IP-")) {
            last = Some(bold.to_owned());
        }
        if let Some(days) = line.split("▲ ").nth(1).and_then(|rest| rest.split(' ').next()) {
            found.push((last.take().unwrap(), days.parse().unwrap()));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_printed_plan_is_overdue_on_exactly_these_days() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    for (day, expected) in OVERDUE {
        let expected: Vec<(String, u32)> =
            expected.iter().map(|(action, days)| ((*action).to_owned(), *days)).collect();
        let typed = tom.types(&format!("/overdue as_of:{day}")).await;
        assert_eq!(listed(&typed), expected, "typed, {day}:\n{typed}");
        assert!(typed.contains("No date, so never overdue: IP-3.2, IP-3.3"), "{typed}");
        let said = tom.says(&format!("@Convener which actions are overdue as of {day}?")).await;
        assert_eq!(listed(&said), expected, "said, {day}:\n{said}");
        assert!(said.contains("No date, so never overdue: IP-3.2, IP-3.3"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_due_on_its_last_day_and_overdue_from_the_next() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/overdue as_of:30 November 2020").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Overdue on Monday 30 November 2020
        │ 1 of 11 actions is overdue.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 61 days past September 2020 · ● on track · last update October 2020
        │ — Due that day, so not yet overdue: IP-4.2.
        │ — No date, so never overdue: IP-3.2, IP-3.3.
        │ — Left out: 1 signed off.
        [Share here]
    ");
    assert_snapshot!(tom.types("/overdue as_of:1 December 2020").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Overdue on Tuesday 1 December 2020
        │ 2 of 11 actions are overdue, longest first.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 62 days past September 2020 · ● on track · last update October 2020
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▲ 1 day past November 2020 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2, IP-3.3.
        │ — Left out: 1 signed off.
        [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_narrowed_by_body_lead_and_area() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/overdue body:Safe DIG as_of:1/1/21").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Overdue on Friday 1 January 2021
        │ 2 of 2 actions that Safe DIG answers for are overdue, longest first.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 93 days past September 2020 · ● on track · last update October 2020
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ ▲ 1 day past December 2020 · ● on track · last update October 2020
        [Share here]
    ");
    assert_snapshot!(tom.types("/overdue lead:CPWD Chair as_of:1/1/21").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Overdue on Friday 1 January 2021
        │ 1 of 2 actions led by CPWD is overdue.
        │
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▲ 32 days past November 2020 · ● on track · last update October 2020
        │ — Left out: 1 signed off.
        [Share here]
    ");
    assert_snapshot!(tom.types("/overdue area:3 as_of:2021-03-01").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Overdue on Monday 1 March 2021
        │ 1 of 3 actions in area 3 is overdue.
        │
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ ▲ 1 day past February 2021 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2, IP-3.3.
        [Share here]
    ");
    assert_snapshot!(tom.types("/overdue theme:Poverty").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Overdue on Monday 26 October 2020
        │ There are no actions with the theme Poverty.
        [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_views_list_what_else_needs_attention() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/overdue view:due before the next meeting as_of:20 November 2020").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Due before the next meeting, as at Friday 20 November 2020
        │ 1 of 11 actions is due before the next CPEG (Thursday 10 December 2020).
        │
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ ▶ due November 2020 · ● on track · last update October 2020
        │ — Left out: 1 signed off.
        [Share here]
    ");
    assert_snapshot!(tom.types("/overdue view:no lead or no date").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ No lead or no date, as at Monday 26 October 2020
        │ 3 of 11 actions lack a lead or a date.
        │
        │ **IP-3.1** Build CPWD agendas around themes · no lead
        │ due February 2021 · ● on track · last update October 2020
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        │ **IP-3.3** Review membership and steady attendance by agencies · no lead
        │ no date · ○ not started · last update October 2020
        │ — Left out: 1 signed off.
        [Share here]
    ");
    assert_snapshot!(tom.types("/overdue view:awaiting a decision").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ Awaiting a decision, as at Monday 26 October 2020
        │ None of 11 actions awaits a decision.
        │ — Left out: 1 signed off.
        [Share here]
    ");
    assert_snapshot!(tom.types("/overdue view:no update since the last meeting body:CPEG").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ No update since the last meeting, as at Monday 26 October 2020
        │ 4 of 4 actions that CPEG answers for lack an update since the last meeting.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ due March 2021 · ● on track · last update October 2020
        │ **IP-1.4** Hold engagement sessions that shape future plans · CPEG
        │ due June – September 2021 · ○ not started · no update yet
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_list_is_shared_by_a_button() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/overdue body:CPEG").await;
    assert_eq!(town.sandbox().read("cpeg").len(), 0, "the list is private at first");
    morag.presses("Share here").await;
    assert_snapshot!(town.channel_with("cpeg", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ Overdue on Monday 26 October 2020
        │ 1 of 4 actions that CPEG answers for is overdue.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 26 days past September 2020 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_listed_is_refused_in_a_sentence() {
    let town = Town::open().await;
    let tom = town.person(TOM, "general");
    assert_snapshot!(tom.types("/overdue as_of:someday").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ No date was found in “someday”. Write one day such as 19 November 2020 or 19/11/2020.
    ");
    assert_snapshot!(tom.types("/overdue as_of:1 January 2019").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ The record begins on 1 October 2020, so I cannot say how things stood on 1 January 2019. Ask for a later day.
    ");
    assert_snapshot!(tom.types("/overdue body:Narnia").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ I know no body called "Narnia". I know CPWD, CPEG, CP Support, Flourishing DIG, Independent DIG, Nurtured DIG, Empowered DIG or Safe DIG.
    "#);
    assert_snapshot!(tom.types("/overdue area:9").await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ The plan has no area 9. Its areas are numbered 1 to 4.
    ");
    assert_snapshot!(tom.types("/overdue theme:Dragons").await, @r#"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ There is no theme called "Dragons". The themes are Poverty, Wellbeing, Empowerment and Sustainability.
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_gone_by_is_seen_as_it_stood_then() {
    let town = Town::open().await;
    let fiona = town.person(FIONA, "dig-flourishing");
    town.reach("2020-10-28 12:00").await;
    fiona.types("/update action:4.1 text:All shared status:complete").await;
    town.reach("2020-11-02 09:00").await;
    assert_snapshot!(fiona.types("/overdue").await, @"
    [Mon 2 Nov 09:00] Convener (only to Fiona Campbell):
        │ Overdue on Monday 2 November 2020
        │ None of 11 actions is overdue.
        │ — No date, so never overdue: IP-3.2, IP-3.3.
        │ — Left out: 1 signed off, 1 awaiting sign-off.
        [Share here]
    ");
    assert_snapshot!(fiona.types("/overdue as_of:27 October 2020").await, @"
    [Mon 2 Nov 09:00] Convener (only to Fiona Campbell):
        │ Overdue on Tuesday 27 October 2020
        │ 1 of 11 actions is overdue.
        │
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 27 days past September 2020 · ● on track · last update October 2020
        │ — No date, so never overdue: IP-3.2, IP-3.3.
        │ — Left out: 1 signed off.
        [Share here]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_does_not_say_that_it_left_out_what_it_shows() {
    let town = Town::open().await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/update action:1.2 text:All sessions held status:complete").await;
    assert_snapshot!(morag.types("/overdue view:awaiting a decision").await, @"
    [Mon 26 Oct 09:00] Convener (only to Morag Sinclair):
        │ Awaiting a decision, as at Monday 26 October 2020
        │ 1 of 11 actions awaits a decision.
        │
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ ✔ complete, awaiting sign-off · last update 26 October 2020
        │ — Left out: 1 signed off.
        [Sign off IP-1.2] [Return IP-1.2] [Share here]
    ");
}
