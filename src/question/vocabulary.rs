//! The words that questions are made of, beside names.

use super::spelling::slip;
use super::words::Word;

/// What a word does in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sense {
    /// Courtesy and small words, which change nothing.
    Filler,
    /// A word that changes what is asked in a way that no question here knows.
    Other,
    About,
    Action,
    And,
    Area,
    AsOf,
    At,
    Attention,
    Be,
    Been,
    Before,
    By,
    Can,
    Date,
    Decide,
    Digest,
    Do,
    DoNot,
    Due,
    For,
    Happening,
    Have,
    HaveNot,
    Help,
    How,
    In,
    IsNot,
    Last,
    Lead,
    Led,
    Meeting,
    Need,
    Next,
    Not,
    Now,
    Of,
    On,
    Or,
    Overdue,
    Papers,
    Plan,
    Preview,
    Show,
    Silent,
    Since,
    /// A status by name, which only one action can be asked about.
    State,
    Status,
    Theme,
    To,
    Undated,
    Update,
    Updated,
    Was,
    When,
    Which,
    Who,
    Will,
    With,
    Yet,
}

impl Sense {
    /// Whether it turns what is said into its opposite.
    pub(super) fn negates(self) -> bool {
        matches!(self, Self::Not | Self::DoNot | Self::HaveNot | Self::IsNot)
    }

    /// Whether a slip of the fingers may still mean it. Words that are near to too many others,
    /// or whose loss would turn a question round, must be typed right.
    fn forgives(self) -> bool {
        matches!(
            self,
            Self::Action
                | Self::Area
                | Self::Attention
                | Self::Before
                | Self::Decide
                | Self::Digest
                | Self::Happening
                | Self::HaveNot
                | Self::Help
                | Self::Meeting
                | Self::Next
                | Self::Overdue
                | Self::Papers
                | Self::Status
                | Self::Theme
                | Self::Update
                | Self::Updated
                | Self::When
                | Self::Which
        )
    }
}

/// Words that mean something together, longest first where one begins another.
const PHRASES: &[(Sense, &[&str])] = &[
    (
        Sense::Filler,
        &[
            "i would like to know",
            "i would like to see",
            "i would like to",
            "id like to know",
            "id like to see",
            "id like to",
            "i want to know",
            "i want to see",
            "i want to",
            "i need to know",
            "i need to see",
            "let me know",
            "let us know",
            "do you know",
            "do we have",
            "have we got",
            "have you got",
            "we have",
            "can you",
            "could you",
            "would you",
            "will you",
            "can i get",
            "could i get",
            "can we get",
            "can i",
            "could i",
            "can we",
            "could we",
            "may i",
            "find out",
            "give me a list of",
            "for me",
            "on anything",
            "with anything",
            "tell me",
            "tell us",
            "give me",
            "give us",
            "is there",
            "are there",
            "there is",
            "there are",
            "thank you",
            "good morning",
            "good afternoon",
            "good evening",
        ],
    ),
    (
        Sense::Now,
        &[
            "at the moment",
            "right now",
            "at present",
            "as of today",
            "as of now",
            "as at today",
            "so far",
        ],
    ),
    (Sense::AsOf, &["as of", "as at", "as on"]),
    (
        Sense::Overdue,
        &["past due", "past their date", "past its date", "past their target", "past the target"],
    ),
    (Sense::Decide, &["sign off", "signed off", "signing off"]),
    (Sense::Other, &["how many", "how much", "how often", "how long", "no one"]),
    (Sense::Happening, &["going on", "where are we", "where do we stand", "hows it going"]),
    (
        Sense::Help,
        &[
            "what can you do",
            "what can i ask",
            "what can i ask you",
            "what can i do",
            "what do you do",
            "how does this work",
        ],
    ),
    (Sense::Help, &["help me", "help us"]),
    (Sense::How, &["how do i", "how do we", "how can i", "how can we"]),
    (Sense::Show, &["show me", "show us"]),
    (Sense::Happening, &["update me", "update us"]),
    (Sense::Area, &["improvement area"]),
    (Sense::Plan, &["improvement plan", "action plan"]),
    (Sense::Date, &["target date"]),
    (Sense::When, &["what time", "what day", "which day", "what date", "which date"]),
    (Sense::Due, &["fall due", "falls due", "falling due"]),
    (
        Sense::Silent,
        &[
            "yet to update",
            "yet to report",
            "still to update",
            "still to report",
            "still needs to update",
        ],
    ),
    (Sense::Happening, &["anything new", "whats new", "what is new"]),
    (Sense::Action, &["their action", "their actions"]),
    (Sense::Attention, &["looking at"]),
];

