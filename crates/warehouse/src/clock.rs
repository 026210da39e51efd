//! The present moment, and the digits that an instance id begins with. Dates are written by
//! [`odps::date`].

use odps::date::iso8601;
use std::time::{SystemTime, UNIX_EPOCH};
use wire::Millis;

/// The present moment.
pub(crate) fn now() -> Millis {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// `20261122145350123`: what an instance id begins with.
pub(crate) fn digits(at: Millis) -> String {
    iso8601(at).chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_id_begins_with_the_moment() {
        assert_eq!(super::digits(1_795_359_230_123), "20261122145350123");
    }
}
