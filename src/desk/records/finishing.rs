//! The end of a record: everybody in the channel of the meeting, and each lead, is told what came of it.

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono::NaiveTime;
use chrono::Utc;

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::attendance::Held;
use crate::body::BodyId;
use crate::body::UserId;
use crate::body::holding::Part;
use crate::date::is_working_day;
use crate::date::working_days_after;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::post::NewPost;
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

/// Nobody is written to before this time of day.
const OFFICE_OPENS: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).unwrap();

/// Nor from this time on.
const OFFICE_CLOSES: NaiveTime = NaiveTime::from_hms_opt(17, 0, 0).unwrap();

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
        let told = self.with_sheet(&gathered, meeting, |sheet| {
            let upshots = view::proceedings::upshot::results(sheet, since_finished(sheet.steps));
            Told {
                for_all: view::proceedings::for_all(sheet, &upshots, &by.name),
                for_leads: self.for_leads(sheet, &upshots),
            }
        });
        let finished = tx.add_proceeding(held, &Made::Finished, &by).await;
        let finished = finished.or_broken("record a step")?;
        let said = self.tell_of_meeting(tx, meeting, (finished, &told)).await?;
        self.go_on(tx, meeting, Some(&said)).await
    }

    /// What each lead is told: privately, whoever holds it by name; else a line in its channel, unless
    /// that reads the whole. Whoever records it knows already.
    fn for_leads(self, sheet: &Sheet<'_>, upshots: &[Upshot<'_>]) -> Vec<(Whither, Card)> {
        let bodies = &self.partnership.bodies;
        let of_meeting = bodies.with(sheet.meeting.body).and_then(|body| body.channel);
        let mut told: BTreeMap<Whither, Vec<&Upshot<'_>>> = BTreeMap::new();
        for upshot in upshots {
            let leads = upshot.action.leads.iter().flat_map(|lead| &lead.bodies);
            for lead in leads.filter_map(|id| bodies.with(*id)) {
                let holders = self.known_holders(lead.id);
                let whither: Vec<Whither> = if holders.is_empty() {
                    let channel = lead.channel.filter(|channel| Some(*channel) != of_meeting);
                    channel.map(Whither::Channel).into_iter().collect()
                } else {
                    let others = holders.into_iter().filter(|user| *user != self.request.by.user);
                    others.map(Whither::Person).collect()
                };
                for whither in whither {
                    let about = told.entry(whither).or_default();
                    if !about.contains(&upshot) {
                        about.push(upshot);
                    }
                }
            }
        }
        let card = |upshots: &Vec<&Upshot<'_>>| view::proceedings::for_lead(sheet, upshots);
        told.iter().map(|(whither, upshots)| (*whither, card(upshots))).collect()
    }

    /// Those who hold a body by name.
    fn known_holders(self, body: BodyId) -> Vec<UserId> {
        let named = self.partnership.bodies.holdings.named(body);
        let holders = named.into_iter().filter(|entry| entry.part == Part::Holder);
        holders.filter_map(|entry| entry.person.as_ref()?.user).collect()
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
                    let due_at = at_work(&self.partnership.calendar, tx.now());
                    (format!("{key}/person/{}", user.0), due_at)
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

/// When somebody can be written to: now, or at the beginning of the next working day.
fn at_work(calendar: &Calendar, now: DateTime<Utc>) -> DateTime<Utc> {
    let local = now.with_timezone(&calendar.zone);
    let (day, time) = (local.date_naive(), local.time());
    let works = is_working_day(day, &calendar.closures);
    if works && (OFFICE_OPENS..OFFICE_CLOSES).contains(&time) {
        return now;
    }
    let opens = if works && time < OFFICE_OPENS {
        day
    } else {
        working_days_after(day, 1, &calendar.closures)
    };
    calendar.instant(opens.and_time(OFFICE_OPENS))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;

    use super::*;
    use crate::date::Closures;

    #[track_caller]
    fn check(now: &str, expected: &str) {
        let read = |words: &str| {
            let local = chrono::NaiveDateTime::parse_from_str(words, "%Y-%m-%d %H:%M").unwrap();
            local.and_local_timezone(London).unwrap().to_utc()
        };
        let calendar = Calendar { zone: London, series: Vec::new(), closures: Closures::default() };
        assert_eq!(at_work(&calendar, read(now)), read(expected), "{now}");
    }

    #[test]
    fn people_are_written_to_while_they_are_at_work() {
        check("2020-12-10 14:20", "2020-12-10 14:20");
        check("2020-12-10 07:00", "2020-12-10 09:00");
        check("2020-12-10 17:00", "2020-12-11 09:00");
        check("2020-12-11 18:30", "2020-12-14 09:00");
        check("2020-12-12 11:00", "2020-12-14 09:00");
        check("2020-12-24 20:00", "2020-12-29 09:00");
        check("2021-03-26 19:00", "2021-03-29 09:00");
    }
}
