//! Every request the bot makes is one that Discord takes, by Discord's published description.

mod limits;
mod schema;

use std::collections::BTreeSet;

use convener::discord::declare;
use convener::sandbox::Fault;
use convener::sandbox::Outcome;
use convener::sandbox::Recorded;
use convener::sandbox::Sandbox;
use serde_json::Value;
use serde_json::json;

use crate::town::ALASDAIR;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;
use schema::contract;

/// Checks all requests that reached a sandbox once the test that opened it is over.
pub(crate) struct Witness(pub(crate) Sandbox);

impl Drop for Witness {
    fn drop(&mut self) {
        // A test that fails has something more important to say.
        if !std::thread::panicking() {
            checked(&self.0.traffic());
        }
    }
}

/// What each request is, by Discord's name for it; the first that Discord would not take fails the
/// test. None where there is nothing to check by.
fn checked(traffic: &[Recorded]) -> Option<BTreeSet<String>> {
    let contract = contract()?;
    let named = traffic.iter().map(|request| match contract.check(request) {
        Ok(name) => match request.body.as_ref().and_then(|body| body["type"].as_u64()) {
            Some(kind) if name == "create_interaction_response" => format!("{name} {kind}"),
            _ => name,
        },
        Err(wrong) => panic!("Discord would not take {request:#?}: {wrong:#?}"),
    });
    Some(named.collect())
}

fn request(method: &str, path: &str, body: Option<Value>) -> Recorded {
    Recorded {
        method: method.into(),
        path: path.into(),
        query: String::new(),
        body,
        files: 0,
        status: 200,
        at: chrono::DateTime::UNIX_EPOCH,
    }
}

fn wrong(request: &Recorded) -> String {
    contract().map_or_else(String::new, |contract| contract.check(request).unwrap_err().join("\n"))
}

#[test]
fn a_request_that_is_wrong_is_found_out() {
    if contract().is_none() {
        return;
    }
    let say = |body| request("POST", "/channels/1/messages", Some(body));
    let with_query = |query: &str| Recorded {
        query: query.into(),
        ..request("GET", "/channels/1/messages", None)
    };
    let button = |id: &str| json!({ "type": 2, "style": 1, "label": "Undo", "custom_id": id });
    let row = |buttons: &[Value]| json!({ "components": [{ "type": 1, "components": buttons }] });
    for (request, expected) in [
        (request("GET", "/no/such/path", None), "there is no such path"),
        (request("DELETE", "/channels/1/messages", None), "DELETE cannot be asked there"),
        (request("POST", "/channels/general/messages", Some(json!({}))), "channel_id\" cannot be"),
        (request("POST", "/channels/1/messages", None), "a body is needed"),
        (request("GET", "/gateway", Some(json!({}))), "takes no application/json"),
        (with_query("limit=101"), "\"limit\" cannot be \"101\""),
        (with_query("colour=red"), "the query knows no colour"),
        (say(json!({ "content": 7 })), "/content: "),
        (say(json!({ "content": "x".repeat(2_001) })), "where 2000 are allowed"),
        (say(json!({ "nonce": "x".repeat(26) })), "/nonce: "),
        (say(json!({ "embeds": [{ "title": "x".repeat(257) }] })), "/embeds/0/title: "),
        (
            say(
                json!({ "embeds": [{ "description": "x".repeat(4_000) }, { "description": "x".repeat(2_001) }] }),
            ),
            "where 6000",
        ),
        (say(row(&[button("a"), button("a")])), "a custom_id is there twice"),
        (say(row(&[button(&"x".repeat(101))])), "/components/0"),
        (
            request(
                "POST",
                "/interactions/1/TOKEN/callback",
                Some(json!({ "type": 4, "data": { "flags": "x" } })),
            ),
            "not valid under any of the schemas",
        ),
        (
            request(
                "POST",
                "/interactions/1/TOKEN/callback",
                Some(json!({ "type": 8, "data": { "choices": 7 } })),
            ),
            "not valid under any of the schemas",
        ),
    ] {
        let found = wrong(&request);
        assert!(found.contains(expected), "{request:#?}: {found}");
    }
    assert_eq!(
        contract().unwrap().check(&say(row(&[button("a"), button("b")]))),
        Ok("create_message".into())
    );
    assert!(contract().unwrap().check(&with_query("limit=100&after=17")).is_ok());
}

#[test]
fn a_changed_message_that_is_wrong_is_found_out() {
    if contract().is_none() {
        return;
    }
    let change = |body| request("PATCH", "/channels/1/messages/2", Some(body));
    for (request, expected) in [
        (request("PATCH", "/channels/1/messages", Some(json!({}))), "PATCH cannot be asked there"),
        (request("PATCH", "/channels/1/messages/2", None), "a body is needed"),
        (change(json!({ "content": "x".repeat(2_001) })), "where 2000 are allowed"),
        (change(json!({ "embeds": "none" })), "/embeds: "),
        (change(json!({ "attachments": [{ "id": "0" }] })), "1 files are told of, where 0 came"),
    ] {
        let found = wrong(&request);
        assert!(found.contains(expected), "{request:#?}: {found}");
    }
    let body = json!({ "embeds": [{ "description": "corrected" }], "components": [] });
    assert_eq!(contract().unwrap().check(&change(body)), Ok("update_message".into()));
}

