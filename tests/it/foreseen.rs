//! What `/digest schedule` lists comes true: that, at that minute, to them, and nothing else.

use std::collections::BTreeSet;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;
use chrono::TimeDelta;
use chrono::Utc;
use chrono_tz::Europe::London;
use convener::sandbox::Message;
use convener::sandbox::Snowflake;
use insta::assert_snapshot;

use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

const CHANNELS: [&str; 9] = [
    "general",
    "cpwd-board",
    "cpeg",
    "cp-support",
    "dig-flourishing",
    "dig-independent",
    "dig-nurtured",
    "dig-empowered",
    "dig-safe",
];

const PEOPLE: [&str; 10] = [
    MORAG,
    ALASDAIR,
    PRIYA,
    FIONA,
    TOM,
    "Iain Docherty",
    "Nadia Hussain",
    "Euan McKay",
    "Sheila Burns",
    "Graeme Ross",
];

/// For so many days ahead it is told.
const DAYS: i64 = 60;

/// Something said to one recipient: when on the wall clock, what, and to `@Somebody` or in `#channel`.
type Said = (NaiveDateTime, String, String);

/// What the list says, told apart by whether it comes for certain.
#[derive(Debug, Default)]
struct Listed {
    certain: BTreeSet<Said>,
    possible: BTreeSet<Said>,
}

/// All pages of the list as somebody reads them.
async fn pages(town: &Town) -> String {
    let tom = town.person(TOM, "general");
    let mut page = tom.types("/digest schedule").await;
    let mut all = page.clone();
    while page.contains("Later ›") {
        page = tom.presses("Later ›").await;
        all.push_str(&page);
    }
    all
}

/// The list read back, line by line, as a person would.
fn read(list: &str, now: NaiveDateTime) -> Listed {
    let mut listed = Listed::default();
    let lines: Vec<&str> =
        list.lines().map(|line| line.trim_start().trim_start_matches("│ ")).collect();
    for pair in lines.windows(2) {
        let (Some(what), Some(to)) = (pair[0].strip_prefix("**"), pair[1].strip_prefix("→ "))
        else {
            continue;
        };
        let (at, what) = what.split_once("** ").unwrap();
        let at = moment(at, now);
        let what = what.split(" · ").next().unwrap().to_owned();
        let is_possible = to.contains(", if anything") || to.contains(", if any is");
        let into = if is_possible { &mut listed.possible } else { &mut listed.certain };
        into.extend(recipients(to).into_iter().map(|to| (at, what.clone(), to)));
    }
    listed
}

/// `Thu 29 October, 09:00`, in the year in which that is still to come.
fn moment(words: &str, now: NaiveDateTime) -> NaiveDateTime {
    let (day, time) = words.split_once(", ").unwrap();
    let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
    let years = ["2020", "2021"].into_iter();
    let days = years
        .filter_map(|year| NaiveDate::parse_from_str(&format!("{day} {year}"), "%a %d %B %Y").ok());
    let mut moments = days.map(|day| day.and_time(time));
    moments.find(|at| *at >= now).unwrap_or_else(|| panic!("{words} is not to come"))
}

/// Whom a line names: `privately, if …: Morag Sinclair and Tom Walker; in #cpeg and #dig-safe`.
fn recipients(to: &str) -> Vec<String> {
    let mut recipients = Vec::new();
    for part in to.split("; ").filter(|part| !part.starts_with("not asked: ")) {
        if let Some((_, names)) = part.split_once(": ").filter(|_| part.starts_with("privately")) {
            let names = names.split(", ").flat_map(|names| names.split(" and "));
            recipients.extend(names.map(|name| format!("@{name}")));
            continue;
        }
        assert!(!part.contains("more"), "{to}");
        let named = part.split([' ', ',']).filter(|word| word.starts_with('#'));
        recipients.extend(named.map(str::to_owned));
        assert!(part.contains('#') || part.starts_with("nobody"), "{to}");
    }
    recipients
}

/// Everything in a town that everybody in a channel, or one person privately, was told.
fn told(town: &Town) -> Vec<(String, Message)> {
    let channels = CHANNELS.iter().map(|channel| (format!("#{channel}"), (*channel).to_owned()));
    let people = PEOPLE.iter().map(|person| (format!("@{person}"), format!("@{person}")));
    let of = |(to, place): (String, String)| {
        let messages = town.sandbox().read(&place).into_iter();
        messages.map(move |message| (to.clone(), message))
    };
    channels.chain(people).flat_map(of).collect()
}

