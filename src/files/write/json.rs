//! A plan's position as JSON, for other programs and for audit.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::SecondsFormat;
use chrono::Utc;
use serde::Serialize;

use crate::action;
use crate::action::Every;
use crate::action::Evidence;
use crate::body::BodyId;
use crate::date;
use crate::ledger;
use crate::ledger::chain;
use crate::ledger::chain::Chained;
use crate::ledger::chain::Sealed;
use crate::plan;
use crate::position::Position;

/// Which shape this is. It rises when a key changes its meaning or goes; a key more leaves it.
const VERSION: u32 = 1;

/// The position as one JSON object, indented, in UTF-8: `version`, `position_at`, `partnership`,
/// `plan`, `areas` and `actions`, and the `ledger` from which they follow. Instants are UTC, days are the
/// partnership's, bodies are named by their codes. Withdrawn actions are among the others.
///
/// Each entry of the ledger has what was hashed of it, its hash and the one before, and `chain` says how
/// they follow from one another.
pub fn write(position: &Position, ledger: &Chained) -> anyhow::Result<Vec<u8>> {
    let partnership = &position.partnership;
    let code = |id: &BodyId| partnership.bodies.with(*id).map(|body| body.code.as_str());
    let whole = Whole {
        version: VERSION,
        position_at: instant(position.at),
        today: position.today,
        partnership: Partnership {
            name: &partnership.name,
            server: partnership.server.0.to_string(),
            zone: partnership.calendar.zone.name(),
        },
        plan: Plan {
            code: &position.plan.code,
            title: &position.plan.title,
            body: code(&position.plan.body),
            position_on: position.plan.position_on,
            sign_off_needed: position.plan.sign_off_needed,
        },
        areas: position.areas.iter().map(Area::of).collect(),
        actions: position.actions.iter().map(|action| Action::of(action, &code)).collect(),
        chain: Chain { algorithm: "sha-256", head: ledger.head.to_string(), how: chain::HOW },
        ledger: ledger.entries.iter().map(Entry::of).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&whole).context("write the position as JSON")?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    position_at: String,
    today: NaiveDate,
    partnership: Partnership<'a>,
    plan: Plan<'a>,
    areas: Vec<Area<'a>>,
    actions: Vec<Action<'a>>,
    chain: Chain,
    ledger: Vec<Entry<'a>>,
}

/// How the entries of the ledger hold together.
#[derive(Serialize)]
struct Chain {
    algorithm: &'static str,
    /// The last hash of the whole record, which may be that of an entry about another plan.
    head: String,
    how: &'static str,
}

#[derive(Serialize)]
struct Partnership<'a> {
    name: &'a str,
    /// In words, as the number is larger than some readers of JSON can hold.
    server: String,
    zone: &'a str,
}

#[derive(Serialize)]
struct Plan<'a> {
    code: &'a str,
    title: &'a str,
    body: Option<&'a str>,
    position_on: NaiveDate,
    sign_off_needed: bool,
}

#[derive(Serialize)]
struct Area<'a> {
    number: u32,
    title: &'a str,
    aim: &'a str,
}

impl<'a> Area<'a> {
    fn of(area: &'a plan::Area) -> Self {
        Self { number: area.number, title: &area.title, aim: &area.aim }
    }
}

#[derive(Serialize)]
struct Action<'a> {
    r#ref: String,
    area: u32,
    number: u32,
    /// Which turn of what comes round again, from 1.
    turn: u32,
    /// How often it comes round again, if it does.
    every: Option<&'static str>,
    title: &'a str,
    themes: &'a [String],
    leads: Vec<Lead<'a>>,
    target: Target<'a>,
    first_target: Target<'a>,
    moves: u32,
    status: &'static str,
    standing: &'static str,
    /// The new date that was asked for, where nobody has decided yet.
    date_asked: Option<DateAsked<'a>>,
    last_update: Option<Update<'a>>,
}

