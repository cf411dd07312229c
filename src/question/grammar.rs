//! What pieces ask together: each question with the words it needs and the words it allows.

use chrono::NaiveDate;

use crate::action::Ref;
use crate::attention::Attention;
use crate::body::BodyKind;
use crate::date::day_in_words;
use crate::request::Ask;
use crate::request::AttentionAsk;

use super::Names;
use super::OPTIONS_MAX;
use super::Understood;
use super::piece::Piece;
use super::piece::Placed;
use super::vocabulary::Sense;

/// A question's pieces without those that change nothing.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pieces: Vec<Piece>,
}

/// Where a body stands decides what it is in the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Whose actions.
    Lead,
    /// Whose meeting.
    Meeting,
    /// It could be either: "due by CPEG".
    Either,
}

impl Sentence {
    pub(super) fn of(pieces: &[Placed]) -> Self {
        let pieces = pieces.iter().map(|placed| placed.piece.clone());
        Self { pieces: pieces.filter(|piece| *piece != Piece::Sense(Sense::Filler)).collect() }
    }

    fn has(&self, sense: Sense) -> bool {
        self.pieces.contains(&Piece::Sense(sense))
    }

    fn count(&self, sense: Sense) -> usize {
        self.pieces.iter().filter(|piece| **piece == Piece::Sense(sense)).count()
    }

    /// Whether every word of the vocabulary in it is one of these. "Which", "show" and "action" are
    /// allowed in every question.
    fn allows(&self, senses: &[Sense]) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Sense(Sense::Which | Sense::Show | Sense::Action | Sense::Be) => true,
            Piece::Sense(sense) => senses.contains(sense),
            _ => true,
        })
    }

    /// Whether every piece is a word of the vocabulary or one of these kinds.
    fn holds_only(&self, kinds: fn(&Piece) -> bool) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Sense(_)) || kinds(piece))
    }

    fn sense(&self, place: Option<usize>) -> Option<Sense> {
        match self.pieces.get(place?) {
            Some(Piece::Sense(sense)) => Some(*sense),
            _ => None,
        }
    }

    /// The senses after each piece of a sense.
    fn after(&self, sense: Sense) -> impl Iterator<Item = Option<&Piece>> {
        let places = self.pieces.iter().enumerate();
        let places = places.filter(move |(_, piece)| **piece == Piece::Sense(sense));
        places.map(|(place, _)| self.pieces.get(place + 1))
    }

    /// Whether "next" stands before a meeting, each time.
    fn next_is_a_meeting(&self) -> bool {
        self.after(Sense::Next).all(|piece| {
            matches!(
                piece,
                Some(Piece::Body(_) | Piece::Sense(Sense::Meeting | Sense::Papers | Sense::Date))
            )
        })
    }

    fn bodies(&self) -> Vec<(&str, Role)> {
        let mut bodies = Vec::new();
        for (place, piece) in self.pieces.iter().enumerate() {
            if let Piece::Body(name) = piece {
                bodies.push((name.as_str(), self.role(place)));
            }
        }
        bodies
    }

    fn role(&self, place: usize) -> Role {
        let before = self.sense(place.checked_sub(1));
        let earlier = self.sense(place.checked_sub(2));
        let after = self.sense(Some(place + 1));
        match (earlier, before, after) {
            (_, Some(Sense::Next | Sense::Last | Sense::Before | Sense::At), _)
            | (_, _, Some(Sense::Meeting))
            | (Some(Sense::Meeting), Some(Sense::Of | Sense::For), _) => Role::Meeting,
            (Some(Sense::Led | Sense::Lead), Some(Sense::By), _) => Role::Lead,
            (_, Some(Sense::By), _) => Role::Either,
            _ => Role::Lead,
        }
    }

    fn days(&self) -> Vec<(NaiveDate, Option<Sense>)> {
        let day = |(place, piece): (usize, &Piece)| match piece {
            Piece::Day(day) => Some((*day, self.sense(place.checked_sub(1)))),
            _ => None,
        };
        self.pieces.iter().enumerate().filter_map(day).collect()
    }

    fn areas(&self) -> Vec<u32> {
        let area = |piece: &Piece| match piece {
            Piece::Area(number) => Some(*number),
            _ => None,
        };
        self.pieces.iter().filter_map(area).collect()
    }

    fn themes(&self) -> Vec<&str> {
        let mut themes = Vec::new();
        for piece in &self.pieces {
            if let Piece::Theme(name) = piece {
                themes.push(name.as_str());
            }
        }
        themes
    }
}

