//! Recording what people say: once, and with who said it.

use super::Office;
use super::amira;
use super::at;
use super::reference;
use super::said;
use crate::action::Evidence;
use crate::action::NewUpdate;
use crate::action::Reversal;
use crate::action::Status;
use crate::action::TakenBack;
use crate::action::Update;
use crate::action::UpdateId;
use crate::body::BodyId;
use crate::body::UserId;
use crate::body::Voice;
use crate::store::Added;

#[tokio::test]
async fn an_update_reads_back_word_for_word() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 10:00").await;
    let action = tx.action(&reference("2.2")).await.unwrap().unwrap();
    let by = amira(&mut tx).await;
    let new = NewUpdate {
        voice: Voice { body: BodyId(1), on_behalf_of: Some("DIG chairs".to_owned()) },
        happened_on: Some("2020-10-30".parse().unwrap()),
        ask: Some("Name a venue – “soon”".to_owned()),
        evidence: Some(Evidence::file("draft.docx", "https://chat.example/draft.docx").unwrap()),
        case_study: true,
        ..said(&action, "Line 1\nline 2 – “fine” 👍'; --", Status::AtRisk)
    };
    // The largest number that the chat can give for 60 years.
    let added = tx.add_update(&new, &by, i64::MAX.unsigned_abs()).await.unwrap();
    tx.commit().await.unwrap();
    let expected = Update {
        id: added.id(),
        said_at: at("2020-11-02 10:00"),
        happened_on: new.happened_on,
        author: Some("Amira".to_owned()),
        body: Some(BodyId(1)),
        on_behalf_of: new.voice.on_behalf_of,
        text: new.text,
        status: Status::AtRisk,
        ask: new.ask,
        evidence: new.evidence,
        case_study: true,
    };
    assert_eq!(office.action("2.2").await.last_update, Some(expected));
}

