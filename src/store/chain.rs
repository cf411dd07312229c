//! The chain over the ledger: what is written down is hashed as it is committed.
//!
//! Triggers list each new entry, whoever writes it, so that none can be forgotten; the hashes are
//! filled in here. A column of a ledger table is never renamed or dropped, and one that is added may be
//! NULL: only then do the entries from before keep their hash.

mod content;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;

use super::Tx;
use crate::ledger::Kind;
use crate::ledger::chain::Chained;
use crate::ledger::chain::Hash;
use crate::ledger::chain::Link;
use crate::ledger::chain::Sealed;
use crate::ledger::chain::canonical;

impl Tx {
    /// Gives the entries that have no hash yet theirs, in order. Without any, it only looks.
    pub(super) async fn hash_entries(&mut self) -> anyhow::Result<()> {
        let rows =
            sqlx::query!("SELECT id, kind, number FROM chain WHERE hash IS NULL ORDER BY id")
                .fetch_all(self.connection())
                .await
                .context("look for entries without a hash")?;
        let Some(first) = rows.first() else { return Ok(()) };
        let mut before = self.hash_before(first.id).await?;
        for row in rows {
            // A link for what is not there was not made by us. It must not keep people from writing, and
            // a check finds it.
            let content = match Kind::from_word(&row.kind) {
                Some(kind) => self.contents(kind, row.number, row.number).await?.pop(),
                None => None,
            };
            let hash = Hash::over(before, content.as_ref().map_or("", |(_, content)| content));
            let bytes = hash.as_bytes();
            sqlx::query!("UPDATE chain SET hash = ? WHERE id = ?", bytes, row.id)
                .execute(self.connection())
                .await
                .context("record the hash of an entry")?;
            before = hash;
        }
        Ok(())
    }

    /// Whether every entry has its hash.
    pub(super) async fn is_hashed(&mut self) -> anyhow::Result<bool> {
        let first = sqlx::query_scalar!("SELECT id FROM chain WHERE hash IS NULL LIMIT 1")
            .fetch_optional(self.connection())
            .await
            .context("look for entries without a hash")?;
        Ok(first.is_none())
    }

    /// The hash of the last link before a place. One without a hash ends no chain.
    async fn hash_before(&mut self, place: i64) -> anyhow::Result<Hash> {
        let hash = sqlx::query_scalar!(
            "SELECT hash FROM chain WHERE id < ? ORDER BY id DESC LIMIT 1",
            place
        )
        .fetch_optional(self.connection())
        .await
        .context("look for the end of the chain")?;
        match hash {
            None => Ok(Hash::NONE),
            Some(hash) => hash
                .and_then(|hash| Hash::recorded(&hash))
                .context("an entry without a hash stands before others that have one"),
        }
    }

    /// The last hash of the chain; [`Hash::NONE`] where the ledger is empty.
    pub async fn chain_head(&mut self) -> anyhow::Result<Hash> {
        self.hash_before(i64::MAX).await
    }

    /// Every entry about a plan that counts since an instant or before, in the order of the chain, each
    /// with its place in it.
    pub async fn chained_ledger(
        &mut self,
        plan: &str,
        until: DateTime<Utc>,
    ) -> anyhow::Result<Chained> {
        let mut sealed = BTreeMap::new();
        let links = self.links().await?;
        let mut contents = self.all_contents().await?;
        let mut previous = Hash::NONE;
        for link in links {
            let entry = (link.kind, link.number);
            let Some(hash) = link.hash else { continue };
            if let Some(content) = contents.remove(&entry) {
                sealed.insert(entry, (link.place, Sealed { previous, hash, content }));
            }
            previous = hash;
        }
        let mut entries = Vec::new();
        for entry in self.ledger(plan, until).await? {
            let place = sealed.remove(&(entry.kind, entry.number));
            let place = place.with_context(|| {
                format!("the {} {} is not in the chain", entry.kind.word(), entry.number)
            })?;
            entries.push((entry, place));
        }
        entries.sort_by_key(|(_, (place, _))| *place);
        let entries = entries.into_iter().map(|(entry, (_, sealed))| (entry, sealed)).collect();
        Ok(Chained { entries, head: previous })
    }

    /// The chain, in order.
    pub(super) async fn links(&mut self) -> anyhow::Result<Vec<Link>> {
        let rows =
            sqlx::query!("SELECT id, kind, number, hash FROM chain WHERE id > 0 ORDER BY id")
                .fetch_all(self.connection())
                .await
                .context("load the chain")?;
        let mut links = Vec::with_capacity(rows.len());
        for row in rows {
            links.push(Link {
                place: row.id,
                kind: kind(&row.kind)?,
                number: row.number,
                hash: row.hash.as_deref().and_then(Hash::recorded),
            });
        }
        Ok(links)
    }

    /// What every entry says, as it is hashed.
    pub(super) async fn all_contents(&mut self) -> anyhow::Result<BTreeMap<(Kind, i64), String>> {
        let mut all = BTreeMap::new();
        for kind in Kind::ALL {
            for (number, content) in self.contents(kind, i64::MIN, i64::MAX).await? {
                all.insert((kind, number), content);
            }
        }
        Ok(all)
    }

    /// What the entries of a kind say, from the first number to the last, as it is hashed.
    async fn contents(
        &mut self,
        kind: Kind,
        first: i64,
        last: i64,
    ) -> anyhow::Result<Vec<(i64, String)>> {
        let entries = self.whole_entries(kind, first, last).await?;
        Ok(entries.into_iter().map(|(number, entry)| (number, canonical(&entry))).collect())
    }

    /// Where the chain is known to hold a hash; none where it does not.
    pub(super) async fn place_of(&mut self, hash: Hash) -> anyhow::Result<Option<i64>> {
        let bytes = hash.as_bytes();
        sqlx::query_scalar!("SELECT id FROM chain WHERE hash = ? LIMIT 1", bytes)
            .fetch_optional(self.connection())
            .await
            .context("look for a hash in the chain")
    }
}

fn kind(word: &str) -> anyhow::Result<Kind> {
    Kind::from_word(word)
        .with_context(|| format!("the chain has an entry of an unknown kind, \"{word}\""))
}