/// What a sentence asks, if it is one of the questions.
pub(super) fn ask(sentence: &Sentence, names: &Names<'_>) -> Option<Understood> {
    help(sentence)
        .or_else(|| overdue(sentence))
        .or_else(|| due(sentence, names))
        .or_else(|| silent(sentence))
        .or_else(|| blank(sentence))
        .or_else(|| awaiting(sentence))
        .or_else(|| attention(sentence))
        .or_else(|| digest(sentence))
        .or_else(|| next_meeting(sentence, names))
        .or_else(|| action(sentence, names))
}

fn asked(ask: Ask, reading: impl Into<String>) -> Understood {
    Understood::Asked { ask, reading: reading.into() }
}

/// A question about one action.
pub(super) fn action_asked(reference: &Ref, title: &str) -> Understood {
    asked(Ask::Action { action: reference.to_string() }, format!("{reference}: {title}"))
}

fn help(sentence: &Sentence) -> Option<Understood> {
    let nothing = sentence.pieces.is_empty();
    let plain = sentence.holds_only(|_| false);
    if nothing
        || (plain && sentence.has(Sense::Help) && sentence.allows(&[Sense::Help, Sense::With]))
    {
        return Some(asked(Ask::Help { topic: None }, "What you can ask"));
    }
    let how = [Sense::How, Sense::Do, Sense::To, Sense::Update, Sense::Can];
    if plain && sentence.has(Sense::How) && sentence.has(Sense::Update) && sentence.allows(&how) {
        return Some(asked(Ask::Help { topic: Some("update".into()) }, "How to log progress"));
    }
    None
}

/// Words that say which actions are meant, in a list of any view.
const NARROWING: &[Sense] = &[
    Sense::For,
    Sense::By,
    Sense::Of,
    Sense::In,
    Sense::On,
    Sense::With,
    Sense::About,
    Sense::Led,
    Sense::Area,
    Sense::Theme,
    Sense::Plan,
    Sense::AsOf,
    Sense::At,
    Sense::Have,
    Sense::And,
    Sense::Do,
];

fn allows_with(sentence: &Sentence, senses: &[Sense]) -> bool {
    let together: Vec<Sense> = NARROWING.iter().chain(senses).copied().collect();
    sentence.allows(&together)
}

fn overdue(sentence: &Sentence) -> Option<Understood> {
    let own = [Sense::Overdue, Sense::Who, Sense::Lead, Sense::Now, Sense::Was, Sense::Will];
    if !sentence.has(Sense::Overdue) || !allows_with(sentence, &own) {
        return None;
    }
    // What was or will be is another question, unless it says on which day.
    let tense = sentence.has(Sense::Was) || sentence.has(Sense::Will);
    if tense && sentence.days().is_empty() {
        return None;
    }
    if sentence.bodies().iter().any(|(_, role)| *role == Role::Meeting) {
        return None;
    }
    list(sentence, Attention::Overdue, &Wanted::default())
}

