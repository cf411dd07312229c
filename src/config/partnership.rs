//! A partnership to begin with: `config/cpwd.toml`, and the plan's table beside it.

mod written;

use std::collections::BTreeMap;
use std::path::Path;

use chrono_tz::Tz;
use toml::Spanned;
use toml::value::Datetime;

use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::Collective;
use crate::body::ServerId;
use crate::config::Refusal;
use crate::config::Source;
use crate::config::holiday::closures;
use crate::config::holiday::day;
use crate::config::open;
use crate::date::Closures;
use crate::files::preview::Doubt;
use crate::files::preview::Known;
use crate::files::preview::answer::Answers;
use crate::files::preview::preview;
use crate::files::read::read;
use crate::meeting::Calendar;
use crate::meeting::PAPERS_DAYS;
use crate::meeting::Rule;
use crate::meeting::Series;
use crate::meeting::changed::Changes;
use crate::partnership::Founding;
use crate::partnership::Partnership;
use crate::plan::Area;
use crate::plan::AreaId;
use crate::plan::Plan;
use crate::plan::PlanId;
use crate::routine::Pauses;
use crate::routine::Timings;

use self::written::AreaEntry;
use self::written::BodyEntry;
use self::written::CollectiveEntry;
use self::written::File;
use self::written::SeriesEntry;

/// The partnership that stands in the repository.
pub const DEFAULT: &str = include_str!("../../config/cpwd.toml");

/// The name of that file, for sentences about it.
pub const DEFAULT_FILE: &str = "config/cpwd.toml";

const DEFAULT_PLAN: &str = include_str!("../../config/cpwd-plan.csv");
const DEFAULT_PLAN_FILE: &str = "config/cpwd-plan.csv";

/// What a partnership begins with: a file of its own, or the one that stands in the repository.
pub fn founding(path: Option<&Path>) -> Result<Founding, Refusal> {
    let Some(path) = path else {
        let written = PartnershipFile::read(DEFAULT, DEFAULT_FILE)?;
        return written.founding(DEFAULT_PLAN_FILE, DEFAULT_PLAN.as_bytes());
    };
    let written = PartnershipFile::read(&open(path)?, &path.display().to_string())?;
    let plan = path.with_file_name(&written.plan_file);
    let name = plan.display().to_string();
    let bytes = std::fs::read(&plan).map_err(|error| Refusal {
        file: name.clone(),
        line: None,
        says: format!("cannot be read ({error}). {} names it as the plan's table.", path.display()),
    })?;
    written.founding(&name, &bytes)
}

/// A partnership's file, read; its plan's table is still to come.
#[derive(Clone, Debug)]
pub struct PartnershipFile {
    /// Who there is and when they meet.
    pub partnership: Partnership,
    /// The name of the channel that belongs to no body.
    pub general_name: String,
    /// The plan.
    pub plan: Plan,
    /// Its areas.
    pub areas: Vec<Area>,
    /// The file with its table, seen from this one.
    pub plan_file: String,
}

impl PartnershipFile {
    /// The partnership in a text; `file` names it in refusals. Numbers run from 1 in the file's
    /// order; the server is 0 until the caller knows it.
    pub fn read(text: &str, file: &str) -> Result<Self, Refusal> {
        let source = Source { file, text };
        let written: File = source.values()?;
        let reading = Reading { source };
        let all = reading.bodies(&written.bodies)?;
        let collectives = reading.collectives(&written.collectives, &all)?;
        let bodies = Bodies { all, collectives, ..Bodies::default() };
        reading.distinct_names(&written, &bodies)?;
        let calendar = Calendar {
            zone: reading.zone(&written.zone)?,
            series: reading.series(&written.series, &bodies)?,
            closures: reading.closures(&written.closed)?,
            changes: Changes::default(),
        };
        let plan = Plan {
            id: PlanId(1),
            code: reading.code(&written.plan.code)?,
            title: reading.filled(&written.plan.title)?,
            body: reading.body(&written.plan.body, &bodies)?,
            position_on: day(source, &written.plan.position_on)?,
            sign_off_needed: written.plan.sign_off.unwrap_or(true),
        };
        Ok(Self {
            partnership: Partnership {
                name: reading.filled(&written.name)?,
                server: ServerId(0),
                bodies,
                calendar,
                timings: Timings::default(),
                pauses: Pauses::default(),
                themes: reading.distinct(&written.themes)?,
            },
            general_name: reading.filled(&written.general)?,
            areas: reading.areas(&written.plan.areas, &plan.code)?,
            plan,
            plan_file: reading.filled(&written.plan.file)?,
        })
    }

