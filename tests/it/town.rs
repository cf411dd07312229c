//! A town: the sandbox, the bot, people who speak and a clock that is moved.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDateTime;
use convener::bot;
use convener::bot::Halt;
use convener::bot::Setup;
use convener::bot::Step;
use convener::config::cast;
use convener::config::partnership;
use convener::config::setting::Settings;
use convener::files::document::Part;
use convener::files::read::read;
use convener::partnership::Founding;
use convener::rehearsal::Rehearsal;
use convener::rehearsal::Stage;
use convener::sandbox::Form;
use convener::sandbox::Message;
use convener::sandbox::Outcome;
use convener::sandbox::Sandbox;
use convener::sandbox::Snowflake;
use convener::sandbox::State;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::contract::Witness;

/// Chair of the executive group.
pub(crate) const MORAG: &str = "Morag Sinclair";
/// Chair of the board.
pub(crate) const ALASDAIR: &str = "Alasdair Reid";
/// An officer of CP Support.
pub(crate) const PRIYA: &str = "Priya Nair";
/// Chair of the Flourishing DIG.
pub(crate) const FIONA: &str = "Fiona Campbell";
/// Somebody who holds no role.
pub(crate) const TOM: &str = "Tom Walker";

/// Nothing that a test waits for takes this long, short of a hang.
const PATIENCE: Duration = Duration::from_secs(20);

/// The real partnership in its sandbox, with the bot at work in it.
pub(crate) struct Town {
    pub(crate) rehearsal: Rehearsal,
    bot: Option<Bot>,
    /// Whether the next bot puts meetings into the calendar, where that is not as at first.
    pub(crate) scheduled_events: Option<bool>,
    folder: TempDir,
    /// Dropped with the town, and so its last word: Discord would have taken every request.
    _witness: Witness,
}

/// The bot on a runtime of its own, so that it can be killed at any moment.
struct Bot {
    runtime: Option<Runtime>,
    end: Option<oneshot::Sender<()>>,
    ended: JoinHandle<anyhow::Result<()>>,
}

