//! A thousand partnerships whose papers are due in the same minute: how long until every board has
//! its digest, how often Discord had to refuse us, and how long people waited meanwhile for an answer.
//!
//! `cargo bench --bench thousand`, with `-- 200` for so many instead. The sandbox counts requests as
//! Discord does, 50 a second of real time; its own time stands still at the deadline.

mod town;

use std::fmt;
use std::io::Write;
use std::io::stdout;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use anyhow::Context;
use anyhow::ensure;
use chrono::NaiveDate;
use chrono::TimeDelta;
use convener::bot;
use convener::rehearsal::Rehearsal;
use convener::sandbox::Fault;
use convener::sandbox::Message;
use convener::sandbox::Outcome;
use convener::sandbox::Sandbox;
use convener::sandbox::Snowflake;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// So many partnerships, unless the command line says otherwise.
const PARTNERSHIPS: usize = 1_000;
/// What Discord bears from one bot.
const A_SECOND: usize = 50;
/// Between two looks at how far it has come.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// No step takes this long, short of a hang.
const STEP_MAX: Duration = Duration::from_mins(20);
/// Longer than this nobody waits for an answer, whatever else goes out.
const ANSWER_MAX: Duration = Duration::from_secs(1);
/// Between two questions of somebody who asks over and over.
const ASK_EVERY: Duration = Duration::from_millis(50);
/// Wednesday 11 November 2020: from 09:00 on, nothing falls due before the board's digest.
const EVE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2020, 11, 11);
/// The next day at 09:00 the board's papers are due.
const TO_THE_DEADLINE: TimeDelta = TimeDelta::days(1);
/// Chair of the executive group, who asks.
const MORAG: &str = "Morag Sinclair";
const OVERDUE: &str = "/overdue";
const UPDATE: &str = "/update action:IP-1.2 text:Venue booked status:at risk";

fn main() -> anyhow::Result<()> {
    let asked = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let partnerships: usize = asked.unwrap_or(PARTNERSHIPS).max(1);
    let handles = rlimit::increase_nofile_limit(u64::MAX)?;
    let folder = tempfile::tempdir()?;
    let runtime = Runtime::new()?;
    writeln!(stdout(), "{partnerships} partnerships, {handles} files may be open")?;
    runtime.block_on(measure(partnerships, folder.path()))
}

async fn measure(partnerships: usize, folder: &Path) -> anyhow::Result<()> {
    let mut out = stdout();
    let rehearsal = town::open(folder, partnerships - 1, EVE).await?;
    let sandbox = &rehearsal.sandbox;
    sandbox.fault(Fault::Crowded { a_second: A_SECOND });

    let bot = Bot::start(&rehearsal)?;
    let took = everywhere(sandbox, |server| sandbox.commands_next_door(server) > 0).await?;
    writeln!(out, "all begun, commands declared:    {took:.1?}, {}", used()?)?;
    bot.end().await?;
    writeln!(out, "the sandbox alone:               {}", used()?)?;

    let began = Instant::now();
    let bot = Bot::start(&rehearsal)?;
    town::ready(sandbox).await?;
    asked(sandbox, OVERDUE, &mut Vec::new()).await?;
    writeln!(out, "started again, somebody answered: {:.1?}", began.elapsed())?;
    let took = everywhere(sandbox, |server| looked_up(sandbox, server)).await?;
    writeln!(out, "all there again:                 {took:.1?}, {}", used()?)?;

    let mut idle = Waits::default();
    for _ in 0..100 {
        idle.ask(sandbox).await?;
    }
    write!(out, "while nothing is owed\n{idle}")?;

    let refused = sandbox.refusals();
    let deadline = *sandbox.clock().borrow() + TO_THE_DEADLINE;
    let mut busy = Waits::default();
    let travels = sandbox.clone();
    let travelling = tokio::spawn(async move { travels.travel_to(deadline).await });
    let all_told = everywhere(sandbox, |server| told(sandbox, server) > 0);
    let took = tokio::select! {
        took = all_told => took?,
        fault = busy.ask_on(sandbox) => return fault,
    };
    let refused = sandbox.refusals() - refused;
    writeln!(
        out,
        "all digests delivered:           {took:.1?}, refused {refused} times, {}",
        used()?
    )?;
    write!(out, "meanwhile\n{busy}")?;
    travelling.await?.map_err(anyhow::Error::msg)?;
    for server in sandbox.neighbours() {
        let times = told(sandbox, server);
        ensure!(times == 1, "{server} was told {times} times");
    }
    let at_home = digests(&sandbox.read("cpwd-board"));
    ensure!(at_home == 1, "the board at home was told {at_home} times");
    let worst = busy.worst();
    ensure!(worst < ANSWER_MAX, "somebody waited {worst:?} for an answer");
    bot.end().await
}

