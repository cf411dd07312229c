//! Questions in plain words.

use super::Asking;
use super::Failure;
use super::OrBroken;
use crate::action::Ref;
use crate::partnership::Partnership;
use crate::plan::Area;
use crate::question::Names;
use crate::question::Understood;
use crate::question::examples;
use crate::question::understand;
use crate::request::Ask;
use crate::request::command::message::message_named;
use crate::request::command::named;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::Card;
use crate::view::help;
use crate::view::notice;

impl Asking<'_> {
    /// Answers a question, beginning with how it was read; or says what stands in the way.
    pub(super) async fn question(self, tx: &mut Tx, words: &str) -> Result<Answer, Failure> {
        let answer = match self.understood(tx, words).await? {
            Understood::Asked { ask, reading } => self.asked(tx, &ask, &reading).await?,
            Understood::Ambiguous { word, options } => {
                Answer::Private(notice::ambiguous(&word, &options))
            }
            Understood::Unknown { why, did_you_mean } => {
                Answer::Private(notice::not_understood(&why, &did_you_mean))
            }
        };
        Ok(answer)
    }

    /// What can be asked, with examples in this partnership's own names; or one command.
    pub(super) async fn help_on(self, tx: &mut Tx, topic: Option<&str>) -> Result<Card, Failure> {
        let Some(topic) = topic else {
            let (areas, actions) = self.named_things(tx).await?;
            return Ok(help::overview(&examples(&self.names(&areas, &actions))));
        };
        if let Ok(command) = message_named(topic.trim()) {
            return Ok(help::message_topic(command));
        }
        let command = named(topic.trim().trim_start_matches('/').to_lowercase().as_str())?;
        Ok(help::topic(command))
    }

    async fn understood(self, tx: &mut Tx, words: &str) -> Result<Understood, Failure> {
        let (areas, actions) = self.named_things(tx).await?;
        Ok(understand(words, &self.names(&areas, &actions)))
    }

    async fn named_things(self, tx: &mut Tx) -> Result<(Vec<Area>, Vec<(Ref, String)>), Failure> {
        let areas = tx.areas().await.or_broken("load the areas")?;
        let actions = self.actions(tx, None).await?;
        let actions = actions.into_iter().map(|action| (action.reference, action.title));
        Ok((areas, actions.collect()))
    }

    fn names<'n>(&'n self, areas: &'n [Area], actions: &'n [(Ref, String)]) -> Names<'n> {
        let Partnership { bodies, themes, .. } = self.partnership;
        Names { bodies, areas, themes, actions }
    }

    async fn asked(self, tx: &mut Tx, ask: &Ask, reading: &str) -> Result<Answer, Failure> {
        let answer = match ask {
            // In a channel everybody sees the answer to a question, so there is nothing to share.
            Ask::Overdue(ask) => self.shared_attention(tx, ask).await.map(Answer::Private)?,
            Ask::Action { action } => self.action_to_all(tx, action).await.map(Answer::Private)?,
            ask => self.plain(tx, ask).await?,
        };
        Ok(match answer {
            Answer::Private(card) => Answer::Private(opening_with(reading, card)),
            Answer::Several(first, rest) => Answer::Several(opening_with(reading, first), rest),
            other => other,
        })
    }
}

fn opening_with(reading: &str, card: Card) -> Card {
    let reading = notice::read_as(reading);
    if !card.above.is_empty() {
        // The card is the very one that is sent, and has its note above it.
        return Card { above: format!("{reading}\n{}", card.above), ..card };
    }
    let text = if card.text.is_empty() { reading } else { format!("{reading}\n{}", card.text) };
    Card { text, ..card }
}
