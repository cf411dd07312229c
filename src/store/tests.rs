//! What the record promises, on a small partnership of its own.

mod asking;
mod chain;
mod edits;
mod events;
mod decisions;
mod founding;
mod history;
mod holdings;
mod imports;
mod ledger;
mod meetings;
mod migrations;
mod moments;
mod opening;
mod outbox;
mod questions;

use std::path::PathBuf;

use chrono::DateTime;
use chrono::Utc;
use tempfile::TempDir;

use super::Store;
use super::Tx;
use crate::action::Action;
use crate::action::Lead;
use crate::action::NewUpdate;
use crate::action::Printed;
use crate::action::Ref;
use crate::action::Status;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::ChannelId;
use crate::body::Collective;
use crate::body::Person;
use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;
use crate::body::Voice;
use crate::date::Closures;
use crate::date::Target;
use crate::date::Window;
use crate::meeting::Calendar;
use crate::meeting::Series;
use crate::meeting::changed::Changes;
use crate::partnership::Partnership;
use crate::plan::Area;
use crate::plan::AreaId;
use crate::plan::Plan;
use crate::plan::PlanId;
use crate::routine::Pauses;
use crate::routine::Timings;

/// A record in a folder of its own, which goes when the test ends.
struct Office {
    store: Store,
    folder: TempDir,
}

impl Office {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("1.db")).await.unwrap();
        Self { store, folder }
    }

    async fn founded() -> Self {
        let office = Self::new().await;
        let mut tx = office.begin("2020-10-26 09:00").await;
        tx.found(&partnership(), &plan(), &areas(), &printed()).await.unwrap();
        tx.commit().await.unwrap();
        office
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("1.db")
    }

    async fn begin(&self, now: &str) -> Tx {
        self.store.begin(at(now)).await.unwrap()
    }

    async fn read(&self, now: &str) -> Tx {
        self.store.read(at(now)).await.unwrap()
    }

    /// Records what Amira says about an action, as the chat's asking of that number.
    async fn amira_says(&self, now: &str, number: &str, text: &str, after: Status, request: u64) {
        let mut tx = self.begin(now).await;
        let action = tx.action(&reference(number)).await.unwrap().unwrap();
        let amira = tx.person(UserId(71), "Amira").await.unwrap();
        tx.add_update(&said(&action, text, after), &amira, request).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn action(&self, number: &str) -> Action {
        let mut tx = self.read("2021-12-31 09:00").await;
        tx.action(&reference(number)).await.unwrap().unwrap()
    }
}

/// An instant in UTC.
fn at(words: &str) -> DateTime<Utc> {
    format!("{}:00Z", words.replace(' ', "T")).parse().unwrap()
}

fn reference(number: &str) -> Ref {
    format!("IP-{number}").parse().unwrap()
}

fn said(action: &Action, text: &str, after: Status) -> NewUpdate {
    NewUpdate {
        action: action.id,
        voice: Voice { body: BodyId(2), on_behalf_of: None },
        text: text.to_owned(),
        before: action.status,
        after,
        happened_on: None,
        ask: None,
        evidence: None,
        case_study: false,
    }
}

async fn amira(tx: &mut Tx) -> Person {
    tx.person(UserId(71), "Amira").await.unwrap()
}

fn body(id: i64, name: &str, code: &str, kind: BodyKind, names: &[&str]) -> Body {
    Body {
        id: BodyId(id),
        name: name.to_owned(),
        code: code.to_owned(),
        kind,
        names: names.iter().map(ToString::to_string).collect(),
        role_name: format!("{name} Chair"),
        channel_name: name.to_lowercase().replace(' ', "-"),
        role: None,
        channel: None,
    }
}

