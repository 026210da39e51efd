//! `application/x-www-form-urlencoded`, in queries and bodies.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What Python's `quote_plus` leaves as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Encodes pairs; a space becomes `+`.
pub(super) fn encode(pairs: &[(&str, &str)]) -> String {
    let piece = |text: &str| {
        utf8_percent_encode(text, KEPT)
            .to_string()
            .replace("%20", "+")
    };
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", piece(name), piece(value)))
        .collect();
    pairs.join("&")
}

/// One segment of a path.
pub(super) fn segment(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

/// Decodes a segment of a path; bytes that are no UTF-8 are replaced.
pub(super) fn decode_segment(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Decoded pairs, with the white space around values stripped as tornado does.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn parse(text: &str) -> Self {
        let piece = |text: &str| decode_segment(&text.replace('+', " "));
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (piece(name), piece(value).trim().to_owned())
        });
        Self(pairs.collect())
    }

    /// The last value of this name, as tornado takes it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, encode};

    #[test]
    fn pairs_come_back() {
        let text = encode(&[("graph", "{\"a\": 1}&b=+%"), ("names", ""), ("中", "文 字")]);
        assert_eq!(
            text,
            "graph=%7B%22a%22%3A+1%7D%26b%3D%2B%25&names=&%E4%B8%AD=%E6%96%87+%E5%AD%97"
        );
        let fields = Fields::parse(&text);
        assert_eq!(fields.get("graph"), Some("{\"a\": 1}&b=+%"));
        assert_eq!(fields.get("names"), Some(""));
        assert_eq!(fields.get("中"), Some("文 字"));
        assert_eq!(fields.get("compose"), None);
    }

    #[test]
    fn odd_queries_do_no_harm() {
        let fields = Fields::parse("&&a&b=1&b=2&%zz=%");
        assert_eq!(fields.get("a"), Some(""));
        assert_eq!(fields.get("b"), Some("2"));
        assert_eq!(fields.get("%zz"), Some("%"));
    }
}
