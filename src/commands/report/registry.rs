//! All reports: `report NAME`, its help, the dashboard and the pack follow from this list. A new one is a file beside
//! this, an entry here, its schema in `docs/schemas/` and its section in `docs/metrics.md`.

use super::kind::Kind;
use super::{
    acceptance, activation, coverage, experience, fill, flywheel, influence, load, nominations,
    nps, pool, reciprocity, retention, reviews,
};

/// All reports, in the order of the dashboard and the pack.
pub(super) static REPORTS: [Kind; 14] = [
    pool::KIND,
    activation::KIND,
    fill::KIND,
    reviews::KIND,
    influence::KIND,
    acceptance::KIND,
    load::KIND,
    reciprocity::KIND,
    experience::KIND,
    nps::KIND,
    flywheel::KIND,
    coverage::KIND,
    nominations::KIND,
    retention::KIND,
];
