//! How long a person waits for an answer: from the command to the first answer, over loopback,
//! through the sandbox, the real client, the desk and the record on disk.
//!
//! `cargo bench --bench answer`

mod town;

use anyhow::ensure;
use convener::bot;
use convener::sandbox::Outcome;
use convener::sandbox::Sandbox;
use criterion::Criterion;
use tokio::runtime::Runtime;

/// Chair of the executive group.
const MORAG: &str = "Morag Sinclair";

const ASKED: [(&str, &str); 4] = [
    ("update", "/update action:IP-1.2 text:Venue booked status:at risk"),
    ("overdue", "/overdue as_of:1 July 2021"),
    ("action show", "/action show action:IP-1.2"),
    ("digest preview", "/digest preview body:CPEG"),
];

fn main() -> anyhow::Result<()> {
    let mut criterion = Criterion::default().configure_from_args().sample_size(30);
    let folder = tempfile::tempdir()?;
    let runtime = Runtime::new()?;
    let rehearsal = runtime.block_on(town::open(folder.path(), 0, None))?;
    let setup = {
        let _inside = runtime.enter();
        rehearsal.setup()?
    };
    // The bot has a runtime of its own, as it has a process of its own elsewhere.
    let at_work = Runtime::new()?;
    at_work.spawn(bot::run(setup, std::future::pending()));
    runtime.block_on(town::ready(&rehearsal.sandbox))?;
    for (name, line) in ASKED {
        runtime.block_on(answered(&rehearsal.sandbox, line))?;
        criterion.bench_function(name, |bencher| {
            bencher.to_async(&runtime).iter(|| answered(&rehearsal.sandbox, line));
        });
    }
    at_work.shutdown_background();
    criterion.final_summary();
    Ok(())
}

async fn answered(sandbox: &Sandbox, line: &str) -> anyhow::Result<()> {
    let outcome = sandbox.command(MORAG, "cpeg", line).await.map_err(anyhow::Error::msg)?;
    ensure!(matches!(outcome, Outcome::Answered(_)), "{line}: {outcome:?}");
    Ok(())
}
