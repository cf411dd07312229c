//! Keeping the gateway: its address checked, its line watched, its return paced.

use std::time::Duration;

use serde_json::Value;
use serenity::http::LightMethod;
use serenity::http::Route;
use tokio::sync::mpsc;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio::time::MissedTickBehavior;
use tracing::info;
use tracing::warn;
use url::Url;

use crate::discord::Connection;
use crate::discord::Fault;
use crate::discord::Heard;
use crate::discord::Myself;
use crate::discord::heard::News;
use crate::discord::heard::Reception;
use crate::discord::line::Line;
use crate::discord::line::Over;
use crate::discord::line::Pulse;
use crate::discord::raised;
use crate::discord::rest::Call;
use crate::discord::rest::Failed;
use crate::discord::rest::Rest;
use crate::discord::rest::Way;
use crate::discord::retry::Retry;

/// Discord itself, in what people read.
const DISCORD: &str = "Discord";
/// Discord's gateway, and what its others end in.
const DISCORD_GATEWAY: &str = "gateway.discord.gg";
const DISCORD_GATEWAYS: &str = ".discord.gg";
/// How often the line is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// So much news may wait to be received; more, and serenity's tasks wait in their turn.
const NEWS_WAITING: usize = 1_024;
/// How long the gateway's address may be waited for on Discord's behalf.
const PATIENCE: Duration = Duration::from_secs(5);
/// Longer than this, what Discord says of its own limits is not believed.
const RESET_MAX: Duration = Duration::from_hours(24);

/// Where the gateway is, and when we may introduce ourselves.
#[derive(Debug)]
pub(super) struct Address {
    url: String,
    /// How long Discord takes no more introductions.
    closed_for: Option<Duration>,
}

/// Asks for the gateway's address, which also shows whether the token is good, and checks it.
///
/// Serenity would take whatever it is told, and send the token there.
pub(super) async fn address(way: &Rest, connection: &Connection) -> Result<Address, Fault> {
    let api = connection.api.as_ref();
    let host = || host_of(api);
    let said = way.send(Call::new(LightMethod::Get, Route::GatewayBot, PATIENCE).ahead()).await;
    let said = said.map_err(|why| match why {
        Failed::Refused(refused) if refused.status == 401 => Fault::TokenRefused,
        Failed::Refused(refused) => {
            let why = format!("it answered {} {}", refused.status, refused.words);
            Fault::Unreachable { host: host(), why }
        }
        Failed::Wait(wait) => {
            Fault::Unreachable { host: host(), why: format!("it asks to wait {wait:?}") }
        }
        Failed::Silent(why) => Fault::Unreachable { host: host(), why },
    })?;
    let said: Value = serde_json::from_slice(&said).unwrap_or_default();
    let Some(url) = said["url"].as_str() else {
        let why = "its answer holds no gateway address".to_owned();
        return Err(Fault::Unreachable { host: host(), why });
    };
    check(api, url)?;
    let limit = &said["session_start_limit"];
    let closed_for = (limit["remaining"].as_u64() == Some(0)).then(|| {
        let reset = limit["reset_after"].as_u64().map(Duration::from_millis);
        reset.unwrap_or(PATIENCE).min(RESET_MAX)
    });
    Ok(Address { url: url.to_owned(), closed_for })
}

fn host_of(api: Option<&Url>) -> String {
    api.and_then(Url::host_str).unwrap_or(DISCORD).to_owned()
}

/// The token goes to the gateway, so it must belong to the API base: the same host, and a line
/// no less private. Discord's own is one of `discord.gg`, always encrypted.
fn check(api: Option<&Url>, said: &str) -> Result<(), Fault> {
    let elsewhere = || Fault::GatewayElsewhere { gateway: said.to_owned(), expected: host_of(api) };
    let gateway: Url = said.parse().map_err(|_| elsewhere())?;
    let plain = gateway.username().is_empty() && gateway.password().is_none();
    let belongs = if let Some(api) = api {
        let private = match gateway.scheme() {
            "wss" => true,
            "ws" => api.scheme() == "http",
            _ => false,
        };
        private && api.host().is_some() && gateway.host() == api.host()
    } else {
        let host = gateway.host_str().unwrap_or_default();
        let ours = host == DISCORD_GATEWAY || host.ends_with(DISCORD_GATEWAYS);
        gateway.scheme() == "wss" && ours && gateway.port().is_none()
    };
    if belongs && plain { Ok(()) } else { Err(elsewhere()) }
}

