//! What is recorded of meetings: who was there, and how far the record has come.

use super::*;
use crate::agenda::ItemId;
use crate::agenda::NewItem;
use crate::agenda::Purpose;
use crate::attendance::Attendance;
use crate::attendance::Held;
use crate::attendance::Lists;
use crate::attendance::Presence;
use crate::body::BodyKind;
use crate::decision::Agreed;
use crate::decision::Cited;
use crate::decision::Minute;
use crate::decision::NewDecision;
use crate::proceedings::Made;
use crate::proceedings::Outcome;

fn cpeg(first_on: &str) -> Held {
    Held { body: BodyId(2), first_on: first_on.parse().unwrap() }
}

fn there(agency: BodyId, presence: Presence, name: &str) -> Attendance {
    Attendance { agency, presence, name: name.into() }
}

#[tokio::test]
async fn the_last_entry_about_a_meeting_and_an_agency_counts() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-12-11 09:00").await;
    let by = amira(&mut tx).await;
    let bodies_before = tx.partnership().await.unwrap().unwrap().bodies.all.len();
    let health = tx.add_agency("NHS", "NHS").await.unwrap();
    let police = tx.add_agency("Police Scotland", "POL").await.unwrap();
    assert!(tx.add_agency("NHS", "NHT").await.is_err(), "a name belongs to one body");
    let bodies = tx.partnership().await.unwrap().unwrap().bodies;
    assert_eq!(bodies.all.len(), bodies_before + 2);
    let known = bodies.with(police).unwrap();
    assert_eq!((known.kind, known.code.as_str()), (BodyKind::Agency, "POL"));
    let (december, february) = (cpeg("2020-12-10"), cpeg("2021-02-11"));
    for (held, attendance) in [
        (december, there(health, Presence::Present, "Anne")),
        (december, there(police, Presence::Present, "")),
        (february, there(health, Presence::Apologies, "")),
        (december, there(health, Presence::Substitute, "Bob")),
        (december, there(police, Presence::NoWord, "")),
    ] {
        tx.add_attendance(held, &attendance, &by).await.unwrap();
    }
    let substitute = there(health, Presence::Substitute, "Bob");
    assert_eq!(tx.attendances(december).await.unwrap(), std::slice::from_ref(&substitute));
    let all = tx.attendances_since(BodyId(2), december.first_on).await.unwrap();
    let apologies = there(health, Presence::Apologies, "");
    assert_eq!(all, [(december.first_on, substitute), (february.first_on, apologies)]);
    assert_eq!(tx.attendances_since(BodyId(1), december.first_on).await.unwrap(), []);
}

#[tokio::test]
async fn what_is_recorded_of_a_meeting_comes_back_step_by_step() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-12-11 09:00").await;
    let by = amira(&mut tx).await;
    let held = cpeg("2020-12-10");
    let action = tx.action(&reference("2.1")).await.unwrap().unwrap().id;
    let item = NewItem {
        action,
        update: None,
        body: held.body,
        meeting_on: held.first_on,
        purpose: Purpose::Decision,
        words: String::new(),
    };
    tx.add_agenda_item(&item, &by).await.unwrap();
    let new = NewDecision { action, agreed: Agreed::Withdrawn };
    let cited = Cited { body: held.body, on: held.first_on };
    let minute = Minute { meeting: Some(cited), ..Minute::default() };
    let decision = tx.add_decision(&new, &minute, &by).await.unwrap();
    let item = |outcome| Made::Item { action, item: ItemId(1), outcome };
    let made = [
        Made::Begun { minutes: "CPEG/12".into() },
        Made::Decided { action, decision },
        Made::LeftOpen { action, extension: None },
        item(Outcome::Agreed { words: "Option two".into() }),
        item(Outcome::Noted),
        item(Outcome::LeftOpen),
        Made::Added { action },
    ];
    for made in &made {
        tx.add_proceeding(held, made, &by).await.unwrap();
    }
    assert!(tx.meetings_recorded().await.unwrap().is_empty());
    tx.add_proceeding(held, &Made::Finished, &by).await.unwrap();
    let steps = tx.proceedings(held).await.unwrap();
    assert_eq!(steps.last().unwrap().by.as_deref(), Some("Amira"));
    let read: Vec<Made> = steps.into_iter().map(|step| step.made).collect();
    assert_eq!(read, made.into_iter().chain([Made::Finished]).collect::<Vec<_>>());
    assert_eq!(tx.proceedings(cpeg("2021-02-11")).await.unwrap(), []);
    assert_eq!(tx.meetings_recorded().await.unwrap().into_iter().collect::<Vec<_>>(), [held]);
    let decisions = tx.decisions_citing(cited).await.unwrap();
    assert_eq!((decisions[0].action, decisions[0].decision.id), (action, decision));
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_written_waits_while_something_in_it_is_asked_back() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-12-11 09:00").await;
    let by = amira(&mut tx).await;
    let held = cpeg("2020-12-10");
    let lists = Lists { present: "Polis Scotland".into(), ..Lists::default() };
    let id = tx.add_attendance_draft(held, (&lists, "4"), &by, 7).await.unwrap();
    let again = tx.add_attendance_draft(held, (&Lists::default(), ""), &by, 7).await.unwrap();
    assert_eq!(again, id, "the same asking, delivered again");
    let better = Lists { present: "Police Scotland".into(), ..lists };
    tx.save_attendance_draft(id, &better).await.unwrap();
    let kept = tx.attendance_draft(id).await.unwrap();
    assert_eq!(kept, Some((held, better, "4".to_owned())));
    assert_eq!(tx.attendance_draft(id + 1).await.unwrap(), None);
}
