//! What is written to the log, and what never is.

use std::io;
use std::sync::Arc;
use std::sync::Mutex;

use convener::discord::QUIET;
use convener::sandbox::Fault;
use convener::view::Answer;
use convener::view::Card;
use tokio::join;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::town::Town;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// A conversation with everything that holds a token in it, and the log of it.
async fn log_of_a_conversation(filter: &str) -> (String, String) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(log.clone())
        .with_ansi(false)
        .finish();
    let _here = tracing::subscriber::set_default(subscriber);
    let mut town = Town::open().await.declared().await;
    let sandbox = town.sandbox.clone();
    let ask = sandbox.command("Amira", "general", "/action show action:1.2");
    let answer = async {
        let (_, reply) = town.asked().await;
        reply.answer(Answer::Private(Card::default())).await.unwrap();
    };
    let (outcome, ()) = join!(ask, answer);
    outcome.unwrap();
    town.fault(Fault::UnreadableInteraction);
    town.fault(Fault::UndecodableEvent);
    town.fault(Fault::CutGateway);
    town.lost().await;
    town.connected().await;
    town.fault(Fault::Refuse { on: "POST /interactions/**".into(), status: 500, times: 2 });
    let ask = sandbox.command("Amira", "general", "/action show action:1.2");
    let answer = async {
        let (_, reply) = town.asked().await;
        let unsaid = reply.answer(Answer::Private(Card::default())).await.unwrap_err();
        tracing::warn!(?unsaid, "As whoever answers would write it");
    };
    let (_failed, ()) = join!(ask, answer);
    let token = town.sandbox.token().to_owned();
    town.discord.close().await;
    let written = log.0.lock().unwrap().clone();
    (String::from_utf8(written).unwrap(), token)
}

/// What the token of every interaction of the sandbox begins with.
const INTERACTION: &str = "interaction-";

/// One test, so that no two logs are caught at once: what may be of interest is remembered for all.
#[tokio::test]
async fn no_token_is_written_even_when_everything_of_ours_is() {
    let (log, token) = log_of_a_conversation(&format!("trace,{QUIET}")).await;
    assert!(!log.is_empty(), "the log was not caught");
    for line in log.lines() {
        assert!(!line.contains(&token) && !line.contains(INTERACTION), "{line}");
    }
    let (log, _) = log_of_a_conversation("debug").await;
    assert!(log.contains(INTERACTION), "without the filter they would be");
}