/// Watches over the gateway for as long as somebody listens.
pub(super) struct Watch {
    connection: Connection,
    way: Way,
    me: Myself,
    heard: mpsc::Sender<Heard>,
    quit: watch::Receiver<bool>,
    retry: Retry,
}

/// What becomes of the watch when a line is gone.
enum Next {
    Again,
    End,
}

impl Watch {
    pub(super) fn new(
        connection: Connection,
        way: Way,
        me: Myself,
        heard: mpsc::Sender<Heard>,
        quit: watch::Receiver<bool>,
    ) -> Self {
        let retry = Retry::new(&connection.timing, Instant::now());
        Self { connection, way, me, heard, quit, retry }
    }

    /// Connects, and connects again, until asked to stop or until there is no point.
    pub(super) async fn keep_connected(mut self, first: Address) {
        let (news, arriving) = mpsc::channel(NEWS_WAITING);
        let way = Way::clone(&self.way);
        let (me, heard) = (Myself::clone(&self.me), self.heard.clone());
        let defer_after = self.connection.timing.defer_after;
        let reception = Reception::new(way, me, heard, defer_after);
        let mut receiving = tokio::spawn(reception.receive(arriving));
        let mut address = Some(first);
        loop {
            if self.wait().await.is_err() {
                break;
            }
            self.retry.tried(Instant::now());
            match self.connect(address.take(), news.clone()).await {
                Ok(line) => {
                    if let Next::End = self.hold(line, &mut receiving, &news).await {
                        break;
                    }
                }
                Err(fault @ Fault::Unreachable { .. }) => {
                    warn!("{fault} Trying again.");
                }
                Err(Fault::Broken(why)) => warn!("The gateway: {why}. Trying again."),
                Err(fault) => {
                    self.end(fault).await;
                    break;
                }
            }
        }
        receiving.abort();
    }

    /// Waits until a connection may be made; an error means not to make one any more.
    async fn wait(&mut self) -> Result<(), ()> {
        let now = Instant::now();
        let next_at = self.retry.next_at(now);
        if next_at > now {
            info!("Connecting to the gateway again in {:?}", next_at - now);
        }
        let mut refused = self.way.token_refused();
        let refused = tokio::select! {
            biased;
            () = raised(&mut self.quit) => false,
            () = self.heard.closed() => false,
            () = raised(&mut refused) => true,
            () = tokio::time::sleep_until(next_at) => return Ok(()),
        };
        if refused {
            self.end(Fault::TokenRefused).await;
        }
        Err(())
    }

    async fn connect(
        &mut self,
        known: Option<Address>,
        news: mpsc::Sender<News>,
    ) -> Result<Line, Fault> {
        let address = match known {
            Some(address) => address,
            None => address(&self.way, &self.connection).await?,
        };
        if let Some(closed_for) = address.closed_for {
            self.retry.not_before(Instant::now() + closed_for);
            let why = format!("Discord takes no more introductions for {closed_for:?}");
            return Err(Fault::Broken(why));
        }
        let http = self.way.http_for_gateway(&self.connection);
        let close_timeout = self.connection.timing.close_timeout;
        Line::start(http, address.url, news, close_timeout).await.map_err(Fault::Broken)
    }

    /// Holds a line for as long as it is any good.
    async fn hold(
        &mut self,
        mut line: Line,
        receiving: &mut JoinHandle<()>,
        news: &mpsc::Sender<News>,
    ) -> Next {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut refused = self.way.token_refused();
        let mut state = Held::new(Instant::now());
        loop {
            let turn = tokio::select! {
                biased;
                () = raised(&mut self.quit) => Turn::Leave,
                () = self.heard.closed() => Turn::Leave,
                () = raised(&mut refused) => Turn::Refused,
                _ = &mut *receiving => Turn::Unheard,
                over = &mut line.over => Turn::Over(over.ok()),
                _ = look.tick() => Turn::Look,
            };
            match turn {
                Turn::Leave => {
                    line.leave(self.connection.timing.close_timeout).await;
                    return Next::End;
                }
                Turn::Refused => {
                    line.abandon();
                    self.end(Fault::TokenRefused).await;
                    return Next::End;
                }
                Turn::Unheard => {
                    line.abandon();
                    let why = "what the gateway says is no longer taken in".to_owned();
                    self.end(Fault::Broken(why)).await;
                    return Next::End;
                }
                Turn::Over(Some(Over::Refused(fault))) => {
                    self.end(fault).await;
                    return Next::End;
                }
                Turn::Over(Some(Over::Broken(why))) => return lost(news, why),
                Turn::Over(_) => return lost(news, "its thread ended".to_owned()),
                Turn::Look => {
                    if let Some(why) = self.look(&mut state, &line.pulse) {
                        warn!("The gateway: {why}; leaving that line behind");
                        line.abandon();
                        return lost(news, why.to_owned());
                    }
                }
            }
        }
    }

