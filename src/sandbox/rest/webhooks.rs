//! What the bot says after its first answer: changes to it, and further answers.

use crate::sandbox::interaction::Progress;
use crate::sandbox::limits;
use crate::sandbox::limits::Shape;
use crate::sandbox::message::State;
use crate::sandbox::rest::Answer;
use crate::sandbox::rest::Call;
use crate::sandbox::rest::Result;
use crate::sandbox::rest::callbacks::Asker;
use crate::sandbox::rest::refusal::Refusal;
use crate::sandbox::rest::writing::Draft;
use crate::sandbox::snowflake::Snowflake;
use crate::sandbox::world::World;

/// The question that a token belongs to, while the token lives.
fn asker(world: &World, application: Snowflake, token: &str) -> Result<Asker> {
    if application != world.bot.id {
        return Err(Refusal::unknown_webhook());
    }
    // The token ends in the interaction's id.
    let id = token.rsplit('-').next().and_then(|id| id.parse().ok());
    let interaction = id
        .and_then(|id: Snowflake| world.interactions.get(&id))
        .filter(|interaction| interaction.token == token)
        .ok_or_else(Refusal::unknown_webhook)?;
    if world.now - interaction.asked_at > limits::TOKEN_LIFE {
        return Err(Refusal::dead_token());
    }
    if !interaction.is_answered() {
        return Err(Refusal::unknown_webhook());
    }
    Ok(Asker::of(interaction))
}

fn fulfilled(world: &mut World, asker: &Asker, message: Snowflake) {
    if asker.original == Some(message)
        && let Some(interaction) = world.interactions.get_mut(&asker.id)
    {
        interaction.progress.send_replace(Progress::Answered(message));
    }
}

pub(crate) fn follow_up(call: Call<'_>, application: Snowflake, token: &str) -> Result<Answer> {
    let body = call.body.object()?.clone();
    let mut world = call.town.world();
    let asker = asker(&world, application, token)?;
    let draft = Draft::read(&mut world, &body, call.body.files, Shape::FollowUp, None)?;
    let promised = asker
        .original
        .filter(|id| world.message(asker.channel, *id).is_some_and(|m| m.state == State::Thinking));
    // The first thing said after a promise is what was promised.
    let id = if let Some(promised) = promised {
        draft.revise(&mut world, asker.channel, promised)?;
        fulfilled(&mut world, &asker, promised);
        promised
    } else {
        let place = asker.place(draft.is_ephemeral());
        let message = draft.into_message(&mut world, asker.channel, place)?;
        world.post(message)
    };
    let message = world.message(asker.channel, id).ok_or_else(Refusal::unknown_message)?;
    Ok(Answer::Json(message.to_discord(&world)))
}

/// One answer, by its id or as `@original`: read, changed, or taken away.
pub(crate) fn message(
    call: Call<'_>,
    application: Snowflake,
    token: &str,
    name: &str,
) -> Result<Answer> {
    let mut world = call.town.world();
    let asker = asker(&world, application, token)?;
    let id = match name {
        "@original" => asker.original.ok_or_else(Refusal::unknown_message)?,
        id => id.parse().map_err(|_| Refusal::not_an_id(id))?,
    };
    let found = world.message(asker.channel, id).ok_or_else(Refusal::unknown_message)?;
    if found.author != world.bot.id {
        return Err(Refusal::unknown_message());
    }
    match call.method {
        "GET" => Ok(Answer::Json(found.to_discord(&world))),
        "DELETE" => {
            world.remove(asker.channel, id);
            Ok(Answer::Nothing)
        }
        "PATCH" => {
            let body = call.body.object()?.clone();
            let draft = Draft::read(&mut world, &body, call.body.files, Shape::EditAnswer, None)?;
            draft.revise(&mut world, asker.channel, id)?;
            fulfilled(&mut world, &asker, id);
            let message = world.message(asker.channel, id).ok_or_else(Refusal::unknown_message)?;
            Ok(Answer::Json(message.to_discord(&world)))
        }
        _ => Err(Refusal::bad_method()),
    }
}
