//! Questions in plain words.

use super::Asking;
use super::Failure;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::notice;

impl Asking<'_> {
    pub(super) async fn question(self, _tx: &mut Tx, _words: &str) -> Result<Answer, Failure> {
        Ok(Answer::Private(notice::not_understood(None, &[])))
    }
}
