//! How a paper ends: the sign-off and what stands below it.

use super::Appendix;
use super::Facts;
use super::Pieces;
use super::phrase::words;
use crate::date::day_in_words;

pub(super) fn sign_off(facts: Facts<'_>) -> Vec<Pieces> {
    vec![
        vec![facts.to_write("name and post of the person who signs the report")],
        vec![words(day_in_words(facts.digest.today))],
    ]
}

pub(super) fn particulars(facts: Facts<'_>, appendices: &[Appendix]) -> Vec<(String, Pieces)> {
    let listed: Vec<String> = (1..)
        .zip(appendices)
        .map(|(number, appendix)| format!("Appendix {number} – {}", appendix.heading))
        .collect();
    let papers = match facts.digest.before {
        Some((day, _)) => {
            format!("{} – update, position on {}", facts.position.plan.title, day_in_words(day))
        }
        None => "None".into(),
    };
    vec![
        ("Person to Contact".into(), vec![facts.to_write("name, telephone and e-mail address")]),
        ("Appendices".into(), vec![words(listed.join("\n"))]),
        ("Background Papers".into(), vec![words(papers)]),
        ("Wards Affected".into(), vec![words("All")]),
    ]
}