fn due(sentence: &Sentence, names: &Names<'_>) -> Option<Understood> {
    let own = [Sense::Due, Sense::Before, Sense::Next, Sense::Meeting, Sense::Who, Sense::Will];
    let dated = sentence.days().iter().all(|(_, before)| *before == Some(Sense::AsOf));
    if !sentence.has(Sense::Due)
        || !dated
        || !allows_with(sentence, &own)
        || !sentence.next_is_a_meeting()
    {
        return None;
    }
    let meetings: Vec<&str> = of_role(sentence, Role::Meeting);
    let either: Vec<&str> = of_role(sentence, Role::Either);
    match (meetings.as_slice(), either.as_slice()) {
        ([], []) if sentence.has(Sense::Before) && !sentence.has(Sense::Meeting) => None,
        ([], []) => list(sentence, Attention::Due, &Wanted::default()),
        ([only], []) => list(
            sentence,
            Attention::Due,
            &Wanted { meeting: Some((*only).into()), names: Some(*names) },
        ),
        ([], [only]) => Some(lead_or_meeting(sentence, only, names)),
        _ => None,
    }
}

/// "Due by CPEG" may mean CPEG's actions, or those due before its meeting.
fn lead_or_meeting(sentence: &Sentence, body: &str, names: &Names<'_>) -> Understood {
    let led = list(sentence, Attention::Due, &Wanted::default());
    let mut alone = sentence.clone();
    alone.pieces.retain(|piece| *piece != Piece::Body(body.to_owned()));
    let wanted = Wanted { meeting: Some(body.into()), names: Some(*names) };
    let before = list(&alone, Attention::Due, &wanted);
    let labelled =
        [(format!("Led by {body}"), led), (format!("Before the next {body} meeting"), before)];
    let options = labelled.into_iter().filter_map(|(label, understood)| match understood {
        Some(Understood::Asked { ask, .. }) => Some((label, ask)),
        _ => None,
    });
    Understood::Ambiguous { word: body.to_owned(), options: options.collect() }
}

fn of_role(sentence: &Sentence, wanted: Role) -> Vec<&str> {
    sentence
        .bodies()
        .into_iter()
        .filter(|(_, role)| *role == wanted)
        .map(|(name, _)| name)
        .collect()
}

fn silent(sentence: &Sentence) -> Option<Understood> {
    let own = [
        Sense::Silent,
        Sense::Not,
        Sense::HaveNot,
        Sense::IsNot,
        Sense::Update,
        Sense::Updated,
        Sense::Who,
        Sense::Since,
        Sense::Last,
        Sense::Meeting,
        Sense::Yet,
        Sense::Now,
    ];
    let negated =
        sentence.count(Sense::Not) + sentence.count(Sense::HaveNot) + sentence.count(Sense::IsNot);
    let updated = sentence.has(Sense::Update) || sentence.has(Sense::Updated);
    let quiet = sentence.has(Sense::Silent) && negated == 0 && !updated;
    let unheard = negated == 1 && updated && !sentence.has(Sense::Silent);
    if !quiet && !unheard {
        return None;
    }
    // "No update" is silence; "update nothing" is none of our questions.
    let said_of_updates = [Sense::Not, Sense::HaveNot, Sense::IsNot].into_iter().all(|negation| {
        sentence.after(negation).all(|piece| {
            matches!(
                piece,
                Some(Piece::Sense(
                    Sense::Update | Sense::Updated | Sense::Have | Sense::Yet | Sense::Be
                ))
            )
        })
    });
    let since =
        sentence.has(Sense::Since) || sentence.has(Sense::Last) || sentence.has(Sense::Meeting);
    let whole =
        sentence.has(Sense::Since) && sentence.has(Sense::Last) && sentence.has(Sense::Meeting);
    let meets = sentence.bodies().iter().any(|(_, role)| *role != Role::Lead);
    if !said_of_updates || (since && !whole) || meets || !allows_with(sentence, &own) {
        return None;
    }
    list(sentence, Attention::Silent, &Wanted::default())
}

