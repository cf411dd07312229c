//! Who answers for actions: as printed, and the bodies that is understood to mean.

use std::collections::BTreeMap;

use anyhow::Context;

use super::Tx;
use super::actions::Numbers;
use super::actions::Set;
use super::column;
use crate::action::ActionId;
use crate::action::Lead;
use crate::body::BodyId;
use crate::body::Person;

impl Tx {
    /// The leads of actions at the end of an instant, each action's in its order.
    pub(super) async fn leads_of(
        &mut self,
        actions: Numbers,
        until: i64,
    ) -> anyhow::Result<BTreeMap<ActionId, Vec<Lead>>> {
        let rows = sqlx::query!(
            r#"SELECT leads.id, actions.id AS action_id, leads.printed,
                 lead_bodies.body_id AS "body_id?"
             FROM actions
             JOIN leads ON leads.leadership_id = (
                 SELECT answers.id FROM leaderships AS answers
                 WHERE answers.action_id = actions.id AND answers.set_at <= ?1
                 ORDER BY answers.set_at DESC, answers.id DESC LIMIT 1
             )
             LEFT JOIN lead_bodies ON lead_bodies.lead_id = leads.id
             WHERE actions.id BETWEEN ?2 AND ?3
             ORDER BY actions.id, leads.position, lead_bodies.position"#,
            until,
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

    /// Writes down who answers for an action from now on, and who says so.
    pub async fn set_leads(
        &mut self,
        action: ActionId,
        leads: &[Lead],
        by: &Person,
    ) -> anyhow::Result<()> {
        let set = Set { at: self.now, import: None, by: Some(by.id) };
        self.add_leads(action, leads, set).await
    }

    /// Writes down who answers for an action from an instant on; nobody, if there are none.
    pub(super) async fn add_leads(
        &mut self,
        action: ActionId,
        leads: &[Lead],
        set: Set,
    ) -> anyhow::Result<()> {
        let (set_at, import) = (column::millis(set.at), set.import_number());
        let (now, person) = (column::millis(self.now), set.person_number());
        let leadership = sqlx::query!(
            "INSERT INTO leaderships (action_id, set_at, recorded_at, import_id, person_id)
             VALUES (?, ?, ?, ?, ?)",
            action.0,
            set_at,
            now,
            import,
            person
        )
        .execute(self.connection())
        .await
        .context("record who answers for it")?
        .last_insert_rowid();
        for (position, lead) in column::placed(leads) {
            let id = sqlx::query!(
                "INSERT INTO leads (leadership_id, position, printed) VALUES (?, ?, ?)",
                leadership,
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
