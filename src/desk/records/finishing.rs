//! The end of a record: everybody in the channel of the meeting, and each lead, is told what came of it.

use std::collections::BTreeMap;

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::attendance::Held;
use crate::body::UserId;
use crate::chase;
use crate::chase::Holders;
use crate::desk::Desk;
use crate::desk::chases::MENTION;
use crate::meeting::Meeting;
use crate::post::Called;
use crate::post::NewPost;
use crate::post::Post;
use crate::post::Whither;
use crate::proceedings::Made;
use crate::proceedings::ProceedingId;
use crate::proceedings::finished;
use crate::proceedings::minutes;
use crate::proceedings::since_finished;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::Card;
use crate::view::proceedings::Sheet;
use crate::view::proceedings::upshot::Upshot;

/// Stands in the key of a post to a person, after that of the record.
const PERSON: &str = "/person/";

/// What is to be said, and where.
struct Told {
    for_all: Card,
    for_leads: Vec<(Whither, Card)>,
}

impl Asking<'_> {
    /// Says that all of a meeting is recorded, and owes those whom it concerns what came of it: of what
    /// is new since that was said last.
    pub(super) async fn finish(self, tx: &mut Tx, meeting: &Meeting) -> Result<Answer, Failure> {
        let held = Held::of(meeting);
        let gathered = self.gathered(tx, meeting).await?;
        if minutes(&gathered.steps).is_none() {
            return self.attendance_form(tx, meeting).await;
        }
        let items = gathered.items_of(meeting);
        let is_open = !self.docket(&gathered, meeting, &items).open.is_empty();
        let is_told = finished(&gathered.steps).is_some();
        if is_open || (is_told && since_finished(&gathered.steps).is_empty()) {
            let said = is_open.then_some("Before it is finished, this is still to answer.");
            return self.go_on(tx, meeting, said).await;
        }
        let by = self.speaker(tx).await?.person;
        let seen = tx.sightings().await.or_broken("load who holds what")?;
        let holders = chase::holders(&self.partnership.bodies, &seen);
        let told = self.with_sheet(&gathered, meeting, |sheet| {
            let upshots = view::proceedings::upshot::results(sheet, since_finished(sheet.steps));
            Told {
                for_all: view::proceedings::for_all(sheet, &upshots, &by.name),
                for_leads: self.for_leads(sheet, &upshots, &holders),
            }
        });
        let finished = tx.add_proceeding(held, &Made::Finished, &by).await;
        let finished = finished.or_broken("record a step")?;
        let said = self.tell_of_meeting(tx, meeting, (finished, &told)).await?;
        self.go_on(tx, meeting, Some(&said)).await
    }

    /// What each lead is told: a card in its channel, unless that reads the whole, and privately whoever
    /// is known to hold it. Whoever records it knows already.
    fn for_leads(
        self,
        sheet: &Sheet<'_>,
        upshots: &[Upshot<'_>],
        holders: &Holders,
    ) -> Vec<(Whither, Card)> {
        let bodies = &self.partnership.bodies;
        let of_meeting = bodies.with(sheet.meeting.body).and_then(|body| body.channel);
        let mut told: BTreeMap<Whither, Vec<&Upshot<'_>>> = BTreeMap::new();
        for upshot in upshots {
            let leads = upshot.action.leads.iter().flat_map(|lead| &lead.bodies);
            for lead in leads.filter_map(|id| bodies.with(*id)) {
                let channel = lead.channel.filter(|channel| Some(*channel) != of_meeting);
                let known = holders.get(&lead.id).map(Vec::as_slice).unwrap_or_default();
                let others = known.iter().map(|holder| holder.user);
                let others = others.filter(|user| *user != self.request.by.user);
                let people = others.map(Whither::Person);
                for whither in channel.map(Whither::Channel).into_iter().chain(people) {
                    let about = told.entry(whither).or_default();
                    if !about.contains(&upshot) {
                        about.push(upshot);
                    }
                }
            }
        }
        let card = |(whither, upshots): (Whither, Vec<&Upshot<'_>>)| match whither {
            Whither::Channel(_) => (whither, view::proceedings::for_channel(sheet, &upshots)),
            Whither::Person(_) => (whither, view::proceedings::for_lead(sheet, &upshots)),
        };
        told.into_iter().map(card).collect()
    }

    /// Owes what is to be said, and gives what whoever recorded it is told of that.
    async fn tell_of_meeting(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        (finished, told): (ProceedingId, &Told),
    ) -> Result<String, Failure> {
        let key = format!("record/{}", finished.0);
        let body = self.partnership.bodies.with(meeting.body);
        let channel = body.and_then(|body| Some((body.channel?, body.channel_name.as_str())));
        if let Some((channel, _)) = channel {
            tx.add_post(&format!("{key}/all"), channel, &told.for_all, tx.now())
                .await
                .or_broken("owe what came of a meeting")?;
        }
        let (mut people, mut channels) = (0, 0);
        for (to, card) in &told.for_leads {
            let (key, due_at) = match to {
                Whither::Person(user) => {
                    people += 1;
                    let due_at =
                        self.partnership.calendar.next_office_hour(tx.now(), self.desk.digest_time);
                    (format!("{key}{PERSON}{}", user.0), due_at)
                }
                Whither::Channel(channel) => {
                    channels += 1;
                    (format!("{key}/channel/{}", channel.0), tx.now())
                }
            };
            let post = NewPost {
                key: &key,
                to: *to,
                calls: None,
                follows: None,
                card,
                due_at,
                useful_until: None,
            };
            tx.owe(&post).await.or_broken("owe a lead what came of a meeting")?;
        }
        Ok(view::proceedings::told(channel.map(|(_, name)| name), people, channels))
    }
}

impl Desk {
    /// Calls somebody who takes no messages from us to what a channel of theirs reads of the same
    /// meeting.
    pub(in crate::desk) async fn call_to_results(
        &self,
        tx: &mut Tx,
        post: &Post,
        user: UserId,
    ) -> anyhow::Result<()> {
        let record = post.key.split_once(PERSON).map(|(record, _)| record);
        let (Some(record), Some(partnership)) = (record, tx.partnership().await?) else {
            return Ok(());
        };
        let holders = chase::holders(&partnership.bodies, &tx.sightings().await?);
        let bodies = partnership.bodies.all.iter();
        let held = bodies.filter(|body| {
            let holders = holders.get(&body.id);
            holders.is_some_and(|holders| holders.iter().any(|holder| holder.user == user))
        });
        for channel in held.filter_map(|body| body.channel) {
            let Some(there) = tx.post_of_record(record, channel).await? else { continue };
            let called = NewPost {
                key: &format!("{MENTION}{}", post.key),
                to: Whither::Channel(channel),
                calls: Some(Called::Person(user)),
                follows: Some(&there),
                card: &view::proceedings::calling(),
                due_at: tx.now(),
                useful_until: None,
            };
            tx.owe(&called).await?;
            return Ok(());
        }
        Ok(())
    }
}
