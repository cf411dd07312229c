//! Each entry about an action in words: when, who, where, and what it changed.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::NaiveDate;

use super::Looked;
use super::stamp;
use crate::action::Status;
use crate::body::same;
use crate::date::day_in_words;
use crate::ledger::Entry;
use crate::ledger::Kind;
use crate::view::line;
use crate::view::line::NO_DATE;
use crate::view::line::NO_LEAD;
use crate::view::shortened;
use crate::view::verbatim;

/// Every entry about the action in words, oldest first, with so many characters of somebody's words.
pub(super) fn tell(looked: &Looked<'_>, words_max: usize) -> Vec<String> {
    let mut entries: Vec<&Entry> = looked.entries.iter().collect();
    entries.sort_by_key(|entry| entry.at);
    let mut past = Past { looked, words_max, entries: &entries, stood: Stood::default() };
    let mut told = Vec::new();
    for entry in &entries {
        if let Some(what) = past.what(entry) {
            told.push(format!("**{}** · {}\n{what}", past.when(entry), past.who(entry)));
        }
    }
    told
}

/// How the action stood before the entry that is told.
#[derive(Default)]
struct Stood {
    title: String,
    leads: String,
    themes: String,
    target: Option<String>,
    status: Option<Status>,
    moves: u32,
    /// How each target was moved, by its number.
    moved: BTreeMap<i64, String>,
}

struct Past<'a> {
    looked: &'a Looked<'a>,
    words_max: usize,
    entries: &'a [&'a Entry],
    stood: Stood,
}

