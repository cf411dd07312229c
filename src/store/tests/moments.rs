//! Actions as they stood at a moment.

use super::Office;
use super::amira;
use super::at;
use super::reference;
use super::target;
use crate::action::Action;
use crate::action::Standing;
use crate::action::Status;
use crate::store::actions::Set;

async fn as_of(office: &Office, moment: &str, number: &str) -> Option<Action> {
    let mut tx = office.read("2021-12-31 09:00").await;
    let actions = tx.actions(Some(at(moment))).await.unwrap();
    actions.into_iter().find(|action| action.reference == reference(number))
}

fn text(action: Option<Action>) -> Option<String> {
    action.unwrap().last_update.map(|update| update.text)
}

#[tokio::test]
async fn the_record_says_nothing_of_days_before_its_position() {
    let office = Office::founded().await;
    assert_eq!(as_of(&office, "2020-09-30 22:59", "2.1").await, None);
    assert!(as_of(&office, "2020-09-30 23:00", "2.1").await.is_some());
}

#[tokio::test]
async fn only_what_was_said_by_then_counts() {
    let office = Office::founded().await;
    office.amira_says("2020-11-02 10:00", "2.2", "begun", Status::OnTrack, 5).await;
    office.amira_says("2020-11-09 10:00", "2.2", "stuck", Status::Blocked, 6).await;
    assert_eq!(text(as_of(&office, "2020-11-02 09:59", "2.2").await), None);
    let then = as_of(&office, "2020-11-02 10:00", "2.2").await.unwrap();
    assert_eq!(then.status, Status::OnTrack);
    assert_eq!(text(Some(then)).unwrap(), "begun");
    let now = office.action("2.2").await;
    assert_eq!((now.status, text(Some(now)).unwrap().as_str()), (Status::Blocked, "stuck"));
}

#[tokio::test]
async fn an_update_that_is_taken_back_counts_until_then() {
    let office = Office::founded().await;
    office.amira_says("2020-11-02 10:00", "2.1", "stuck", Status::Blocked, 5).await;
    let mut tx = office.begin("2020-11-02 10:05").await;
    let by = amira(&mut tx).await;
    let stuck = tx.updates_of(&reference("2.1")).await.unwrap()[1].update.id;
    tx.undo_update(stuck, &by, 6).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(text(as_of(&office, "2020-11-02 10:04", "2.1").await).unwrap(), "stuck");
    let after = as_of(&office, "2020-11-02 10:05", "2.1").await.unwrap();
    assert_eq!(after.status, Status::OnTrack, "the status before holds again");
    assert_eq!(text(Some(after)).unwrap(), "A standing update to the board");
    assert_eq!(office.action("2.1").await.status, Status::OnTrack);
}

#[tokio::test]
async fn an_action_with_its_only_update_taken_back_is_as_printed() {
    let office = Office::founded().await;
    office.amira_says("2020-11-02 10:00", "2.2", "stuck", Status::Blocked, 5).await;
    let mut tx = office.begin("2020-11-02 10:05").await;
    let by = amira(&mut tx).await;
    let stuck = tx.updates_of(&reference("2.2")).await.unwrap()[0].update.id;
    let undoing = tx.undo_update(stuck, &by, 6).await.unwrap().id();
    assert_eq!(tx.update(undoing).await.unwrap().unwrap().update.status, Status::NotStarted);
    tx.commit().await.unwrap();
    let action = office.action("2.2").await;
    assert_eq!((action.status, action.last_update), (Status::NotStarted, None));
}

#[tokio::test]
async fn the_first_target_is_kept_and_each_move_is_counted_from_when_it_was_set() {
    let office = Office::founded().await;
    let december = target("December 2020", Some(("2020-12-01", "2020-12-31")));
    let march = target("March 2021", Some(("2021-03-01", "2021-03-31")));
    for (set_at, target) in [("2020-11-02 10:00", &december), ("2020-12-02 10:00", &march)] {
        let mut tx = office.begin(set_at).await;
        let action = tx.action(&reference("2.1")).await.unwrap().unwrap();
        let set = Set { at: at(set_at), import: None, by: None };
        tx.add_target(action.id, target, set).await.unwrap();
        tx.commit().await.unwrap();
    }
    let september = target("September 2020", Some(("2020-09-01", "2020-09-30")));
    let check = async |moment, expected: &_, moves| {
        let action = as_of(&office, moment, "2.1").await.unwrap();
        assert_eq!((&action.target, action.moves), (expected, moves), "{moment}");
        assert_eq!(action.first_target, september);
    };
    check("2020-11-02 09:59", &september, 0).await;
    check("2020-11-02 10:00", &december, 1).await;
    check("2021-01-01 00:00", &march, 2).await;
}

#[tokio::test]
async fn the_last_decision_by_then_says_where_an_action_stands() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-12-02 10:00").await;
    let mut decide = async |number: &str, kind: &str, made_at: &str| {
        let action = tx.action(&reference(number)).await.unwrap().unwrap().id.0;
        let made_at = at(made_at).timestamp_millis();
        let sql = format!(
            "INSERT INTO decisions (action_id, kind, note, made_at, recorded_at)
             VALUES ({action}, '{kind}', '', {made_at}, {made_at})"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(tx.connection()).await.unwrap();
    };
    // Written down in another order than agreed: what was agreed last counts.
    decide("1.1", "sign-off", "2020-12-01 10:00").await;
    decide("1.1", "return", "2020-11-02 10:00").await;
    decide("2.2", "withdraw", "2020-11-02 10:00").await;
    tx.commit().await.unwrap();
    let check = async |moment, number, expected| {
        let action = as_of(&office, moment, number).await.unwrap();
        assert_eq!(action.standing, expected, "{number} at {moment}");
    };
    check("2020-11-02 09:59", "1.1", Standing::SignedOff).await;
    check("2020-11-02 10:00", "1.1", Standing::Open).await;
    check("2020-12-01 10:00", "1.1", Standing::SignedOff).await;
    check("2020-11-02 09:59", "2.2", Standing::Open).await;
    check("2020-11-02 10:00", "2.2", Standing::Withdrawn).await;
}
