//! What an entry says, whole: every column of its row, and of the rows below it.
//!
//! One statement for each kind, which names each column. A file stands as its SHA-256, under the name
//! of its column.

mod of_actions;
mod of_meetings;

use anyhow::Context;
use serde_json::Value;

use crate::ledger::Kind;
use crate::ledger::chain::Hash;
use crate::store::Tx;

/// An entry with all its columns as one JSON object; never leaves this room.
struct Row {
    number: i64,
    whole: String,
}

impl Tx {
    /// The entries of a kind from the first number to the last, each with its number: under `entry`
    /// its kind, and under the name of each column what stands there, `null` where nothing does.
    pub(in crate::store) async fn whole_entries(
        &mut self,
        kind: Kind,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<(i64, Value)>> {
        let rows = match kind {
            Kind::Import => self.whole_imports(first, last).await?,
            Kind::Action => self.whole_actions(first, last).await?,
            Kind::Recurrence => self.whole_recurrences(first, last).await?,
            Kind::Wording => self.whole_wordings(first, last).await?,
            Kind::Leadership => self.whole_leaderships(first, last).await?,
            Kind::Tagging => self.whole_taggings(first, last).await?,
            Kind::Target => self.whole_targets(first, last).await?,
            Kind::Update => self.whole_updates(first, last).await?,
            Kind::Note => self.whole_notes(first, last).await?,
            Kind::Extension => self.whole_extensions(first, last).await?,
            Kind::Decision => self.whole_decisions(first, last).await?,
            Kind::Item => self.whole_items(first, last).await?,
            Kind::Holding => self.whole_holdings(first, last).await?,
            Kind::Digest => self.whole_digests(first, last).await?,
            Kind::Timing => self.whole_timings(first, last).await?,
            Kind::Pause => self.whole_pauses(first, last).await?,
            Kind::Attendance => self.whole_attendances(first, last).await?,
            Kind::Proceeding => self.whole_proceedings(first, last).await?,
            Kind::Meeting => self.whole_meeting_changes(first, last).await?,
            Kind::Closure => self.whole_closings(first, last).await?,
        };
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let mut entry: Value = serde_json::from_str(&row.whole).context("read an entry")?;
            match kind {
                Kind::Import => entry["bytes"] = self.hash_of_import(row.number).await?,
                Kind::Digest => self.hash_files_of(&mut entry).await?,
                _ => {}
            }
            entries.push((row.number, entry));
        }
        Ok(entries)
    }

    async fn hash_of_import(&mut self, number: i64) -> anyhow::Result<Value> {
        let bytes = sqlx::query_scalar!("SELECT bytes FROM imports WHERE id = ?", number)
            .fetch_one(self.connection())
            .await
            .context("load the file of an import")?;
        Ok(Hash::of_bytes(&bytes).to_string().into())
    }

    async fn hash_files_of(&mut self, digest: &mut Value) -> anyhow::Result<()> {
        for file in digest["files"].as_array_mut().into_iter().flatten() {
            let id = file["file_id"].as_i64();
            let bytes = sqlx::query_scalar!("SELECT bytes FROM files WHERE id = ?", id)
                .fetch_optional(self.connection())
                .await
                .context("load a file of a digest")?;
            // One that is not there is `null`, and the entry does not fit its hash.
            file["file"]["bytes"] = bytes.map(|bytes| Hash::of_bytes(&bytes).to_string()).into();
        }
        Ok(())
    }
}