impl Past<'_> {
    fn when(&self, entry: &Entry) -> String {
        if self.is_printed(entry) {
            let day = line::local_day(entry.at, self.looked.zone);
            return day.format("%B %Y").to_string();
        }
        stamp(entry.at, self.looked.zone)
    }

    /// Taken over with the action from print, and so said by nobody.
    fn is_printed(&self, entry: &Entry) -> bool {
        let begun = self.entries.iter().find(|other| other.kind == Kind::Action);
        let with_action = begun.is_some_and(|begun| begun.at == entry.at && !has_author(begun));
        with_action && !has_author(entry) && !entry.says.contains_key("import")
    }

    fn who(&self, entry: &Entry) -> String {
        let said = |part: &str| entry.says.get(part).map(String::as_str);
        let mut who = match self.author(entry) {
            Some(author) => author,
            None if self.is_printed(entry) => "the printed plan".into(),
            None => "the record itself".into(),
        };
        if matches!(entry.kind, Kind::Update | Kind::Extension) {
            if let Some(body) = said("body") {
                who = format!("{who}, {}", self.body(body));
            }
            if let Some(lead) = said("on_behalf_of") {
                who = format!("{who}, on behalf of {}", self.words(lead));
            }
        }
        who
    }

    /// Who made an entry, or had the file imported that it came with, or made what it came with.
    fn author(&self, entry: &Entry) -> Option<String> {
        if let Some(by) = &entry.by {
            return Some(verbatim(by));
        }
        if entry.forgotten {
            return Some("somebody".into());
        }
        if let Some(import) = entry.says.get("import") {
            let import = self.numbered(Kind::Import, import);
            let file = import.and_then(|import| import.says.get("file_name"));
            let file = self.words(file.map_or("a file", String::as_str));
            return Some(match import.filter(|import| has_author(import)) {
                Some(import) => format!("{}, importing {file}", self.author(import)?),
                None => format!("an import of {file}"),
            });
        }
        let with = self.entries.iter().find(|other| {
            has_author(other)
                && other.recorded_at == entry.recorded_at
                && matches!(other.kind, Kind::Action | Kind::Decision)
        });
        with.and_then(|with| self.author(with))
    }

    fn numbered(&self, kind: Kind, number: &str) -> Option<&Entry> {
        let number = number.parse::<i64>().ok()?;
        self.entries.iter().find(|entry| entry.kind == kind && entry.number == number).copied()
    }

    /// Somebody's words in one line, as many as there is room for.
    fn words(&self, words: &str) -> String {
        let line = line::one_line(words);
        verbatim(&shortened(&line, self.words_max))
    }

    fn words_or(&self, words: &str, none: &str) -> String {
        if words.trim().is_empty() { none.to_owned() } else { self.words(words) }
    }

    fn body(&self, code: &str) -> String {
        let body = self.looked.bodies.all.iter().find(|body| same(&body.code, code));
        verbatim(body.map_or(code, |body| body.name.as_str()))
    }

    /// What an entry says and changed; none where another entry tells it.
    fn what(&mut self, entry: &Entry) -> Option<String> {
        let said = |part: &str| entry.says.get(part).map_or("", String::as_str);
        match entry.kind {
            Kind::Import
            | Kind::Holding
            | Kind::Digest
            | Kind::Timing
            | Kind::Pause
            | Kind::Attendance
            | Kind::Meeting
            | Kind::Closure => None,
            Kind::Action => {
                said("title").clone_into(&mut self.stood.title);
                self.stood.status = Status::from_words(said("status"));
                let begun = if has_author(entry) { "Added" } else { "First printed" };
                let status = self.stood.status.map(line::status).unwrap_or_default();
                Some(format!("{begun}: {} · {status}", self.words(said("title"))))
            }
            Kind::Recurrence => Some(match said("every") {
                "never" => "Comes round no more".into(),
                every => format!("Comes round every {every}"),
            }),
            Kind::Wording => {
                let before = std::mem::replace(&mut self.stood.title, said("title").to_owned());
                Some(format!("Title: {} → {}", self.words(&before), self.words(said("title"))))
            }
            Kind::Leadership => {
                let after = said("leads").replace("; ", " / ");
                let before = std::mem::replace(&mut self.stood.leads, after.clone());
                Some(self.change("Lead", &before, &after, NO_LEAD))
            }
            Kind::Tagging => {
                let after = said("themes").replace("; ", ", ");
                let before = std::mem::replace(&mut self.stood.themes, after.clone());
                Some(self.change("Themes", &before, &after, "none"))
            }
            Kind::Target => self.target(entry),
            Kind::Update => Some(self.update(entry)),
            Kind::Note => {
                Some(format!("{}: {}", self.words(said("heading")), self.words(said("text"))))
            }
            Kind::Extension => Some(format!(
                "Asked for a new date: {} → {}. Why: {}",
                self.stood.target.as_deref().unwrap_or(NO_DATE),
                self.words(said("words")),
                self.words(said("reason"))
            )),
            Kind::Decision => Some(self.decision(entry)),
            Kind::Item => Some(self.item(entry)),
            Kind::Proceeding => self.proceeding(entry),
        }
    }

    fn change(&self, what: &str, before: &str, after: &str, none: &str) -> String {
        let now = self.words_or(after, none);
        if before.is_empty() || before == after {
            return format!("{what}: {now}");
        }
        format!("{what}: {} → {now}", self.words(before))
    }

    /// The first target, and each move; one that a decision set is told there.
    fn target(&mut self, entry: &Entry) -> Option<String> {
        let words = entry.says.get("words").map_or("", String::as_str);
        let now = self.words_or(words, NO_DATE);
        let told = match self.stood.target.replace(now.clone()) {
            None => format!("Target: {now}"),
            Some(before) => {
                self.stood.moves += 1;
                format!("Target: {before} → {now} (move {})", self.stood.moves)
            }
        };
        let number = entry.number.to_string();
        let decided = self
            .entries
            .iter()
            .any(|other| other.kind == Kind::Decision && other.says.get("target") == Some(&number));
        self.stood.moved.insert(entry.number, told.clone());
        (!decided).then_some(told)
    }

    fn update(&mut self, entry: &Entry) -> String {
        let said = |part: &str| entry.says.get(part).map(String::as_str);
        let before = self.stood.status;
        let after = said("status").and_then(Status::from_words).or(before);
        self.stood.status = after;
        let status = after.map(line::status).unwrap_or_default();
        let status = match before {
            Some(before) if Some(before) != after => format!("{} → {status}", line::status(before)),
            _ => status,
        };
        if let Some(undone) = said("undoes") {
            let mut told = match self.numbered(Kind::Update, undone) {
                Some(undone) => {
                    format!("Took back the update of {} · {status}", self.when(undone))
                }
                None => format!("Took back an update · {status}"),
            };
            if let Some(reason) = said("reason") {
                let _ = write!(told, ". Why: {}", self.words(reason));
            }
            return told;
        }
        let mut told = vec![format!("{status}: {}", self.words(said("text").unwrap_or_default()))];
        told.extend(said("happened_on").and_then(day).map(|day| format!("Happened {day}")));
        told.extend(said("ask").map(|ask| format!("Asks: {}", self.words(ask))));
        let evidence: Vec<String> = ["evidence_name", "evidence_url"]
            .into_iter()
            .filter_map(|part| said(part).map(|words| self.words(words)))
            .collect();
        told.extend((!evidence.is_empty()).then(|| format!("Evidence: {}", evidence.join(" "))));
        told.extend(said("case_study").map(|_| "For a case study".to_owned()));
        told.extend(self.taken_back(entry));
        told.join("\n")
    }

    /// That an entry was taken back, with who and why.
    fn taken_back(&self, entry: &Entry) -> Option<String> {
        let number = entry.number.to_string();
        let undoing = self
            .entries
            .iter()
            .find(|other| other.kind == entry.kind && other.says.get("undoes") == Some(&number))?;
        let why = undoing.says.get("reason").map(|reason| format!(": {}", self.words(reason)));
        Some(format!(
            "✖ Taken back {} by {}{}",
            self.when(undoing),
            self.who(undoing),
            why.unwrap_or_default()
        ))
    }

    fn decision(&mut self, entry: &Entry) -> String {
        let said = |part: &str| entry.says.get(part).map(String::as_str);
        let asked = said("extension").and_then(|number| self.numbered(Kind::Extension, number));
        let asked = asked.and_then(|asked| asked.says.get("words")).map(String::as_str);
        let mut told = match said("kind").unwrap_or_default() {
            "sign-off" => "✔ Signed off as complete".to_owned(),
            "withdraw" => "✖ Withdrawn from the plan".to_owned(),
            "extension agreed" => {
                let number = said("target").and_then(|number| number.parse().ok());
                let moved = number.and_then(|number: i64| self.stood.moved.get(&number));
                let moved = moved.map_or("Target set", String::as_str);
                let differs =
                    asked.filter(|asked| said("words").is_none_or(|words| !same(words, asked)));
                let differs =
                    differs.map(|asked| format!(", where {} was asked", self.words(asked)));
                format!("New date agreed. {moved}{}", differs.unwrap_or_default())
            }
            "extension refused" => format!(
                "New date refused: {} was asked, the target stays {}",
                self.words(asked.unwrap_or("another date")),
                self.stood.target.as_deref().unwrap_or(NO_DATE)
            ),
            _ => "Returned: still to be done".to_owned(),
        };
        if let Some(status) = said("status").and_then(Status::from_words) {
            self.stood.status = Some(status);
            let _ = write!(told, " · {}", line::status(status));
        }
        let mut place = Vec::new();
        place.extend(said("body").map(|body| self.body(body)));
        place.extend(said("meeting_on").and_then(day));
        place.extend(said("minute_ref").map(|minute| format!("minute {}", self.words(minute))));
        if !place.is_empty() {
            let _ = write!(told, "\nAt {}", place.join(", "));
        }
        if let Some(note) = said("note").filter(|note| !note.is_empty()) {
            let _ = write!(told, "\n{}", self.words(note));
        }
        told
    }

    /// What a meeting made of it; a decision tells itself.
    fn proceeding(&self, entry: &Entry) -> Option<String> {
        let said = |part: &str| entry.says.get(part).map(String::as_str);
        let body = said("body").map(|body| self.body(body)).unwrap_or_default();
        match said("kind")? {
            "added" => Some(format!("Agreed by {body} as a new action")),
            "left open" => Some(format!("Left open by {body}")),
            "noted" => Some(format!("Noted by {body}")),
            "agreed" => {
                Some(format!("Agreed by {body}: {}", self.words(said("words").unwrap_or_default())))
            }
            _ => None,
        }
    }

    fn item(&self, entry: &Entry) -> String {
        let said = |part: &str| entry.says.get(part).map(String::as_str);
        let body = said("body").map(|body| self.body(body)).unwrap_or_default();
        let day = said("meeting_on").and_then(day).unwrap_or_default();
        let meeting = format!("{body} on {day}");
        if said("undoes").is_some() {
            return format!("No longer to be brought to {meeting}");
        }
        let purpose = said("purpose").unwrap_or("noting");
        let words = said("words").map(|words| format!(": {}", self.words(words)));
        let told = format!("To be brought to {meeting} for {purpose}{}", words.unwrap_or_default());
        match self.taken_back(entry) {
            Some(taken) => format!("{told}\n{taken}"),
            None => told,
        }
    }
}

fn has_author(entry: &Entry) -> bool {
    entry.by.is_some() || entry.forgotten
}

fn day(words: &str) -> Option<String> {
    words.parse::<NaiveDate>().ok().map(day_in_words)
}