    /// The same, with the plan out of a file of that name. Areas that stand in the plan's file alone
    /// are taken from there.
    pub fn founding(mut self, name: &str, bytes: &[u8]) -> Result<Founding, Refusal> {
        let refused = |sentence: String| {
            let says = sentence.strip_prefix(name).unwrap_or(&sentence);
            let says = says.trim_start_matches([',', ':', ' ']);
            Refusal { file: name.to_owned(), line: None, says: says.to_owned() }
        };
        let document = read(name, bytes).map_err(|refusal| refused(refusal.to_string()))?;
        let known = Known {
            plan: &self.plan.code,
            bodies: &self.partnership.bodies,
            themes: &self.partnership.themes,
            calendar: &self.partnership.calendar,
            answers: &Answers::default(),
        };
        let preview = preview(document, known, &mut |_, _| {});
        let preview = preview.map_err(|refusal| refused(refusal.to_string()))?;
        for printed in preview.areas {
            if !self.areas.iter().any(|area| area.number == printed.number) {
                let id = self.areas.iter().map(|area| area.id.0).max().unwrap_or(0) + 1;
                self.areas.push(Area {
                    id: AreaId(id),
                    plan: self.plan.code.clone(),
                    number: printed.number,
                    title: printed.title,
                    aim: printed.aim,
                });
            }
        }
        let of_whole = preview.doubts.iter().map(|doubt| format!("{name}: {doubt}"));
        let of_actions = preview.actions.iter().flat_map(|read| {
            let (at, reference) = (&read.at, &read.printed.reference);
            let sentence =
                move |doubt: &Doubt| format!("{name}, {at}, {reference}: {}", doubt.text);
            read.doubts.iter().map(sentence)
        });
        let ignored = preview
            .ignored
            .iter()
            .map(|left| format!("{name}, {}: “{}” is left out. {}", left.at, left.text, left.why));
        Ok(Founding {
            doubts: of_whole.chain(of_actions).chain(ignored).collect(),
            partnership: self.partnership,
            general_name: self.general_name,
            plan: self.plan,
            areas: self.areas,
            printed: preview.actions.into_iter().map(|read| read.printed).collect(),
        })
    }
}

/// Makes values of what is written, or says which line is wrong.
struct Reading<'a> {
    source: Source<'a>,
}

