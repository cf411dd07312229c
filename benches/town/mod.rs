//! The real partnership in its sandbox, as the tests have it.

use std::path::Path;

use anyhow::Context;
use chrono::NaiveDate;
use convener::config::cast;
use convener::config::partnership;
use convener::config::setting::Settings;
use convener::rehearsal::Rehearsal;
use convener::rehearsal::Stage;
use convener::sandbox::Sandbox;

/// Opens it at 09:00 on a day, or else on Monday 26 October 2020, without a bot, its record in a folder; with so many further servers that
/// have the same channels and are to be set up alike.
pub(crate) async fn open(
    folder: &Path,
    neighbours: usize,
    day: Option<NaiveDate>,
) -> anyhow::Result<Rehearsal> {
    let founding = partnership::founding(None)?;
    let day = day.or(NaiveDate::from_ymd_opt(2020, 10, 26)).context("it is a day")?;
    let opens_at = day.and_hms_opt(9, 0, 0).context("it is a time")?;
    let opens_at = founding.partnership.calendar.instant(opens_at);
    let settings = Settings { data: folder.to_owned(), ..Settings::default() };
    let players = cast::players(None)?;
    Rehearsal::open(Stage { settings, founding, players, neighbours, opens_at, port: 0 }).await
}

/// Waits until the bot listens and has declared its commands.
pub(crate) async fn ready(sandbox: &Sandbox) -> anyhow::Result<()> {
    let ready =
        |sandbox: &Sandbox| (sandbox.is_online() && !sandbox.commands().is_empty()).then_some(());
    sandbox.until(ready).await.context("the bot never became ready")
}