fn blank(sentence: &Sentence) -> Option<Understood> {
    let own = [
        Sense::Not,
        Sense::DoNot,
        Sense::HaveNot,
        Sense::Undated,
        Sense::Lead,
        Sense::Date,
        Sense::Or,
        Sense::Due,
        Sense::Now,
    ];
    if !allows_with(sentence, &own) || sentence.has(Sense::By) || sentence.has(Sense::Led) {
        return None;
    }
    let named = sentence.has(Sense::Lead) || sentence.has(Sense::Date);
    let negations: usize = [Sense::Not, Sense::DoNot, Sense::HaveNot]
        .into_iter()
        .map(|sense| sentence.count(sense))
        .sum();
    let noun = |piece: Option<&Piece>| {
        matches!(piece, Some(Piece::Sense(Sense::Lead | Sense::Date | Sense::Due | Sense::Have)))
    };
    let have = |piece: Option<&Piece>| matches!(piece, Some(Piece::Sense(Sense::Have)));
    let about_nouns = sentence.after(Sense::Not).all(noun)
        && sentence.after(Sense::HaveNot).all(noun)
        && sentence.after(Sense::DoNot).all(have)
        && sentence.after(Sense::Due).all(|piece| piece == Some(&Piece::Sense(Sense::Date)));
    // "No lead and a date" is no question here: every "and" must join two things that lack.
    let both = sentence.has(Sense::And);
    let joined = !both || negations == 2 && sentence.has(Sense::Lead) && sentence.has(Sense::Date);
    let lacks = (negations == 1 && named) || (negations == 2 && both && named);
    let undated = sentence.has(Sense::Undated) && negations == 0 && !named;
    if !(lacks && about_nouns && joined || undated) {
        return None;
    }
    list(sentence, Attention::Blank, &Wanted::default())
}

fn awaiting(sentence: &Sentence) -> Option<Understood> {
    let own = [
        Sense::Decide,
        Sense::Need,
        Sense::To,
        Sense::Do,
        Sense::In,
        Sense::Area,
        Sense::Theme,
        Sense::Now,
        Sense::For,
    ];
    let needed = sentence.has(Sense::Need) || sentence.pieces == [Piece::Sense(Sense::Decide)];
    if !sentence.has(Sense::Decide)
        || !needed
        || !sentence.allows(&own)
        || !sentence.bodies().is_empty()
    {
        return None;
    }
    list(sentence, Attention::Awaiting, &Wanted::default())
}

fn attention(sentence: &Sentence) -> Option<Understood> {
    let own = [Sense::Attention, Sense::Need, Sense::Now];
    if !sentence.has(Sense::Attention) || !allows_with(sentence, &own) {
        return None;
    }
    if sentence.bodies().iter().any(|(_, role)| *role != Role::Lead) {
        return None;
    }
    list(sentence, Attention::All, &Wanted::default())
}

/// What a list needs beside what stands in the sentence.
#[derive(Default)]
struct Wanted<'a> {
    /// The body whose next meeting is meant.
    meeting: Option<String>,
    names: Option<Names<'a>>,
}

