//! A plan changed by a print: each change a further entry, and nothing before it lost.

use super::Office;
use super::amira;
use super::at;
use super::plan;
use super::reference;
use super::target;
use crate::action::Lead;
use crate::action::Note;
use crate::action::Printed;
use crate::action::Standing;
use crate::action::Status;
use crate::body::BodyId;
use crate::ledger::Entry;
use crate::ledger::Kind;
use crate::plan::PrintedArea;
use crate::revision::Change;
use crate::revision::ImportId;
use crate::revision::ImportState;
use crate::revision::Revision;
use crate::revision::What;
use crate::store::NewImport;
use crate::store::Tx;

const FILE: NewImport<'_> = NewImport {
    plan: "IP",
    file_name: "plan.csv",
    bytes: b"No,Activities",
    answers: "",
    shown: "",
};

async fn change(tx: &mut Tx, number: &str, what: What) -> Change {
    let action = tx.action(&reference(number)).await.unwrap();
    Change { reference: reference(number), action: action.map(|action| action.id), what }
}

/// A revision with a change of each kind, and the action of 1.1 dropped.
async fn revision(tx: &mut Tx) -> Revision {
    let before = tx.action(&reference("2.1")).await.unwrap().unwrap();
    let december = target("December 2020", Some(("2020-12-01", "2020-12-31")));
    let new = Printed {
        target: Some(december.clone()),
        ..Printed::titled(reference("3.1"), "Hold sessions")
    };
    let leads = vec![Lead { printed: "CPEG".into(), bodies: vec![BodyId(2)] }];
    let note = Note { heading: "Budget".into(), text: "£500".into() };
    let changes = [
        ("1.1", What::Dropped { title: String::new() }),
        ("2.1", What::Reworded { before: String::new(), after: "Share case studies".into() }),
        ("2.1", What::Redated { before: before.target.clone(), after: december }),
        ("2.1", What::Reled { before: before.leads.clone(), after: leads }),
        ("2.1", What::Retagged { before: before.themes.clone(), after: vec!["Poverty".into()] }),
        (
            "2.1",
            What::Said { text: "Slower".into(), before: Status::OnTrack, after: Status::AtRisk },
        ),
        ("2.1", What::Noted(note)),
        ("3.1", What::Added(Box::new(new))),
    ];
    let mut revision = Revision {
        areas: vec![PrintedArea { number: 3, title: "Scrutiny".into(), aim: String::new() }],
        ..Revision::default()
    };
    for (number, what) in changes {
        revision.changes.push(change(tx, number, what).await);
    }
    revision
}

/// A record to which that revision was applied on 2 November, and the import's number.
pub(super) async fn revised() -> (Office, ImportId) {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 10:00").await;
    let revision = revision(&mut tx).await;
    let import = tx.add_import(FILE, None, None).await.unwrap();
    let since = tx.now();
    tx.apply(import, &plan(), &revision, since).await.unwrap();
    tx.commit().await.unwrap();
    (office, import)
}

#[tokio::test]
async fn each_change_counts_from_when_it_was_made() {
    let (office, _) = revised().await;
    let action = office.action("2.1").await;
    assert_eq!(action.title, "Share case studies");
    assert_eq!((action.target.words(), action.moves), ("December 2020", 1));
    assert_eq!(action.first_target.words(), "September 2020");
    assert_eq!(action.leads_printed(), "CPEG");
    assert_eq!(action.themes, ["Poverty"]);
    assert_eq!(action.status, Status::AtRisk);
    assert_eq!(action.last_update.unwrap().text, "Slower");
    assert_eq!(office.action("1.1").await.standing, Standing::Withdrawn);
    assert_eq!(office.action("3.1").await.title, "Hold sessions");
    let mut tx = office.read("2020-11-03 09:00").await;
    let notes = tx.notes("IP").await.unwrap();
    assert_eq!(notes[&reference("2.1")][0].text, "£500");
    assert_eq!(tx.areas().await.unwrap()[2].title, "Scrutiny");
    let said = tx.all_said("IP").await.unwrap();
    assert_eq!(said[&reference("2.1")], ["A standing update to the board", "Slower"]);
}

#[tokio::test]
async fn what_stood_before_still_stands_for_a_moment_before() {
    let (office, _) = revised().await;
    let mut tx = office.read("2020-11-03 09:00").await;
    let then = tx.actions(Some(at("2020-11-02 09:59"))).await.unwrap();
    assert_eq!(then.len(), 3, "3.1 was not there yet");
    let action = then.iter().find(|action| action.reference == reference("2.1")).unwrap();
    assert_eq!(action.title, "Identify case studies");
    assert_eq!((action.target.words(), action.moves), ("September 2020", 0));
    assert_eq!(action.leads_printed(), "DIG chairs / the schools / CPEG");
    assert_eq!(action.status, Status::OnTrack);
    assert_eq!(action.themes, ["Poverty", "Wellbeing"]);
    let complete = then.iter().find(|action| action.reference == reference("1.1")).unwrap();
    assert_eq!(complete.standing, Standing::SignedOff);
}

