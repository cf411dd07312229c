//! A file that somebody attached comes from where Discord keeps it, and from nowhere else.

use reqwest::StatusCode;
use thiserror::Error;
use tracing::warn;
use url::Url;

use crate::discord::rest::Rest;
use crate::discord::rest::in_words;
use crate::request::Attached;

/// Where Discord keeps what people attach.
const KEPT_AT: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// Why a file was not fetched; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It has more bytes than are read.
    #[error(
        "\"{name}\" is too large: it has {}, and I read files of at most {}. \
         Send a smaller one, such as the table alone.",
        megabytes(*bytes),
        megabytes(*most)
    )]
    TooBig {
        /// Its name.
        name: String,
        /// How many bytes it has, or how many had come when reading stopped.
        bytes: u64,
        /// How many may be read.
        most: u64,
    },
    /// The chat keeps it no longer.
    #[error("\"{name}\" is no longer where Discord kept it. Please attach it again.")]
    Gone {
        /// Its name.
        name: String,
    },
    /// It did not come, or not whole.
    #[error(
        "I could not fetch \"{name}\" from Discord. Please send it again in a few minutes; \
         if it happens twice, tell CP Support."
    )]
    Unreachable {
        /// Its name.
        name: String,
    },
    /// It is said to be somewhere else.
    #[error(
        "\"{name}\" is not kept where Discord keeps files, so I did not fetch it. \
         Please attach the file itself."
    )]
    Elsewhere {
        /// Its name.
        name: String,
    },
}

/// Fetches a file, reading no more than `most` bytes of it.
///
/// The bot's token does not go along: where files are kept, nobody asks for it. Nor is any
/// redirect followed, for it could lead anywhere.
pub(super) async fn fetch(way: &Rest, file: &Attached, most: u64) -> Result<Vec<u8>, Refusal> {
    let name = || file.name.clone();
    if file.size > most {
        return Err(Refusal::TooBig { name: name(), bytes: file.size, most });
    }
    let address = file.url.parse().ok().filter(|url| is_kept(url, way.api()));
    let Some(address) = address else {
        warn!("Did not fetch a file that is said to be kept elsewhere");
        return Err(Refusal::Elsewhere { name: name() });
    };
    match read(way, address, most).await {
        Ok(bytes) => Ok(bytes),
        Err(Stopped::TooBig { bytes }) => Err(Refusal::TooBig { name: name(), bytes, most }),
        Err(Stopped::Gone) => Err(Refusal::Gone { name: name() }),
        Err(Stopped::Failed(why)) => {
            warn!("Could not fetch a file that was attached: {why}");
            Err(Refusal::Unreachable { name: name() })
        }
    }
}

/// Why reading stopped before the end.
enum Stopped {
    TooBig { bytes: u64 },
    Gone,
    Failed(String),
}

async fn read(way: &Rest, address: Url, most: u64) -> Result<Vec<u8>, Stopped> {
    let patience = way.timeout();
    // The answer has been promised long before, and may come ten minutes later.
    let request = way.client().get(address).timeout(way.time_for(most));
    let silence = |_| Stopped::Failed(format!("nothing came for {patience:?}"));
    let mut response =
        tokio::time::timeout(patience, request.send()).await.map_err(silence)?.map_err(failed)?;
    let status = response.status();
    if matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE) {
        // What is attached is kept for a while only, and its address for a day.
        return Err(Stopped::Gone);
    }
    if !status.is_success() {
        return Err(Stopped::Failed(format!("the answer was {status}")));
    }
    if let Some(bytes) = response.content_length().filter(|bytes| *bytes > most) {
        return Err(Stopped::TooBig { bytes });
    }
    let mut whole = Vec::new();
    loop {
        let more = tokio::time::timeout(patience, response.chunk()).await.map_err(silence)?;
        let Some(more) = more.map_err(failed)? else {
            return Ok(whole);
        };
        // What is said of the length beforehand need not be so.
        let bytes = whole.len() as u64 + more.len() as u64;
        if bytes > most {
            return Err(Stopped::TooBig { bytes });
        }
        whole.extend_from_slice(&more);
    }
}