/// The list of a view, narrowed as the sentence says; none where it says too much.
fn list(sentence: &Sentence, view: Attention, wanted: &Wanted<'_>) -> Option<Understood> {
    let narrowing = |piece: &Piece| {
        matches!(piece, Piece::Body(_) | Piece::Area(_) | Piece::Theme(_) | Piece::Day(_))
    };
    let (areas, themes, days) = (sentence.areas(), sentence.themes(), sentence.days());
    if !sentence.holds_only(narrowing) || areas.len() > 1 || themes.len() > 1 || days.len() > 1 {
        return None;
    }
    let of_lists = |before: Option<Sense>| {
        matches!(
            before,
            None | Some(
                Sense::AsOf
                    | Sense::On
                    | Sense::At
                    | Sense::By
                    | Sense::For
                    | Sense::In
                    | Sense::Overdue
            )
        )
    };
    if !days.iter().all(|(_, before)| of_lists(*before)) {
        return None;
    }
    let leads: Vec<&str> = sentence
        .bodies()
        .into_iter()
        .filter(|(_, role)| *role != Role::Meeting)
        .map(|(name, _)| name)
        .collect();
    let joined = sentence.has(Sense::And) && view != Attention::Blank;
    if joined != (leads.len() > 1) {
        return None;
    }
    let ask = |lead: Option<&str>| AttentionAsk {
        body: None,
        lead: lead.map(str::to_owned),
        area: areas.first().copied(),
        theme: themes.first().map(|theme| (*theme).to_owned()),
        meeting: wanted.meeting.clone(),
        view,
        as_of: days.first().map(|(day, _)| *day),
    };
    if leads.len() > 1 {
        let option = |lead: &&str| ((*lead).to_owned(), Ask::Overdue(ask(Some(lead))));
        let options = leads.iter().take(OPTIONS_MAX).map(option).collect();
        return Some(Understood::Ambiguous { word: leads.join(" and "), options });
    }
    let ask = ask(leads.first().copied());
    let reading = reading(&ask, wanted.names.as_ref());
    Some(asked(Ask::Overdue(ask), reading))
}

/// A list in words: `Overdue actions led by CPEG in area 2, as of 1 January 2021`.
fn reading(ask: &AttentionAsk, names: Option<&Names<'_>>) -> String {
    let lead = ask.lead.as_ref().map(|lead| format!(" led by {}", the(lead))).unwrap_or_default();
    let area = ask.area.map(|area| format!(" in area {area}")).unwrap_or_default();
    let theme =
        ask.theme.as_ref().map(|theme| format!(" with the theme {theme}")).unwrap_or_default();
    let which = format!("{lead}{area}{theme}");
    let meeting = ask.meeting.as_deref().zip(names).map(|(body, names)| meeting_of(body, names));
    let meeting = meeting.unwrap_or_else(|| "meeting".into());
    let list = match ask.view {
        Attention::Overdue => format!("Overdue actions{which}"),
        Attention::Due => format!("Actions{which} due before the next {meeting}"),
        Attention::Silent => format!("Actions{which} without an update since the last meeting"),
        Attention::Blank => format!("Actions{which} without a lead or a date"),
        Attention::Awaiting => format!("Actions{which} that await a decision"),
        Attention::All => format!("Actions{which} that need attention"),
    };
    let as_of = ask.as_of.map(|day| format!(", as of {}", day_in_words(day))).unwrap_or_default();
    format!("{list}{as_of}")
}

/// A body within a sentence: `CPEG`, `the Flourishing DIG`.
fn the(body: &str) -> String {
    if body.contains("DIG") { format!("the {body}") } else { body.to_owned() }
}

/// A body's meeting within a sentence: `board meeting`, `CPEG meeting`.
fn meeting_of(body: &str, names: &Names<'_>) -> String {
    let board = names.bodies.first_of(BodyKind::Board).is_some_and(|board| board.name == body);
    if board { "board meeting".into() } else { format!("{body} meeting") }
}

fn digest(sentence: &Sentence) -> Option<Understood> {
    let own = [
        Sense::Digest,
        Sense::Preview,
        Sense::For,
        Sense::Of,
        Sense::In,
        Sense::Next,
        Sense::Meeting,
        Sense::AsOf,
        Sense::On,
        Sense::Have,
    ];
    let held = sentence.holds_only(|piece| matches!(piece, Piece::Body(_) | Piece::Day(_)));
    let (bodies, days) = (sentence.bodies(), sentence.days());
    let [(body, _)] = bodies.as_slice() else {
        return None;
    };
    if !sentence.has(Sense::Digest)
        || !held
        || days.len() > 1
        || !sentence.allows(&own)
        || !sentence.next_is_a_meeting()
    {
        return None;
    }
    let as_of = days.first().map(|(day, _)| *day);
    let on = as_of.map(|day| format!(", as of {}", day_in_words(day))).unwrap_or_default();
    let reading = format!("The digest for {}{on}", the(body));
    Some(asked(Ask::DigestPreview { body: (*body).to_owned(), as_of }, reading))
}

