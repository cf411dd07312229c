//! Requests to Discord: with timeouts, no redirects, limits honoured, refusals remembered.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use reqwest::StatusCode;
use secrecy::ExposeSecret;
use secrecy::SecretString;
use serde_json::Value;
use serenity::http::Http;
use serenity::http::HttpBuilder;
use serenity::http::HttpError;
use serenity::http::LightMethod;
use serenity::http::Request;
use serenity::http::Route;
use tokio::sync::watch;
use tokio::time::Instant;
use tracing::warn;
use url::Url;

use crate::body::ChannelId;
use crate::discord::Connection;
use crate::discord::Fault;
use crate::discord::message::Message;
use crate::discord::pace::Pace;
use crate::discord::pace::asked_to_wait;
use crate::discord::pace::spent;
use crate::discord::upload;
use crate::view::Attachment;

/// The token of an interaction that was answered too late; Discord says 401 for it too.
const INVALID_WEBHOOK_TOKEN: i64 = 50_027;
/// A request is tried so often when Discord asks to slow down.
const TRIES_MAX: usize = 3;
/// A line that is poor, but not dead, carries so many bytes a second.
const POOR_LINE_BYTES: u64 = 128 * 1024;

/// Why a request did not bring what was asked for.
#[derive(Clone, Debug)]
pub(super) enum Failed {
    /// No answer; Discord may have done what was asked all the same.
    Silent(String),
    /// Discord asks to wait this long first; it has done nothing.
    Wait(Duration),
    /// Discord refused, and has done nothing.
    Refused(Refused),
}

impl Failed {
    /// Whether the same again, at once, may fare better: the line failed, or Discord did.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Silent(_) => true,
            Self::Wait(_) => false,
            Self::Refused(refused) => refused.status >= 500,
        }
    }
}

/// What Discord said in refusing.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) code: i64,
    pub(super) words: String,
}

/// The way to Discord's REST interface.
#[derive(Debug)]
pub(super) struct Rest {
    http: Http,
    client: reqwest::Client,
    api: Option<Url>,
    token: SecretString,
    timeout: Duration,
    pace: Mutex<Pace>,
    refused: watch::Sender<bool>,
}

/// One request to be made.
pub(super) struct Call<'a> {
    pub(super) method: LightMethod,
    pub(super) route: Route<'a>,
    pub(super) body: Option<&'a Value>,
    /// What goes beside the body.
    pub(super) files: &'a [&'a Attachment],
    pub(super) params: Vec<(&'static str, String)>,
    /// How long it may wait on Discord's behalf before it gives up. Standing in line does not count.
    pub(super) patience: Duration,
    standing: Standing,
}

/// How a request stands to all the others that Discord counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It waits for its turn.
    InLine,
    /// Somebody waits for it: it goes out at once, and the others a little later.
    Ahead,
    /// It is not counted with them.
    Apart,
}

impl<'a> Call<'a> {
    pub(super) fn new(method: LightMethod, route: Route<'a>, patience: Duration) -> Self {
        // Discord does not count answers to interactions, which their own tokens open.
        let standing = if has_own_token(&route) { Standing::Apart } else { Standing::InLine };
        Self { method, route, body: None, files: &[], params: Vec::new(), patience, standing }
    }

    /// Does not stand in line: somebody waits for it.
    pub(super) fn ahead(mut self) -> Self {
        if self.standing == Standing::InLine {
            self.standing = Standing::Ahead;
        }
        self
    }

    pub(super) fn body(mut self, body: &'a Value) -> Self {
        self.body = Some(body);
        self
    }

    /// A body that is a message, with its files.
    pub(super) fn message(mut self, message: &'a Message<'_>) -> Self {
        self.body = Some(&message.body);
        self.files = &message.files;
        self
    }

    pub(super) fn request(&self) -> Request<'a> {
        let body = self.body.map(|body| body.to_string().into_bytes());
        let params = (!self.params.is_empty()).then(|| self.params.clone());
        Request::new(self.route, self.method).body(body).params(params)
    }

    fn is_apart(&self) -> bool {
        self.standing == Standing::Apart
    }

    /// What Discord counts together: a method on a path, the channel or server in it included.
    fn key(&self) -> String {
        format!("{} {}", self.method.reqwest_method(), self.route.path())
    }
}

/// A path that an interaction's own token opens: its 401 says nothing about the bot's token.
fn has_own_token(route: &Route<'_>) -> bool {
    matches!(
        route,
        Route::InteractionResponse { .. }
            | Route::WebhookOriginalInteractionResponse { .. }
            | Route::WebhookFollowupMessage { .. }
            | Route::WebhookFollowupMessages { .. }
    )
}

impl Rest {
    pub(super) fn new(connection: &Connection) -> Result<Self, Fault> {
        let client = client(connection)?;
        Ok(Self {
            http: http(connection, client.clone()),
            client,
            api: connection.api.clone(),
            token: format!("Bot {}", connection.token.expose_secret().trim()).into(),
            timeout: connection.timing.request_timeout,
            pace: Mutex::new(Pace::default()),
            refused: watch::Sender::new(false),
        })
    }

