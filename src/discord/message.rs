//! A card as a message of Discord's: what it says, and the files that go with it.

use serde_json::Value;
use serde_json::json;
use tracing::warn;

use crate::discord::embed::embeds;
use crate::discord::embed::rows;
use crate::discord::limits::CONTENT_MAX;
use crate::discord::limits::FILE_NAME_MAX;
use crate::discord::limits::FILE_SAYS_MAX;
use crate::discord::limits::FILES_MAX;
use crate::discord::limits::cut;
use crate::post::Called;
use crate::view::Attachment;
use crate::view::Card;
use crate::view::notice;

/// What is sent: words as JSON, and the files beside them, which the words number from 0.
#[derive(Debug)]
pub(super) struct Message<'a> {
    pub(super) body: Value,
    pub(super) files: Vec<&'a Attachment>,
}

impl<'a> Message<'a> {
    /// A message that shows a card, with those of its files that fit into so many bytes; the card
    /// says which do not.
    ///
    /// No mention in it reaches anybody: `allowed_mentions` is empty in everything we send, but for
    /// whom [`Message::calling`] adds.
    pub(super) fn of(card: &'a Card, room_bytes: u64) -> Self {
        let (files, left_out) = fit(&card.files, room_bytes);
        let mut body = if left_out.is_empty() {
            words_of(card)
        } else {
            let line = notice::not_attached(&left_out, FILES_MAX, room_bytes);
            words_of(&with_line(card, &line))
        };
        if !files.is_empty() {
            body["attachments"] = files.iter().copied().enumerate().map(told).collect();
        }
        Self { body, files }
    }

    /// The same message, calling somebody: above everything else, so that a device shows it first,
    /// and with nobody else allowed.
    pub(super) fn calling(mut self, called: Option<Called>) -> Self {
        let (mention, kind, id) = match called {
            None => return self,
            Some(Called::Person(person)) => (format!("<@{}>", person.0), "users", person.0),
            Some(Called::Role(role)) => (format!("<@&{}>", role.0), "roles", role.0),
        };
        let above = self.body["content"].as_str().unwrap_or_default();
        let content = format!("{mention}\n{above}");
        self.body["content"] = json!(cut(content.trim_end(), CONTENT_MAX));
        self.body["allowed_mentions"][kind] = json!([id.to_string()]);
        self
    }

    /// A message of words alone, whatever files the card has.
    pub(super) fn words(card: &Card) -> Self {
        Self::bare(words_of(card))
    }

    /// A body to which nothing goes along.
    pub(super) fn bare(body: Value) -> Self {
        Self { body, files: Vec::new() }
    }

    /// How many bytes its files have together.
    pub(super) fn bytes(&self) -> u64 {
        self.files.iter().map(|file| size(file)).sum()
    }
}

fn words_of(card: &Card) -> Value {
    let mut words = json!({
        "embeds": embeds(card),
        "components": rows(&card.buttons),
        "allowed_mentions": { "parse": [], "replied_user": false },
    });
    if !card.above.is_empty() {
        words["content"] = json!(cut(&card.above, CONTENT_MAX));
    }
    words
}

/// The card with a further line after its text, and without its files.
fn with_line(card: &Card, line: &str) -> Card {
    Card {
        above: card.above.clone(),
        tone: card.tone,
        title: card.title.clone(),
        text: format!("{}\n{line}", card.text).trim_start().to_owned(),
        sections: card.sections.clone(),
        footer: card.footer.clone(),
        buttons: card.buttons.clone(),
        files: Vec::new(),
    }
}

/// What the words tell of a file, by its number.
fn told((number, file): (usize, &Attachment)) -> Value {
    let name = cut(&file.name, FILE_NAME_MAX);
    let mut told = json!({ "id": number.to_string(), "filename": name });
    if !file.says.is_empty() {
        told["description"] = json!(cut(&file.says, FILE_SAYS_MAX));
    }
    told
}

/// The files that Discord takes, in order, and the names of the others.
///
/// A smaller one may still go along where a larger one does not.
fn fit(files: &[Attachment], room_bytes: u64) -> (Vec<&Attachment>, Vec<String>) {
    let mut kept = Vec::new();
    let mut left_out = Vec::new();
    let mut left = room_bytes;
    for file in files {
        // Discord refuses the whole message for such a file. We write none, and people would miss
        // nothing by it, so only the log is told.
        if file.name.is_empty() || file.bytes.is_empty() {
            warn!(file.name, "Left out a file without a name or without anything in it");
            continue;
        }
        match left.checked_sub(size(file)) {
            Some(rest) if kept.len() < FILES_MAX => {
                left = rest;
                kept.push(file);
            }
            _ => {
                warn!(file.name, file.bytes = file.bytes.len(), "Left out a file that is too much");
                left_out.push(cut(&file.name, LEFT_OUT_NAME_MAX));
            }
        }
    }
    (kept, left_out)
}

/// Of a file that is left out, so much of the name is said.
const LEFT_OUT_NAME_MAX: usize = 100;