#[test]
fn a_request_whose_files_are_wrong_is_found_out() {
    if contract().is_none() {
        return;
    }
    let told = |id: &str, says: &str| json!({ "id": id, "filename": "a.png", "description": says });
    let say = |files: usize, told: &[Value]| Recorded {
        files,
        ..request("POST", "/channels/1/messages", Some(json!({ "attachments": told })))
    };
    let eleven: Vec<Value> = (0..11).map(|id| told(&id.to_string(), "")).collect();
    for (request, expected) in [
        (say(2, &[told("0", "")]), "1 files are told of, where 2 came"),
        (say(1, &[told("1", "")]), "no file is numbered \"1\""),
        (say(2, &[told("0", ""), told("0", "")]), "a file is there twice"),
        (say(1, &[told("0", &"x".repeat(1_025))]), "/attachments/0/description: "),
        (say(11, &eleven), "11 files, where 10 are allowed"),
    ] {
        let found = wrong(&request);
        assert!(found.contains(expected), "{request:#?}: {found}");
    }
    let answer =
        json!({ "type": 4, "data": { "attachments": [told("0", "A plan"), told("1", "")] } });
    let answer = request("POST", "/interactions/1/TOKEN/callback", Some(answer));
    let answer = Recorded { files: 2, ..answer };
    assert_eq!(contract().unwrap().check(&answer), Ok("create_interaction_response".into()));
}

#[test]
fn what_is_declared_is_what_discord_takes() {
    let path = "/applications/1/guilds/2/commands";
    let declared = request("PUT", path, Some(declare::commands()));
    assert_eq!(limits::broken(&declare::commands()), Vec::<String>::new());
    let Some(named) = checked(&[declared]) else { return };
    assert!(named.contains("bulk_set_guild_application_commands"));
    let mut spoilt = declare::commands();
    spoilt[0]["name"] = json!("Has Spaces");
    spoilt[1]["description"] = json!("");
    let found = wrong(&request("PUT", path, Some(spoilt.clone())));
    assert!(found.contains("\"Has Spaces\" cannot be the name of a command"), "{found}");
    assert!(found.contains("reschedule is not described"), "{found}");
    spoilt[0]["options"] = json!("none");
    assert!(wrong(&request("PUT", path, Some(spoilt))).contains("/0/options: "));
}

/// What the bot asks of Discord, each by Discord's name for it; an answer to an interaction with
/// the number of its kind.
const ASKED: [&str; 16] = [
    "bulk_set_guild_application_commands",
    "create_dm",
    "create_interaction_response 4",
    "create_interaction_response 5",
    "create_interaction_response 8",
    "create_interaction_response 9",
    "create_message",
    "get_bot_gateway",
    "get_gateway",
    "get_guild",
    "get_guild_member",
    "list_guild_application_commands",
    "list_guild_channels",
    "list_messages",
    "update_message",
    "update_original_webhook_message",
];

#[tokio::test(flavor = "multi_thread")]
async fn everything_the_bot_asks_of_discord_is_what_discord_takes() {
    let mut town = Town::open().await;
    complete_and_command(&town).await;
    write_and_ask(&town).await;
    // A digest whose message was taken but not confirmed is looked for before it is sent again.
    town.sandbox().fault(Fault::HangUp { on: "POST /channels/*/messages".into(), times: 1 });
    town.reach("2020-11-20 09:00").await;
    assert_eq!(town.sandbox().read("cpwd-board").len(), 1);
    // A slow record makes the bot ask for time.
    let blocker = convener::store::Store::open(&town.record()).await.unwrap();
    let tx = blocker.begin(chrono::DateTime::UNIX_EPOCH).await.unwrap();
    let held = async {
        let deferred = town.sandbox().until(|sandbox| {
            let kind = |request: &Recorded| request.body.as_ref().map(|body| body["type"].clone());
            sandbox.traffic().iter().any(|r| kind(r) == Some(json!(5))).then_some(())
        });
        deferred.await.unwrap();
        drop(tx);
    };
    let morag = town.person(MORAG, "cpeg");
    let (answer, ()) = tokio::join!(morag.types("/update action:1.4 text:Slowly"), held);
    assert!(answer.contains("1.4"), "{answer}");
    town.stop_bot().await;
    let Some(asked) = checked(&town.sandbox().traffic()) else { return };
    assert_eq!(asked.iter().map(String::as_str).collect::<Vec<_>>(), ASKED);
}