impl Reading<'_> {
    fn refusal(&self, at: &Spanned<String>, says: impl Into<String>) -> Refusal {
        self.source.refusal(&at.span(), says)
    }

    /// Words that are not blank.
    fn filled(&self, words: &Spanned<String>) -> Result<String, Refusal> {
        let trimmed = words.get_ref().trim();
        if trimmed.is_empty() {
            return Err(self.refusal(words, "this is empty. Write a name here."));
        }
        Ok(trimmed.to_owned())
    }

    /// Words of which no two are the same to a reader.
    fn distinct(&self, words: &[Spanned<String>]) -> Result<Vec<String>, Refusal> {
        let mut seen = Seen::default();
        for word in words {
            seen.add(self, word)?;
        }
        words.iter().map(|word| self.filled(word)).collect()
    }

    fn code(&self, code: &Spanned<String>) -> Result<String, Refusal> {
        let words = self.filled(code)?;
        let letters = words.chars().count();
        let fits =
            (2..=5).contains(&letters) && words.chars().all(|letter| letter.is_ascii_uppercase());
        if fits {
            return Ok(words);
        }
        let says =
            format!("\"{words}\" is not a code. Use two to five capital letters, such as \"FLO\".");
        Err(self.refusal(code, says))
    }

    fn bodies(&self, entries: &[BodyEntry]) -> Result<Vec<Body>, Refusal> {
        let (mut codes, mut roles, mut channels) =
            (Seen::default(), Seen::default(), Seen::default());
        let mut bodies = Vec::new();
        for (entry, id) in entries.iter().zip(1..) {
            codes.add(self, &entry.code)?;
            roles.add(self, &entry.role)?;
            channels.add(self, &entry.channel)?;
            bodies.push(Body {
                id: BodyId(id),
                name: self.filled(&entry.name)?,
                code: self.code(&entry.code)?,
                kind: entry.kind,
                names: self.distinct(&entry.names)?,
                role_name: self.filled(&entry.role)?,
                channel_name: self.filled(&entry.channel)?,
                role: None,
                channel: None,
            });
        }
        Ok(bodies)
    }

    fn collectives(
        &self,
        entries: &[CollectiveEntry],
        all: &[Body],
    ) -> Result<Vec<Collective>, Refusal> {
        let mut collectives = Vec::new();
        for entry in entries {
            self.distinct(&entry.bodies)?;
            let member = |code: &Spanned<String>| self.coded(code, all);
            collectives.push(Collective {
                name: self.filled(&entry.name)?,
                names: self.distinct(&entry.names)?,
                bodies: entry.bodies.iter().map(member).collect::<Result<_, _>>()?,
            });
        }
        Ok(collectives)
    }

    /// No name may mean two bodies: a plan that prints it could not be read.
    fn distinct_names(&self, written: &File, bodies: &Bodies) -> Result<(), Refusal> {
        let of_bodies = written.bodies.iter().map(|entry| (&entry.name, &entry.names));
        let of_collectives = written.collectives.iter().map(|entry| (&entry.name, &entry.names));
        let meant = bodies.all.iter().map(|body| vec![body.id]);
        let meant = meant.chain(bodies.collectives.iter().map(|many| many.bodies.clone()));
        for ((name, others), meant) in of_bodies.chain(of_collectives).zip(meant) {
            for name in std::iter::once(name).chain(others) {
                if bodies.named(name.get_ref()) != meant {
                    let says = format!("\"{}\" already means another body.", name.get_ref());
                    return Err(self.refusal(name, says));
                }
            }
        }
        Ok(())
    }

    fn coded(&self, code: &Spanned<String>, all: &[Body]) -> Result<BodyId, Refusal> {
        let body = all.iter().find(|body| body.code == code.get_ref().trim());
        body.map(|body| body.id).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|body| body.code.as_str()).collect();
            let says = format!(
                "no body has the code \"{}\". The codes are: {}.",
                code.get_ref(),
                known.join(", ")
            );
            self.refusal(code, says)
        })
    }

    fn body(&self, code: &Spanned<String>, bodies: &Bodies) -> Result<BodyId, Refusal> {
        self.coded(code, &bodies.all)
    }

    fn series(&self, entries: &[SeriesEntry], bodies: &Bodies) -> Result<Vec<Series>, Refusal> {
        let series = |entry: &SeriesEntry| {
            Ok(Series {
                body: self.body(&entry.body, bodies)?,
                title: self.filled(&entry.title)?,
                rule: self.rule(&entry.rule)?,
                papers_days: entry.papers_days.unwrap_or(PAPERS_DAYS),
            })
        };
        entries.iter().map(series).collect()
    }

    fn rule(&self, words: &Spanned<String>) -> Result<Rule, Refusal> {
        let rule = words.get_ref().parse::<Rule>();
        rule.map_err(|not_a_rule| self.refusal(words, not_a_rule.to_string()))
    }

    fn zone(&self, words: &Spanned<String>) -> Result<Tz, Refusal> {
        words.get_ref().parse::<Tz>().map_err(|_| {
            let says = format!(
                "\"{}\" is not a time zone. Write one such as \"Europe/London\".",
                words.get_ref()
            );
            self.refusal(words, says)
        })
    }

    /// The partnership's own closed days beside the bank holidays that no rule gives.
    fn closures(&self, closed: &[Spanned<Datetime>]) -> Result<Closures, Refusal> {
        let mut closures = closures()?;
        for written in closed {
            closures.close(day(self.source, written)?);
        }
        Ok(closures)
    }

    fn areas(&self, entries: &[AreaEntry], plan: &str) -> Result<Vec<Area>, Refusal> {
        let mut areas: Vec<Area> = Vec::new();
        for (entry, id) in entries.iter().zip(1..) {
            let number = *entry.number.get_ref();
            if number == 0 || areas.iter().any(|area| area.number == number) {
                let says =
                    format!("{number} cannot number this area: areas count from 1, each once.");
                return Err(self.source.refusal(&entry.number.span(), says));
            }
            areas.push(Area {
                id: AreaId(id),
                plan: plan.to_owned(),
                number,
                title: self.filled(&entry.title)?,
                aim: entry.aim.trim().to_owned(),
            });
        }
        Ok(areas)
    }
}

/// Words that may stand only once, whatever their capitals.
#[derive(Default)]
struct Seen(BTreeMap<String, usize>);

impl Seen {
    fn add(&mut self, reading: &Reading<'_>, words: &Spanned<String>) -> Result<(), Refusal> {
        let line = reading.source.line(&words.span());
        match self.0.insert(words.get_ref().trim().to_lowercase(), line) {
            None => Ok(()),
            Some(first) => {
                let says = format!("\"{}\" stands in line {first} already.", words.get_ref());
                Err(reading.refusal(words, says))
            }
        }
    }
}

#[cfg(test)]
mod tests;
