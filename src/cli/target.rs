//! `convener target`: read target dates as a plan's cells are read, and say what is not certain.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::BufRead;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::ErrorKind;
use std::io::IsTerminal;
use std::io::Read;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use chrono::Month;
use chrono::NaiveDate;
use convener::body::both;
use convener::config::partnership;
use convener::date::Occasion;
use convener::date::Review;
use convener::date::Target;
use convener::date::Window;
use convener::date::day_in_words;
use convener::date::read_day;
use convener::date::window_in_words;
use convener::partnership::Partnership;
use serde::Serialize;

use crate::cli::for_terminal;

/// No target is longer; a longer line is some other file, and is not taken into memory.
const LINE_BYTES_MAX: usize = 1 << 20;

#[derive(Debug, clap::Args)]
pub(crate) struct Asked {
    /// The target as it is written, such as "June – September 2021"; one a line from standard
    /// input, if left out.
    #[arg(value_name = "WORDS")]
    words: Vec<OsString>,
    /// Print an object a line: words, from, to, doubts, reading, review.
    #[arg(long)]
    json: bool,
    /// The day on which the words were written; "within 6 months" is counted from it.
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    on: Option<NaiveDate>,
    /// Whose meetings are known; those of Community Planning West Dunbartonshire, if left out.
    #[arg(long, value_name = "FILE")]
    partnership: Option<PathBuf>,
}

/// Reads what is asked for and prints it, as it comes in, until there is no more or nobody listens.
pub(crate) fn read(asked: &Asked) -> anyhow::Result<()> {
    let partnership = partnership::founding(asked.partnership.as_deref())?.partnership;
    let reader = Reader { asked, partnership };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let said = if asked.words.is_empty() {
        reader.read_lines(&mut std::io::stdin().lock(), &mut out)
    } else {
        let words = asked.words.join(" ".as_ref());
        reader.say(words.as_encoded_bytes(), &mut out)
    };
    let said = said.and_then(|()| Ok(out.flush()?));
    match said {
        Err(error) if is_closed_pipe(&error) => Ok(()),
        said => said,
    }
}

struct Reader<'a> {
    asked: &'a Asked,
    partnership: Partnership,
}

impl Reader<'_> {
    fn read_lines(&self, from: &mut impl Read, out: &mut impl Write) -> anyhow::Result<()> {
        if std::io::stdin().is_terminal() {
            let hint = "Write one target a line; Ctrl-D ends.";
            let _ = writeln!(std::io::stderr(), "{hint}");
        }
        let mut lines = BufReader::new(from);
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let limit = LINE_BYTES_MAX as u64;
            let size = lines.by_ref().take(limit).read_until(b'\n', &mut line);
            if size.context("read the targets")? == 0 {
                break;
            }
            if line.pop_if(|last| *last == b'\n').is_some() {
                line.pop_if(|last| *last == b'\r');
            } else if line.len() == LINE_BYTES_MAX {
                bail!("line {number} is longer than a target can be; give one target a line");
            }
            self.say(&line, out)?;
            // Whoever waits for an answer gets it before the next line is waited for.
            if lines.buffer().is_empty() {
                out.flush()?;
            }
        }
        Ok(())
    }

    fn say(&self, bytes: &[u8], out: &mut impl Write) -> anyhow::Result<()> {
        let words = String::from_utf8_lossy(bytes);
        let calendar = &self.partnership.calendar;
        let bodies = &self.partnership.bodies;
        let target = Target::read_on(
            &words,
            &Occasion {
                written_on: self.asked.on,
                meeting_in: &|name, month| calendar.meeting_in(bodies, name, month),
                meeting_after: &|name, day| calendar.meeting_after(bodies, name, day),
            },
        );
        let mut doubts: Vec<String> = target.doubts().iter().map(ToString::to_string).collect();
        if matches!(words, Cow::Owned(_)) {
            doubts.push("Some of this is not text in UTF-8 and was replaced by “\u{fffd}”.".into());
        }
        if self.asked.json {
            serde_json::to_writer(&mut *out, &Line::of(&target, &doubts))?;
            writeln!(out)?;
        } else {
            out.write_all(in_words(&target, &doubts).as_bytes())?;
        }
        Ok(())
    }
}

/// What `--json` prints for a target.
#[derive(Serialize)]
struct Line<'a> {
    words: &'a str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    doubts: &'a [String],
    reading: &'static str,
    review: Option<Looked>,
}

/// When work without an end is looked at again: once, or each year in those months.
#[derive(Serialize)]
#[serde(untagged)]
enum Looked {
    Once(Window),
    EachYear { months: Vec<u32> },
}

impl<'a> Line<'a> {
    fn of(target: &'a Target, doubts: &'a [String]) -> Self {
        let window = target.window();
        Self {
            words: target.words(),
            from: window.map(|window| window.from),
            to: window.map(|window| window.to),
            doubts,
            reading: target.reading().words(),
            review: target.review().map(|review| match review {
                Review::Once(window) => Looked::Once(*window),
                Review::EachYear(months) => Looked::EachYear { months: months.clone() },
            }),
        }
    }
}

/// The target for people who read it in a terminal: the words, and a line for each thing about
/// them.
fn in_words(target: &Target, doubts: &[String]) -> String {
    let mut lines = vec![format!("“{}”", target.words())];
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "no date".to_owned(), day_in_words);
    let window = target.window();
    lines.push(format!("  from     {}", day(window.map(|window| window.from))));
    lines.push(format!("  to       {}", day(window.map(|window| window.to))));
    lines.push(format!("  reading  {}", target.reading().words()));
    lines.extend(target.review().map(|review| format!("  review   {}", review_in_words(review))));
    lines.extend(doubts.iter().map(|doubt| format!("  doubt    {doubt}")));
    // Each thing is one line, whatever breaks stand in the words.
    let lines = lines.iter().map(|line| for_terminal(&line.replace('\n', " ")) + "\n");
    lines.collect()
}

fn review_in_words(review: &Review) -> String {
    match review {
        Review::Once(window) => window_in_words(*window),
        Review::EachYear(months) => {
            let name = |number: &u32| {
                let month =
                    u8::try_from(*number).ok().and_then(|number| Month::try_from(number).ok());
                month.map(|month| month.name().to_owned())
            };
            let names: Vec<String> = months.iter().filter_map(name).collect();
            format!("each year in {}", both(&names))
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    let json = error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
    io.or(json) == Some(ErrorKind::BrokenPipe)
}