impl Bot {
    fn pull_the_plug(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Bot {
    /// A runtime may not be dropped where others wait, only left to end by itself.
    fn drop(&mut self) {
        self.pull_the_plug();
    }
}

impl Town {
    /// On Monday 26 October 2020 at 09:00, as the sandbox opens.
    pub(crate) async fn open() -> Self {
        Self::at("2020-10-26 09:00").await
    }

    /// At a local time.
    pub(crate) async fn at(time: &str) -> Self {
        let mut town = Self::without_bot(time).await;
        town.start_bot().await;
        town
    }

    /// At a local time, in which the chairs of CPEG and of the Flourishing DIG and an officer have been seen
    /// with their roles.
    pub(crate) async fn met(time: &str) -> Self {
        let town = Self::at(time).await;
        for (name, channel) in [(MORAG, "cpeg"), (FIONA, "dig-flourishing"), (PRIYA, "cp-support")]
        {
            town.person(name, channel).types("/mine").await;
        }
        town
    }

    /// Another partnership, at a local time.
    pub(crate) async fn of(founding: Founding, time: &str) -> Self {
        let mut town = Self::founded(time, founding).await;
        town.start_bot().await;
        town
    }

    /// At a local time, before the bot is started for the first time.
    pub(crate) async fn without_bot(time: &str) -> Self {
        Self::founded(time, partnership::founding(None).unwrap()).await
    }

    /// At a local time, with so many further servers that are set up alike.
    pub(crate) async fn among(neighbours: usize, time: &str) -> Self {
        let founding = partnership::founding(None).unwrap();
        let mut town = Self::staged(time, founding, neighbours).await;
        town.start_bot().await;
        town
    }

    /// At a local time, with another partnership, before the bot is started for the first time.
    pub(crate) async fn founded(time: &str, founding: Founding) -> Self {
        Self::staged(time, founding, 0).await
    }

    async fn staged(time: &str, founding: Founding, neighbours: usize) -> Self {
        Self::set(time, founding, neighbours, Settings::default()).await
    }

    /// At a local time, with other settings, before the bot is started for the first time. Where the
    /// data is kept is not for them to say.
    pub(crate) async fn with(settings: Settings, time: &str) -> Self {
        Self::set(time, partnership::founding(None).unwrap(), 0, settings).await
    }

    async fn set(time: &str, founding: Founding, neighbours: usize, settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opens_at = founding.partnership.calendar.instant(local(time));
        let settings = Settings { data: folder.path().to_owned(), ..settings };
        let players = cast::players(None).unwrap();
        let stage = Stage { settings, founding, players, neighbours, opens_at, port: 0 };
        let rehearsal = Rehearsal::open(stage).await.unwrap();
        let witness = Witness(rehearsal.sandbox.clone());
        Self { rehearsal, bot: None, scheduled_events: None, folder, _witness: witness }
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        &self.rehearsal.sandbox
    }

    /// The folder of the record, and the record in it.
    pub(crate) fn record(&self) -> PathBuf {
        assert!(self.rehearsal.record().starts_with(self.folder.path()));
        self.rehearsal.record()
    }

    /// Starts the bot and waits until people can speak to it.
    pub(crate) async fn start_bot(&mut self) {
        self.start_bot_with(None).await;
    }

    /// The same, where the bot is to stop dead at a step of what has a key that begins so, having taken
    /// that step so often before. Gives what is raised once it has.
    pub(crate) async fn start_bot_to_halt(
        &mut self,
        at: Step,
        of: &str,
        after: usize,
    ) -> watch::Receiver<bool> {
        let (stopped, stop) = watch::channel(false);
        self.start_bot_with(Some(Halt { at, of: of.to_owned(), after, stopped })).await;
        stop
    }

    async fn start_bot_with(&mut self, halt: Option<Halt>) {
        assert!(self.bot.is_none(), "the bot is at work already");
        let mut setup = Setup { halt, ..self.rehearsal.setup().unwrap() };
        if let Some(scheduled_events) = self.scheduled_events {
            setup.settings.scheduled_events = scheduled_events;
        }
        // One that was killed may still be taken for online.
        let known = self.sandbox().identifies() + self.sandbox().resumes();
        let runtime = Runtime::new().unwrap();
        let (end, ending) = oneshot::channel();
        let ended = runtime.spawn(bot::run(setup, async {
            let _ = ending.await;
        }));
        self.bot = Some(Bot { runtime: Some(runtime), end: Some(end), ended });
        let ready = |sandbox: &Sandbox| {
            let is_new = sandbox.identifies() + sandbox.resumes() > known;
            (is_new && sandbox.is_online() && !sandbox.commands().is_empty()).then_some(())
        };
        tokio::time::timeout(PATIENCE, self.sandbox().until(ready)).await.unwrap().unwrap();
    }

    /// Ends the bot as a service manager does, and waits until it has.
    pub(crate) async fn stop_bot(&mut self) {
        let mut bot = self.bot.take().unwrap();
        let _ = bot.end.take().unwrap().send(());
        tokio::time::timeout(PATIENCE, &mut bot.ended).await.unwrap().unwrap().unwrap();
    }

    /// Ends the bot as a power cut does: nothing of it gets to run any more.
    pub(crate) async fn kill_bot(&mut self) {
        let mut bot = self.bot.take().unwrap();
        bot.pull_the_plug();
        let _ = (&mut bot.ended).await;
    }

    /// Moves the clock to a local time, through everything that happens until then.
    pub(crate) async fn reach(&self, time: &str) {
        let zone = chrono_tz::Europe::London;
        let at = local(time).and_local_timezone(zone).unwrap().to_utc();
        self.sandbox().travel_to(at).await.unwrap();
    }

    /// Somebody to speak as, in a channel.
    pub(crate) fn person<'a>(&'a self, name: &'a str, channel: &'a str) -> Person<'a> {
        Person { town: self, name, channel }
    }

    /// What everybody can read in a channel.
    pub(crate) fn channel(&self, channel: &str) -> String {
        self.sandbox().transcript(channel)
    }