/// What a message is, in the words of the list.
fn what(town: &Town, message: &Message) -> String {
    let text = town.sandbox().text(message);
    let kinds = [
        ("│ Since the digest for ", "What changed since the digest"),
        ("│ Last request: ", "Second request for updates"),
        ("a word from you before", "First request for updates"),
        ("│ Delivery report: ", "Delivery report and draft paper"),
        (" digest: meeting on ", "Digest"),
        ("│ Decisions to record: ", "Decisions still to record"),
        ("│ Something in this server needs", "Check of channels and permissions"),
        ("│ A reminder from ", "What waits until people are at work"),
    ];
    let kind = kinds.iter().find(|(words, _)| text.contains(words));
    kind.unwrap_or_else(|| panic!("the list has no word for this:\n{text}")).1.to_owned()
}

fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&London).naive_local()
}

/// Takes the list, lets its days pass while nobody speaks, and compares. Gives the list.
async fn comes_true(town: &Town) -> String {
    let known: BTreeSet<Snowflake> = told(town).iter().map(|(_, message)| message.id).collect();
    let now = *town.sandbox().clock().borrow();
    let list = pages(town).await;
    let listed = read(&list, local(now));
    town.sandbox().travel_to(now + TimeDelta::days(DAYS)).await.unwrap();
    let told = told(town);
    let new = told.iter().filter(|(_, message)| !known.contains(&message.id));
    let said: Vec<Said> =
        new.map(|(to, message)| (local(message.at), what(town, message), to.clone())).collect();
    let once: BTreeSet<Said> = said.iter().cloned().collect();
    assert_eq!(once.len(), said.len(), "something was said twice: {said:#?}");
    let missing: Vec<_> = listed.certain.difference(&once).collect();
    assert!(missing.is_empty(), "listed and never said: {missing:#?}\n{list}");
    let any: BTreeSet<Said> = listed.certain.union(&listed.possible).cloned().collect();
    let unlisted: Vec<_> = once.difference(&any).collect();
    assert!(unlisted.is_empty(), "said and never listed: {unlisted:#?}\n{list}");
    // There would be nothing to hold it to, otherwise.
    let kinds: BTreeSet<&str> = said.iter().map(|(_, what, _)| &**what).collect();
    for kind in ["Digest", "Delivery report and draft paper", "Second request for updates"] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
    list
}

