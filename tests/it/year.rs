//! A year of the meeting clock, from November 2020 to November 2021: people who answer, forget and hand
//! over, and everything that is said to them unasked, channel by channel.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Days;
use chrono::NaiveDate;
use convener::config::partnership;
use convener::meeting::Meeting;
use convener::sandbox::Fault;
use convener::sandbox::Message;
use convener::store::Store;
use insta::assert_snapshot;

use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

/// Chair of the Independent DIG.
const IAIN: &str = "Iain Docherty";
/// Chair of the Nurtured DIG.
const NADIA: &str = "Nadia Hussain";
/// Chair of the Empowered DIG; takes no direct messages.
const EUAN: &str = "Euan McKay";
/// Chair of the Safe DIG; says nothing until spring.
const SHEILA: &str = "Sheila Burns";

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

const PEOPLE: [&str; 9] = [MORAG, ALASDAIR, PRIYA, FIONA, IAIN, NADIA, EUAN, SHEILA, TOM];

#[tokio::test(flavor = "multi_thread")]
async fn a_year_of_the_meeting_clock() {
    let town = Town::open().await;
    autumn(&town).await;
    winter(&town).await;
    spring(&town).await;
    summer(&town).await;
    town.reach("2021-11-30 17:00").await;
    for channel in CHANNELS {
        insta::with_settings!({ description => format!("All that stands in #{channel} after a year") }, {
            assert_snapshot!(format!("channel-{channel}"), town.channel(channel));
        });
    }
    for person in PEOPLE {
        let name = person.split(' ').next().unwrap().to_lowercase();
        insta::with_settings!({ description => format!("All that {person} was told privately in a year") }, {
            assert_snapshot!(format!("private-{name}"), town.private(person));
        });
    }
    nobody_is_disturbed_out_of_hours(&town);
    the_budget_of_each_meeting_holds(&town).await;
    nothing_comes_daily(&town);
}

/// Somebody writes what happened about an action into the form that their request offers.
async fn answers(town: &Town, name: &str, action: &str, text: &str, status: &str) {
    let direct = format!("@{name}");
    let person = town.person(name, &direct);
    let form = person.opens_by(&format!("Update {action}")).await;
    let mut values = vec![("text", text)];
    if !status.is_empty() {
        values.push(("status", status));
    }
    let told = person.sends(&form, &values).await;
    assert!(told.contains("Logged"), "{name} on {action}: {told}");
}

/// Somebody types a command that is carried out.
async fn types(town: &Town, name: &str, channel: &str, line: &str) -> String {
    let told = town.person(name, channel).types(line).await;
    assert!(!told.contains("failed") && !told.contains("not sent"), "{line}: {told}");
    told
}

/// Before the board of November and CPEG of December: Morag answers at once, Iain at the second
/// request, Nadia wants no second one, Euan's messages are closed, and nobody knows Sheila yet.
async fn autumn(town: &Town) {
    town.sandbox().fault(Fault::RefuseDirect { person: Some(EUAN.into()) });
    for (name, channel) in [
        (MORAG, "cpeg"),
        (FIONA, "dig-flourishing"),
        (IAIN, "dig-independent"),
        (NADIA, "dig-nurtured"),
        (EUAN, "dig-empowered"),
        (PRIYA, "cp-support"),
        (ALASDAIR, "cpwd-board"),
    ] {
        types(town, name, channel, "/mine").await;
    }
    town.reach("2020-10-29 11:00").await;
    answers(town, MORAG, "IP-1.2", "Two formats are being costed", "").await;
    answers(town, MORAG, "IP-1.4", "Planned with the DIGs for the summer", "").await;
    answers(town, FIONA, "IP-4.1", "Three case studies are with CP Support", "complete").await;
    town.reach("2020-10-30 10:00").await;
    let nadia = town.person(NADIA, "@Nadia Hussain");
    let told = nadia.presses("Not again before this meeting").await;
    assert!(told.contains("19 November 2020"), "{told}");
    town.reach("2020-11-09 15:00").await;
    answers(town, IAIN, "IP-2.1", "Data sources agreed with the health board", "").await;
    town.reach("2020-11-17 14:00").await;
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    alasdair.types("/update action:4.2 text:The board has the new terms before it").await;
    town.reach("2020-11-20 11:00").await;
    types(
        town,
        PRIYA,
        "cp-support",
        "/decide sign-off action:4.1 meeting:CPWD 2020-11-19 minute_ref:6.1",
    )
    .await;
}

