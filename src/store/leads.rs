//! Who answers for actions: as printed, and the bodies that is understood to mean.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Tx;
use super::actions::Numbers;
use super::column;
use crate::action::ActionId;
use crate::action::Lead;
use crate::body::BodyId;

impl Tx {
    /// The leads of actions, each action's in its order.
    pub(super) async fn leads_of(
        &mut self,
        actions: Numbers,
    ) -> anyhow::Result<BTreeMap<ActionId, Vec<Lead>>> {
        let rows = sqlx::query!(
            "SELECT leads.id, leads.action_id, leads.printed, lead_bodies.body_id AS \"body_id?\"
             FROM leads LEFT JOIN lead_bodies ON lead_bodies.lead_id = leads.id
             WHERE leads.action_id BETWEEN ? AND ?
             ORDER BY leads.action_id, leads.position, lead_bodies.position",
            actions.first,
            actions.last
        )
        .fetch_all(self.connection())
        .await
        .context("load the leads")?;
        let mut leads: BTreeMap<_, Vec<Lead>> = BTreeMap::new();
        let mut last = None;
        for row in rows {
            let of_action = leads.entry(ActionId(row.action_id)).or_default();
            if last.replace(row.id) != Some(row.id) {
                of_action.push(Lead { printed: row.printed, bodies: Vec::new() });
            }
            if let Some(lead) = of_action.last_mut() {
                lead.bodies.extend(row.body_id.map(BodyId));
            }
        }
        Ok(leads)
    }

    pub(super) async fn add_leads(
        &mut self,
        action: ActionId,
        leads: &[Lead],
    ) -> anyhow::Result<()> {
        for (position, lead) in column::placed(leads) {
            let id = sqlx::query!(
                "INSERT INTO leads (action_id, position, printed) VALUES (?, ?, ?)",
                action.0,
                position,
                lead.printed
            )
            .execute(self.connection())
            .await
            .with_context(|| format!("record its lead {}", lead.printed))?
            .last_insert_rowid();
            for (position, body) in column::placed(&lead.bodies) {
                sqlx::query!(
                    "INSERT INTO lead_bodies (lead_id, position, body_id) VALUES (?, ?, ?)",
                    id,
                    position,
                    body.0
                )
                .execute(self.connection())
                .await
                .with_context(|| format!("record the bodies of its lead {}", lead.printed))?;
            }
        }
        Ok(())
    }
}
