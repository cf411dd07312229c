//! What is asked about who answers for bodies.

use chrono::NaiveDate;

use crate::body::holding::Part;
use crate::request::Somebody;

/// Something asked about who answers for bodies. Names of bodies are still words here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeadAsk {
    /// Who holds what.
    List {
        /// Only this body, or those of this name, as typed.
        body: Option<String>,
        /// The day to look from; today, if none is given.
        as_of: Option<NaiveDate>,
    },
    /// Gives somebody a part in a body.
    Link {
        /// The body, as typed.
        body: String,
        /// Who it is.
        person: Somebody,
        /// Their part.
        part: Part,
    },
    /// Hands a body over.
    Handover {
        /// The body, as typed.
        body: String,
        /// Who holds it from now on.
        to: Somebody,
        /// Who holds it no more; all who hold it by name, if nobody is given.
        from: Option<Somebody>,
    },
    /// Says that nobody holds a body.
    Vacant {
        /// The body, as typed.
        body: String,
    },
    /// Says which body a printed lead means.
    LinkLabel {
        /// The lead, as printed.
        label: String,
        /// The body, or several with a name together, as typed.
        body: String,
    },
}

impl LeadAsk {
    /// Whether answering writes to the record.
    pub fn writes(&self) -> bool {
        !matches!(self, Self::List { .. })
    }
}