/// CPEG of December, then CPEG and the board close together in February: asked once for both.
async fn winter(town: &Town) {
    // On the evening before a weekend with St Andrew's Day behind it.
    town.reach("2020-11-27 18:30").await;
    types(town, PRIYA, "cp-support", "/remind action:4.2 note:CPEG would like the final text")
        .await;
    town.reach("2020-12-01 10:00").await;
    let alasdair = town.person(ALASDAIR, "cpwd-board");
    alasdair.types("/update action:4.2 text:Approved by the board status:complete").await;
    town.reach("2020-12-08 12:00").await;
    let morag = town.person(MORAG, "cpeg");
    morag.types("/reschedule action:1.2 target:September 2021 reason:Venues are closed").await;
    let asked = morag.presses("Ask for this date").await;
    assert!(asked.contains("September 2021"), "{asked}");
    town.reach("2020-12-11 10:00").await;
    records_cpeg(town).await;
    town.reach("2021-01-21 10:00").await;
    answers(town, MORAG, "IP-3.2", "The first figures are in", "").await;
    town.reach("2021-02-02 10:00").await;
    answers(town, IAIN, "IP-2.1", "Reviewed with all partners", "complete").await;
    town.reach("2021-02-19 10:00").await;
    for line in [
        "/decide sign-off action:2.1 meeting:CPWD 2021-02-18 minute_ref:7",
        "/decide extension action:1.2 outcome:agree meeting:CPWD 2021-02-18 minute_ref:8",
    ] {
        types(town, PRIYA, "cp-support", line).await;
    }
}

/// The meeting of CPEG is recorded: who was there, what was decided, and what was left open.
async fn records_cpeg(town: &Town) {
    let priya = town.person(PRIYA, "cp-support");
    let form = priya.opens_by("Record the meeting").await;
    let lists = [
        ("present", "Police Scotland: Gail Rae\nWest Dunbartonshire Council\nScottish Enterprise"),
        ("substitutes", "NHS: Bob Orr"),
        ("apologies", "Scottish Fire and Rescue Service"),
        ("minutes", "CPEG 2020/12"),
    ];
    priya.sends(&form, &lists).await;
    let added = priya.presses("Add these 5 agencies").await;
    assert!(added.contains("Attendance recorded."), "{added}");
    let sign_off = priya.opens_by("Sign off").await;
    let signed = priya.sends(&sign_off, &[]).await;
    assert!(signed.contains("IP-1.2"), "{signed}");
    let left = priya.presses("Leave open").await;
    assert!(left.contains("Finish"), "{left}");
    let finished = priya.presses("Finish").await;
    assert!(finished.contains("#cpeg"), "{finished}");
}

/// Sheila is named at last; Alasdair hands over the board; nobody holds the Independent DIG.
async fn spring(town: &Town) {
    town.reach("2021-03-10 10:00").await;
    types(town, PRIYA, "cp-support", "/lead link body:Safe DIG person:Sheila Burns").await;
    types(town, PRIYA, "cp-support", "/lead vacant body:Independent DIG").await;
    town.reach("2021-04-12 10:00").await;
    let handover = "/lead handover body:CPWD to:Tom Walker from:Alasdair Reid";
    types(town, PRIYA, "cp-support", handover).await;
    let led = types(town, PRIYA, "cp-support", "/action edit action:3.1 lead:CPWD Chair").await;
    assert!(led.contains("Changed: IP-3.1"), "{led}");
    town.reach("2021-05-06 10:00").await;
    let add =
        "/action add title:Share what recovery has taught lead:DIGs target:August 2021 area:2";
    types(town, PRIYA, "cp-support", add).await;
    town.reach("2021-05-17 10:00").await;
    let moved = "/meeting move meeting:CPEG June 2021 to:24 June 2021 reason:The chair is away";
    types(town, PRIYA, "cp-support", moved).await;
    presses(town, PRIYA, "cp-support", "Move it").await;
}

/// Presses a button that is carried out.
async fn presses(town: &Town, name: &str, channel: &str, label: &str) {
    let told = town.person(name, channel).presses(label).await;
    assert!(!told.contains("failed") && !told.contains("not sent"), "{label}: {told}");
}

/// A quiet summer, with CPEG paused over the holidays, and an autumn without one of its meetings.
async fn summer(town: &Town) {
    town.reach("2021-06-28 10:00").await;
    types(town, PRIYA, "cp-support", "/digest pause body:CPEG until:31 August 2021").await;
    town.reach("2021-09-14 10:00").await;
    answers(town, FIONA, "IP-2.3", "Lessons collected from all five groups", "").await;
    town.reach("2021-09-28 10:00").await;
    let cancel = "/meeting cancel meeting:CPEG October 2021 reason:The council is in recess";
    types(town, PRIYA, "cp-support", cancel).await;
    presses(town, PRIYA, "cp-support", "Cancel the meeting").await;
}

