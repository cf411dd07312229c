//! Decisions and requests for new dates: what stands, as of when.

use super::*;
use crate::action::DraftState;
use crate::action::NewExtension;
use crate::action::Standing;
use crate::decision::Agreed;
use crate::decision::Cited;
use crate::decision::Kind;
use crate::decision::Minute;
use crate::decision::NewDecision;

async fn agrees(office: &Office, now: &str, number: &str, agreed: Agreed) {
    let mut tx = office.begin(now).await;
    let action = tx.action(&reference(number)).await.unwrap().unwrap();
    let by = amira(&mut tx).await;
    let meeting = Cited { body: BodyId(2), on: "2020-12-10".parse().unwrap() };
    let minute =
        Minute { meeting: Some(meeting), reference: "4.2".into(), note: "So be it".into() };
    let new = NewDecision { action: action.id, agreed };
    tx.add_decision(&new, &minute, &by).await.unwrap();
    tx.commit().await.unwrap();
}

fn june() -> Target {
    target("June 2021", Some(("2021-06-01", "2021-06-30")))
}

async fn asks(office: &Office, now: &str, target: Target) -> crate::action::ExtensionId {
    let mut tx = office.begin(now).await;
    let action = tx.action(&reference("2.1")).await.unwrap().unwrap();
    let by = amira(&mut tx).await;
    let voice = Voice { body: BodyId(2), on_behalf_of: Some("DIG chairs".into()) };
    let new = NewExtension { action: action.id, voice, target, reason: "No halls".into() };
    let id = tx.add_extension(&new, &by).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn stood(office: &Office, until: &str) -> Action {
    let mut tx = office.read("2021-12-31 09:00").await;
    let actions = tx.actions(Some(at(until))).await.unwrap();
    actions.into_iter().find(|action| action.reference == reference("2.1")).unwrap()
}

#[tokio::test]
async fn a_return_gives_back_the_status_before_the_completion_from_then_on() {
    let office = Office::founded().await;
    office.amira_says("2020-11-01 09:00", "2.1", "Stuck", Status::Blocked, 1).await;
    office.amira_says("2020-11-02 09:00", "2.1", "Done", Status::Complete, 2).await;
    let mut tx = office.read("2020-11-03 09:00").await;
    let id = tx.action(&reference("2.1")).await.unwrap().unwrap().id;
    assert_eq!(tx.status_before_completion(id).await.unwrap(), Status::Blocked);
    drop(tx);
    let returned = Agreed::Returned { status: Status::Blocked };
    agrees(&office, "2020-12-11 09:00", "2.1", returned).await;
    assert_eq!(stood(&office, "2020-12-11 08:59").await.status, Status::Complete);
    assert_eq!(stood(&office, "2020-12-11 09:00").await.status, Status::Blocked);
    office.amira_says("2021-01-05 09:00", "2.1", "Now it is", Status::Complete, 3).await;
    assert_eq!(stood(&office, "2021-01-05 09:00").await.status, Status::Complete);
    agrees(&office, "2021-02-19 09:00", "2.1", Agreed::SignedOff).await;
    assert_eq!(stood(&office, "2021-02-19 08:59").await.standing, Standing::Open);
    assert_eq!(stood(&office, "2021-02-19 09:00").await.standing, Standing::SignedOff);
}

#[tokio::test]
async fn without_a_status_before_the_completion_work_goes_on_as_printed_or_on_track() {
    let office = Office::founded().await;
    let mut tx = office.read("2020-11-03 09:00").await;
    for (number, status) in
        [("2.2", Status::NotStarted), ("2.1", Status::OnTrack), ("1.1", Status::OnTrack)]
    {
        let id = tx.action(&reference(number)).await.unwrap().unwrap().id;
        assert_eq!(tx.status_before_completion(id).await.unwrap(), status, "{number}");
    }
}

#[tokio::test]
async fn a_request_stands_until_the_next_or_until_it_is_decided() {
    let office = Office::founded().await;
    asks(&office, "2020-11-01 09:00", target("May 2021", Some(("2021-05-01", "2021-05-31")))).await;
    let last = asks(&office, "2020-11-02 09:00", june()).await;
    let moved = Agreed::Moved { extension: last, target: june() };
    agrees(&office, "2020-12-11 09:00", "2.1", moved).await;
    let words = |action: &Action| action.asked.as_ref().map(|a| a.target.words().to_owned());
    assert_eq!(words(&stood(&office, "2020-11-01 08:59").await), None);
    assert_eq!(words(&stood(&office, "2020-11-01 09:00").await).as_deref(), Some("May 2021"));
    let before = stood(&office, "2020-12-11 08:59").await;
    assert_eq!(words(&before).as_deref(), Some("June 2021"));
    let asked = before.asked.unwrap();
    assert_eq!((asked.by.as_deref(), asked.reason.as_str()), (Some("Amira"), "No halls"));
    assert_eq!(asked.voice.on_behalf_of.as_deref(), Some("DIG chairs"));
    assert_eq!((before.target.words(), before.moves), ("September 2020", 0));
    let after = stood(&office, "2020-12-11 09:00").await;
    assert_eq!((words(&after), after.target.words(), after.moves), (None, "June 2021", 1));
    assert_eq!(after.first_target.words(), "September 2020");
}

#[tokio::test]
async fn a_request_is_decided_once_and_the_record_says_where() {
    let office = Office::founded().await;
    let extension = asks(&office, "2020-11-02 09:00", june()).await;
    agrees(&office, "2020-12-11 09:00", "2.1", Agreed::Kept { extension }).await;
    let mut tx = office.begin("2020-12-11 09:01").await;
    let action = tx.action(&reference("2.1")).await.unwrap().unwrap();
    let by = amira(&mut tx).await;
    let again = NewDecision { action: action.id, agreed: Agreed::Kept { extension } };
    assert!(tx.add_decision(&again, &Minute::default(), &by).await.is_err());
    drop(tx);
    let mut tx = office.read("2020-12-12 09:00").await;
    let decisions = tx.decisions_of(action.id).await.unwrap();
    let [made] = decisions.as_slice() else { panic!("{decisions:?}") };
    assert_eq!((made.kind, made.extension), (Kind::RefuseDate, Some(extension)));
    assert_eq!(made.minute.meeting.unwrap().on, "2020-12-10".parse().unwrap());
    assert_eq!((made.minute.reference.as_str(), made.minute.note.as_str()), ("4.2", "So be it"));
    assert_eq!((made.made_at, made.by.as_deref()), (at("2020-12-11 09:00"), Some("Amira")));
}

#[tokio::test]
async fn a_draft_waits_over_a_restart_and_is_settled_once() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 09:00").await;
    let action = tx.action(&reference("2.1")).await.unwrap().unwrap();
    let by = amira(&mut tx).await;
    let voice = Voice { body: BodyId(2), on_behalf_of: None };
    let new = NewExtension { action: action.id, voice, target: june(), reason: "No halls".into() };
    let id = tx.add_draft(&new, &by, 11).await.unwrap();
    assert_eq!(tx.add_draft(&new, &by, 11).await.unwrap(), id, "delivered twice");
    tx.commit().await.unwrap();
    office.store.close().await;
    let store = Store::open(&office.path()).await.unwrap();
    let mut tx = store.begin(at("2020-11-03 09:00")).await.unwrap();
    let draft = tx.draft(id).await.unwrap().unwrap();
    assert_eq!((draft.target, draft.reason.as_str()), (june(), "No halls"));
    assert_eq!((draft.person, draft.state), (by.id, DraftState::Waiting));
    tx.save_draft_asked(id).await.unwrap();
    let settled = tx.draft(id).await.unwrap().unwrap().state;
    assert_eq!(settled, DraftState::Asked { at: at("2020-11-03 09:00") });
    assert!(tx.save_draft_cancelled(id).await.is_err());
}

#[tokio::test]
async fn an_asking_is_met_first_once() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 09:00").await;
    assert!(tx.first_asking(12).await.unwrap());
    assert!(!tx.first_asking(12).await.unwrap());
    assert!(tx.first_asking(13).await.unwrap());
}

#[tokio::test]
async fn whether_a_plan_needs_sign_off_is_kept() {
    let office = Office::new().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    let plan = Plan { sign_off_needed: false, ..plan() };
    tx.found(&partnership(), &plan, &areas(), &printed()).await.unwrap();
    assert_eq!(tx.plan().await.unwrap(), plan);
}
