//! A meeting in the chat's own calendar.

use crate::body::Body;
use crate::date::day_in_full;
use crate::meeting::Meeting;
use crate::view::Card;
use crate::view::Tone;
use crate::view::verbatim;

/// What the calendar says of a meeting. It reads the same on any day, so that it need not be changed.
pub fn describes(meeting: &Meeting) -> String {
    format!("Papers due: {}.", day_in_full(meeting.papers_on))
}

/// Where the calendar says that a meeting of a body is: where it is talked about, for nobody tells us
/// the address.
pub fn place(body: &Body) -> String {
    if body.channel_name.is_empty() {
        "See the calendar invitation".into()
    } else {
        format!("#{}", body.channel_name)
    }
}

/// What comes next where it is a meeting that the calendar has to show.
pub fn next() -> &'static str {
    "a meeting goes into the server's calendar"
}

/// What CP Support is told, once a month, of meetings that the chat does not let stand as they should.
pub fn refused(name: &str, why: &str) -> Card {
    Card {
        tone: Tone::Attention,
        title: "The server's calendar is not up to date".into(),
        text: format!(
            "“{}”: {}.\nOther meetings may be missing or out of date there, too. Once this is put \
             right, ask whoever runs Convener to start it again: then it tries again.",
            verbatim(name),
            verbatim(why.trim_end_matches('.')),
        ),
        ..Card::default()
    }
}
