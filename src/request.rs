//! What is asked: who, where, and an ask. A command, a button, a form and a question become one.

pub mod agenda;
pub mod clock;
pub mod command;
pub mod decide;
pub mod lead;
pub mod list;
pub mod record;
pub mod meeting;
pub mod plan;
pub mod token;
pub mod upkeep;

use std::fmt;

use chrono::NaiveDate;

use crate::action::Every;
use crate::action::Evidence;
use crate::action::Ref;
use crate::action::Status;
use crate::attention::Attention;
use crate::body::ChannelId;
use crate::body::RoleId;
use crate::body::ServerId;
use crate::body::UserId;
use crate::request::agenda::AgendaAsk;
use crate::request::agenda::BringAsk;
use crate::request::clock::ClockAsk;
use crate::request::decide::DecideAsk;
use crate::request::decide::Picked;
use crate::request::decide::RescheduleAsk;
use crate::request::lead::LeadAsk;
use crate::request::list::ListAsk;
use crate::request::list::MineAsk;
use crate::request::list::Share;
use crate::request::meeting::MeetingAsk;
use crate::request::plan::Dropped;
use crate::request::plan::ExportAsk;
use crate::request::plan::ImportAsk;
use crate::request::plan::PaperAsk;
use crate::request::record::AttendanceAsk;
use crate::request::record::RecordAsk;
use crate::request::upkeep::AddAsk;
use crate::request::upkeep::EditAsk;

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
    /// The file that [`Ask::attached`] speaks of, once it has been fetched.
    pub file: Option<File>,
}

/// A file is read up to so many bytes: ten mebibytes, which is what Discord lets people attach
/// without paying for more.
pub const FILE_BYTES_MAX: u64 = 10 * 1024 * 1024;

/// A file that somebody gave with a command, and where the chat keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name, as they had it.
    pub name: String,
    /// Where it can be fetched. It is never trusted to lead where the chat keeps files.
    pub url: String,
    /// How many bytes the chat says it has.
    pub size: u64,
}

/// A file that somebody gave, fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, as they had it.
    pub name: String,
    /// What it holds, byte for byte; at most [`FILE_BYTES_MAX`].
    pub bytes: Vec<u8>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// Who asks, as the chat shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Their number in the chat.
    pub user: UserId,
    /// The name they go by in the server.
    pub name: String,
    /// The roles they have in the server.
    pub roles: Vec<RoleId>,
    /// Whether the chat has shown their roles, which it does not in a direct message by itself.
    pub roles_seen: bool,
    /// Whether the chat says that they may manage the server; never in a direct message.
    pub administers: bool,
}

/// Somebody named with a command, as the chat shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Somebody {
    /// Their number in the chat.
    pub user: UserId,
    /// The name they go by in the server.
    pub name: String,
}

/// A message of the chat, which somebody asks something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// What it says, with names where the chat keeps numbers.
    pub text: String,
    /// The address at which the chat shows it.
    pub link: String,
    /// The name that its author goes by.
    pub author: String,
}

/// Where something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The server, and so the partnership; none in a direct message.
    pub server: Option<ServerId>,
    /// The partnership that a button in a direct message is about.
    pub about: Option<ServerId>,
    /// The channel.
    pub channel: ChannelId,
}