fn partnership() -> Partnership {
    let all = vec![
        body(1, "CPWD", "CPWD", BodyKind::Board, &["the board", "CPWD Chair"]),
        body(2, "CPEG", "CPEG", BodyKind::Executive, &[]),
        // Out of the order of their numbers, which need not be the partnership's own.
        body(5, "Safe DIG", "SAF", BodyKind::Group, &["Safe"]),
        Body {
            role: Some(RoleId(90_004)),
            channel: Some(ChannelId(u64::MAX / 2)),
            ..body(4, "Nurtured DIG", "NUR", BodyKind::Group, &[])
        },
    ];
    let collectives = vec![Collective {
        name: "DIG chairs".to_owned(),
        names: vec!["DIGs".to_owned(), "all DIGs".to_owned()],
        bodies: vec![BodyId(5), BodyId(4)],
    }];
    let series = vec![
        Series {
            body: BodyId(1),
            title: "board".to_owned(),
            rule: "0 0 10 15-21 Feb,May,Aug,Nov Thu".parse().unwrap(),
            papers_days: 5,
        },
        Series {
            body: BodyId(2),
            title: "CPEG".to_owned(),
            rule: "0 30 9 8-14 Feb,Apr,Jun,Aug,Oct,Dec Thu".parse().unwrap(),
            papers_days: 3,
        },
    ];
    Partnership {
        name: "Community Planning West Dunbartonshire".to_owned(),
        server: ServerId(769_000_000_000_000_001),
        bodies: Bodies { all, collectives, ..Bodies::default() },
        calendar: Calendar {
            zone: chrono_tz::Europe::London,
            series,
            closures: Closures::default(),
            changes: Changes::default(),
        },
        timings: Timings::default(),
        pauses: Pauses::default(),
        themes: vec!["Wellbeing".to_owned(), "Poverty".to_owned()],
    }
}

fn plan() -> Plan {
    Plan {
        id: PlanId(1),
        code: "IP".to_owned(),
        title: "Improvement plan".to_owned(),
        body: BodyId(1),
        position_on: "2020-10-01".parse().unwrap(),
        sign_off_needed: true,
    }
}

fn areas() -> Vec<Area> {
    let area = |id, number, title: &str, aim: &str| Area {
        id: AreaId(id),
        plan: "IP".to_owned(),
        number,
        title: title.to_owned(),
        aim: aim.to_owned(),
    };
    vec![area(3, 1, "Leadership", "This ensures direction."), area(7, 2, "Data", "")]
}

fn target(words: &str, days: Option<(&str, &str)>) -> Target {
    let window =
        days.map(|(from, to)| Window { from: from.parse().unwrap(), to: to.parse().unwrap() });
    Target::recorded(words.to_owned(), window)
}

/// Three actions: one complete, one under way with two leads, one of which nothing is printed.
fn printed() -> Vec<Printed> {
    let lead = |printed: &str, bodies: &[i64]| Lead {
        printed: printed.to_owned(),
        bodies: bodies.iter().copied().map(BodyId).collect(),
    };
    vec![
        Printed {
            reference: reference("2.1"),
            title: "Identify case studies".to_owned(),
            themes: Some(vec!["Poverty".to_owned(), "Wellbeing".to_owned()]),
            leads: Some(vec![
                lead("DIG chairs", &[5, 4]),
                lead("the schools", &[]),
                lead("CPEG", &[2]),
            ]),
            target: Some(target("September 2020", Some(("2020-09-01", "2020-09-30")))),
            status: Some(Status::OnTrack),
            update: Some("A standing update to the board".to_owned()),
            notes: Vec::new(),
        },
        Printed {
            reference: reference("1.1"),
            title: "Create the executive group".to_owned(),
            themes: Some(Vec::new()),
            leads: Some(vec![lead("CPWD Chair", &[1])]),
            target: Some(target("January 2020", Some(("2020-01-01", "2020-01-31")))),
            status: Some(Status::Complete),
            update: Some("Group created".to_owned()),
            notes: Vec::new(),
        },
        Printed {
            reference: reference("2.2"),
            title: "Review membership".to_owned(),
            themes: Some(Vec::new()),
            leads: Some(Vec::new()),
            target: Some(target("", None)),
            status: Some(Status::NotStarted),
            update: None,
            notes: Vec::new(),
        },
    ]
}
