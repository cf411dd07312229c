//! What a command prints.

use std::io::ErrorKind;
use std::io::Write;

use anyhow::Context;

/// Prints to standard output, and ends quietly where nobody reads any more, as `head` does not.
pub(crate) fn print(bytes: &[u8], what: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).with_context(|| format!("print {what}"))
        }
        _ => Ok(()),
    }
}

/// Says something beside what is printed, which may be read by a machine.
pub(crate) fn tell(sentence: &str) -> anyhow::Result<()> {
    writeln!(std::io::stderr(), "{sentence}").context("say what was done")
}