/// What is asked. Names of actions and bodies are still words here: only the record knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Log progress on an action; without a text, ask for the form.
    Update(UpdateAsk),
    /// Log what a message says; this asks for the form, and sending that logs an update.
    LogMessage(Quoted),
    /// What is late, or needs somebody's attention otherwise.
    Overdue(AttentionAsk),
    /// What whoever asks answers for.
    Mine(MineAsk),
    /// The actions of a plan.
    List(ListAsk),
    /// A private answer, for everybody in the channel to see.
    Share(Share),
    /// One action.
    Action {
        /// The action, as typed or picked.
        action: String,
    },
    /// Put a new action into a plan.
    AddAction(AddAsk),
    /// Put it there after what is doubtful about it was read back.
    AddDraft {
        /// The number of the draft.
        draft: i64,
    },
    /// Put a draft aside.
    CancelDraft {
        /// The number of the draft.
        draft: i64,
    },
    /// Change how an action reads, who leads it or its themes.
    EditAction(EditAsk),
    /// One action as it stood at the end of a day that is over.
    ActionThen {
        /// The action, as typed or picked.
        action: String,
        /// The day.
        as_of: NaiveDate,
    },
    /// Everything that the record has about one action.
    History(HistoryAsk),
    /// The next meeting of a body, or of each.
    NextMeeting {
        /// The body, as typed.
        body: Option<String>,
    },
    /// When bodies meet, and on which days nobody works.
    Meeting(MeetingAsk),
    /// Put an action on the agenda of a meeting, or take it off.
    Bring(BringAsk),
    /// What a meeting has before it.
    Agenda(AgendaAsk),
    /// Take somebody through the record of a meeting, from wherever that stands.
    RecordMeeting {
        /// The meeting, as typed or picked; the last that is still to be recorded, if none is given.
        meeting: Option<String>,
    },
    /// One step of that.
    Record(RecordAsk),
    /// How agencies came to a body's last meetings.
    Attendance(AttendanceAsk),
    /// Let an action come round again, or no more.
    Repeat {
        /// The action, as typed or picked.
        action: String,
        /// How often; none for no more.
        every: Option<Every>,
    },
    /// The digest as it would be sent.
    DigestPreview {
        /// The body that would read it, as typed.
        body: String,
        /// The day it would speak of.
        as_of: Option<NaiveDate>,
    },
    /// A digest exactly as it was issued.
    IssuedDigest {
        /// The body that read it, as typed.
        body: String,
        /// Which one, as typed or picked.
        issued: String,
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
    /// What could stand in an option that names an update of an action.
    CompleteUpdate {
        /// The action, as typed or picked.
        action: String,
        /// What is typed so far.
        typed: String,
    },
    /// Take back an update of one's own.
    Undo {
        /// The number of the update.
        update: i64,
    },
    /// Take back what somebody else said.
    Reverse(ReverseAsk),
    /// Read a request for a new date back to its author; without a date or a reason, ask for the form.
    Reschedule(RescheduleAsk),
    /// Make the request that was read back.
    RequestDate {
        /// The number of the draft.
        draft: i64,
    },
    /// Forget the request that was read back.
    DropDate {
        /// The number of the draft.
        draft: i64,
    },
    /// Record a decision.
    Decide(DecideAsk),
    /// The form for a decision.
    DecideForm(DecideAsk),
    /// Show what a plan in a file would change.
    ImportPlan(ImportAsk),
    /// Make the changes that an import showed.
    ApplyImport {
        /// The number of the import.
        import: i64,
        /// What becomes of the actions that the file does not have.
        dropped: Dropped,
    },
    /// Forget what an import showed.
    CancelImport {
        /// The number of the import.
        import: i64,
    },
    /// Answer what an import left open; without answers, ask for the form.
    AnswerImport {
        /// The number of the import.
        import: i64,
        /// The answers, as typed.
        answers: Option<String>,
    },
    /// The plan as a file.
    ExportPlan(ExportAsk),
    /// The paper for a meeting.
    Paper(PaperAsk),
    /// Who answers for bodies, and what printed leads mean.
    Lead(LeadAsk),
    /// Meetings to come, and what is said around them.
    Clock(ClockAsk),
}

impl Ask {
    /// Whether answering may write to the record.
    pub fn writes(&self) -> bool {
        match self {
            Self::Update(ask) => ask.text.is_some(),
            Self::AnswerImport { answers, .. } => answers.is_some(),
            Self::Lead(ask) => ask.writes(),
            Self::Clock(ask) => ask.writes(),
            Self::Record(ask) => ask.writes(),
            Self::Meeting(ask) => ask.writes(),
            Self::Reschedule(ask) => ask.target.is_some() && ask.reason.is_some(),
            Self::RequestDate { .. }
            | Self::DropDate { .. }
            | Self::Decide(_)
            | Self::Undo { .. }
            | Self::Reverse(_)
            | Self::Bring(_)
            | Self::Repeat { .. }
            | Self::ImportPlan(_)
            | Self::ApplyImport { .. }
            | Self::CancelImport { .. }
            | Self::AddAction(_)
            | Self::AddDraft { .. }
            | Self::CancelDraft { .. }
            | Self::EditAction(_)
            | Self::Share(_) => true,
            _ => false,
        }
    }

