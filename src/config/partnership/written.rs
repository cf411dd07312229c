//! A partnership's file as it is written, before anything in it is looked up.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::body::BodyKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) name: Spanned<String>,
    pub(super) zone: Spanned<String>,
    pub(super) general: Spanned<String>,
    #[serde(default)]
    pub(super) themes: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) closed: Vec<Spanned<Datetime>>,
    pub(super) bodies: Vec<BodyEntry>,
    #[serde(default)]
    pub(super) collectives: Vec<CollectiveEntry>,
    #[serde(default)]
    pub(super) series: Vec<SeriesEntry>,
    pub(super) plan: PlanEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BodyEntry {
    pub(super) name: Spanned<String>,
    pub(super) code: Spanned<String>,
    pub(super) kind: BodyKind,
    #[serde(default)]
    pub(super) names: Vec<Spanned<String>>,
    pub(super) role: Spanned<String>,
    pub(super) channel: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CollectiveEntry {
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) names: Vec<Spanned<String>>,
    pub(super) bodies: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeriesEntry {
    pub(super) body: Spanned<String>,
    pub(super) title: Spanned<String>,
    pub(super) rule: Spanned<String>,
    pub(super) papers_days: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanEntry {
    pub(super) code: Spanned<String>,
    pub(super) title: Spanned<String>,
    pub(super) body: Spanned<String>,
    pub(super) position_on: Spanned<Datetime>,
    pub(super) sign_off: Option<bool>,
    pub(super) file: Spanned<String>,
    #[serde(default)]
    pub(super) areas: Vec<AreaEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AreaEntry {
    pub(super) number: Spanned<u32>,
    pub(super) title: Spanned<String>,
    #[serde(default)]
    pub(super) aim: String,
}
