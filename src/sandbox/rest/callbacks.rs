//! The bot's first answer to a command, a button, a form, or somebody typing.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::sandbox::interaction::Form;
use crate::sandbox::interaction::Interaction;
use crate::sandbox::interaction::Kind;
use crate::sandbox::interaction::Progress;
use crate::sandbox::limits;
use crate::sandbox::limits::Problems;
use crate::sandbox::limits::Shape;
use crate::sandbox::limits::join;
use crate::sandbox::message::EPHEMERAL;
use crate::sandbox::message::Origin;
use crate::sandbox::message::State;
use crate::sandbox::rest::Answer;
use crate::sandbox::rest::Call;
use crate::sandbox::rest::Result;
use crate::sandbox::rest::body::Upload;
use crate::sandbox::rest::refusal::Refusal;
use crate::sandbox::rest::writing::Draft;
use crate::sandbox::rest::writing::Place;
use crate::sandbox::rest::writing::blank;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::INTERACTIONS_KEPT;
use crate::sandbox::world::World;

/// What an answer needs to know of its question.
#[derive(Clone)]
pub(crate) struct Asker {
    pub(crate) id: Snowflake,
    pub(crate) kind: Kind,
    pub(crate) by: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) message: Option<Snowflake>,
    pub(crate) origin: Origin,
    pub(crate) metadata: Value,
    pub(crate) original: Option<Snowflake>,
}

impl Asker {
    pub(crate) fn of(interaction: &Interaction) -> Self {
        Self {
            id: interaction.id,
            kind: interaction.kind,
            by: interaction.by,
            channel: interaction.channel,
            message: interaction.message,
            origin: interaction.origin.clone(),
            metadata: interaction.metadata.clone(),
            original: interaction.original,
        }
    }

    /// Where an answer stands.
    pub(crate) fn place(&self, is_ephemeral: bool) -> Place {
        Place {
            origin: Some(self.origin.clone()),
            interaction: Some(self.metadata.clone()),
            ephemeral_for: is_ephemeral.then_some(self.by),
            ..Place::default()
        }
    }
}

pub(crate) fn answer(call: Call<'_>, id: Snowflake, token: &str) -> Result<Answer> {
    let mut world = call.town.world();
    let interaction = world.interactions.get(&id).filter(|known| known.token == token);
    let interaction = interaction.ok_or_else(Refusal::unknown_interaction)?;
    if interaction.is_answered() {
        return Err(Refusal::already_answered());
    }
    if interaction.asked.elapsed() >= limits::ANSWER_WITHIN {
        return Err(Refusal::unknown_interaction());
    }
    let asker = Asker::of(interaction);
    let body = call.body.object()?;
    let mut problems = Problems::default();
    problems.unknown("", body, &["type", "data"]);
    let kind = body.get("type").and_then(Value::as_u64).unwrap_or(0);
    check_kind(&mut problems, &asker, kind);
    if !problems.is_empty() {
        return Err(Refusal::invalid(&problems));
    }
    let data = body.get("data").and_then(Value::as_object).cloned().unwrap_or_default();
    let files = call.body.files;
    let (progress, original) = match kind {
        4 => say(&mut world, &asker, &data, files)?,
        5 => promise(&mut world, &asker, &data),
        6 => (Progress::Acknowledged, asker.message),
        7 => change(&mut world, &asker, &data, files)?,
        8 => (Progress::Choices(choices(&data)?), None),
        _ => (open_form(&mut world, &asker, &data)?, None),
    };
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.original = original;
        interaction.progress.send_replace(progress);
    }
    if call.query.contains("with_response=true") {
        return Ok(Answer::Json(resource(&world, &asker, kind, original)));
    }
    Ok(Answer::Nothing)
}

/// The answer as Discord returns it to a bot that asks for it.
fn resource(world: &World, asker: &Asker, kind: u64, original: Option<Snowflake>) -> Value {
    let message = original.and_then(|id| world.message(asker.channel, id));
    json!({
        "interaction": {
            "id": asker.id,
            "type": asker.kind as u8,
            "response_message_id": original,
            "response_message_loading": kind == 5,
            "response_message_ephemeral": message.is_some_and(|m| m.ephemeral_for.is_some()),
        },
        "resource": { "type": kind, "message": message.map(|message| message.to_discord(world)) },
    })
}