fn size(file: &Attachment) -> u64 {
    file.bytes.len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::RoleId;
    use crate::body::UserId;
    use crate::discord::limits::length;

    fn file(name: &str, bytes: usize) -> Attachment {
        Attachment { name: name.into(), bytes: vec![7; bytes], says: String::new() }
    }

    fn card(files: Vec<Attachment>) -> Card {
        Card { text: "Attached.".into(), files, ..Card::default() }
    }

    fn description<'a>(message: &'a Message<'_>) -> &'a str {
        message.body["embeds"][0]["description"].as_str().unwrap()
    }

    #[test]
    fn files_are_told_by_number_name_and_what_they_show() {
        let mut picture = file("plan.png", 5);
        picture.says = "x".repeat(1_100);
        let card = card(vec![file("plan.csv", 5), picture]);
        let message = Message::of(&card, 100);
        let says = format!("{}…", "x".repeat(1_023));
        let told = json!([
            { "id": "0", "filename": "plan.csv" },
            { "id": "1", "filename": "plan.png", "description": says },
        ]);
        assert_eq!(message.body["attachments"], told);
        assert_eq!((message.files.len(), message.bytes()), (2, 10));
        assert_eq!(description(&message), "Attached.");
    }

    #[test]
    fn a_card_without_files_says_nothing_of_files() {
        assert_eq!(Message::of(&card(Vec::new()), 100).body.get("attachments"), None);
        let with_files = card(vec![file("plan.csv", 5)]);
        let words = Message::words(&with_files);
        assert_eq!((words.body.get("attachments"), words.files.len()), (None, 0));
    }

    #[test]
    fn what_stands_above_is_beside_the_card_and_rings_for_nobody() {
        let above = |above: &str| Card { above: above.into(), ..card(vec![file("b", 200)]) };
        let note = above("Preview, @everyone");
        let message = Message::of(&note, 100);
        assert_eq!(message.body["content"], "Preview, @everyone");
        assert_eq!(message.body["allowed_mentions"]["parse"], json!([]));
        assert!(description(&message).starts_with("Attached.\nNot attached"));
        let long = above(&"x".repeat(2_001));
        let content = Message::words(&long).body["content"].as_str().map(str::to_owned);
        assert_eq!(content, Some(format!("{}…", "x".repeat(1_999))));
        assert_eq!(Message::words(&above("")).body.get("content"), None);
    }

    #[test]
    fn whom_a_message_calls_is_the_only_one_it_may_mention() {
        let card = Card { text: "No update yet, <@8> @everyone.".into(), ..Card::default() };
        let nobody = Message::of(&card, 100).calling(None).body;
        let allowed = json!({ "parse": [], "replied_user": false });
        assert_eq!((nobody.get("content"), &nobody["allowed_mentions"]), (None, &allowed));
        let role = Message::of(&card, 100).calling(Some(Called::Role(RoleId(7)))).body;
        let allowed = json!({ "parse": [], "replied_user": false, "roles": ["7"] });
        assert_eq!((&role["content"], &role["allowed_mentions"]), (&json!("<@&7>"), &allowed));
        let person = Message::of(&card, 100).calling(Some(Called::Person(UserId(9)))).body;
        let allowed = json!({ "parse": [], "replied_user": false, "users": ["9"] });
        assert_eq!((&person["content"], &person["allowed_mentions"]), (&json!("<@9>"), &allowed));
    }

    #[test]
    fn what_stands_above_already_comes_after_whom_it_calls() {
        let note = |above: &str| {
            let message = Message::bare(json!({ "content": above }));
            let called = message.calling(Some(Called::Person(UserId(9)))).body["content"].take();
            called.as_str().map(str::to_owned).unwrap_or_default()
        };
        assert_eq!(note("Posted late."), "<@9>\nPosted late.");
        let long = note(&"x".repeat(2_000));
        assert!(long.starts_with("<@9>\nxxx") && long.ends_with("x…"));
        assert_eq!(length(&long), CONTENT_MAX);
    }

    /// Which files go along, and what the card says of the others.
    #[track_caller]
    fn check(files: Vec<Attachment>, kept: &[&str], said: &str) {
        let card = card(files);
        let message = Message::of(&card, 10 * 1024 * 1024);
        let names: Vec<_> = message.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, kept);
        assert_eq!(message.body["attachments"].as_array().map_or(0, Vec::len), kept.len());
        assert_eq!(description(&message), said);
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_said() {
        let most = 10 * 1024 * 1024;
        check(vec![file("a", most)], &["a"], "Attached.");
        let said = "Attached.\nNot attached, because the chat takes at most 10 files and 10 MB at \
                    once: b.";
        check(vec![file("a", most), file("b", 1)], &["a"], said);
        check(vec![file("b", most + 1), file("a", 1)], &["a"], said);
        let names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let eleven = names.iter().chain(["b"].iter()).map(|name| file(name, 1)).collect();
        check(eleven, &names, said);
    }

    #[test]
    fn what_is_no_file_is_left_out_without_a_word() {
        check(vec![file("b", 0), file("a", 1)], &["a"], "Attached.");
        check(vec![file("", 1), file("a", 1)], &["a"], "Attached.");
    }
}