    /// What stands in somebody's direct messages with the bot.
    pub(crate) fn private(&self, name: &str) -> String {
        self.sandbox().transcript_as(name, &format!("@{name}"))
    }

    /// The last thing that everybody can read in a channel.
    pub(crate) fn newest(&self, channel: &str) -> String {
        let messages = self.sandbox().read(channel);
        messages.last().map(|message| self.sandbox().text(message)).unwrap_or_default()
    }

    /// Waits until a channel holds so many messages, and gives what everybody can read in it.
    pub(crate) async fn channel_with(&self, channel: &str, messages: usize) -> String {
        let enough = |sandbox: &Sandbox| (sandbox.read(channel).len() >= messages).then_some(());
        let waited = tokio::time::timeout(PATIENCE, self.sandbox().until(enough)).await;
        assert!(
            waited.is_ok(),
            "{channel} never held {messages} messages:\n{}",
            self.channel(channel)
        );
        self.channel(channel)
    }

    /// Waits until the newest message in a channel says something, and gives it.
    pub(crate) async fn said(&self, channel: &str, words: &str) -> String {
        let says = |_: &Sandbox| self.newest(channel).contains(words).then_some(());
        let waited = tokio::time::timeout(PATIENCE, self.sandbox().until(says)).await;
        assert!(waited.is_ok(), "{channel} never said {words}:\n{}", self.channel(channel));
        self.newest(channel)
    }

    /// How often somebody was asked for updates privately, first and last.
    pub(crate) fn asked(&self, name: &str) -> (usize, usize) {
        let private = self.private(name);
        let all = private.matches("a word from you before").count();
        let last = private.matches("Last request: ").count();
        (all - last, last)
    }

    /// The digests that a channel has been given, oldest first; each as its first message.
    pub(crate) fn digests(&self, channel: &str) -> Vec<String> {
        let messages = self.sandbox().read(channel);
        let is_digest = |message: &&Message| {
            let title = message.embeds.first().and_then(|embed| embed["title"].as_str());
            title.is_some_and(|title| title.contains(" digest: meeting on "))
        };
        messages.iter().filter(is_digest).map(|message| self.sandbox().text(message)).collect()
    }

    /// Waits until a message in a channel was changed, and gives what everybody can read there.
    pub(crate) async fn channel_corrected(&self, channel: &str) -> String {
        let changed = |sandbox: &Sandbox| {
            sandbox.read(channel).iter().any(|message| message.edited_at.is_some()).then_some(())
        };
        let waited = tokio::time::timeout(PATIENCE, self.sandbox().until(changed)).await;
        assert!(
            waited.is_ok_and(|changed| changed.is_some()),
            "nothing in {channel} was ever changed:\n{}",
            self.channel(channel)
        );
        self.channel(channel)
    }
}

fn local(time: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M").unwrap()
}

/// A file that somebody gets: its name, what it is said to show, and what it holds.
pub(crate) type Given = (String, Option<String>, Arc<[u8]>);

/// What stands in a file outside its tables, as an import reads it.
pub(crate) fn lines_of((name, _, bytes): &Given) -> Vec<String> {
    let lines = read(name, bytes).unwrap().parts.into_iter().filter_map(|part| match part {
        Part::Line(line) => Some(line.text),
        Part::Table(_) => None,
    });
    lines.collect()
}

/// Somebody in a channel.
#[derive(Clone, Copy)]
pub(crate) struct Person<'a> {
    town: &'a Town,
    name: &'a str,
    channel: &'a str,
}

