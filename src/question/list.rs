//! Questions for a list of actions: what is overdue, due, silent, blank, undecided.

use std::collections::BTreeSet;

use crate::attention::Attention;
use crate::body::both;
use crate::request::Ask;
use crate::request::AttentionAsk;

use super::Names;
use super::OPTIONS_MAX;
use super::Understood;
use super::piece::Piece;
use super::reading::asked;
use super::reading::reading;
use super::sentence::Role;
use super::sentence::Sentence;
use super::vocabulary::Sense;

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
    Sense::Or,
    Sense::Do,
];

/// What may stand before the day from which a list is seen.
const ON_A_DAY: &[Sense] = &[
    Sense::AsOf,
    Sense::On,
    Sense::At,
    Sense::By,
    Sense::For,
    Sense::In,
    Sense::Overdue,
    Sense::Action,
];

/// The list that a sentence asks for, if it does.
pub(super) fn ask(sentence: &Sentence, names: &Names<'_>) -> Option<Understood> {
    overdue(sentence)
        .or_else(|| due(sentence, names))
        .or_else(|| silent(sentence))
        .or_else(|| blank(sentence))
        .or_else(|| awaiting(sentence))
        .or_else(|| attention(sentence))
}

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
        ([], [only]) if of_role(sentence, Role::Lead).is_empty() => {
            lead_or_meeting(sentence, only, names)
        }
        _ => None,
    }
}

/// "Due by CPEG" may mean CPEG's actions, or those due before its meeting.
fn lead_or_meeting(sentence: &Sentence, body: &str, names: &Names<'_>) -> Option<Understood> {
    let led = list(sentence, Attention::Due, &Wanted::default())?;
    let mut alone = sentence.clone();
    alone.pieces.retain(|piece| !matches!(piece, Piece::Body(_) | Piece::Sense(Sense::By)));
    let wanted = Wanted { meeting: Some(body.into()), names: Some(*names) };
    let before = list(&alone, Attention::Due, &wanted)?;
    let (Understood::Asked { ask: led, .. }, Understood::Asked { ask: before, .. }) = (led, before)
    else {
        return None;
    };
    let options =
        vec![(format!("Led by {body}"), led), (format!("Before the next {body} meeting"), before)];
    Some(Understood::Ambiguous { word: format!("by {body}"), options })
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
        Sense::Lead,
        Sense::Been,
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
                    Sense::Update
                        | Sense::Updated
                        | Sense::Have
                        | Sense::Yet
                        | Sense::Been
                        | Sense::Be
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
    let whole = sentence.is_whole() && sentence.holds_only(narrowing);
    let dated =
        days.iter().all(|(_, before)| before.is_none_or(|before| ON_A_DAY.contains(&before)));
    if !whole || !dated || themes.len() > 1 || days.len() > 1 {
        return None;
    }
    let leads = sentence.bodies().into_iter().filter(|(_, role)| *role != Role::Meeting);
    let leads: BTreeSet<&str> = leads.map(|(name, _)| name).collect();
    let together = AttentionAsk {
        body: None,
        lead: leads.first().map(|lead| (*lead).to_owned()),
        area: areas.first().copied(),
        theme: themes.first().map(|theme| (*theme).to_owned()),
        meeting: wanted.meeting.clone(),
        view,
        as_of: days.first().map(|(day, _)| *day),
        page: 0,
    };
    // "And" joins two names of a kind, and which of them is then for the asker to choose; in
    // "no lead and no date" it does not.
    let joins = sentence.count(Sense::And) + sentence.count(Sense::Or);
    let joins = if view == Attention::Blank { 0 } else { joins };
    match (leads.len(), areas.len(), joins) {
        (0 | 1, 0 | 1, 0) => {
            let reading = reading(&together, wanted.names.as_ref());
            Some(asked(Ask::Overdue(together), reading))
        }
        (2.., 0 | 1, 1..) => Some(choice(leads.iter().map(|lead| {
            let lead = (*lead).to_owned();
            (lead.clone(), AttentionAsk { lead: Some(lead), ..together.clone() })
        }))),
        (0 | 1, 2.., 1..) => Some(choice(areas.iter().map(|area| {
            (format!("Area {area}"), AttentionAsk { area: Some(*area), ..together.clone() })
        }))),
        _ => None,
    }
}

fn choice(lists: impl Iterator<Item = (String, AttentionAsk)>) -> Understood {
    let options: Vec<(String, Ask)> =
        lists.map(|(label, ask)| (label, Ask::Overdue(ask))).take(OPTIONS_MAX).collect();
    let labels: Vec<String> = options.iter().map(|(label, _)| label.clone()).collect();
    Understood::Ambiguous { word: both(&labels), options }
}
