//! A new date as it is asked for, and a decision as it is recorded: what was typed of each.

/// A request for a new date as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RescheduleAsk {
    /// The action, as typed or picked.
    pub action: String,
    /// When it will be done, as typed; without it or a reason a form is shown.
    pub target: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A decision as it is to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideAsk {
    /// What was agreed.
    pub deciding: Deciding,
    /// The actions, as typed or picked; several are parted by commas.
    pub actions: String,
    /// The meeting that agreed it, as typed or picked.
    pub meeting: Option<String>,
    /// Where its minutes have it.
    pub minute_ref: Option<String>,
    /// What is noted beside.
    pub note: Option<String>,
}

impl DecideAsk {
    /// The other date that was agreed, as typed, if one was.
    pub fn target(&self) -> Option<&str> {
        match &self.deciding {
            Deciding::Extension { target, .. } => target.as_deref(),
            _ => None,
        }
    }
}

/// What is decided about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deciding {
    /// That it is complete.
    SignOff,
    /// That it is not.
    Return,
    /// Whether it may be due later.
    Extension {
        /// What was agreed.
        outcome: Outcome,
        /// The other date, as typed.
        target: Option<String>,
        /// The number of the request that whoever decides has seen, where they press its button.
        seen: Option<i64>,
    },
    /// That it is no longer promised.
    Withdraw,
}

/// What becomes of a request for a new date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It may be due then.
    Agree,
    /// It stays due when it was.
    Refuse,
    /// It is due at another time than was asked for.
    Another,
}

impl Outcome {
    /// Each with the word that is typed for it, and the words people read.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Agree, "agree", "agree: due on the date asked for"),
        (Self::Refuse, "refuse", "refuse: it stays due when it was"),
        (Self::Another, "another", "another date, which you give as the target"),
    ];

    /// The word that is typed for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Refuse => "refuse",
            Self::Another => "another",
        }
    }

    /// The outcome that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        let known = Self::ALL.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(word));
        known.map(|(outcome, ..)| *outcome)
    }
}

/// What kind of decision an action is picked for, which decides which actions are offered first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// One that is complete or not.
    Completion,
    /// One about a new date.
    Date,
    /// One to withdraw.
    Any,
}
