//! The paper that a body reads with its agenda: a report in the house order of West Dunbartonshire.
//!
//! What the record knows is written; what only a person can say is marked for them, with a hint of
//! what belongs there. A paper names no format: it is headings, numbered paragraphs, lists and
//! tables, to be written as a document.

mod opening;
mod issues;
mod implications;
mod closing;
mod appendix;
mod counts;
mod phrase;

#[cfg(test)]
mod tests;

use chrono::DateTime;
use chrono::Utc;

use crate::body::BodyKind;
use crate::date::day_in_words;
use crate::digest::Digest;
use crate::meeting::Meeting;
use crate::position::Position;

/// A report to a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it is called among other documents.
    pub title: String,
    /// What the person who finishes it should know first, and then remove.
    pub note: Pieces,
    /// Who reports.
    pub report_by: Pieces,
    /// The body and the day it meets.
    pub meeting: Pieces,
    /// What it is about.
    pub subject: Pieces,
    /// Its ten sections, numbered from 1 in this order.
    pub sections: Vec<Section>,
    /// The lines of the sign-off.
    pub sign_off: Vec<Pieces>,
    /// What stands below the sign-off, each under its name: the person to contact and so on.
    pub particulars: Vec<(String, Pieces)>,
    /// The appendices, numbered from 1 in this order.
    pub appendices: Vec<Appendix>,
    /// The moment it speaks of.
    pub position_at: DateTime<Utc>,
}

/// A numbered part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading, without the number.
    pub heading: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// One thing in a paper, below the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading within a section or an appendix.
    Heading(String),
    /// A paragraph, numbered with its section: the second of section 4 is 4.2.
    Numbered(Pieces),
    /// A paragraph without a number.
    Plain(Pieces),
    /// A point of a list.
    Point(Pieces),
    /// A table.
    Table(Table),
}

/// What follows the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appendix {
    /// Its heading, without its number.
    pub heading: String,
    /// What it holds.
    pub content: Content,
}

/// What an appendix holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Headings, paragraphs and tables, better read on pages that are wider than high.
    Blocks(Vec<Block>),
    /// A picture that fills a page.
    Picture(Picture),
}

/// A picture in the PNG format.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub png: Vec<u8>,
    /// How many pixels it is wide.
    pub width: u32,
    /// How many pixels it is high.
    pub height: u32,
    /// What it shows, for those who cannot see it.
    pub says: String,
}

/// A table. Its headings stand again on each page that it reaches, and its rows are not parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Each column, from the left.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for each column; a cell is lines.
    pub rows: Vec<Vec<Vec<Pieces>>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its share of the table's width, beside the other columns' shares.
    pub share: u32,
}

/// Words in a row.
pub type Pieces = Vec<Piece>;

/// Some words, and how they are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As they stand.
    Words(String),
    /// To catch the eye.
    Strong(String),
    /// In place of what a person must write: who, and what belongs there.
    ToWrite(String),
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × {}, {:?}", self.width, self.height, self.says)
    }
}

impl Piece {
    /// What it says, in the brackets that mark what a person must write.
    pub fn text(&self) -> String {
        match self {
            Self::Words(words) | Self::Strong(words) => words.clone(),
            Self::ToWrite(hint) => format!("[{hint}]"),
        }
    }
}

/// The paper of a digest, for the meeting that the digest is for. The position is that of the same
/// moment; the picture, if there is one, is the plan on a page.
pub fn paper(digest: &Digest, position: &Position, picture: Option<Picture>) -> Paper {
    let facts = Facts { digest, position };
    let appendices = appendix::appendices(facts, picture);
    let mut paper = Paper {
        title: super::plain(&format!("{}: update for {}", position.plan.title, facts.meeting())),
        note: Pieces::new(),
        report_by: opening::report_by(facts),
        meeting: opening::meeting(facts),
        subject: opening::subject(facts),
        sections: [
            opening::sections(facts),
            issues::sections(facts),
            implications::sections(facts),
        ]
        .concat(),
        sign_off: closing::sign_off(facts),
        particulars: closing::particulars(facts, &appendices),
        appendices,
        position_at: digest.position_at,
    };
    paper.note = opening::note(facts, paper.marks());
    paper
}

impl Paper {
    /// How many passages a person must write.
    pub fn marks(&self) -> usize {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        let in_blocks = blocks.flat_map(|block| match block {
            Block::Numbered(pieces) | Block::Plain(pieces) | Block::Point(pieces) => {
                pieces.as_slice()
            }
            Block::Heading(_) | Block::Table(_) => &[],
        });
        let below = self.sign_off.iter().chain(self.particulars.iter().map(|(_, pieces)| pieces));
        let all = in_blocks.chain(below.flatten());
        all.filter(|piece| matches!(piece, Piece::ToWrite(_))).count()
    }
}

/// What a paper is made from.
#[derive(Clone, Copy)]
struct Facts<'a> {
    digest: &'a Digest,
    position: &'a Position,
}

impl Facts<'_> {
    /// Who finishes the paper: the officers.
    fn writer(self) -> String {
        let office = self.position.partnership.bodies.first_of(BodyKind::Office);
        office.map_or_else(|| self.digest.body.holder(), |office| office.name.clone())
    }

    /// A mark for the writer, with a hint of what belongs there.
    fn to_write(self, hint: &str) -> Piece {
        Piece::ToWrite(format!("{} to write: {hint}", self.writer()))
    }

    /// The meeting that the paper is for.
    fn meeting(self) -> String {
        self.named(&self.digest.meeting)
    }

    /// A meeting of the body as a sentence names it: `the CPWD board meeting on 19 November 2020`.
    fn named(self, meeting: &Meeting) -> String {
        let name = super::meeting::name(meeting, &self.digest.body);
        format!("the {name} meeting on {}", day_in_words(meeting.on))
    }
}