/// Which kinds of answer a question takes.
fn check_kind(problems: &mut Problems, asker: &Asker, kind: u64) {
    let from_message = asker.message.is_some();
    let fits = match asker.kind {
        Kind::Command => matches!(kind, 4 | 5 | 9),
        Kind::Component => matches!(kind, 4..=7 | 9),
        Kind::Complete => kind == 8,
        Kind::Submit => matches!(kind, 4 | 5) || (from_message && matches!(kind, 6 | 7)),
    };
    if !fits {
        let sentence = "This question cannot be answered in this way.";
        problems.add("type", "BASE_TYPE_CHOICES", sentence);
    }
}

type Said = Result<(Progress, Option<Snowflake>)>;

fn say(world: &mut World, asker: &Asker, data: &Map<String, Value>, files: Vec<Upload>) -> Said {
    let draft = Draft::read(world, data, files, Shape::Answer, None).map_err(inside_data)?;
    let place = asker.place(draft.is_ephemeral());
    let message = draft.into_message(world, asker.channel, place)?;
    let id = world.post(message);
    Ok((Progress::Answered(id), Some(id)))
}

fn promise(
    world: &mut World,
    asker: &Asker,
    data: &Map<String, Value>,
) -> (Progress, Option<Snowflake>) {
    let flags = data.get("flags").and_then(Value::as_u64).unwrap_or(0);
    let mut message = blank(world, asker.channel, asker.place(flags & EPHEMERAL != 0));
    message.state = State::Thinking;
    let id = world.post(message);
    (Progress::Thinking(id), Some(id))
}

fn change(world: &mut World, asker: &Asker, data: &Map<String, Value>, files: Vec<Upload>) -> Said {
    let message = asker.message.ok_or_else(Refusal::unknown_message)?;
    let draft = Draft::read(world, data, files, Shape::Answer, None).map_err(inside_data)?;
    draft.revise(world, asker.channel, message)?;
    Ok((Progress::Answered(message), Some(message)))
}

/// What is wrong in the data is reported as the data's.
fn inside_data(refusal: Refusal) -> Refusal {
    refusal.inside("data")
}

fn choices(data: &Map<String, Value>) -> Result<Vec<Value>> {
    let mut problems = Problems::default();
    problems.unknown("data", data, &["choices"]);
    let place = "data.choices";
    let choices = problems.list(place, data.get("choices"), limits::CHOICES_MAX);
    for (index, choice) in choices.iter().enumerate() {
        let place = join(place, index);
        let Some(choice) = problems.object(&place, choice) else { continue };
        problems.unknown(&place, choice, &["name", "name_localizations", "value"]);
        problems.required(&join(&place, "name"), choice.get("name"), 1, limits::CHOICE_MAX);
        let value = choice.get("value");
        if !value.is_some_and(Value::is_number) {
            problems.required(&join(&place, "value"), value, 1, limits::CHOICE_MAX);
        }
    }
    if problems.is_empty() { Ok(choices.to_vec()) } else { Err(Refusal::invalid(&problems)) }
}

fn open_form(world: &mut World, asker: &Asker, data: &Map<String, Value>) -> Result<Progress> {
    let mut problems = Problems::default();
    limits::check_form(&mut problems, data);
    if !problems.is_empty() {
        return Err(inside_data(Refusal::invalid(&problems)));
    }
    let text = |key: &str| data.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let form = Form {
        id: asker.id,
        title: text("title"),
        custom_id: text("custom_id"),
        components: data.get("components").and_then(Value::as_array).cloned().unwrap_or_default(),
        by: asker.by,
        channel: asker.channel,
        message: asker.message,
        origin: asker.origin.clone(),
        metadata: asker.metadata.clone(),
    };
    world.forms.insert(asker.id, form);
    while world.forms.len() > INTERACTIONS_KEPT {
        world.forms.pop_first();
    }
    Ok(Progress::Form(asker.id))
}
