//! Which answer each kind of question takes.

use serde_json::Value;
use serde_json::json;
use tokio::sync::mpsc;

use crate::sandbox::Origin;
use crate::sandbox::Sandbox;
use crate::sandbox::Snowflake;
use crate::sandbox::interaction::Kind;
use crate::sandbox::interaction::Question;
use crate::sandbox::tests::bot;
use crate::sandbox::tests::faults::channel;
use crate::sandbox::tests::faults::refused;
use crate::sandbox::tests::sandbox;

/// Asks by hand, with nobody there to answer but the test: the interaction's id and token.
fn ask(sandbox: &Sandbox, kind: Kind, message: Option<Snowflake>) -> (u64, String) {
    let question = Question {
        kind,
        by: sandbox.person_id("Amira"),
        channel: sandbox.channel_id("general"),
        message,
        origin: Origin { name: "/test".to_owned(), by: "Amira".to_owned() },
        data: json!({}),
        trigger: None,
    };
    let mut world = sandbox.town.world();
    world.ask(question).unwrap();
    let asked = world.interactions.values().next_back().unwrap();
    (asked.id.get(), asked.token.clone())
}

fn answer(kind: u64) -> Value {
    let input = json!({ "type": 4, "custom_id": "a", "label": "A", "style": 1 });
    let data = match kind {
        4 | 7 => json!({ "content": "said" }),
        8 => json!({ "choices": [] }),
        9 => json!({
            "custom_id": "form",
            "title": "Form",
            "components": [{ "type": 1, "components": [input] }],
        }),
        _ => Value::Null,
    };
    json!({ "type": kind, "data": data })
}

#[tokio::test]
async fn each_kind_of_question_takes_its_own_kinds_of_answer() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let (line, _orders) = mpsc::unbounded_channel();
    sandbox.town.world().sessions.open(0, line);
    let posted = channel(&sandbox, "general").say(&http, "Press").await.unwrap().id;
    let posted = posted.to_string().parse().unwrap();
    for (kind, message, taken) in [
        (Kind::Command, None, &[4, 5, 9][..]),
        (Kind::Component, Some(posted), &[4, 5, 6, 7, 9]),
        (Kind::Complete, None, &[8]),
        // A form cannot answer a form.
        (Kind::Submit, None, &[4, 5]),
        (Kind::Submit, Some(posted), &[4, 5, 6, 7]),
    ] {
        for number in 4..=9 {
            let (id, token) = ask(&sandbox, kind, message);
            let body = answer(number);
            let sent = http.create_interaction_response(id.into(), &token, &body, vec![]).await;
            if taken.contains(&number) {
                assert!(sent.is_ok(), "{kind:?} {number}: {sent:?}");
                let again = http.create_interaction_response(id.into(), &token, &body, vec![]);
                assert_eq!(refused(again.await), (400, 40_060));
            } else {
                assert_eq!(refused(sent), (400, 50_035), "{kind:?} {number}");
            }
        }
    }
}

#[tokio::test]
async fn forms_and_choices_beyond_a_limit_are_refused() {
    let sandbox = sandbox().await;
    let http = bot::http(&sandbox);
    let (line, _orders) = mpsc::unbounded_channel();
    sandbox.town.world().sessions.open(0, line);
    let input = |label: usize| {
        let input = json!({ "type": 4, "custom_id": "a", "label": "x".repeat(label), "style": 1 });
        json!({ "type": 1, "components": [input] })
    };
    let form = |title: usize, rows: Vec<Value>| json!({ "custom_id": "form", "title": "x".repeat(title), "components": rows });
    let choices = |count: usize, length: usize| {
        let choice = json!({ "name": "x".repeat(length), "value": "v" });
        json!({ "choices": vec![choice; count] })
    };
    for (kind, number, data, taken) in [
        (Kind::Command, 9, form(45, vec![input(45)]), true),
        (Kind::Command, 9, form(46, vec![input(45)]), false),
        (Kind::Command, 9, form(45, vec![input(46)]), false),
        (Kind::Command, 9, form(45, vec![]), false),
        (Kind::Command, 9, form(45, vec![input(1), input(1)]), false),
        (Kind::Complete, 8, choices(25, 100), true),
        (Kind::Complete, 8, choices(26, 100), false),
        (Kind::Complete, 8, choices(25, 101), false),
        (Kind::Complete, 8, choices(1, 0), false),
    ] {
        let (id, token) = ask(&sandbox, kind, None);
        let body = json!({ "type": number, "data": data });
        let sent = http.create_interaction_response(id.into(), &token, &body, vec![]).await;
        assert_eq!(sent.is_ok(), taken, "{body}");
    }
}
