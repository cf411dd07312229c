//! Who holds bodies by name, and what printed leads mean, read back as they were set.

use super::Office;
use super::amira;
use super::at;
use super::reference;
use crate::action::Lead;
use crate::body::Bodies;
use crate::body::BodyId;
use crate::body::UserId;
use crate::body::holding::Change;
use crate::body::holding::Part;
use crate::store::Tx;

const CPEG: BodyId = BodyId(2);

async fn bodies(office: &Office) -> Bodies {
    let mut tx = office.read("2021-12-31 09:00").await;
    tx.partnership().await.unwrap().unwrap().bodies
}

/// Amira sets the part of a user of that number; of nobody, she says that CPEG is vacant.
async fn set(tx: &mut Tx, user: Option<u64>, part: Part) {
    let by = amira(tx).await;
    let person = match user {
        Some(user) => Some(tx.person(UserId(user), "Brian").await.unwrap().id),
        None => None,
    };
    tx.add_holding(CPEG, &Change { person, part }, &by).await.unwrap();
}

#[tokio::test]
async fn who_holds_a_body_by_name_reads_back_in_the_order_it_was_set() {
    let office = Office::founded().await;
    assert_eq!(bodies(&office).await.held_by(UserId(81), &[]), []);
    for (now, user, part) in [
        ("2020-11-02 10:00", Some(81), Part::Holder),
        ("2020-11-03 10:00", None, Part::Ended),
        ("2020-11-04 10:00", Some(82), Part::Deputy),
        ("2020-11-05 10:00", Some(81), Part::Holder),
    ] {
        let mut tx = office.begin(now).await;
        set(&mut tx, user, part).await;
        tx.commit().await.unwrap();
    }
    let bodies = bodies(&office).await;
    let holds = |moment: &str, user| bodies.as_of(at(moment)).held_by(UserId(user), &[]);
    assert_eq!(holds("2020-11-02 09:59", 81), []);
    assert_eq!(holds("2020-11-02 10:00", 81), [CPEG]);
    assert_eq!(holds("2020-11-03 10:00", 81), []);
    assert_eq!(holds("2020-11-04 10:00", 82), [CPEG]);
    let vacant = |moment: &str| bodies.as_of(at(moment)).holdings.vacant_since(CPEG);
    assert_eq!(vacant("2020-11-04 10:00"), Some(at("2020-11-03 10:00")));
    assert_eq!(vacant("2020-11-05 10:00"), None);
    let named: Vec<_> = bodies.holdings.named(CPEG).iter().map(|entry| entry.since).collect();
    assert_eq!(named, [at("2020-11-04 10:00"), at("2020-11-05 10:00")]);
}

#[tokio::test]
async fn two_entries_of_one_moment_count_in_the_order_they_were_written() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 10:00").await;
    set(&mut tx, Some(81), Part::Ended).await;
    set(&mut tx, Some(82), Part::Holder).await;
    set(&mut tx, Some(81), Part::Deputy).await;
    tx.commit().await.unwrap();
    let held = bodies(&office).await;
    assert_eq!(held.holdings.part(CPEG, UserId(81)), Some(Part::Deputy));
    assert_eq!(held.holdings.part(CPEG, UserId(82)), Some(Part::Holder));
}

#[tokio::test]
async fn somebody_who_is_forgotten_holds_nothing_and_stays_in_the_ledger() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 10:00").await;
    set(&mut tx, Some(81), Part::Holder).await;
    sqlx::raw_sql(
        "DELETE FROM names WHERE name = 'Brian'; UPDATE people SET user_id = NULL WHERE user_id = 81",
    )
    .execute(tx.connection())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let held = bodies(&office).await;
    assert_eq!(held.held_by(UserId(81), &[]), []);
    let named = held.holdings.named(CPEG);
    let [only] = named.as_slice() else { panic!("{named:?}") };
    assert_eq!(only.person.as_ref().unwrap().name, None);
}

#[tokio::test]
async fn a_lead_that_is_understood_later_counts_from_then_and_says_by_whom() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-11-02 10:00").await;
    let by = amira(&mut tx).await;
    let action = tx.action(&reference("2.1")).await.unwrap().unwrap();
    let means = |lead: &Lead| {
        let bodies = if lead.bodies.is_empty() { vec![BodyId(5)] } else { lead.bodies.clone() };
        Lead { bodies, ..lead.clone() }
    };
    let leads: Vec<Lead> = action.leads.iter().map(means).collect();
    tx.set_leads(action.id, &leads, &by).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(office.action("2.1").await.leads, leads);
    let mut tx = office.read("2021-12-31 09:00").await;
    let then = tx.actions(Some(at("2020-11-02 09:59"))).await.unwrap();
    let then = then.into_iter().find(|then| then.id == action.id).unwrap();
    assert_eq!(then.leads, action.leads);
    let said: Option<i64> = sqlx::query_scalar!(
        "SELECT person_id FROM leaderships WHERE action_id = ? ORDER BY id DESC LIMIT 1",
        action.id.0
    )
    .fetch_one(tx.connection())
    .await
    .unwrap();
    assert_eq!(said, Some(by.id.0));
}

#[tokio::test]
async fn a_name_means_one_thing_at_a_time() {
    let office = Office::founded().await;
    for (name, means) in [
        ("the schools", vec![BodyId(5)]),
        ("The Schools", vec![BodyId(5), BodyId(4)]),
        ("schools", vec![CPEG]),
    ] {
        let mut tx = office.begin("2020-11-02 10:00").await;
        tx.add_name(name, &means).await.unwrap();
        tx.commit().await.unwrap();
        let known = bodies(&office).await;
        assert_eq!(known.named("schools"), means);
        let goes_by = |body: &&crate::body::Body| {
            body.names.iter().any(|known| crate::body::same(known, "schools"))
        };
        assert!(known.all.iter().filter(goes_by).count() <= 1, "{name}");
    }
    let mut tx = office.begin("2020-11-02 10:00").await;
    assert!(
        tx.add_name("parents", &[BodyId(1), CPEG]).await.is_err(),
        "they have no name together"
    );
}
