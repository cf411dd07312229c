//! The program itself, started and ended as people and service managers do.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::ExitStatus;
use std::process::Stdio;
use std::time::Duration;

use convener::sandbox::Fault;
use convener::sandbox::Sandbox;
use futures_util::FutureExt;
use serde_json::Value;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio::time::timeout;

use crate::program::convener;
use crate::town::TOM;
use crate::town::Town;

/// Nothing that a test waits for takes this long, short of a hang.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long the program may take to end once it is told to.
const END_WITHIN: Duration = Duration::from_secs(2);

/// The program, ended with the test.
struct Program(Child);

impl Program {
    fn start(command: &mut Command) -> Self {
        Self(command.spawn().unwrap())
    }

    /// Tells it to end, as a service manager does, and gives how it did.
    async fn terminate(mut self) -> ExitStatus {
        let told = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        assert!(told.unwrap().success());
        let began = Instant::now();
        let ended = self.ended().await;
        assert!(began.elapsed() < END_WITHIN, "it took {:?} to end", began.elapsed());
        ended
    }

    async fn ended(&mut self) -> ExitStatus {
        let ended = async {
            loop {
                if let Some(status) = self.0.try_wait().unwrap() {
                    return status;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, ended).await.unwrap()
    }

    /// Ends it as a power cut does.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already where the test went well.
        let _ended = self.0.kill();
        let _ended = self.0.wait();
    }
}

fn config(file: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config").join(file).display().to_string()
}

/// What it says on its way out, having failed.
async fn complaint(command: &mut Command) -> String {
    let mut program = Program::start(command.stdout(Stdio::null()).stderr(Stdio::piped()));
    let ended = program.ended().await;
    let mut said = String::new();
    program.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(
        ended.code(),
        Some(1).filter(|_| said.starts_with("convener: ")).or(Some(2)),
        "{said}"
    );
    said
}

/// The same, where it must be one line that says everything.
async fn sentence(command: &mut Command) -> String {
    let said = complaint(command).await;
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    said
}

/// The arguments with which the program serves a sandbox's server.
fn serving(sandbox: &Sandbox, folder: &Path) -> Command {
    let mut command = convener(&["run", "--api", &sandbox.url(), "--data"]);
    command.arg(folder).env("DISCORD_TOKEN", sandbox.token());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

async fn ready(sandbox: &Sandbox) {
    let ready =
        |sandbox: &Sandbox| (sandbox.is_online() && !sandbox.commands().is_empty()).then_some(());
    assert!(sandbox.until(ready).await.is_some(), "it never became ready");
}

/// A town whose bot is the program.
async fn served() -> (Town, Program) {
    let town = Town::without_bot("2020-10-26 09:00").await;
    let folder = town.record().parent().unwrap().to_owned();
    let mut command = serving(town.sandbox(), &folder);
    let program = Program::start(command.args(["--partnership", &config("cpwd.toml")]));
    ready(town.sandbox()).await;
    (town, program)
}

#[tokio::test]
async fn a_second_process_on_one_data_folder_is_refused_until_the_first_is_gone() {
    let (town, program) = served().await;
    let folder = town.record().parent().unwrap().to_owned();
    let refused = format!("another Convener is at work on the data folder {}", folder.display());
    let said = sentence(&mut serving(town.sandbox(), &folder)).await;
    assert!(said.contains(&refused), "{said}");
    let sandbox = convener(&["sandbox", "--port", "0", "--data"]).arg(&folder).output().unwrap();
    let said = String::from_utf8(sandbox.stderr).unwrap();
    assert!(!sandbox.status.success() && said.contains(&refused), "{said}");
    // Whoever looks after the record need not stop the bot for that.
    let plan = config("cpwd-plan.csv");
    for command in [
        vec!["check", "--data"],
        vec!["backup", "--data"],
        vec!["import", plan.as_str(), "--apply", "--data"],
    ] {
        let done = convener(&command).arg(&folder).output().unwrap();
        assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    // Nobody has to tidy up after a power cut.
    program.kill();
    let introduced = town.sandbox().identifies();
    let program = Program::start(&mut serving(town.sandbox(), &folder));
    let back = |sandbox: &Sandbox| (sandbox.identifies() > introduced).then_some(());
    timeout(PATIENCE, town.sandbox().until(back)).await.unwrap().unwrap();
    assert!(program.terminate().await.success());
}

#[tokio::test]
async fn without_a_token_it_says_what_to_do() {
    let said = sentence(&mut convener(&["run"])).await;
    assert!(said.contains("DISCORD_TOKEN") && said.contains("developer portal"), "{said}");
    let blank = sentence(convener(&["run"]).env("DISCORD_TOKEN", " ")).await;
    assert_eq!(blank, said);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_token_that_is_refused_it_says_where_to_get_one() {
    let town = Town::without_bot("2020-10-26 09:00").await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = serving(town.sandbox(), folder.path());
    let said = sentence(command.env("DISCORD_TOKEN", "not-the-token")).await;
    assert!(said.contains("refused the token") && said.contains("Reset Token"), "{said}");
    assert!(!said.contains("not-the-token"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_on_another_host_is_refused_and_never_sees_the_token() {
    let town = Town::without_bot("2020-10-26 09:00").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://localhost:{}", listener.local_addr().unwrap().port());
    town.sandbox().fault(Fault::GatewayElsewhere { url: url.clone() });
    let folder = tempfile::tempdir().unwrap();
    let said = sentence(&mut serving(town.sandbox(), folder.path())).await;
    assert!(said.contains(&url) && said.contains("token was not sent there"), "{said}");
    assert!(listener.accept().now_or_never().is_none(), "somebody called at the other host");
    assert_eq!(town.sandbox().identifies(), 0);
}

#[tokio::test]
async fn an_api_base_where_nobody_answers_is_said_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let mut command = convener(&["run", "--api", &url]);
    let folder = tempfile::tempdir().unwrap();
    command.arg("--data").arg(folder.path()).env("DISCORD_TOKEN", "token");
    let said = sentence(&mut command).await;
    assert!(said.contains("could not be reached"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_serves_any_compatible_address_and_ends_well_when_told_to() {
    let (town, program) = served().await;
    let tom = town.person(TOM, "general");
    assert!(tom.types("/overdue").await.contains("overdue"));
    assert!(tom.types("/help").await.contains("/update"));
    assert!(program.terminate().await.success());
    let gone = |sandbox: &Sandbox| (!sandbox.is_online()).then_some(());
    assert!(town.sandbox().until(gone).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_in_time_while_the_gateway_is_down() {
    let (town, program) = served().await;
    town.sandbox().fault(Fault::Refuse {
        on: "GET /gateway".into(),
        status: 502,
        times: usize::MAX,
    });
    town.sandbox().fault(Fault::RefuseResume { times: usize::MAX });
    town.sandbox().fault(Fault::CutGateway);
    let gone = |sandbox: &Sandbox| (!sandbox.is_online()).then_some(());
    assert!(town.sandbox().until(gone).await.is_some());
    assert!(program.terminate().await.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_in_time_while_an_answer_hangs() {
    let (town, program) = served().await;
    let on = "POST /channels/*/messages".to_owned();
    town.sandbox().fault(Fault::Hang { on, times: usize::MAX });
    town.sandbox().say(TOM, "general", "@Convener which actions are overdue?").await.unwrap();
    let asked = town.sandbox().until(|sandbox| {
        let traffic = sandbox.traffic();
        traffic.iter().any(|request| request.path.ends_with("/messages")).then_some(())
    });
    assert!(asked.await.is_some());
    assert!(program.terminate().await.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_a_record_is_told_so_in_a_sentence() {
    let town = Town::without_bot("2020-10-26 09:00").await;
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&mut serving(town.sandbox(), folder.path()));
    ready(town.sandbox()).await;
    let said = town.person(TOM, "general").types("/overdue").await;
    assert!(said.contains("I am not set up for this server yet."), "{said}");
    assert!(program.terminate().await.success());
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    let names: Vec<_> = files.into_iter().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["convener.lock"], "only its claim on the folder");
}

#[tokio::test]
async fn a_setting_that_does_not_exist_is_named_with_its_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, "# ours\nsection_lines = 4\nsection_colour = \"red\"\n").unwrap();
    for word in ["run", "sandbox"] {
        let mut command = convener(&[word, "--config"]);
        let said = sentence(command.arg(&file).env("DISCORD_TOKEN", "token")).await;
        let place = format!("{}, line 3", file.display());
        assert!(said.contains(&place) && said.contains("\"section_colour\""), "{said}");
    }
}

#[tokio::test]
async fn a_time_that_is_none_and_a_port_that_is_taken_are_said_so() {
    let said = complaint(&mut convener(&["sandbox", "--at", "next Tuesday"])).await;
    assert!(said.contains("write a day and a time, such as \"2020-10-26 09:00\""), "{said}");
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = sentence(&mut convener(&["sandbox", "--port", &port])).await;
    assert!(said.contains(&format!("port {port}")) && said.contains("in use"), "{said}");
}

/// A sandbox of its own process, spoken to through its page.
struct Page {
    program: Program,
    url: String,
    record: PathBuf,
    /// How long it took to say where it is.
    printed_after: Duration,
    client: reqwest::Client,
}

impl Page {
    async fn open(folder: &Path) -> Self {
        let began = Instant::now();
        let mut command = convener(&["sandbox", "--port", "0", "--data"]);
        command.arg(folder).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut program = Program::start(&mut command);
        let out = program.0.stdout.take().unwrap();
        let lines = tokio::task::spawn_blocking(move || {
            BufReader::new(out).lines().take(2).collect::<Result<Vec<_>, _>>()
        });
        let lines = timeout(PATIENCE, lines).await.unwrap().unwrap().unwrap();
        let printed_after = began.elapsed();
        let url = lines[0].rsplit_once(' ').unwrap().1.to_owned();
        let record = lines[1].strip_prefix("The record is ").unwrap();
        let record = record.split_once(". Stop").unwrap().0.into();
        let client = reqwest::Client::new();
        let page = Self { program, url, record, printed_after, client };
        let ready = async {
            while page.world("").await["commands"].as_array().is_none_or(Vec::is_empty) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, ready).await.unwrap();
        page
    }

    async fn world(&self, by: &str) -> Value {
        let address = format!("{}/sandbox/world?as={by}", self.url);
        let text = self.client.get(address).send().await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap()
    }

    async fn ask(&self, what: &str, letter: &Value) -> Value {
        let request = self.client.post(format!("{}/sandbox/{what}", self.url));
        let request = request.header("content-type", "application/json").body(letter.to_string());
        let text = request.send().await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Moves the clock to a local time, and waits until all is done that happens on the way.
    async fn reach(&self, time: &str) {
        let moved = self.ask("clock", &json!({ "to_local": time })).await;
        assert_eq!(moved["clock"]["travelling"], false, "{moved}");
    }

    /// How many digests everybody can read in a channel.
    async fn digests(&self, channel: &str) -> usize {
        let world = self.world("").await;
        let channels = world["channels"].as_array().unwrap();
        let found = channels.iter().find(|known| known["name"] == channel).unwrap();
        let messages = world["messages"][found["id"].as_str().unwrap()].as_array();
        let title = |message: &Value| message["embeds"][0]["title"].as_str().map(str::to_owned);
        let titles = messages.into_iter().flatten().filter_map(title);
        titles.filter(|title| title.contains("digest:")).count()
    }

    /// Sends a command as the chair of CPEG in #cpeg, and gives all that they then read there.
    async fn command(&self, command: &str, path: &[&str], options: &[(&str, &str)]) -> String {
        let world = self.world("").await;
        let id = |list: &str, fits: &dyn Fn(&Value) -> bool| {
            let found = world[list].as_array().unwrap().iter().find(|one| fits(one)).unwrap();
            found["id"].as_str().unwrap().to_owned()
        };
        let morag = id("people", &|person| person["roles"] == json!(["CPEG Chair"]));
        let channel = id("channels", &|channel| channel["name"] == "cpeg");
        let options: Vec<Value> =
            options.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let letter = json!({
            "as": morag, "channel": channel, "command": command, "path": path, "options": options,
        });
        let outcome = self.ask("command", &letter).await;
        assert_eq!(outcome["kind"], "answered", "{outcome}");
        self.world(&morag).await["messages"][&channel].to_string()
    }
}

#[tokio::test]
async fn a_note_logged_on_the_page_is_in_the_record_when_the_process_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let page = Page::open(folder.path()).await;
    let note = "Speakers found for three venues";
    let read = page.command("update", &[], &[("action", "IP-1.2"), ("text", note)]).await;
    assert!(read.contains(note), "{read}");
    let record = page.record.clone();
    page.program.kill();
    assert!(record.starts_with(folder.path()) && record.exists(), "{}", record.display());

    let page = Page::open(folder.path()).await;
    let read = page.command("action", &["show"], &[("action", "1.2")]).await;
    assert!(read.contains(note), "{read}");
    assert!(page.program.terminate().await.success());
}

#[tokio::test]
async fn what_is_kept_in_no_folder_is_gone_with_the_sandbox() {
    let mut command = convener(&["sandbox", "--port", "0"]);
    let mut program = Program::start(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let mut lines = BufReader::new(program.0.stdout.take().unwrap()).lines();
    let line = lines.nth(1).unwrap().unwrap();
    let record = line.strip_prefix("The record is ").unwrap().split_once(". Stop").unwrap().0;
    let folder = Path::new(record).parent().unwrap();
    assert!(folder.exists(), "{}", folder.display());
    assert!(program.terminate().await.success());
    assert!(!folder.exists(), "{}", folder.display());
}

#[tokio::test]
async fn the_sandbox_says_where_it_is_within_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut soonest = PATIENCE;
    // A busy machine may keep one start waiting, and is not what is timed here.
    for _ in 0..3 {
        let page = Page::open(folder.path()).await;
        soonest = soonest.min(page.printed_after);
        assert!(page.program.terminate().await.success());
    }
    assert!(soonest < Duration::from_secs(1), "{soonest:?}");
}

#[tokio::test]
async fn a_process_killed_between_the_digests_posts_the_next_and_not_the_last_again() {
    let folder = tempfile::tempdir().unwrap();
    let page = Page::open(folder.path()).await;
    page.reach("2020-11-20 09:00").await;
    assert_eq!((page.digests("cpwd-board").await, page.digests("cpeg").await), (1, 0));
    page.program.kill();

    // The chat in the box begins empty; only the record says what was posted.
    let page = Page::open(folder.path()).await;
    page.reach("2020-12-11 09:00").await;
    assert_eq!((page.digests("cpwd-board").await, page.digests("cpeg").await), (0, 1));
    assert!(page.program.terminate().await.success());
}
