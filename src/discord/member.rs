//! Who somebody is in a server, asked of Discord itself: a direct message does not say.
//!
//! One member can be asked for without a privileged intent; only their list cannot.

use std::time::Duration;

use serde::Deserialize;
use serenity::http::LightMethod;
use serenity::http::Route;
use serenity::model::id::GuildId;
use serenity::model::id::UserId as User;

use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;
use crate::discord::rest::Call;
use crate::discord::rest::Failed;
use crate::discord::rest::Rest;
use crate::discord::say::unsaid;
use crate::post::Unsaid;

/// How long it may wait on Discord's behalf: somebody waits for an answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// Discord's word for somebody who is not in the server.
const UNKNOWN_MEMBER: i64 = 10_007;

/// Somebody in a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// The name they go by there, where they have one.
    pub name: Option<String>,
    /// The roles they have there.
    pub roles: Vec<RoleId>,
}

/// As much of Discord's own as is read.
#[derive(Deserialize)]
struct Shown {
    nick: Option<String>,
    roles: Vec<serenity::model::id::RoleId>,
}

/// Who somebody is in a server; nobody in particular where they are not in it.
pub(super) async fn member(way: &Rest, server: ServerId, user: UserId) -> Result<Member, Unsaid> {
    // Serenity's ids panic on nought, which is nobody's number.
    let route = Route::GuildMember {
        guild_id: GuildId::new(server.0.max(1)),
        user_id: User::new(user.0.max(1)),
    };
    let said = match way.send(Call::new(LightMethod::Get, route, PATIENCE)).await {
        Ok(said) => said,
        Err(Failed::Refused(refused)) if refused.code == UNKNOWN_MEMBER => {
            return Ok(Member::default());
        }
        Err(why) => return Err(unsaid(why, "Somebody's roles could not be read")),
    };
    let shown: Shown = serde_json::from_slice(&said).map_err(|_| Unsaid::Again {
        why: "Discord's word about a member could not be read".to_owned(),
        after: None,
    })?;
    let roles = shown.roles.into_iter().map(|role| RoleId(role.get())).collect();
    Ok(Member { name: shown.nick, roles })
}