    /// Whether answering may change what falls due when, so that what is due already is done before.
    pub fn steers(&self) -> bool {
        match self {
            Self::Clock(ask) => ask.steers(),
            Self::Meeting(ask) => ask.steers(),
            _ => false,
        }
    }

    /// Whether it is about a file with a plan, which takes a moment to read.
    pub fn is_about_a_file(&self) -> bool {
        matches!(self, Self::ImportPlan(_) | Self::ApplyImport { .. } | Self::AnswerImport { .. })
    }

    /// The file that came with it, still to be fetched.
    pub fn attached(&self) -> Option<&Attached> {
        match self {
            Self::ImportPlan(ask) => Some(&ask.file),
            _ => None,
        }
    }

    /// What was written at length with it, which is given back if nothing comes of it.
    pub fn written(&self) -> Option<String> {
        match self {
            Self::AddAction(ask) => Some(ask.title.clone()),
            Self::EditAction(ask) => ask.title.clone(),
            Self::Update(ask) => ask.written(),
            Self::Reverse(ask) => Some(ask.reason.clone()),
            Self::ImportPlan(ask) => ask.answers.clone(),
            Self::AnswerImport { answers, .. } => answers.clone(),
            Self::Bring(ask) => Some(ask.words.clone()).filter(|words| !words.is_empty()),
            Self::Reschedule(ask) => ask.reason.clone(),
            Self::Decide(ask) => ask.note.clone(),
            Self::Clock(ClockAsk::Remind(ask)) => ask.note.clone(),
            Self::Record(ask) => ask.written(),
            Self::Meeting(ask) => ask.written(),
            _ => None,
        }
    }

    /// Whether it asks what could stand in an option, to which no card is an answer.
    pub fn completes(&self) -> bool {
        matches!(self, Self::Complete { .. } | Self::CompleteUpdate { .. })
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
    /// What it asks of the group.
    pub ask: Option<String>,
    /// The file or page that shows it.
    pub evidence: Option<Evidence>,
    /// Whether it is offered as a case study.
    pub case_study: bool,
}

/// Taking back an update, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReverseAsk {
    /// The action, as typed or picked.
    pub action: String,
    /// The update: its number where it was picked, else words from it; the last one, if none are
    /// given.
    pub update: Option<String>,
    /// Why.
    pub reason: String,
}

/// The history of an action, as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryAsk {
    /// The action, as typed or picked.
    pub action: String,
    /// The day at whose end it is looked at; now, if none is given.
    pub as_of: Option<NaiveDate>,
    /// Which page, from 0 for the newest entries; past the last, it is the last.
    pub page: u32,
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
    /// How many pages come before the one asked for.
    pub page: u32,
}

/// What an option names, which decides what completes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// An action that can still be updated.
    OpenAction,
    /// Any action.
    Action,
    /// An update of the action that stands beside it.
    Update,
    /// Actions to decide about, parted by commas; the last is being typed.
    Decided(Picked),
    /// A meeting that a decision can cite.
    Cited,
    /// A body.
    Body,
    /// A lead, as a plan prints it.
    Lead,
    /// A lead that is understood as no body, as a plan prints it.
    Label,
    /// A body that holds meetings.
    Meeting,
    /// A meeting that is still to come.
    MeetingToCome,
    /// A meeting that has begun.
    Held,
    /// A digest that was issued.
    Issued,
    /// An area of any plan, by its number.
    Area,
    /// An area of one plan, by the plan's letters and its number.
    PlanArea,
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

    /// All that its author wrote, in the order in which the form asks for it.
    fn written(&self) -> Option<String> {
        let page = match &self.evidence {
            Some(Evidence::Page { address }) => Some(address.as_str()),
            _ => None,
        };
        let written = [self.text.as_deref(), self.ask.as_deref(), page];
        let written: Vec<&str> = written.into_iter().flatten().collect();
        (!written.is_empty()).then(|| written.join("\n\n"))
    }
}
