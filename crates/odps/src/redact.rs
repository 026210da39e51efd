//! Taking credentials out of what the service said, so that it may be kept and passed on.
//!
//! Three ways lead to one: by its name (`odps.access.key`, `token=`, `<SecurityToken>`), by its look
//! (an access key id, a bearer token), and inside packed text (base64 of a plan, of a task's detail,
//! of text). When in doubt it is taken out: a condition of a query on a column `token` loses its value.

use std::borrow::Cow;

mod message;
mod named;
mod packed;

/// What stands where a credential was.
pub const MARK: &str = "***";

/// How many times packed text is looked for in packed text.
const DEPTH: u8 = 4;

/// The text without the credentials that it holds.
pub fn text(text: &str) -> String {
    within(text, DEPTH).into_owned()
}

fn within(text: &str, depth: u8) -> Cow<'_, str> {
    match named::redact(text) {
        Cow::Owned(named) => Cow::Owned(packed::redact(&named, depth).into_owned()),
        Cow::Borrowed(same) => packed::redact(same, depth),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::text;

    #[test]
    fn a_query_stays_as_it_is() {
        let query = "<Query><![CDATA[select a, token_count from t where d = 'secretive' \
                     and /* 令牌 token */ b > 3;]]></Query>";
        assert_eq!(text(query), query);
    }

    proptest! {
        #[test]
        fn noise_is_no_panic(noise in ".{0,200}") {
            text(&noise);
        }

        #[test]
        fn names_in_noise_are_no_panic(before in ".{0,9}", between in ".{0,9}", after in ".{0,30}") {
            text(&format!("{before}token{between}=\"{after}"));
            text(&format!("<token{between}>{after}</{before}"));
            text(&format!("odps.access.key{between}</{before}<Value>{after}"));
        }

        #[test]
        fn what_was_redacted_stays(noise in "(token=|<Token>|\"access_key\": ?\"|[a-z &<>/\"\\\\]){0,12}") {
            let once = text(&noise);
            prop_assert_eq!(text(&once), once);
        }
    }
}