    /// What to hand to serenity's own client: the same timeouts, the same base.
    pub(super) fn http_for_gateway(&self, connection: &Connection) -> Http {
        http(connection, self.client.clone())
    }

    /// The address before `/api/v10`; none is Discord.
    pub(super) fn api(&self) -> Option<&Url> {
        self.api.as_ref()
    }

    /// The HTTP client, which sends no token of its own accord.
    pub(super) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// How long to wait for a sign of life.
    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// How long a request may take that carries so many bytes beside words.
    pub(super) fn time_for(&self, bytes: u64) -> Duration {
        self.timeout + Duration::from_secs(bytes.div_ceil(POOR_LINE_BYTES))
    }

    /// Becomes true when Discord has refused the token.
    pub(super) fn token_refused(&self) -> watch::Receiver<bool> {
        self.refused.subscribe()
    }

    /// Makes a request, in its turn, and gives the body of the answer, as it came.
    ///
    /// Nothing of it is decoded here: a reply that serenity cannot read is still a message that
    /// Discord has posted, and what must be known of it is its id.
    pub(super) async fn send(&self, call: Call<'_>) -> Result<Vec<u8>, Failed> {
        self.turn(&call).await?;
        let until = Instant::now() + call.patience;
        for _ in 1..TRIES_MAX {
            match self.send_once(&call, until).await {
                Err(Failed::Wait(wait)) if Instant::now() + wait <= until => {
                    tokio::time::sleep(wait).await;
                    self.turn(&call).await?;
                }
                other => return other,
            }
        }
        self.send_once(&call, until).await
    }

    /// Waits until it is a request's turn. A wait that Discord asks of everybody is handed on, where
    /// the request has no patience for it.
    async fn turn(&self, call: &Call<'_>) -> Result<(), Failed> {
        match call.standing {
            Standing::Apart => {}
            Standing::Ahead => self.pace().go_ahead(Instant::now()),
            Standing::InLine => loop {
                let held = self.pace().held(Instant::now());
                if let Some(wait) = held.filter(|wait| *wait > call.patience) {
                    return Err(Failed::Wait(wait));
                }
                let turn_at = self.pace().line_up(Instant::now());
                tokio::time::sleep_until(turn_at).await;
                // Discord may have asked everybody to wait since: then it is back into the line.
                if self.pace().held(Instant::now()).is_none() {
                    break;
                }
            },
        }
        Ok(())
    }

    async fn send_once(&self, call: &Call<'_>, until: Instant) -> Result<Vec<u8>, Failed> {
        // Ten thousand refused requests in ten minutes ban the address: a token that was refused
        // once is not tried again.
        if *self.refused.borrow() && !call.is_apart() {
            let words = "Discord refused the token earlier".to_owned();
            return Err(Failed::Refused(Refused { status: 401, code: 0, words }));
        }
        // Serenity's own way takes no files but as its own kinds of message; see `upload`.
        let answered = if self.api.is_some() || !call.files.is_empty() {
            self.send_paced(call).await
        } else {
            self.send_limited(call, until).await
        };
        if let Err(Failed::Refused(refused)) = &answered
            && refused.status == 401
            && refused.code != INVALID_WEBHOOK_TOKEN
            && !call.is_apart()
        {
            self.refused.send_replace(true);
        }
        answered
    }

    /// To Discord itself: serenity's limiter knows its buckets, and we bound how long it waits.
    async fn send_limited(&self, call: &Call<'_>, until: Instant) -> Result<Vec<u8>, Failed> {
        let patience = until.saturating_duration_since(Instant::now()) + self.timeout;
        let work = async {
            let response = self.http.request(call.request()).await.map_err(failed)?;
            read(response).await
        };
        match tokio::time::timeout(patience, work).await {
            Ok(answered) => answered,
            Err(_) => Err(Failed::Silent(format!("no answer within {patience:?}"))),
        }
    }

    /// To another address, or with files: serenity takes an API base only with its limiter off and
    /// then drops what a 429 says, so the request goes out by our own hand and we honour the wait.
    async fn send_paced(&self, call: &Call<'_>) -> Result<Vec<u8>, Failed> {
        let key = call.key();
        if let Some(wait) = self.wait(call, &key) {
            return Err(Failed::Wait(wait));
        }
        let base = self.api.as_ref().map(Url::as_str);
        let token = self.token.expose_secret();
        let request = if call.files.is_empty() {
            call.request().build(&self.client, token, base).map_err(failed)?
        } else {
            let unmade = || Failed::Silent("the request could not be made".to_owned());
            let request = upload::request(call, &self.client, token, base).ok_or_else(unmade)?;
            let bytes = call.files.iter().map(|file| file.bytes.len() as u64).sum();
            request.timeout(self.time_for(bytes))
        };
        let response = request.send().await.map_err(silent)?;
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS {
            let headers = response.headers().clone();
            let body = read(response).await.unwrap_or_default();
            let (wait, global) = asked_to_wait(&headers, &body);
            self.slow_down(call, key, wait, global);
            return Err(Failed::Wait(wait));
        }
        if let Some(rest) = spent(response.headers()) {
            self.pace().slow_down(key, Instant::now() + rest);
        }
        if status.is_success() {
            return read(response).await;
        }
        let body = read(response).await.unwrap_or_default();
        Err(Failed::Refused(refused(status, &body)))
    }