/// Completes and uses every command there is.
async fn complete_and_command(town: &Town) {
    let priya = town.person(PRIYA, "cp-support");
    priya.types("/update action:1.2 text:Something to take back").await;
    for line in [
        "/update action:",
        "/overdue body:",
        "/overdue lead:",
        "/overdue area:",
        "/overdue theme:",
        "/action show action:",
        "/action bring action:1.2 meeting:",
        "/action reverse action:1.2 reason:A slip update:",
        "/action history action:",
        "/meeting next body:",
        "/meeting record meeting:",
        "/meeting list body:",
        "/meeting move meeting:",
        "/digest preview body:",
        "/digest send body:",
        "/digest schedule body:",
        "/remind action:",
        "/remind lead:",
        "/plan paper body:",
        "/lead list body:",
        "/help topic:",
    ] {
        assert!(!priya.is_offered(line).await.is_empty(), "{line} offers nothing");
    }
    let mut used = BTreeSet::new();
    // No meeting has begun yet that could be recorded; the last from before is.
    let Outcome::Form(_) = priya.opens("/meeting record").await else { panic!("no form") };
    used.insert(first_two("/meeting record"));
    for line in [
        "/update action:1.2 text:Venue booked status:at risk happened:20 October 2020",
        "/overdue body:cpeg area:1 as_of:1 January 2021",
        "/overdue theme:Poverty view:everything that needs attention",
        "/action show action:4.1",
        "/action reverse action:1.2 reason:A slip",
        "/action bring action:1.2 meeting:CPWD February 2021 purpose:decision words:Options",
        "/action repeat action:1.2 every:year",
        "/action history action:4.1",
        "/reschedule action:4.1 target:May 2021 reason:No halls",
        "/decide extension action:4.1 outcome:agree meeting:cpeg",
        "/decide sign-off action:4.1 meeting:cpeg",
        "/decide return action:4.1 meeting:cpeg",
        "/decide withdraw action:3.1 meeting:cpeg",
        "/meeting next",
        "/meeting attendance body:cpeg last:3",
        "/meeting agenda body:cpwd",
        "/meeting list",
        "/meeting add body:saf on:14 January 2021 at:2.30pm papers:5 reason:To begin",
        "/meeting move meeting:CPEG December 2020 to:17 December 2020 reason:No hall",
        "/meeting cancel meeting:CPEG December 2020 reason:No hall",
        "/meeting closed day:4 December 2020 name:Staff training",
        "/digest preview body:cpeg",
        "/digest preview body:cpwd as_of:12 November 2020",
        "/digest schedule",
        "/digest timing routine:digest time:09:00",
        "/digest pause body:cpeg until:20 November 2020",
        "/digest resume body:cpeg",
        "/digest send body:cpeg",
        "/remind action:1.2 note:Any word from the venue?",
        "/remind lead:Safe DIG",
        "/plan export format:csv as_of:12 November 2020",
        "/plan paper body:cpwd",
        "/lead list as_of:12 November 2020",
        "/lead link body:saf person:Tom Walker as:deputy",
        "/lead handover body:saf to:Tom Walker",
        "/lead vacant body:saf",
        "/lead link-label label:the schools body:saf",
        "/mine",
        "/action list area:1 standing:open",
        "/action add area:1 title:Meet the partners lead:CPEG target:May 2021",
        "/action edit action:1.2 title:Awareness sessions",
        "/help",
        "/help topic:update",
    ] {
        let answer = priya.types(line).await;
        assert!(!answer.contains("failed: ") && !answer.contains("not sent: "), "{line}: {answer}");
        used.insert(first_two(line));
    }
    let line = "/plan import plan:IP";
    let answer = priya.gives(line, "file", "plan.csv", b"No,Activities\r\n").await;
    assert!(!answer.contains("failed: ") && !answer.contains("not sent: "), "{line}: {answer}");
    used.insert(first_two(line));
    for command in convener::request::command::COMMANDS {
        let line = format!("/{}", command.name);
        assert!(used.iter().any(|used| used.starts_with(&line)), "{line} was not tried");
    }
}

fn first_two(line: &str) -> String {
    line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// Fills in the form, presses the buttons, asks in words, and is refused.
async fn write_and_ask(town: &Town) {
    let morag = town.person(MORAG, "cpeg");
    let Outcome::Form(form) = morag.opens("/update action:1.2").await else {
        panic!("no form was opened")
    };
    let input = form.inputs().next().unwrap()["custom_id"].as_str().unwrap();
    let sent = town.sandbox().submit(MORAG, &form, &[(input, "Speakers found")]).await;
    assert!(matches!(sent, Ok(Outcome::Answered(_))), "{sent:?}");
    assert!(!morag.presses("Undo").await.contains("failed"));
    town.channel_corrected("cpeg").await;
    morag.types("/overdue as_of:1 January 2021").await;
    assert!(!morag.presses("Share here").await.contains("failed"));
    let said = town.person(TOM, "general").writes("The hall is booked").await;
    let form = morag.chooses("Log as progress", said).await.unwrap();
    assert!(morag.sends(&form, &[("action", "1.4")]).await.contains("Logged"));
    let tom = town.person(TOM, "general");
    assert!(tom.says("@Convener which actions are overdue?").await.contains("4.1"));
    assert!(!tom.says("@Convener sing me a song").await.is_empty());
    assert!(!tom.types("/update action:1.2 text:I have heard").await.contains("failed"));
    let alasdair = town.person(ALASDAIR, "@Convener");
    assert!(!alasdair.says("when is the next board?").await.is_empty());
}
