//! Recording what meetings agreed, and telling those whom it concerns.

use std::collections::BTreeMap;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::action::Action;
use crate::action::ExtensionId;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::ChannelId;
use crate::date::day_in_full;
use crate::decision;
use crate::decision::Agreed;
use crate::decision::Cited;
use crate::decision::DecisionId;
use crate::decision::Matter;
use crate::decision::Minute;
use crate::decision::NOTE_MAX;
use crate::decision::NewDecision;
use crate::decision::Ruling;
use crate::decision::read_date;
use crate::meeting::Meeting;
use crate::permission;
use crate::permission::Authority;
use crate::permission::Capability;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::Card;
use crate::view::decision::Recorded;
use crate::view::meeting::label;

/// How many meetings a refusal names.
const NAMED_MAX: usize = 3;

/// The actions of a decision, each with what it makes of them.
type Decided<'a> = Vec<(&'a Action, NewDecision)>;

impl Asking<'_> {
    /// Records a decision about one action or several: about all of them, or about none.
    pub(super) async fn decide(self, tx: &mut Tx, ask: &DecideAsk) -> Result<Answer, Failure> {
        let speaker = self.speaker(tx).await?;
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Decide, &speaker, bodies);
        let authority = self.permitted(decided)?;
        let actions = self.actions(tx, None).await?;
        let meant = several(&actions, &ask.actions)?;
        if tx.was_asked(self.request.id).await.or_broken("look for the asking")? {
            let lens = self.lens(&self.moment(tx, None).await?);
            return Ok(Answer::Private(view::decision::recorded_before(&meant, &lens)));
        }
        let minute = self.minute(tx, ask, authority)?;
        let ruling = self.ruling(tx, &ask.deciding)?;
        let mut decided: Decided<'_> = Vec::with_capacity(meant.len());
        for action in &meant {
            let before_completion = tx.status_before_completion(action.id).await;
            let before_completion = before_completion.or_broken("load the status before")?;
            let matter = Matter { action, seen: seen(&ask.deciding), before_completion };
            match ruling.on(&matter) {
                Ok(new) => decided.push((*action, new)),
                Err(why) => return self.in_the_way(tx, (&why, action), (&meant, ask)).await,
            }
        }
        // Only now: what is refused has not been done, and may be asked again.
        tx.first_asking(self.request.id).await.or_broken("record the asking")?;
        let mut first = None;
        for (_, new) in &decided {
            let id = tx.add_decision(new, &minute, &speaker.person).await;
            first = first.or(Some(id.or_broken("record the decision")?));
        }
        let recorded = Recorded { decided: &decided, minute: &minute, by: &speaker.person };
        let channels = self.tell_bodies(tx, &recorded, first).await?;
        for (action, _) in decided.iter().filter(|(_, new)| new.agreed == Agreed::SignedOff) {
            self.begin_next_turn(tx, action).await?;
        }
        Ok(Answer::Private(view::decision::recorded(&recorded, &channels, bodies)))
    }

    /// The form for a decision, with the meeting that is most likely meant.
    pub(super) async fn decide_form(self, tx: &mut Tx, ask: &DecideAsk) -> Result<Answer, Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Decide, &self.passer_by(), bodies);
        let authority = self.permitted(decided)?;
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &ask.actions)?;
        let before_completion = action.status;
        let matter = Matter { action, seen: seen(&ask.deciding), before_completion };
        if let Err(why) = self.ruling(tx, &ask.deciding)?.on(&matter) {
            // Refused before the form, so that nobody writes what cannot be sent.
            return self.in_the_way(tx, (&why, action), (&[action], ask)).await;
        }
        let citable = self.citable(tx);
        let own = citable.iter().find(|meeting| meeting.body == authority.body);
        let meeting = own.or(citable.first()).map(|meeting| self.labelled(meeting));
        Ok(Answer::Form(view::decision::form(action, ask, meeting.as_deref())))
    }

    /// What a decision says, given the words for another date.
    pub(super) fn ruling(self, tx: &Tx, deciding: &Deciding) -> Result<Ruling, Failure> {
        Ok(match deciding {
            Deciding::SignOff => Ruling::SignOff,
            Deciding::Return => Ruling::Return,
            Deciding::Withdraw => Ruling::Withdraw,
            Deciding::Extension { outcome: Outcome::Agree, .. } => Ruling::Agree,
            Deciding::Extension { outcome: Outcome::Refuse, .. } => Ruling::Refuse,
            Deciding::Extension { outcome: Outcome::Another, target, .. } => {
                let words = target.as_deref().unwrap_or_default();
                let today = self.today(tx);
                Ruling::Another(self.on_occasion(today, |occasion| read_date(words, occasion))?)
            }
        })
    }

    /// Where it is shown: the meeting that was named, or the latest of a chair's own body.
    fn minute(self, tx: &Tx, ask: &DecideAsk, authority: Authority) -> Result<Minute, Failure> {
        let citable = self.citable(tx);
        let bodies = &self.partnership.bodies;
        let meeting = match &ask.meeting {
            Some(words) => {
                let cited = self.partnership.calendar.cited(&citable, words, bodies);
                let cited = cited.ok_or_else(|| Refusal::NoSuchMeeting {
                    words: words.clone(),
                    known: self.latest_of(&citable),
                })?;
                Some(cited)
            }
            None if authority.cites => {
                let known = self.latest_of(&citable);
                return Err(Refusal::NoMeetingCited { known }.into());
            }
            None => {
                let begun = citable.iter().filter(|meeting| meeting.at <= tx.now());
                begun.into_iter().find(|meeting| meeting.body == authority.body)
            }
        };
        let note = ask.note.clone().unwrap_or_default();
        decision::fits(&note, NOTE_MAX)?;
        let meeting = meeting.map(|meeting| Cited { body: meeting.body, on: meeting.on });
        Ok(Minute { meeting, reference: ask.minute_ref.clone().unwrap_or_default(), note })
    }

    /// The meetings that a decision can cite: of the bodies that decide.
    pub(super) fn citable(self, tx: &Tx) -> Vec<Meeting> {
        let decides = |body: &&Body| matches!(body.kind, BodyKind::Executive | BodyKind::Board);
        let deciding: Vec<BodyId> =
            self.partnership.bodies.all.iter().filter(decides).map(|body| body.id).collect();
        self.partnership.calendar.citable(&deciding, tx.now())
    }

    /// A meeting as people read and write it: `CPEG, Thursday 10 December 2020`.
    pub(super) fn labelled(self, meeting: &Meeting) -> String {
        match self.partnership.bodies.with(meeting.body) {
            Some(body) => label(meeting, body),
            None => day_in_full(meeting.on),
        }
    }

    pub(super) fn latest_of(self, citable: &[Meeting]) -> Vec<String> {
        citable.iter().take(NAMED_MAX).map(|meeting| self.labelled(meeting)).collect()
    }

    /// What stands in the way of a decision, and who has decided already, if somebody has.
    pub(super) async fn in_the_way(
        self,
        tx: &mut Tx,
        (why, action): (&decision::Refusal, &Action),
        (meant, ask): (&[&Action], &DecideAsk),
    ) -> Result<Answer, Failure> {
        let (bodies, zone) = (&self.partnership.bodies, self.partnership.calendar.zone);
        let decisions = tx.decisions_of(action.id).await.or_broken("load the decisions")?;
        // The request that they have seen, else what explains it and was decided last.
        let answered = seen(&ask.deciding)
            .and_then(|seen| decisions.iter().find(|made| made.extension == Some(seen)));
        let explains = || decisions.iter().rfind(|made| why.follows_from(made.kind));
        let decided = answered.or_else(explains);
        let decided = decided.map(|made| view::decision::told(made, bodies, zone));
        let note = ask.note.as_deref();
        let card = view::decision::stands_in_the_way(&why.to_string(), decided, (meant, note));
        Ok(Answer::Private(card))
    }

    /// Owes each channel that it concerns a line: the leads', and that of the body whose meeting it
    /// was. Gives their names.
    async fn tell_bodies(
        self,
        tx: &mut Tx,
        recorded: &Recorded<'_>,
        first: Option<DecisionId>,
    ) -> Result<Vec<String>, Failure> {
        let bodies = &self.partnership.bodies;
        let mut told: BTreeMap<ChannelId, (String, Decided<'_>)> = BTreeMap::new();
        for (action, new) in recorded.decided {
            let leads = action.leads.iter().flat_map(|lead| &lead.bodies).copied();
            let met = recorded.minute.meeting.map(|cited| cited.body);
            let concerned = leads.chain(met).filter_map(|id| bodies.with(id));
            for (channel, name) in concerned.filter_map(|body| Some((body.channel?, body))) {
                let entry = told.entry(channel);
                let (_, about) = entry.or_insert_with(|| (name.channel_name.clone(), Vec::new()));
                if !about.iter().any(|(known, _)| known.id == action.id) {
                    about.push((action, new.clone()));
                }
            }
        }
        let first = first.map(|id| id.0).unwrap_or_default();
        for (channel, (_, about)) in &told {
            let card: Card =
                view::decision::line_for_all(&Recorded { decided: about, ..*recorded }, bodies);
            let key = format!("decision/{first}/{}", channel.0);
            tx.add_post(&key, *channel, &card, tx.now()).await.or_broken("owe the line for all")?;
        }
        // As the partnership lists its bodies.
        let mut names: Vec<String> = Vec::new();
        for body in bodies.all.iter().filter(|body| body.channel.is_some()) {
            let is_told = body.channel.is_some_and(|channel| told.contains_key(&channel));
            if is_told && !names.contains(&body.channel_name) {
                names.push(body.channel_name.clone());
            }
        }
        Ok(names)
    }
}

/// The actions that words name, parted by commas, each once.
pub(super) fn several<'a>(
    actions: &'a [Action],
    words: &str,
) -> Result<Vec<&'a Action>, search::Refusal> {
    let mut found: Vec<&Action> = Vec::new();
    for part in words.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let action = search::one(actions, part)?;
        if !found.iter().any(|known| known.id == action.id) {
            found.push(action);
        }
    }
    if found.is_empty() { Err(search::Refusal::None(words.trim().to_owned())) } else { Ok(found) }
}

/// The request that whoever decides has seen, where they say.
pub(super) fn seen(deciding: &Deciding) -> Option<ExtensionId> {
    match deciding {
        Deciding::Extension { seen, .. } => seen.map(ExtensionId),
        _ => None,
    }
}