fn next_meeting(sentence: &Sentence, names: &Names<'_>) -> Option<Understood> {
    let own = [
        Sense::When,
        Sense::Next,
        Sense::Meeting,
        Sense::Papers,
        Sense::Date,
        Sense::For,
        Sense::Of,
        Sense::Due,
        Sense::Do,
        Sense::Will,
        Sense::Have,
    ];
    let bodies = sentence.bodies();
    let held = sentence.holds_only(|piece| matches!(piece, Piece::Body(_)));
    if !held || bodies.len() > 1 || !sentence.allows(&own) || !sentence.next_is_a_meeting() {
        return None;
    }
    let papers = sentence.has(Sense::Papers);
    let meets = papers || sentence.has(Sense::Meeting) || !bodies.is_empty();
    let asks = sentence.has(Sense::When)
        || sentence.has(Sense::Next)
        || (papers && sentence.has(Sense::Due));
    // "What is due for CPEG" asks for actions; only papers are due here.
    let due = sentence.has(Sense::Due) && !papers;
    if !meets || !asks || due {
        return None;
    }
    let body = bodies.first().map(|(body, _)| (*body).to_owned());
    let meeting = body
        .as_deref()
        .map_or_else(|| "meeting of each body".into(), |body| meeting_of(body, names));
    let reading = if papers {
        format!("When papers are due for the next {meeting}")
    } else {
        format!("The next {meeting}")
    };
    Some(asked(Ask::NextMeeting { body }, reading))
}

fn action(sentence: &Sentence, names: &Names<'_>) -> Option<Understood> {
    let own = [
        Sense::Status,
        Sense::State,
        Sense::Happening,
        Sense::Update,
        Sense::Updated,
        Sense::Last,
        Sense::About,
        Sense::With,
        Sense::On,
        Sense::Of,
        Sense::For,
        Sense::At,
        Sense::By,
        Sense::Who,
        Sense::When,
        Sense::How,
        Sense::Do,
        Sense::Have,
        Sense::Due,
        Sense::Overdue,
        Sense::Date,
        Sense::Lead,
        Sense::Led,
        Sense::Was,
        Sense::Now,
        Sense::Plan,
        Sense::And,
        Sense::Yet,
    ];
    let held = sentence.holds_only(|piece| matches!(piece, Piece::Actions(_)));
    if !held || !sentence.allows(&own) {
        return None;
    }
    // "Update 2.1" wants to tell, not to ask.
    if sentence.after(Sense::Update).any(|piece| matches!(piece, Some(Piece::Actions(_)))) {
        return None;
    }
    // What was asks about the past, unless it is the last update.
    if sentence.has(Sense::Was) && !sentence.has(Sense::Last) {
        return None;
    }
    let refs: Vec<&Ref> = sentence
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Actions(refs) => Some(refs),
            _ => None,
        })
        .flatten()
        .collect();
    let title = |reference: &Ref| {
        let known = names.actions.iter().find(|(known, _)| known == reference);
        known.map(|(_, title)| title.clone()).unwrap_or_default()
    };
    match refs.as_slice() {
        [] => None,
        [only] if !sentence.has(Sense::And) => Some(action_asked(only, &title(only))),
        several => {
            let label = |reference: &&&Ref| format!("{reference} {}", title(reference));
            let option = |reference: &&Ref| {
                (label(&reference), Ask::Action { action: reference.to_string() })
            };
            let words: Vec<String> = several.iter().map(ToString::to_string).collect();
            let options = several.iter().take(OPTIONS_MAX).map(option).collect();
            Some(Understood::Ambiguous { word: crate::body::both(&words), options })
        }
    }
}