    /// How long a request has to wait on Discord's behalf.
    fn wait(&self, call: &Call<'_>, key: &str) -> Option<Duration> {
        let now = Instant::now();
        let mut pace = self.pace();
        let held = if call.is_apart() { None } else { pace.held(now) };
        pace.wait(key, now).max(held)
    }

    fn slow_down(&self, call: &Call<'_>, key: String, wait: Duration, global: bool) {
        let now = Instant::now();
        if !global || call.is_apart() {
            self.pace().slow_down(key, now + wait);
        } else if self.pace().hold(now + wait, now) {
            warn!("Discord asks for no requests at all for {wait:?}; whatever is owed waits");
        }
    }

    /// Whether a channel refused us a short while ago, so that it is not asked over and over.
    pub(super) fn is_forbidden(&self, channel: ChannelId) -> bool {
        self.pace().is_forbidden(channel, Instant::now())
    }

    pub(super) fn forbid(&self, channel: ChannelId) {
        self.pace().forbid(channel, Instant::now());
    }

    /// Forgets which channels refused us: somebody has changed the server.
    pub(super) fn forgive(&self) {
        self.pace().forgive();
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Our own HTTP client, because serenity's has no timeout and follows redirects with the token.
fn client(connection: &Connection) -> Result<reqwest::Client, Fault> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(connection.timing.connect_timeout)
        .timeout(connection.timing.request_timeout)
        .redirect(reqwest::redirect::Policy::none());
    if connection.api.as_ref().is_some_and(is_loopback) {
        // A proxy set for the machine cannot reach what listens on the machine itself.
        builder = builder.no_proxy();
    }
    builder.build().map_err(|why| Fault::Broken(format!("the HTTP client cannot be set up: {why}")))
}

fn is_loopback(api: &Url) -> bool {
    match api.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn http(connection: &Connection, client: reqwest::Client) -> Http {
    let builder = HttpBuilder::new(connection.token.expose_secret()).client(client);
    match &connection.api {
        // Serenity ignores the base unless its limiter is off; `Rest` paces these requests itself.
        Some(api) => builder.proxy(api.as_str()).ratelimiter_disabled(true).build(),
        None => builder.build(),
    }
}

async fn read(response: reqwest::Response) -> Result<Vec<u8>, Failed> {
    response.bytes().await.map(|body| body.to_vec()).map_err(silent)
}

fn silent(why: reqwest::Error) -> Failed {
    Failed::Silent(in_words(why))
}

/// Why there is no answer, or not a whole one. The address is left out of every error: that of an
/// interaction holds its token, and whoever has that of a file can fetch it.
pub(super) fn in_words(why: reqwest::Error) -> String {
    let words = if why.is_timeout() { "no answer in time" } else { "the line failed" };
    let why = why.without_url();
    let cause = std::error::Error::source(&why).map(ToString::to_string).unwrap_or_default();
    format!("{words}: {why} {cause}").trim_end().to_owned()
}

fn failed(why: serenity::Error) -> Failed {
    match why {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(answer)) => Failed::Refused(Refused {
            status: answer.status_code.as_u16(),
            code: i64::try_from(answer.error.code).unwrap_or_default(),
            words: HttpError::UnsuccessfulRequest(answer).to_string(),
        }),
        serenity::Error::Http(HttpError::Request(why)) => silent(why),
        _ => Failed::Silent("the request could not be made".to_owned()),
    }
}

fn refused(status: StatusCode, body: &[u8]) -> Refused {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let words = said["message"].as_str().unwrap_or("no reason given");
    let errors = said.get("errors").map(Value::to_string).unwrap_or_default();
    Refused {
        status: status.as_u16(),
        code: said["code"].as_i64().unwrap_or_default(),
        words: format!("{words} {errors}").trim_end().to_owned(),
    }
}

/// The way to Discord, as everything in this room shares it.
pub(super) type Way = Arc<Rest>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_listens_on_this_machine_is_known_by_its_host() {
        for (address, expected) in [
            ("http://127.0.0.1:4000", true),
            ("http://[::1]/", true),
            ("http://localhost", true),
            ("https://chat.example.org", false),
        ] {
            assert_eq!(is_loopback(&address.parse().unwrap()), expected, "{address}");
        }
    }
}
