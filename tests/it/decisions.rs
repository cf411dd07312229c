//! Two keys: a lead proposes, a meeting decides, and everybody reads what was agreed.

mod dates;
mod signing;
mod single;
mod twice;

use convener::sandbox::Form;
use convener::sandbox::Outcome;
use convener::sandbox::Sandbox;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Person;
use crate::town::Town;

/// The form that a button opens.
async fn pressed(town: &Town, name: &str, channel: &str, label: &str) -> Form {
    match town.sandbox().press(name, channel, label).await.unwrap() {
        Outcome::Form(form) => form,
        other => panic!("{label} opened no form: {other:?}"),
    }
}

/// The last thing that everybody can read in a channel, once it holds so many.
async fn newest(town: &Town, channel: &str, messages: usize) -> String {
    town.channel_with(channel, messages).await;
    town.newest(channel)
}

/// Waits until the sandbox has seen that the bot is gone.
async fn gone(town: &Town) {
    let gone = |sandbox: &Sandbox| (!sandbox.is_online()).then_some(());
    town.sandbox().until(gone).await.unwrap();
}

/// Morag asks that an action of CPEG be due later, and means it.
async fn asks(morag: &Person<'_>, action: &str, target: &str, reason: &str) -> String {
    morag.types(&format!("/reschedule action:{action} target:{target} reason:{reason}")).await;
    morag.presses("Ask for this date").await
}
