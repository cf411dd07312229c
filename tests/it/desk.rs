//! What the desk decides where no button of ours leads, but a request may still come from.

use chrono::DateTime;
use convener::body::ChannelId;
use convener::body::UserId;
use convener::config::partnership;
use convener::config::setting::Settings;
use convener::desk::Desk;
use convener::desk::Failure;
use convener::desk::Refusal;
use convener::request::Ask;
use convener::request::Caller;
use convener::request::Place;
use convener::request::Request;
use convener::request::UpdateAsk;
use convener::store::Store;

#[tokio::test]
async fn progress_is_not_logged_where_roles_are_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("record.db")).await.unwrap();
    let founding = partnership::founding(None).unwrap();
    let now = DateTime::from_timestamp(1_603_702_800, 0).unwrap();
    let mut tx = store.begin(now).await.unwrap();
    tx.found(&founding.partnership, &founding.plan, &founding.areas, &founding.printed)
        .await
        .unwrap();
    let settings = Settings::default();
    let desk = Desk {
        digest_time: settings.digest_time,
        section_lines: settings.section_lines,
        undo_for: settings.undo_for,
        scheduled_events: false,
    };
    let request = Request {
        id: 1,
        by: Caller {
            user: UserId(2),
            name: "Amira".into(),
            roles: Vec::new(),
            roles_seen: false,
            administers: false,
        },
        place: Place { server: None, about: None, channel: ChannelId(3) },
        ask: Ask::Update(UpdateAsk {
            action: "IP-1.2".into(),
            text: Some("Venue booked".into()),
            ..UpdateAsk::default()
        }),
        file: None,
    };
    let refused = desk.answer(&mut tx, &request, None).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::RolesUnseen))), "{refused:?}");
    assert_eq!(
        tx.updates_since(DateTime::UNIX_EPOCH, now).await.unwrap().len(),
        founding.printed.iter().filter(|action| action.update.is_some()).count()
    );
}