#[tokio::test]
async fn the_ledger_has_every_entry_and_the_import_it_came_with() {
    let (office, import) = revised().await;
    let mut tx = office.read("2020-11-03 09:00").await;
    let ledger = tx.ledger("IP", tx.now()).await.unwrap();
    let of_import: Vec<Kind> = ledger
        .iter()
        .filter(|entry| entry.says.get("import") == Some(&import.0.to_string()))
        .map(|entry| entry.kind)
        .collect();
    assert_eq!(
        of_import,
        [
            Kind::Wording,
            Kind::Leadership,
            Kind::Leadership,
            Kind::Tagging,
            Kind::Target,
            Kind::Target,
            Kind::Update,
            Kind::Note,
            Kind::Decision
        ]
    );
    let before = tx.ledger("IP", at("2020-11-02 09:59")).await.unwrap();
    assert_eq!(ledger.len() - before.len(), of_import.len() + 2, "the import and 3.1, too");
    assert!(ledger.is_sorted_by_key(|entry| entry.recorded_at));
}

#[tokio::test]
async fn an_import_is_settled_once() {
    let (office, import) = revised().await;
    let mut tx = office.begin("2020-11-03 09:00").await;
    assert_eq!(tx.import(import).await.unwrap().unwrap().state, ImportState::Applied);
    let now = tx.now();
    let again = tx.apply(import, &plan(), &Revision::default(), now).await.unwrap_err();
    assert!(again.to_string().contains("is not waiting"), "{again:#}");
    assert!(tx.cancel_import(import).await.is_err());
    assert!(tx.save_answers(import, "1.1 lead: CPEG", "").await.is_err());
}

#[tokio::test]
async fn a_cancelled_file_is_not_kept_and_an_asking_delivered_twice_is_one() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 10:00").await;
    let by = amira(&mut tx).await;
    let import = tx.add_import(FILE, Some(&by), Some(7)).await.unwrap();
    assert_eq!(tx.add_import(FILE, Some(&by), Some(7)).await.unwrap(), import);
    tx.save_answers(import, "1.1 lead: CPEG", "1.1 is led by CPEG").await.unwrap();
    let waiting = tx.import(import).await.unwrap().unwrap();
    assert_eq!((waiting.bytes.as_slice(), waiting.state), (FILE.bytes, ImportState::Waiting));
    assert_eq!(waiting.answers, "1.1 lead: CPEG");
    assert_eq!(waiting.shown, "1.1 is led by CPEG");
    tx.cancel_import(import).await.unwrap();
    let cancelled = tx.import(import).await.unwrap().unwrap();
    assert_eq!((cancelled.bytes.len(), cancelled.state), (0, ImportState::Cancelled));
    assert_eq!(cancelled.shown, "");
    assert_eq!(tx.import(ImportId(99)).await.unwrap(), None);
}

#[tokio::test]
async fn an_action_that_was_withdrawn_is_promised_again() {
    let (office, _) = revised().await;
    let mut tx = office.begin("2020-11-03 10:00").await;
    let restored = change(&mut tx, "1.1", What::Restored).await;
    let revision = Revision { changes: vec![restored], ..Revision::default() };
    let import = tx.add_import(FILE, None, None).await.unwrap();
    let since = tx.now();
    tx.apply(import, &plan(), &revision, since).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(office.action("1.1").await.standing, Standing::Open);
}

#[tokio::test]
async fn the_ledger_of_a_day_knows_no_import_that_was_decided_on_later() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 10:00").await;
    let import = tx.add_import(FILE, None, None).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = office.begin("2020-11-04 10:00").await;
    tx.cancel_import(import).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = office.read("2020-11-05 09:00").await;
    let imports = |ledger: Vec<Entry>| {
        let imports = ledger.into_iter().filter(|entry| entry.kind == Kind::Import);
        imports.map(|entry| (entry.at, entry.says["state"].clone())).collect::<Vec<_>>()
    };
    let then = tx.ledger("IP", at("2020-11-03 09:00")).await.unwrap();
    assert_eq!(imports(then), []);
    let now = tx.ledger("IP", tx.now()).await.unwrap();
    assert_eq!(imports(now), [(at("2020-11-04 10:00"), "cancelled".to_owned())]);
}
