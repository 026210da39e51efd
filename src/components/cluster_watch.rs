//! The clusters of the account, read as long as a component lives.

use crate::api::clusters::{self, Entry};
use crate::api::{Polled, every, target};
use crate::state::profile::Profile;

/// How often the list is read.
const PAUSE: u64 = 10_000;

/// Reads the clusters as long as the component lives.
pub fn watch() -> Polled<Vec<Entry>> {
    let profile = Profile::expect();
    every(PAUSE, move || {
        let connection = profile.now();
        async move { clusters::list(&target(connection).await?).await }
    })
}