/// A town in which some have been seen with their roles, one is linked by name, and one body is vacant.
async fn peopled(time: &str) -> Town {
    let town = Town::at(time).await;
    let priya = town.person(PRIYA, "cp-support");
    for (name, channel) in [(MORAG, "cpeg"), (FIONA, "dig-flourishing"), (ALASDAIR, "cpwd-board")] {
        town.person(name, channel).types("/mine").await;
    }
    assert!(priya.types("/lead link body:SAF person:Tom Walker").await.contains("Tom Walker"));
    assert!(priya.types("/lead vacant body:NUR").await.contains("Vacant"));
    town.channel_with("dig-nurtured", 1).await;
    town.channel_with("dig-safe", 1).await;
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_comes_true_for_people_who_are_known() {
    let town = peopled("2020-10-26 09:00").await;
    assert_snapshot!(comes_true(&town).await, @"
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ To be said (1 of 2)
        │ What I shall say in the next 60 days, if nothing changes until then.
        │
        │ **Thu 29 October, 09:00** First request for updates · CPWD board, 19 November 2020
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Thu 5 November, 09:00** Check of channels and permissions · CPWD board, 19 November 2020
        │ → #cp-support, if anything is amiss
        │ **Mon 9 November, 09:00** Second request for updates · CPWD board, 19 November 2020
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Wed 11 November, 09:00** Delivery report and draft paper · CPWD board, 19 November 2020
        │ → #cp-support
        │ **Thu 12 November, 09:00** Digest · CPWD board, 19 November 2020
        │ → #cpwd-board
        │ **Wed 18 November, 09:00** First request for updates · CPEG, 10 December 2020
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Wed 18 November, 09:00** What changed since the digest · CPWD board, 19 November 2020
        │ → #cpwd-board, if anything has changed
        │ **Fri 20 November, 09:00** Decisions still to record · CPWD board, 19 November 2020
        │ → #cp-support, if any is still to record
        │ **Wed 25 November, 09:00** Check of channels and permissions · CPEG, 10 December 2020
        │ → #cp-support, if anything is amiss
        │ **Fri 27 November, 09:00** Second request for updates · CPEG, 10 December 2020
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Wed 2 December, 09:00** Delivery report and draft paper · CPEG, 10 December 2020
        │ → #cp-support
        │ **Thu 3 December, 09:00** Digest · CPEG, 10 December 2020
        │ → #cpeg
        │ — Lead times: /digest timing. To say nothing for a while: /digest pause.
        [Later ›]
    [Mon 26 Oct 09:00] Convener (only to Tom Walker):
        │ To be said (2 of 2)
        │ What I shall say in the next 60 days, if nothing changes until then.
        │
        │ **Wed 9 December, 09:00** What changed since the digest · CPEG, 10 December 2020
        │ → #cpeg, if anything has changed
        │ **Fri 11 December, 09:00** Decisions still to record · CPEG, 10 December 2020
        │ → #cp-support, if any is still to record
        │ — Lead times: /digest timing. To say nothing for a while: /digest pause.
        [‹ Earlier]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_comes_true_where_two_meetings_share_their_requests() {
    let town = peopled("2021-01-11 09:00").await;
    assert_snapshot!(comes_true(&town).await, @"
    [Mon 11 Jan 09:00] Convener (only to Tom Walker):
        │ To be said
        │ What I shall say in the next 60 days, if nothing changes until then.
        │
        │ **Thu 21 January, 09:00** First request for updates · CPEG, 11 February 2021 and CPWD board, 18 February 2021
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Thu 28 January, 09:00** Check of channels and permissions · CPEG, 11 February 2021
        │ → #cp-support, if anything is amiss
        │ **Mon 1 February, 09:00** Second request for updates · CPEG, 11 February 2021 and CPWD board, 18 February 2021
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Wed 3 February, 09:00** Delivery report and draft paper · CPEG, 11 February 2021
        │ → #cp-support
        │ **Thu 4 February, 09:00** Check of channels and permissions · CPWD board, 18 February 2021
        │ → #cp-support, if anything is amiss
        │ **Thu 4 February, 09:00** Digest · CPEG, 11 February 2021
        │ → #cpeg
        │ **Wed 10 February, 09:00** Delivery report and draft paper · CPWD board, 18 February 2021
        │ → #cp-support
        │ **Wed 10 February, 09:00** What changed since the digest · CPEG, 11 February 2021
        │ → #cpeg, if anything has changed
        │ **Thu 11 February, 09:00** Digest · CPWD board, 18 February 2021
        │ → #cpwd-board
        │ **Fri 12 February, 09:00** Decisions still to record · CPEG, 11 February 2021
        │ → #cp-support, if any is still to record
        │ **Wed 17 February, 09:00** What changed since the digest · CPWD board, 18 February 2021
        │ → #cpwd-board, if anything has changed
        │ **Fri 19 February, 09:00** Decisions still to record · CPWD board, 18 February 2021
        │ → #cp-support, if any is still to record
        │ — Lead times: /digest timing. To say nothing for a while: /digest pause.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_comes_true_where_nobody_is_known_and_the_clocks_change() {
    let town = Town::at("2021-03-15 09:00").await;
    let list = comes_true(&town).await;
    assert!(list.contains("in #cpwd-board, #cpeg"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_comes_true_with_all_that_people_have_steered() {
    let town = peopled("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    for (line, answer) in [
        ("/digest pause body:CPEG until:20 November 2020", "Paused: CPEG"),
        ("/digest timing routine:first request for updates days:8 time:14:30", "14:30"),
        ("/digest timing routine:decisions still to record state:off", "off"),
        ("/digest send body:CPWD", "On its way"),
    ] {
        let said = priya.types(line).await;
        assert!(said.contains(answer), "{line}: {said}");
    }
    town.reach("2020-10-26 19:30").await;
    assert!(priya.types("/remind lead:DIG chairs").await.contains("at work again"));
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    assert!(alasdair.types("/remind action:1.2").await.contains("at work again"));
    assert_snapshot!(comes_true(&town).await, @"
    [Mon 26 Oct 19:30] Convener (only to Tom Walker):
        │ To be said
        │ What I shall say in the next 60 days, if nothing changes until then.
        │ CPEG is paused until the end of 20 November 2020.
        │
        │ **Tue 27 October, 09:00** What waits until people are at work
        │ → privately: Fiona Campbell, Tom Walker and Morag Sinclair; in #dig-independent and #dig-empowered
        │ **Mon 2 November, 14:30** First request for updates · CPWD board, 19 November 2020
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Thu 5 November, 09:00** Check of channels and permissions · CPWD board, 19 November 2020
        │ → #cp-support, if anything is amiss
        │ **Mon 9 November, 09:00** Second request for updates · CPWD board, 19 November 2020
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Wed 11 November, 09:00** Delivery report and draft paper · CPWD board, 19 November 2020
        │ → #cp-support
        │ **Thu 12 November, 09:00** Digest · CPWD board, 19 November 2020
        │ → nobody: it was posted already
        │ **Wed 18 November, 09:00** What changed since the digest · CPWD board, 19 November 2020
        │ → #cpwd-board, if anything has changed
        │ **Wed 25 November, 09:00** Check of channels and permissions · CPEG, 10 December 2020
        │ → #cp-support, if anything is amiss
        │ **Fri 27 November, 09:00** Second request for updates · CPEG, 10 December 2020
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Wed 2 December, 09:00** Delivery report and draft paper · CPEG, 10 December 2020
        │ → #cp-support
        │ **Thu 3 December, 09:00** Digest · CPEG, 10 December 2020
        │ → #cpeg
        │ **Wed 9 December, 09:00** What changed since the digest · CPEG, 10 December 2020
        │ → #cpeg, if anything has changed
        │ — Lead times: /digest timing. To say nothing for a while: /digest pause.
    ");
    // What was sent by hand is not sent again.
    let board = town.channel("cpwd-board");
    assert_eq!(board.matches(" digest: meeting on ").count(), 1, "{board}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_asked_before_is_not_listed_again() {
    let town = peopled("2020-10-26 09:00").await;
    town.reach("2020-10-29 09:00").await;
    let morag = town.person(MORAG, "@Convener");
    assert!(morag.presses("Not again before this meeting").await.contains("not ask you again"));
    let priya = town.person(PRIYA, "cp-support");
    // A later first request for the same meeting would go to nobody.
    let line = "/digest timing routine:first request for updates days:6";
    assert!(priya.types(line).await.contains("6 working days"));
    let list = comes_true(&town).await;
    let first = "**Wed 4 November, 09:00** First request for updates · CPWD board, 19 November";
    assert!(list.contains(first), "{list}");
    // She is asked again before the next meeting, and not before this one.
    let named: Vec<&str> = list.lines().filter(|line| line.contains(MORAG)).collect();
    assert_eq!(named.len(), 2, "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_comes_true_for_a_meeting_that_was_moved() {
    let town = peopled("2020-10-26 09:00").await;
    let priya = town.person(PRIYA, "cp-support");
    // The first request before the board has gone out already when it is moved.
    town.reach("2020-10-29 09:00").await;
    let moved = "/meeting move meeting:CPWD November 2020 to:26 November 2020 reason:Budget";
    assert!(priya.types(moved).await.contains("Move it"));
    assert!(priya.presses("Move it").await.contains("26 November 2020"));
    // And CPEG is moved closer, so that the two share their requests.
    let moved = "/meeting move meeting:CPEG December 2020 to:3 December 2020 reason:Budget";
    priya.types(moved).await;
    assert!(priya.presses("Move it").await.contains("3 December 2020"));
    town.channel_with("cpeg", 1).await;
    assert_snapshot!(comes_true(&town).await, @"
    [Thu 29 Oct 09:00] Convener (only to Tom Walker):
        │ To be said
        │ What I shall say in the next 60 days, if nothing changes until then.
        │
        │ **Thu 5 November, 09:00** First request for updates · CPWD board, 26 November 2020 and CPEG, 3 December 2020
        │ → nobody: they were asked before; not asked: Nurtured DIG (vacant)
        │ **Thu 12 November, 09:00** Check of channels and permissions · CPWD board, 26 November 2020
        │ → #cp-support, if anything is amiss
        │ **Mon 16 November, 09:00** Second request for updates · CPWD board, 26 November 2020 and CPEG, 3 December 2020
        │ → privately, if they have not reported by then: Alasdair Reid, Morag Sinclair, Priya Nair, Fiona Campbell and Tom Walker; in #dig-independent and #dig-empowered; not asked: Nurtured DIG (vacant)
        │ **Wed 18 November, 09:00** Check of channels and permissions · CPEG, 3 December 2020
        │ → #cp-support, if anything is amiss
        │ **Wed 18 November, 09:00** Delivery report and draft paper · CPWD board, 26 November 2020
        │ → #cp-support
        │ **Thu 19 November, 09:00** Digest · CPWD board, 26 November 2020
        │ → #cpwd-board
        │ **Tue 24 November, 09:00** Delivery report and draft paper · CPEG, 3 December 2020
        │ → #cp-support
        │ **Wed 25 November, 09:00** Digest · CPEG, 3 December 2020
        │ → #cpeg
        │ **Wed 25 November, 09:00** What changed since the digest · CPWD board, 26 November 2020
        │ → #cpwd-board, if anything has changed
        │ **Fri 27 November, 09:00** Decisions still to record · CPWD board, 26 November 2020
        │ → #cp-support, if any is still to record
        │ **Wed 2 December, 09:00** What changed since the digest · CPEG, 3 December 2020
        │ → #cpeg, if anything has changed
        │ **Fri 4 December, 09:00** Decisions still to record · CPEG, 3 December 2020
        │ → #cp-support, if any is still to record
        │ — Lead times: /digest timing. To say nothing for a while: /digest pause.
    ");
}