/// The words of each sense, parted by blanks.
const WORDS: &[(Sense, &str)] = &[
    (
        Sense::Filler,
        "the a an please pls plz thanks ta cheers hi hello hey dear convener bot kindly ok \
         okay so well any anything all everything ones there that we our still list find \
         check quick question greetings actually",
    ),
    // Some are near to a word of ours in letters and far from it in meaning; the others change what is
    // asked.
    (
        Sense::Other,
        "later latter lately alone where here while white witch reads heads division \
         divisions residing presiding faction auction fraction section sections caption \
         option options motion nation statue statute melting meting heating seating eating \
         beating pages caper upset undo undone digit digits these those them then text \
         becoming become became why many much often long longest most least more less few \
         fewer never none nothing nobody noone except excluding besides other else than \
         unless if only but however cannot cant wont shouldnt should could would may might \
         must i me us am my mine your yours his her their almost nearly soon ever always already every \
         each both either after until till between from during within over under new old \
         first second third previous change changed changes moved slipped week month year \
         quarter yesterday tomorrow tonight send post delete remove cancel add edit close",
    ),
    (Sense::About, "about regarding concerning re"),
    (Sense::Action, "action actions ref item items task tasks thing things"),
    (Sense::And, "and"),
    (Sense::Area, "area areas"),
    (Sense::At, "at"),
    (Sense::Attention, "attention"),
    (Sense::Be, "is are s be"),
    (Sense::Been, "been"),
    (Sense::Before, "before"),
    (Sense::By, "by"),
    (Sense::Can, "can"),
    (Sense::Date, "date dates target targets day"),
    (Sense::Decide, "decide decides deciding decided decision decisions signoff"),
    (Sense::Digest, "digest digests"),
    (Sense::Do, "do does"),
    (Sense::DoNot, "dont doesnt"),
    (Sense::Due, "due"),
    (Sense::For, "for"),
    (Sense::Happening, "happening happens happened going doing news latest getting made"),
    (Sense::Have, "has have having had got gone given"),
    (Sense::HaveNot, "hasnt havent didnt"),
    (Sense::Help, "help commands"),
    (Sense::How, "how hows"),
    (Sense::In, "in"),
    (Sense::IsNot, "isnt arent aint wasnt werent"),
    (Sense::Last, "last"),
    (Sense::Lead, "lead leads owner owners leader leaders responsible"),
    (Sense::Led, "led leading owned owns"),
    (Sense::Meeting, "meeting meetings meet meets"),
    (Sense::Need, "need needs needed needing requires required awaiting awaits waiting"),
    (Sense::Next, "next"),
    (Sense::Not, "not no without missing lacking lacks lack neither"),
    (Sense::Now, "now today currently"),
    (Sense::Of, "of"),
    (Sense::On, "on onto"),
    (Sense::Or, "or nor"),
    (Sense::Overdue, "overdue late"),
    (Sense::Papers, "paper papers deadline"),
    (Sense::Plan, "plan"),
    (Sense::Preview, "preview"),
    (Sense::Show, "show see look view display"),
    (Sense::Silent, "silent quiet"),
    (Sense::Since, "since"),
    (
        Sense::State,
        "complete completed done finished started begun working blocked risk hold track",
    ),
    (Sense::Status, "status state progress position"),
    (Sense::Theme, "theme themes themed tagged"),
    (Sense::To, "to"),
    (Sense::Undated, "undated unowned leaderless leadless unassigned"),
    (Sense::Update, "update updates"),
    (Sense::Updated, "updated reported answered responded replied"),
    (Sense::Was, "was were"),
    (Sense::When, "when whens"),
    (Sense::Which, "which what whats wat wot"),
    (Sense::Who, "who whos whose whom anyone anybody"),
    (Sense::Will, "will"),
    (Sense::With, "with"),
    (Sense::Yet, "yet"),
];

/// The phrase that begins here, and how many words it has.
pub(super) fn phrase(words: &[Word]) -> Option<(Sense, usize)> {
    let begins = |phrase: &str| {
        let length = phrase.split(' ').count();
        let said = words.get(..length)?;
        let same = phrase.split(' ').zip(said).all(|(part, word)| part == word.folded);
        same.then_some(length)
    };
    let found = PHRASES.iter().flat_map(|(sense, phrases)| {
        phrases.iter().filter_map(move |phrase| Some((*sense, begins(phrase)?)))
    });
    found.max_by_key(|(_, length)| *length)
}

/// What a word means as it stands.
pub(super) fn exact(word: &str) -> Option<Sense> {
    let known = WORDS.iter().find(|(_, words)| words.split_whitespace().any(|known| known == word));
    known.map(|(sense, _)| *sense)
}

/// What a word means if it is a slip of the fingers, and how large a slip; none where two meanings
/// are as near.
pub(super) fn near(word: &str) -> Option<(Sense, usize)> {
    let mut nearest: Option<(Sense, usize)> = None;
    let mut tied = false;
    for (sense, known) in WORDS.iter().filter(|(sense, _)| sense.forgives()) {
        for distance in known.split_whitespace().filter_map(|known| slip(word, known)) {
            match nearest {
                Some((other, least)) if distance == least => tied |= other != *sense,
                Some((_, least)) if distance > least => {}
                _ => (nearest, tied) = (Some((*sense, distance)), false),
            }
        }
    }
    nearest.filter(|_| !tied)
}
