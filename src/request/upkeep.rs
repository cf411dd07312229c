//! What keeps a plan up to date, as asked for.

/// A new action as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddAsk {
    /// The area it belongs to, as typed or picked.
    pub area: String,
    /// What is promised, in a line.
    pub title: String,
    /// Who answers for it, as typed or picked.
    pub lead: String,
    /// When it is due, in words.
    pub target: String,
}

/// What is to be changed about an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditAsk {
    /// The action, as typed or picked.
    pub action: String,
    /// How it is to read.
    pub title: Option<String>,
    /// Who is to answer for it, as typed or picked.
    pub lead: Option<String>,
    /// The themes it is to have, as typed.
    pub theme: Option<String>,
}