impl<'a> Action<'a> {
    fn of(action: &'a action::Action, code: &impl Fn(&BodyId) -> Option<&'a str>) -> Self {
        let lead = |lead: &'a action::Lead| Lead {
            printed: &lead.printed,
            bodies: lead.bodies.iter().filter_map(code).collect(),
        };
        Self {
            r#ref: action.reference.to_string(),
            area: action.reference.area,
            number: action.reference.number,
            turn: action.reference.turn,
            every: action.every.map(Every::word),
            title: &action.title,
            themes: &action.themes,
            leads: action.leads.iter().map(lead).collect(),
            target: Target::of(&action.target),
            first_target: Target::of(&action.first_target),
            moves: action.moves,
            status: action.status.words(),
            standing: match action.standing {
                action::Standing::Open => "open",
                action::Standing::SignedOff => "signed off",
                action::Standing::Withdrawn => "withdrawn",
            },
            date_asked: action.date_asked().map(|asked| DateAsked {
                target: Target::of(&asked.target),
                reason: &asked.reason,
                by: asked.by.as_deref(),
                asked_at: instant(asked.asked_at),
            }),
            last_update: action.last_update.as_ref().map(|update| Update::of(update, code)),
        }
    }
}

/// An entry of the ledger: what all have, and beside it the parts that its kind has.
#[derive(Serialize)]
struct Entry<'a> {
    #[serde(rename = "entry")]
    kind: &'static str,
    number: i64,
    r#ref: Option<String>,
    at: String,
    recorded_at: String,
    by: Option<&'a str>,
    #[serde(flatten)]
    says: &'a BTreeMap<&'static str, String>,
    previous: String,
    content: &'a str,
    hash: String,
}

impl<'a> Entry<'a> {
    fn of((entry, sealed): &'a (ledger::Entry, Sealed)) -> Self {
        Self {
            kind: entry.kind.word(),
            number: entry.number,
            r#ref: entry.reference.as_ref().map(ToString::to_string),
            at: instant(entry.at),
            recorded_at: instant(entry.recorded_at),
            by: entry.by.as_deref(),
            says: &entry.says,
            previous: sealed.previous.to_string(),
            content: &sealed.content,
            hash: sealed.hash.to_string(),
        }
    }
}

/// A lead as printed, and the bodies it is understood to mean.
#[derive(Serialize)]
struct Lead<'a> {
    printed: &'a str,
    bodies: Vec<&'a str>,
}

/// A request for a new date.
#[derive(Serialize)]
struct DateAsked<'a> {
    target: Target<'a>,
    reason: &'a str,
    by: Option<&'a str>,
    asked_at: String,
}

#[derive(Serialize)]
struct Target<'a> {
    words: &'a str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl<'a> Target<'a> {
    fn of(target: &'a date::Target) -> Self {
        let window = target.window();
        Self {
            words: target.words(),
            from: window.map(|window| window.from),
            to: window.map(|window| window.to),
        }
    }
}

#[derive(Serialize)]
struct Update<'a> {
    said_at: String,
    happened_on: Option<NaiveDate>,
    author: Option<&'a str>,
    body: Option<&'a str>,
    on_behalf_of: Option<&'a str>,
    text: &'a str,
    status: &'static str,
    /// What it asks of the group.
    ask: Option<&'a str>,
    evidence: Option<&'a str>,
    case_study: bool,
}

impl<'a> Update<'a> {
    fn of(update: &'a action::Update, code: &impl Fn(&BodyId) -> Option<&'a str>) -> Self {
        Self {
            said_at: instant(update.said_at),
            happened_on: update.happened_on,
            author: update.author.as_deref(),
            body: update.body.as_ref().and_then(code),
            on_behalf_of: update.on_behalf_of.as_deref(),
            text: &update.text,
            status: update.status.words(),
            ask: update.ask.as_deref(),
            evidence: update.evidence.as_ref().map(Evidence::address),
            case_study: update.case_study,
        }
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
