//! The scales on which people answer: that of the NPS, and those of other questions (`docs/import.md`, other scales).

use serde::{Deserialize, Serialize};

use super::words::words;

words! {
    /// The numbers among which people chose.
    #[derive(Serialize, Deserialize)]
    pub enum Scale is "a scale" {
        /// The question of the NPS.
        #[serde(rename = "0-10")]
        ZeroToTen = "0-10",
        /// Stars, satisfaction.
        #[serde(rename = "1-5")]
        OneToFive = "1-5",
        /// Effort, satisfaction.
        #[serde(rename = "1-7")]
        OneToSeven = "1-7",
    }
}
