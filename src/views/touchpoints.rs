//! Where advocacy touched a deal, and whether that counts.

use crate::domain::touchpoint::{DealFacts, TouchpointFacts, judged};
use crate::output::{Sheet, Table};

/// What touched the deal, with the verdict on each.
pub(crate) fn table(touches: &[TouchpointFacts], deal: &DealFacts) -> Sheet {
    let reason = |touch| judged(touch, deal).1.err();
    Table::of(touches)
        .left("touch", "Touch", |touch| touch.kind.to_string())
        .left("on", "On", |touch| judged(touch, deal).0)
        .left("source", "From", |touch| &touch.source)
        .left("qualifies", "Qualifies", |touch| reason(touch).is_none())
        .left("reason", "Why not", |touch| {
            reason(touch).map(|reason| reason.to_string())
        })
        .empty("none")
}
