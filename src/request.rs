//! What is asked: who, where, and an ask. A command, a button, a form and a question become one.

pub mod command;
pub mod token;

use chrono::NaiveDate;

use crate::action::Ref;
use crate::action::Status;
use crate::attention::Attention;
use crate::body::ChannelId;
use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;

/// Somebody asks something somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The chat's own number of the asking, the same when the chat delivers it twice.
    pub id: u64,
    /// Who asks.
    pub by: Caller,
    /// Where.
    pub place: Place,
    /// What.
    pub ask: Ask,
}

/// Who asks, as the chat shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Their number in the chat.
    pub user: UserId,
    /// The name they go by in the server.
    pub name: String,
    /// The roles they have in the server; none in a direct message.
    pub roles: Vec<RoleId>,
}

/// Where something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The server, and so the partnership; none in a direct message.
    pub server: Option<ServerId>,
    /// The channel.
    pub channel: ChannelId,
}

/// What is asked. Names of actions and bodies are still words here: only the record knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Log progress on an action; without a text, ask for the form.
    Update(UpdateAsk),
    /// What is late, or needs somebody's attention otherwise.
    Overdue(AttentionAsk),
    /// The same, for everybody in the channel to see.
    ShareOverdue(AttentionAsk),
    /// One action.
    Action {
        /// The action, as typed or picked.
        action: String,
    },
    /// The next meeting of a body, or of each.
    NextMeeting {
        /// The body, as typed.
        body: Option<String>,
    },
    /// The digest as it would be sent.
    DigestPreview {
        /// The body that would read it, as typed.
        body: String,
        /// The day it would speak of.
        as_of: Option<NaiveDate>,
    },
    /// What can be asked.
    Help {
        /// A command's name.
        topic: Option<String>,
    },
    /// A question in plain words.
    Question(String),
    /// What could stand in an option whose first letters are typed.
    Complete {
        /// What the option names.
        names: Names,
        /// What is typed so far.
        typed: String,
    },
    /// Take back an update.
    Undo {
        /// The number of the update.
        update: i64,
    },
}

impl Ask {
    /// Whether answering may write to the record.
    pub fn writes(&self) -> bool {
        match self {
            Self::Update(ask) => ask.text.is_some(),
            Self::Undo { .. } => true,
            _ => false,
        }
    }
}

/// An update as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateAsk {
    /// The action, as typed or picked.
    pub action: String,
    /// What happened; without it a form is shown.
    pub text: Option<String>,
    /// The status from now on.
    pub status: Option<Status>,
    /// The day it happened, as typed.
    pub happened: Option<NaiveDate>,
}

/// Which actions need attention, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttentionAsk {
    /// Only those that this body answers for, alone or with others, as typed.
    pub body: Option<String>,
    /// Only those with this lead, as typed.
    pub lead: Option<String>,
    /// Only those of this area, by its number.
    pub area: Option<u32>,
    /// Only those with this theme, as typed.
    pub theme: Option<String>,
    /// The body before whose next meeting they are due, as typed; whichever meets first, if none.
    /// Only [`Attention::Due`] looks at it.
    pub meeting: Option<String>,
    /// What makes an action need attention.
    pub view: Attention,
    /// The day to look from; today, if none is given.
    pub as_of: Option<NaiveDate>,
}

/// What an option names, which decides what completes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// An action that can still be updated.
    OpenAction,
    /// Any action.
    Action,
    /// A body.
    Body,
    /// A lead, as a plan prints it.
    Lead,
    /// A body that holds meetings.
    Meeting,
    /// An area of the plan.
    Area,
    /// A theme.
    Theme,
    /// A command.
    Topic,
}

impl UpdateAsk {
    /// An update of an action about which nothing is said yet.
    pub fn of(reference: &Ref) -> Self {
        Self { action: reference.to_string(), ..Self::default() }
    }
}