#[tokio::test]
async fn an_asking_that_is_delivered_twice_is_recorded_once() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 10:00").await;
    let action = tx.action(&reference("2.2")).await.unwrap().unwrap();
    let by = amira(&mut tx).await;
    let new = said(&action, "begun", Status::OnTrack);
    let first = tx.add_update(&new, &by, 5).await.unwrap();
    assert_eq!(first, Added::New(first.id()));
    assert_eq!(tx.add_update(&new, &by, 5).await.unwrap(), Added::Again(first.id()));
    tx.commit().await.unwrap();

    let mut tx = office.begin("2020-11-02 10:01").await;
    assert_eq!(tx.add_update(&new, &by, 5).await.unwrap(), Added::Again(first.id()));
    assert_ne!(tx.add_update(&new, &by, 6).await.unwrap().id(), first.id());
    assert_eq!(tx.updates_of(&action.reference).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_update_is_taken_back_once_and_both_stay_in_the_ledger() {
    let office = Office::founded().await;
    office.amira_says("2020-11-02 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    let mut tx = office.begin("2020-11-02 10:05").await;
    let by = tx.person(UserId(72), "Bill").await.unwrap();
    let begun = tx.updates_of(&reference("2.2")).await.unwrap().remove(0);
    assert_eq!(begun.taken_back, None);
    let undoing = tx.undo_update(begun.update.id, &by, 6).await.unwrap();
    assert_eq!(undoing, Added::New(undoing.id()));
    for request in [6, 7] {
        let again = tx.undo_update(begun.update.id, &by, request).await.unwrap();
        assert_eq!(again, Added::Again(undoing.id()));
    }
    let ledger = tx.updates_of(&reference("2.2")).await.unwrap();
    let marks: Vec<_> = ledger
        .iter()
        .map(|logged| (logged.update.text.as_str(), logged.taken_back.is_some(), logged.undoes))
        .collect();
    assert_eq!(marks, [("begun", true, None), ("", false, Some(begun.update.id))]);
    assert_eq!(ledger[1].person, Some(by.id));
    assert_eq!(tx.update(begun.update.id).await.unwrap(), Some(ledger[0].clone()));
}

#[tokio::test]
async fn what_somebody_else_takes_back_keeps_for_whom_and_why() {
    let office = Office::founded().await;
    office.amira_says("2020-11-02 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    office.amira_says("2020-11-02 11:00", "2.2", "all done", Status::Complete, 6).await;
    let mut tx = office.begin("2020-11-09 10:05").await;
    let bill = tx.person(UserId(72), "Bill").await.unwrap();
    let done = tx.updates_of(&reference("2.2")).await.unwrap().pop().unwrap();
    let reversal = Reversal { body: BodyId(1), reason: "Not all – “some”".to_owned() };
    let id = done.update.id;
    let added = tx.reverse_update(id, &bill, &reversal, 7).await.unwrap();
    assert_eq!(tx.undo_update(id, &bill, 8).await.unwrap(), Added::Again(added.id()));
    let taken_back = TakenBack {
        at: at("2020-11-09 10:05"),
        by: Some("Bill".to_owned()),
        person: Some(bill.id),
        reversal: Some(reversal),
    };
    assert_eq!(tx.update(id).await.unwrap().unwrap().taken_back, Some(taken_back));
    tx.commit().await.unwrap();
    let action = office.action("2.2").await;
    assert_eq!(action.status, Status::OnTrack);
    assert_eq!(action.last_update.unwrap().text, "begun");
    let mut tx = office.read("2021-12-31 09:00").await;
    let then = tx.actions(Some(at("2020-11-09 10:04"))).await.unwrap();
    let then = then.into_iter().find(|action| action.reference == reference("2.2")).unwrap();
    assert_eq!(then.status, Status::Complete, "until then it stood");
}

#[tokio::test]
async fn what_cannot_be_taken_back_says_so() {
    let office = Office::founded().await;
    office.amira_says("2020-11-02 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    let mut tx = office.begin("2020-11-02 10:05").await;
    let by = amira(&mut tx).await;
    assert_eq!(tx.update(UpdateId(99)).await.unwrap(), None);
    let nothing = tx.undo_update(UpdateId(99), &by, 6).await.unwrap_err();
    assert!(nothing.to_string().contains("no update 99"), "{nothing}");
    let begun = tx.updates_of(&reference("2.2")).await.unwrap().remove(0);
    let undoing = tx.undo_update(begun.update.id, &by, 6).await.unwrap().id();
    let redone = tx.undo_update(undoing, &by, 7).await.unwrap_err();
    assert!(redone.to_string().contains("takes another back"), "{redone}");
}

#[tokio::test]
async fn what_was_said_since_is_what_came_after_and_was_not_taken_back() {
    let office = Office::founded().await;
    office.amira_says("2020-11-02 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    office.amira_says("2020-11-02 10:02", "2.1", "wrong", Status::OnTrack, 6).await;
    office.amira_says("2020-11-02 10:01", "2.1", "further", Status::OnTrack, 7).await;
    let mut tx = office.begin("2020-11-02 10:05").await;
    let by = amira(&mut tx).await;
    let wrong = tx.updates_of(&reference("2.1")).await.unwrap().pop().unwrap();
    tx.undo_update(wrong.update.id, &by, 8).await.unwrap();
    let mut between = async |moment, until| {
        let updates = tx.updates_since(at(moment), at(until)).await.unwrap();
        let line = |(reference, update): (_, Update)| format!("{reference} {}", update.text);
        updates.into_iter().map(line).collect::<Vec<_>>()
    };
    let now = "2020-11-02 10:05";
    assert_eq!(between("2020-10-26 09:00", now).await, ["IP-2.2 begun", "IP-2.1 further"]);
    assert_eq!(between("2020-11-02 10:00", now).await, ["IP-2.1 further"]);
    assert_eq!(between("2020-11-02 10:00", "2020-11-02 10:01").await, ["IP-2.1 further"]);
    assert_eq!(between("2020-09-30 22:59", now).await.len(), 4, "with the two that were printed");
    // As of a moment before it was taken back, it stands.
    let then = between("2020-11-02 10:00", "2020-11-02 10:04").await;
    assert_eq!(then, ["IP-2.1 further", "IP-2.1 wrong"]);
}

#[tokio::test]
async fn the_name_of_a_person_follows_and_their_number_stays() {
    let office = Office::founded().await;
    office.amira_says("2020-11-02 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    let mut tx = office.begin("2020-11-02 10:05").await;
    let before = amira(&mut tx).await;
    let after = tx.person(UserId(71), "Amira Khan").await.unwrap();
    assert_eq!(before.id, after.id);
    assert_ne!(tx.person(UserId(72), "Amira").await.unwrap().id, after.id);
    tx.commit().await.unwrap();
    let update = office.action("2.2").await.last_update.unwrap();
    assert_eq!(update.author.as_deref(), Some("Amira Khan"));
}