    /// Looks at the line once, and lets serenity connect when it may; why to leave it, if so.
    fn look(&mut self, state: &mut Held, pulse: &Pulse) -> Option<&'static str> {
        let timing = self.connection.timing;
        let now = Instant::now();
        let late = now.duration_since(state.looked_at) > timing.stall_max / 2;
        state.looked_at = now;
        let signs = pulse.signs();
        for _ in state.let_in..signs.let_in {
            // Whether it resumes or introduces itself anew is serenity's to say; it is counted as
            // the latter, of which there are never more. The first was waited for already.
            self.retry.introduced(now);
            if state.let_in > 0 {
                self.retry.tried(now);
            }
            state.let_in += 1;
            state.waiting_since = now;
        }
        // If we were held up ourselves, the whole machine was: that is no fault of the line's.
        if !late && now.duration_since(signs.beat_at) > timing.stall_max {
            return Some("its thread has stalled");
        }
        if let Some(since) = signs.ready_since {
            state.waiting_since = now;
            if now.duration_since(since) >= timing.settled_after {
                self.retry.settled(now);
            }
            if !late && now.duration_since(signs.heard_at) > timing.silence_max {
                return Some("it has fallen silent");
            }
        } else if now.duration_since(state.waiting_since) > timing.ready_timeout {
            return Some("it did not become ready");
        }
        let open = state.let_in == 0 || now >= self.retry.next_at(now);
        if !open {
            // If serenity waits to connect, it waits for us.
            state.waiting_since = now;
        }
        pulse.open(open);
        None
    }

    async fn end(&self, fault: Fault) {
        if self.heard.send(Heard::Ended(fault)).await.is_err() {
            warn!("The gateway has ended, and nobody listened");
        }
    }
}

/// Tells that the line is gone, on the way that its events took. If there is no room for it, nobody
/// takes anything in, and watching matters more.
fn lost(news: &mpsc::Sender<News>, why: String) -> Next {
    if news.try_send(News::Lost(why)).is_err() {
        warn!("Could not tell that the gateway was lost: nobody has room to hear it");
    }
    Next::Again
}

/// What happens to a line that is held.
enum Turn {
    Leave,
    Refused,
    Unheard,
    Over(Option<Over>),
    Look,
}

/// How a line is doing.
struct Held {
    looked_at: Instant,
    /// Since when the line has had its chance to become ready.
    waiting_since: Instant,
    /// How many of its connections are counted.
    let_in: usize,
}

impl Held {
    fn new(now: Instant) -> Self {
        Self { looked_at: now, waiting_since: now, let_in: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_to_no_gateway_but_the_one_that_belongs_to_the_base() {
        let discord = None;
        let local = Some("http://127.0.0.1:4000");
        let secure = Some("https://chat.example.org");
        for (api, gateway, expected) in [
            (discord, "wss://gateway.discord.gg", true),
            (discord, "wss://gateway-us-east1-b.discord.gg/", true),
            (discord, "ws://gateway.discord.gg", false),
            (discord, "wss://gateway.discord.gg.evil.example", false),
            (discord, "wss://evildiscord.gg", false),
            (discord, "wss://user@gateway.discord.gg", false),
            (local, "ws://127.0.0.1:4001/gateway", true),
            (local, "ws://127.0.0.2:4000/gateway", false),
            (local, "wss://gateway.discord.gg", false),
            (local, "http://127.0.0.1:4000", false),
            (secure, "wss://chat.example.org/gateway", true),
            (secure, "ws://chat.example.org/gateway", false),
            (secure, "not an address", false),
        ] {
            let api: Option<Url> = api.map(|api| api.parse().unwrap());
            assert_eq!(check(api.as_ref(), gateway).is_ok(), expected, "{api:?} {gateway}");
        }
    }
}