/// What the bot said unasked in a channel or to a person, a card of its own, not a line about what
/// somebody did.
fn unasked(town: &Town, place: &str) -> Vec<Message> {
    let said = town.sandbox().read(place).into_iter().filter(|message| {
        let titled = message.embeds.iter().any(|embed| embed["title"].is_string());
        message.author == town.sandbox().bot() && message.command.is_none() && titled
    });
    said.collect()
}

fn direct(name: &str) -> String {
    format!("@{name}")
}

fn title(message: &Message) -> String {
    message.embeds[0]["title"].as_str().unwrap_or_default().to_owned()
}

/// What rings somebody's device: whatever is said privately, and whatever calls somebody.
fn nobody_is_disturbed_out_of_hours(town: &Town) {
    let calendar = partnership::founding(None).unwrap().partnership.calendar;
    let mut rung = 0;
    let places = PEOPLE.iter().map(|name| direct(name)).chain(CHANNELS.map(str::to_owned));
    for place in places {
        for message in unasked(town, &place) {
            let rings = place.starts_with('@') || message.content.contains("<@");
            if rings {
                rung += 1;
                assert!(calendar.is_office_hour(message.at), "{place} at {}", message.at);
            }
        }
    }
    assert!(rung > 20, "only {rung} things rang");
}

/// For each lead and meeting at most two requests, one of each kind; for each body and meeting one
/// digest and at most one word of what changed since.
async fn the_budget_of_each_meeting_holds(town: &Town) {
    let record = Store::open(&town.record()).await.unwrap();
    let now = *town.sandbox().clock().borrow();
    let mut tx = record.read(now).await.unwrap();
    let partnership = tx.partnership().await.unwrap().unwrap();
    let begin = "2020-11-01T00:00:00Z".parse().unwrap();
    let meetings = partnership.calendar.meetings_after(begin);
    let meetings: Vec<Meeting> = meetings.take_while(|meeting| meeting.at < now).collect();
    assert!(meetings.len() > 8, "{}", meetings.len());
    let mut requests = 0;
    for meeting in &meetings {
        let mut of_each = BTreeMap::new();
        for made in tx.chases_before(meeting.body, meeting.first_on).await.unwrap() {
            requests += 1;
            let whom = (made.person, made.person.is_none().then_some(made.lead));
            let occasions: &mut Vec<_> = of_each.entry(whom).or_default();
            assert!(!occasions.contains(&made.occasion), "twice {:?}: {made:?}", made.occasion);
            occasions.push(made.occasion);
            assert!(occasions.len() <= 2, "{made:?}");
        }
        let day = convener::date::day_in_words(meeting.on);
        for name in PEOPLE {
            let said = unasked(town, &direct(name));
            let asked = said
                .iter()
                .map(title)
                .filter(|title| title.contains("a word from you before") && title.contains(&day));
            let (last, first): (Vec<_>, Vec<_>) =
                asked.partition(|title| title.starts_with("Last request"));
            assert!(first.len() <= 1 && last.len() <= 1, "{name}: {first:?} {last:?}");
        }
        let body = partnership.bodies.with(meeting.body).unwrap();
        let day = convener::date::day_in_full(meeting.on);
        let said = unasked(town, &body.channel_name);
        let about = |words: &str| {
            let is_about = |message: &&Message| {
                let title = title(message);
                title.contains(words) && title.contains(&day) && !title.contains(" of ")
            };
            said.iter().filter(is_about).count()
        };
        assert!(about("digest: meeting on") <= 1, "{} {day}", body.name);
        assert!(about("Since the digest for") <= 1, "{} {day}", body.name);
    }
    assert!(requests > 20, "only {requests} requests");
    drop(tx);
    record.close().await;
}

/// No place hears something unasked on three days running, nor on more than three days of a week.
fn nothing_comes_daily(town: &Town) {
    let zone = chrono_tz::Europe::London;
    let places = PEOPLE.iter().map(|name| direct(name)).chain(CHANNELS.map(str::to_owned));
    for place in places {
        let said = unasked(town, &place);
        let days: BTreeSet<NaiveDate> =
            said.iter().map(|message| message.at.with_timezone(&zone).date_naive()).collect();
        for day in &days {
            let on = |later: u64| days.contains(&(*day + Days::new(later)));
            assert!(!(on(1) && on(2)), "{place}: three days running from {day}");
            let week = (0..7).filter(|later| on(*later)).count();
            assert!(week <= 3, "{place}: {week} days from {day}");
        }
    }
}
