//! How long the program takes from its start until people can speak to it, and how much memory it
//! then holds: the whole process, against the sandbox.
//!
//! `cargo bench --bench start`

mod town;

use std::io::Write;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use anyhow::Context;
use convener::rehearsal::Rehearsal;
use convener::sandbox::Sandbox;

/// How often it is started.
const STARTS: usize = 15;

fn main() -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(measure())
}

async fn measure() -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    let mut first = Vec::new();
    let mut again = Vec::new();
    let mut memory = Vec::new();
    for _ in 0..STARTS {
        let folder = tempfile::tempdir()?;
        let rehearsal = town::open(folder.path(), 0, None).await?;
        for starts in [&mut first, &mut again] {
            let (took, resident_kb) = start(&rehearsal, folder.path()).await?;
            starts.push(took);
            memory.push(resident_kb);
        }
    }
    memory.sort_unstable();
    let (middle, most) = (memory[memory.len() / 2], memory[memory.len() - 1]);
    writeln!(out, "start to ready, no record yet:  {}", spread(&mut first))?;
    writeln!(out, "start to ready, record there:   {}", spread(&mut again))?;
    writeln!(out, "resident when idle:             median {middle} kB, most {most} kB")?;
    Ok(())
}

/// Starts the program, and gives how long it took to be ready and how much memory it then holds.
async fn start(rehearsal: &Rehearsal, folder: &Path) -> anyhow::Result<(Duration, u64)> {
    let sandbox = &rehearsal.sandbox;
    let mut command = Command::new(env!("CARGO_BIN_EXE_convener"));
    command.args(["run", "--api", &sandbox.url(), "--data"]).arg(folder);
    command.args(["--partnership", concat!(env!("CARGO_MANIFEST_DIR"), "/config/cpwd.toml")]);
    command.env("DISCORD_TOKEN", sandbox.token()).stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    let mut program = command.spawn()?;
    let ready = town::ready(sandbox).await;
    let took = began.elapsed();
    let measured = match ready {
        Ok(()) => used(sandbox, &program).await,
        Err(fault) => Err(fault),
    };
    program.kill()?;
    program.wait()?;
    let gone = |sandbox: &Sandbox| (!sandbox.is_online()).then_some(());
    sandbox.until(gone).await.context("the bot stayed online")?;
    Ok((took, measured?))
}

/// Kilobytes in memory once it has answered somebody and has nothing more to do.
async fn used(sandbox: &Sandbox, program: &Child) -> anyhow::Result<u64> {
    let asked = sandbox.command("Tom Walker", "general", "/overdue").await;
    asked.map_err(anyhow::Error::msg)?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id()))
        .context("read how much memory it holds, which only Linux tells")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB"));
    Ok(kilobytes.context("the system does not say")?.trim().parse()?)
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let (middle, most) = (times[times.len() / 2], times[times.len() - 1]);
    format!("median {middle:.1?}, most {most:.1?}")
}