/// How many digests the board of a server has, whatever else stands there.
fn told(sandbox: &Sandbox, server: Snowflake) -> usize {
    digests(&sandbox.read_next_door(server, "cpwd-board"))
}

fn digests(read: &[Message]) -> usize {
    let titles = read.iter().filter_map(|message| message.embeds.first()?["title"].as_str());
    titles.filter(|title| title.contains(" digest: meeting on ")).count()
}

/// Whether the bot has looked which commands a server has, which it does once its record is open.
fn looked_up(sandbox: &Sandbox, server: Snowflake) -> bool {
    sandbox.lookups_next_door(server) > 1
}

/// How long it takes until something is so in every server next door.
async fn everywhere(
    sandbox: &Sandbox,
    is_so: impl Fn(Snowflake) -> bool,
) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let mut left = sandbox.neighbours();
    loop {
        left.retain(|server| !is_so(*server));
        if left.is_empty() {
            return Ok(began.elapsed());
        }
        ensure!(began.elapsed() < STEP_MAX, "{} servers are still left", left.len());
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// How long somebody has waited for answers.
#[derive(Default)]
struct Waits {
    overdue: Vec<Duration>,
    update: Vec<Duration>,
}

impl Waits {
    fn worst(&self) -> Duration {
        self.overdue.iter().chain(&self.update).copied().max().unwrap_or_default()
    }

    async fn ask(&mut self, sandbox: &Sandbox) -> anyhow::Result<()> {
        asked(sandbox, OVERDUE, &mut self.overdue).await?;
        asked(sandbox, UPDATE, &mut self.update).await
    }

    /// Asks over and over, and ends only when there is no answer.
    async fn ask_on(&mut self, sandbox: &Sandbox) -> anyhow::Result<()> {
        loop {
            self.ask(sandbox).await?;
            tokio::time::sleep(ASK_EVERY).await;
        }
    }
}

impl fmt::Display for Waits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, waits) in [("/overdue", &self.overdue), ("/update", &self.update)] {
            let mut waits = waits.clone();
            waits.sort_unstable();
            let at = |percent: usize| {
                let wait = waits.get(waits.len() * percent / 100).or(waits.last());
                wait.copied().unwrap_or_default()
            };
            let (middle, most, worst) = (at(50), at(95), at(100));
            writeln!(
                f,
                "  {what:<9} {:>4} times: median {middle:.1?}, 95 in 100 within {most:.1?}, worst \
                 {worst:.1?}",
                waits.len()
            )?;
        }
        Ok(())
    }
}

/// Types a command, and notes how long the answer took.
async fn asked(sandbox: &Sandbox, line: &str, waits: &mut Vec<Duration>) -> anyhow::Result<()> {
    let began = Instant::now();
    let outcome = sandbox.command(MORAG, "cpeg", line).await.map_err(anyhow::Error::msg)?;
    ensure!(matches!(outcome, Outcome::Answered(_)), "{line}: {outcome:?}");
    waits.push(began.elapsed());
    Ok(())
}

/// How much memory the bot and the sandbox hold together, and how many threads and files.
fn used() -> anyhow::Result<String> {
    let status = std::fs::read_to_string("/proc/self/status")
        .context("read how much memory is used, which only Linux tells")?;
    let told = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.map(|line| line.trim().to_owned()).unwrap_or_default()
    };
    let files = std::fs::read_dir("/proc/self/fd")?.count();
    Ok(format!("{} in memory, {} threads, {files} files open", told("VmRSS:"), told("Threads:")))
}

/// The bot on a runtime of its own, as it has a process of its own elsewhere.
struct Bot {
    runtime: Runtime,
    end: oneshot::Sender<()>,
    ended: JoinHandle<anyhow::Result<()>>,
}

impl Bot {
    fn start(rehearsal: &Rehearsal) -> anyhow::Result<Self> {
        let setup = rehearsal.setup()?;
        let runtime = Runtime::new()?;
        let (end, ending) = oneshot::channel();
        let ended = runtime.spawn(bot::run(setup, async {
            let _ = ending.await;
        }));
        Ok(Self { runtime, end, ended })
    }

    async fn end(self) -> anyhow::Result<()> {
        let _ = self.end.send(());
        let ended = self.ended.await?;
        self.runtime.shutdown_background();
        ended
    }
}
