//! Founding a partnership, and linking it to its server.

use super::Office;
use super::areas;
use super::at;
use super::partnership;
use super::plan;
use super::printed;
use super::reference;
use crate::action::Standing;
use crate::action::Status;
use crate::body::ChannelId;
use crate::body::RoleId;

#[tokio::test]
async fn a_partnership_reads_back_as_it_was_given() {
    let office = Office::founded().await;
    let mut tx = office.read("2020-10-26 09:00").await;
    let (read, given) = (tx.partnership().await.unwrap().unwrap(), partnership());
    assert_eq!(read.name, given.name);
    assert_eq!(read.server, given.server);
    assert_eq!(read.bodies, given.bodies);
    assert_eq!(read.calendar.zone, given.calendar.zone);
    assert_eq!(read.calendar.series, given.calendar.series);
    assert_eq!(read.themes, given.themes);
    assert_eq!(tx.plan().await.unwrap(), plan());
    assert_eq!(tx.areas().await.unwrap(), areas());
}

#[tokio::test]
async fn actions_read_back_as_printed_in_the_order_of_their_refs() {
    let office = Office::founded().await;
    let mut tx = office.read("2020-10-26 09:00").await;
    let mut printed = printed();
    printed.sort_by(|one, other| one.reference.cmp(&other.reference));
    let actions = tx.actions(None).await.unwrap();
    assert_eq!(actions.len(), printed.len());
    for (action, printed) in actions.iter().zip(&printed) {
        assert_eq!(action.reference, printed.reference);
        assert_eq!(action.title, printed.title);
        assert_eq!(Some(&action.themes), printed.themes.as_ref());
        assert_eq!(Some(&action.leads), printed.leads.as_ref());
        assert_eq!(Some(&action.target), printed.target.as_ref());
        assert_eq!(Some(&action.first_target), printed.target.as_ref());
        assert_eq!(action.moves, 0);
        assert_eq!(Some(action.status), printed.status);
        assert_eq!(action.last_update.as_ref().map(|update| &update.text), printed.update.as_ref());
    }
}

#[tokio::test]
async fn what_was_printed_was_said_by_nobody_as_the_day_of_the_position_began() {
    let office = Office::founded().await;
    let update = office.action("2.1").await.last_update.unwrap();
    // British Summer Time.
    assert_eq!(update.said_at, at("2020-09-30 23:00"));
    assert_eq!((update.author, update.body, update.on_behalf_of), (None, None, None));
}

#[tokio::test]
async fn what_was_printed_as_complete_is_signed_off() {
    let office = Office::founded().await;
    let complete = office.action("1.1").await;
    assert_eq!((complete.status, complete.standing), (Status::Complete, Standing::SignedOff));
    assert_eq!(office.action("2.1").await.standing, Standing::Open);
}

#[tokio::test]
async fn a_partnership_is_founded_once() {
    let office = Office::founded().await;
    let mut tx = office.begin("2020-10-26 09:00").await;
    let again = tx.found(&partnership(), &plan(), &areas(), &printed()).await;
    assert!(again.unwrap_err().to_string().contains("holds a partnership already"));
}

#[tokio::test]
async fn an_action_that_names_what_is_not_there_says_so() {
    let office = Office::new().await;
    let check = async |change: fn(&mut crate::action::Printed), expected: &str| {
        let mut tx = office.begin("2020-10-26 09:00").await;
        let mut printed = printed();
        change(&mut printed[0]);
        let refused = tx.found(&partnership(), &plan(), &areas(), &printed).await.unwrap_err();
        let words = format!("{refused:#}");
        assert!(words.contains(expected), "{words}");
    };
    check(|printed| printed.reference = reference("9.1"), "no area for IP-9.1").await;
    check(|printed| printed.reference.plan = "FLO".into(), "FLO-2.1 is not of the plan IP").await;
    check(|printed| printed.themes = Some(vec!["Thrift".into()]), "IP-2.1: the partnership has no")
        .await;
    assert!(!office.store.is_founded().await.unwrap());
}

#[tokio::test]
async fn linking_says_what_is_missing_and_follows_what_is_made_anew() {
    let office = Office::founded().await;
    let role = |id, name: &str| (RoleId(id), name.to_owned());
    let channel = |id, name: &str| (ChannelId(id), name.to_owned());
    let mut tx = office.begin("2020-10-26 09:00").await;

    let roles = [role(11, "cpeg chair"), role(90_004, "Nurtured DIG Chair")];
    let channels = [channel(22, "cpeg"), channel(23, "nurtured-dig"), channel(24, "general")];
    let missing = tx.link(&roles, &channels).await.unwrap();
    assert_eq!(
        missing,
        ["channel #cpwd", "channel #safe-dig", "role CPWD Chair", "role Safe DIG Chair"]
    );
    let bodies = tx.partnership().await.unwrap().unwrap().bodies;
    let links = |name: &str| {
        let body = bodies.all.iter().find(|body| body.name == name).unwrap();
        (body.role, body.channel)
    };
    assert_eq!(links("CPEG"), (Some(RoleId(11)), Some(ChannelId(22))));
    assert_eq!(links("Nurtured DIG"), (Some(RoleId(90_004)), Some(ChannelId(23))));
    assert_eq!(links("CPWD"), (None, None));

    // One role was made anew beside another of its name, one channel renamed, one is gone.
    let roles = [role(12, "CPEG Chair"), role(13, "CPEG Chair"), role(90_004, "Nurtured")];
    let missing = tx.link(&roles, &[channel(22, "cpeg-2021")]).await.unwrap();
    assert!(missing.contains(&"channel #nurtured-dig".to_owned()), "{missing:?}");
    assert!(!missing.contains(&"channel #cpeg".to_owned()), "{missing:?}");
    assert!(!missing.contains(&"role Nurtured DIG Chair".to_owned()), "{missing:?}");
    let cpeg = tx.partnership().await.unwrap().unwrap().bodies.all.remove(1);
    assert_eq!((cpeg.role, cpeg.channel), (Some(RoleId(12)), Some(ChannelId(22))));
}

#[tokio::test]
async fn linking_again_writes_nothing() {
    let office = Office::founded().await;
    let roles = [(RoleId(11), "CPEG Chair".to_owned())];
    let mut tx = office.begin("2020-10-26 09:00").await;
    tx.link(&roles, &[]).await.unwrap();
    tx.commit().await.unwrap();
    // A reader cannot write, and so would fail.
    let mut tx = office.read("2020-10-26 09:01").await;
    tx.link(&roles, &[]).await.unwrap();
}
