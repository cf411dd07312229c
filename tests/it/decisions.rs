//! Two keys: a lead proposes, a meeting decides, and everybody reads what was agreed.

mod dates;
mod signing;
mod twice;

use convener::sandbox::Form;
use convener::sandbox::Outcome;

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

/// Morag asks that an action of CPEG be due later, and means it.
async fn asks(morag: &Person<'_>, action: &str, target: &str, reason: &str) -> String {
    morag.types(&format!("/reschedule action:{action} target:{target} reason:{reason}")).await;
    morag.presses("Ask for this date").await
}