impl Person<'_> {
    /// Types a command, and gives what comes back as they read it.
    pub(crate) async fn types(&self, line: &str) -> String {
        let sandbox = self.town.sandbox();
        let outcome = sandbox.command(self.name, self.channel, line).await;
        self.read(outcome)
    }

    /// Types a command and gives a file with it, and gives what comes back as they read it.
    pub(crate) async fn gives(&self, line: &str, option: &str, name: &str, bytes: &[u8]) -> String {
        let sandbox = self.town.sandbox();
        let files = [(option, name, bytes)];
        let outcome = sandbox.command_with(self.name, self.channel, line, &files).await;
        self.read(outcome)
    }

    /// Types a command, and gives what they read and the files that come with it.
    pub(crate) async fn gets(&self, line: &str) -> (String, Vec<Given>) {
        let sandbox = self.town.sandbox();
        let outcome = sandbox.command(self.name, self.channel, line).await.unwrap();
        let Outcome::Answered(message) = outcome else { panic!("{line}: {outcome:?}") };
        (sandbox.text(&message), sandbox.files(&message))
    }

    /// Types a command that is answered in so many messages, and gives them once all are there.
    pub(crate) async fn gets_all(&self, line: &str, messages: usize) -> Vec<Message> {
        let sandbox = self.town.sandbox();
        let outcome = sandbox.command(self.name, self.channel, line).await.unwrap();
        // Large files are promised first, and take their time.
        let (Outcome::Answered(first) | Outcome::Deferred(first)) = outcome else {
            panic!("{line}: {outcome:?}")
        };
        let all = |sandbox: &Sandbox| {
            let mut seen = sandbox.read_as(self.name, self.channel);
            seen.retain(|message| message.id >= first.id && message.state == State::Sent);
            (seen.len() >= messages).then_some(seen)
        };
        let all = tokio::time::timeout(PATIENCE, sandbox.until(all)).await;
        all.ok().flatten().unwrap_or_else(|| panic!("{line} never got {messages} messages"))
    }

    /// Presses the button of that label on the newest message that has it.
    pub(crate) async fn presses(&self, label: &str) -> String {
        let sandbox = self.town.sandbox();
        let outcome = sandbox.press(self.name, self.channel, label).await;
        self.read(outcome)
    }

    /// Presses a button that opens a form, and gives the form.
    pub(crate) async fn opens_by(&self, label: &str) -> Form {
        let outcome = self.town.sandbox().press(self.name, self.channel, label).await;
        match outcome {
            Ok(Outcome::Form(form)) => form,
            other => panic!("{label}: {other:?}"),
        }
    }

    /// Says something in plain words and gives the reply.
    pub(crate) async fn says(&self, text: &str) -> String {
        let sandbox = self.town.sandbox();
        let said = sandbox.say(self.name, self.channel, text).await.unwrap();
        let reply = sandbox.reply(self.name, self.channel, said);
        let reply = tokio::time::timeout(PATIENCE, reply).await.unwrap();
        sandbox.text(&reply.unwrap())
    }

    /// Writes something that asks nothing of the bot, and gives the message's number.
    pub(crate) async fn writes(&self, text: &str) -> Snowflake {
        self.town.sandbox().say(self.name, self.channel, text).await.unwrap()
    }

    /// Chooses a command in the menu of a message, and gives its form, or else what they read.
    pub(crate) async fn chooses(&self, command: &str, message: Snowflake) -> Result<Form, String> {
        let outcome = self.town.sandbox().menu(self.name, message, command).await;
        match outcome {
            Ok(Outcome::Form(form)) => Ok(form),
            other => Err(self.read(other)),
        }
    }

    /// What is offered while they type the last option of a command.
    pub(crate) async fn is_offered(&self, line: &str) -> Vec<(String, String)> {
        self.town.sandbox().complete(self.name, self.channel, line).await.unwrap()
    }

    /// The raw outcome of a command, for forms.
    pub(crate) async fn opens(&self, line: &str) -> Outcome {
        self.town.sandbox().command(self.name, self.channel, line).await.unwrap()
    }

    /// Sends a form, and gives what comes back as they read it.
    pub(crate) async fn sends(&self, form: &Form, values: &[(&str, &str)]) -> String {
        let outcome = self.town.sandbox().submit(self.name, form, values).await;
        self.read(outcome)
    }

    fn read(&self, outcome: Result<Outcome, String>) -> String {
        match outcome {
            Ok(Outcome::Answered(message)) => self.town.sandbox().text(&message),
            Ok(Outcome::Failed(problem)) => format!("failed: {problem}"),
            Ok(other) => format!("{other:?}"),
            Err(problem) => format!("not sent: {problem}"),
        }
    }
}
