//! stub
#![expect(missing_docs, reason = "stub")]
use chrono::NaiveDate;
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Window {
    pub from: NaiveDate,
    pub to: NaiveDate,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    w: String,
    win: Option<Window>,
    d: Vec<String>,
}
impl Target {
    pub fn read(words: &str) -> Self {
        Self { w: words.into(), win: None, d: vec![] }
    }
    pub fn recorded(words: String, window: Option<Window>) -> Self {
        Self { w: words, win: window, d: vec![] }
    }
    pub fn words(&self) -> &str {
        &self.w
    }
    pub fn window(&self) -> Option<Window> {
        self.win
    }
    pub fn doubts(&self) -> &[String] {
        &self.d
    }
    pub fn due_on(&self) -> Option<NaiveDate> {
        self.win.map(|w| w.to)
    }
}
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day")]
pub struct Refusal;
pub fn read_day(w: &str) -> Result<NaiveDate, Refusal> {
    w.parse().map_err(|_| Refusal)
}
pub fn day_in_words(d: NaiveDate) -> String {
    d.format("%-d %B %Y").to_string()
}
pub fn day_in_full(d: NaiveDate) -> String {
    d.format("%A %-d %B %Y").to_string()
}
pub fn window_in_words(w: Window) -> String {
    format!("{} to {}", w.from, w.to)
}
#[derive(Clone, Debug, Default)]
pub struct Closures;
pub fn working_days_before(d: NaiveDate, n: u32, _: &Closures) -> NaiveDate {
    d - chrono::Days::new(u64::from(n))
}