fn failed(why: reqwest::Error) -> Stopped {
    Stopped::Failed(in_words(why))
}

/// Whether an address leads where the chat keeps files: Discord's two hosts for them or, where an
/// API base is set, that very server.
fn is_kept(address: &Url, api: Option<&Url>) -> bool {
    let plain = address.username().is_empty() && address.password().is_none();
    let known = if let Some(api) = api {
        address.origin() == api.origin()
    } else {
        let host = address.host_str().unwrap_or_default();
        address.scheme() == "https" && address.port().is_none() && KEPT_AT.contains(&host)
    };
    plain && known && matches!(address.scheme(), "http" | "https")
}

/// A number of bytes as people read it, to a tenth of a megabyte, never less than it is.
fn megabytes(bytes: u64) -> String {
    const MEGABYTE: u64 = 1024 * 1024;
    let tenths = bytes.saturating_mul(10).div_ceil(MEGABYTE);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} MB"),
        (whole, tenth) => format!("{whole}.{tenth} MB"),
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::time::Duration;

    use secrecy::SecretString;
    use tokio::io::AsyncReadExt;
    use tokio::io::AsyncWriteExt;
    use tokio::net::TcpListener;
    use tokio::task::JoinHandle;

    use super::*;
    use crate::discord::Connection;

    /// A server that answers one request with the words given, then hangs up, keeps silent with the
    /// line open or goes on letter by letter for ever, and gives back what it was asked.
    struct Keeper {
        way: Rest,
        base: Url,
        asked: JoinHandle<io::Result<String>>,
    }

    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Then {
        HangUp,
        KeepSilent,
        Drip,
    }

    async fn keeper(answer: &str, then: Then) -> Keeper {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let mut connection = Connection::new(Some(base.clone()), SecretString::from("the-token"));
        connection.timing.request_timeout = Duration::from_millis(300);
        let way = Rest::new(&connection).unwrap();
        let answer = answer.to_owned();
        let asked = tokio::spawn(async move {
            let (mut line, _) = listener.accept().await?;
            let mut asked = vec![0; 4_096];
            let long = line.read(&mut asked).await?;
            line.write_all(answer.as_bytes()).await?;
            line.flush().await?;
            let mut more = [0];
            match then {
                Then::HangUp => {}
                Then::KeepSilent => drop(line.read(&mut more).await?),
                Then::Drip => {
                    while line.write_all(b"x").await.is_ok() {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                }
            }
            Ok(String::from_utf8_lossy(&asked[..long]).into_owned())
        });
        Keeper { way, base, asked }
    }

    impl Keeper {
        fn file(&self, size: u64) -> Attached {
            let url = self.base.join("/attachments/1/plan.csv").unwrap().to_string();
            Attached { name: "plan.csv".into(), url, size }
        }
    }

    async fn fetched(answer: &str, then: Then) -> Result<Vec<u8>, Refusal> {
        let keeper = keeper(answer, then).await;
        fetch(&keeper.way, &keeper.file(5), 100).await
    }

    fn named() -> String {
        "plan.csv".into()
    }

    #[tokio::test]
    async fn a_file_comes_byte_for_byte_and_the_token_stays_here() {
        let keeper = keeper("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nno\r\n\0", Then::HangUp);
        let keeper = keeper.await;
        let bytes = fetch(&keeper.way, &keeper.file(5), 100).await;
        assert_eq!(bytes, Ok(b"no\r\n\0".to_vec()));
        let asked = keeper.asked.await.unwrap().unwrap();
        assert!(asked.starts_with("GET /attachments/1/plan.csv HTTP/1.1"), "{asked}");
        assert!(!asked.contains("the-token") && !asked.to_lowercase().contains("authorization"));
    }

    #[tokio::test]
    async fn what_is_not_there_any_more_is_gone() {
        for status in ["404 Not Found", "403 Forbidden", "410 Gone"] {
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            let gone = Err(Refusal::Gone { name: named() });
            assert_eq!(fetched(&answer, Then::HangUp).await, gone, "{status}");
        }
    }

    #[tokio::test]
    async fn what_does_not_come_whole_does_not_come() {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n";
        let elsewhere = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\n\r\n";
        for (answer, then) in [
            ("", Then::KeepSilent),
            ("", Then::HangUp),
            (&format!("{head}no"), Then::KeepSilent),
            (&format!("{head}no"), Then::HangUp),
            ("HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n", Then::HangUp),
            (elsewhere, Then::HangUp),
        ] {
            let unreachable = Err(Refusal::Unreachable { name: named() });
            assert_eq!(fetched(answer, then).await, unreachable, "{answer:?}");
        }
    }

    #[tokio::test]
    async fn what_never_ends_is_given_up_though_something_always_comes() {
        let unreachable = Err(Refusal::Unreachable { name: named() });
        assert_eq!(fetched("HTTP/1.1 200 OK\r\n\r\n", Then::Drip).await, unreachable);
    }

    #[tokio::test]
    async fn no_more_is_read_than_may_be_whatever_is_said_of_the_length() {
        let said = "HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n";
        let too_big = |bytes| Err(Refusal::TooBig { name: named(), bytes, most: 100 });
        assert_eq!(fetched(said, Then::KeepSilent).await, too_big(101));
        let unsaid = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(300));
        assert_eq!(fetched(&unsaid, Then::KeepSilent).await, too_big(300));
        let keeper = keeper("", Then::HangUp).await;
        assert_eq!(fetch(&keeper.way, &keeper.file(101), 100).await, too_big(101));
    }

    #[test]
    fn files_are_kept_by_the_chat_alone() {
        let sandbox: Url = "http://127.0.0.1:4000".parse().unwrap();
        for (address, api, expected) in [
            ("https://cdn.discordapp.com/attachments/1/2/plan.csv?ex=1", None, true),
            ("https://media.discordapp.net/attachments/1/2/plan.csv", None, true),
            ("https://cdn.discordapp.com/ephemeral-attachments/1/2/plan.csv", None, true),
            ("http://cdn.discordapp.com/attachments/1/2/plan.csv", None, false),
            ("https://cdn.discordapp.com:444/attachments/1/2/plan.csv", None, false),
            ("https://cdn.discordapp.com@example.org/plan.csv", None, false),
            ("https://somebody@cdn.discordapp.com/plan.csv", None, false),
            ("https://cdn.discordapp.com.example.org/plan.csv", None, false),
            ("https://127.0.0.1/plan.csv", None, false),
            ("file:///etc/passwd", None, false),
            ("http://127.0.0.1:4000/attachments/1/plan.csv", Some(&sandbox), true),
            ("http://127.0.0.1:4001/attachments/1/plan.csv", Some(&sandbox), false),
            ("http://localhost:4000/attachments/1/plan.csv", Some(&sandbox), false),
            ("https://cdn.discordapp.com/attachments/1/2/plan.csv", Some(&sandbox), false),
        ] {
            assert_eq!(is_kept(&address.parse().unwrap(), api), expected, "{address}");
        }
    }

    #[test]
    fn each_refusal_says_what_to_do() {
        let most = 10 * 1024 * 1024;
        let sentence = Refusal::TooBig { name: named(), bytes: most + 1, most }.to_string();
        let expected = "\"plan.csv\" is too large: it has 10.1 MB, and I read files of at most \
                        10 MB. Send a smaller one, such as the table alone.";
        assert_eq!(sentence, expected);
        for (refusal, advice) in [
            (Refusal::Gone { name: named() }, "attach it again"),
            (Refusal::Unreachable { name: named() }, "send it again"),
            (Refusal::Elsewhere { name: named() }, "attach the file itself"),
        ] {
            assert!(refusal.to_string().contains(advice), "{refusal}");
        }
    }
}
