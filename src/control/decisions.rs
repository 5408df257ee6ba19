//! The decisions of a person, for `export --decisions` and for `import`.

use super::{Answer, End, Record};
use crate::clock;
use crate::model::ByHand;
use crate::store::{Store, StoreError};

pub(super) async fn list(store: Option<&Store>) -> Result<Answer, StoreError> {
    let decisions = match store {
        Some(store) => store.decisions_by_hand().await?,
        None => Vec::new(),
    };
    Ok(Answer::Records(decisions.into_iter().map(|decision| Record::Decision(Box::new(decision))).collect()))
}

pub(super) async fn take_over(decisions: &[ByHand], store: Option<&Store>) -> Result<Answer, StoreError> {
    let Some(store) = store else {
        return Ok(Answer::Refused(End::failed(1, "there is no database that could take the decisions over")));
    };
    let taken = store.decide_by_hand(decisions.to_vec(), clock::now()).await?;
    Ok(Answer::Records(vec![Record::TakenOver(taken)]))
}
