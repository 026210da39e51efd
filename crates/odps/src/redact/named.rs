//! Credentials that are named beside their value: items of an address, settings as XML, JSON (also
//! JSON within a text) and `set key=value`, elements, headers.

use std::borrow::Cow;
use std::ops::Range;

use super::MARK;

/// How the name of a credential ends, in small letters, without `.`, `_` and `-`.
const ENDS: [&str; 13] = [
    "accessid",
    "accesskey",
    "accesskeyid",
    "accesskeysecret",
    "secretkey",
    "secret",
    "token",
    "signature",
    "password",
    "passwd",
    "authorization",
    "credential",
    "credentials",
];

/// Words that say how the next word proves who asks.
const SCHEMES: [&str; 3] = ["ODPS", "Bearer", "Basic"];

/// Every value of a named credential replaced.
pub(super) fn redact(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let (mut out, mut done, mut at) = (String::new(), 0, 0);
    while at < bytes.len() {
        let start = at;
        while bytes.get(at).is_some_and(|byte| is_name(*byte)) {
            at += 1;
        }
        if at == start {
            at += 1;
        } else if is_credential(&text[start..at]) {
            let opened = start > 0 && bytes[start - 1] == b'<';
            let found = match opened {
                true => element(text, at),
                false => beside(text, at),
            };
            if let Some(value) = found.filter(|value| &text[value.clone()] != MARK) {
                out.push_str(&text[done..value.start]);
                out.push_str(MARK);
                (done, at) = (value.end, value.end);
            }
        }
    }
    match done {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(out + &text[done..]),
    }
}

/// Whether a name says that its value is a credential.
pub(super) fn is_credential(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '.' | '_' | '-'))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    ENDS.iter().any(|end| plain.ends_with(end))
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

/// `<Token>value</Token>`, from behind the name.
fn element(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + text[at..].find('>')? + 1;
    let end = start + text[start..].find("</")?;
    let plain = !text[start..end].contains('<') || text[start..end].starts_with("<![CDATA[");
    (plain && start < end).then_some(start..end)
}

/// What belongs to a name that ends at `at`.
fn beside(text: &str, at: usize) -> Option<Range<usize>> {
    let at = at + quote(&text[at..]).map_or(0, str::len);
    let rest = &text[at..];
    if rest.starts_with("</") {
        // <Name>…</Name> <Value>…</Value>
        let next = at + rest.find('>')? + 1;
        let value = next + blank(&text[next..]);
        let opens = text[value..].starts_with("<Value") || text[value..].starts_with("<value");
        return opens.then(|| element(text, value)).flatten();
    }
    let at = at + blank(rest);
    let at = match separator(&text[at..]) {
        Some(width) => at + width,
        None => at + item(&text[at..])?,
    };
    let spaced = blank(&text[at..]);
    let at = at + spaced;
    match quote(&text[at..]) {
        Some(opening) => {
            let start = at + opening.len();
            let end = start + closing(&text[start..], opening);
            (start < end).then_some(start..end)
        }
        None => word(text, at),
    }
}

/// A value without quotes.
fn word(text: &str, at: usize) -> Option<Range<usize>> {
    let ends = |c: char| c.is_whitespace() || "&\"'<>;,(){}[]\\#".contains(c);
    let length = |at: usize| text[at..].find(ends).unwrap_or(text.len() - at);
    let mut end = at + length(at);
    if SCHEMES.contains(&&text[at..end]) && text[end..].starts_with(' ') {
        end += 1 + length(end + 1);
    }
    let empty = matches!(&text[at..end], "" | "null" | "true" | "false" | "None");
    (!empty).then_some(at..end)
}

/// How wide the sign between a name and its value is.
fn separator(text: &str) -> Option<usize> {
    ["=>", "=", ":", "%3D", "%3d"]
        .iter()
        .find(|sign| text.starts_with(**sign))
        .map(|sign| sign.len())
}

/// `, "value":` between the name of a setting and what it is set to.
fn item(text: &str) -> Option<usize> {
    let mut at = 1 + blank(text.strip_prefix(',')?);
    at += quote(&text[at..])?.len();
    let name = text.get(at..at + 5)?;
    at += name.eq_ignore_ascii_case("value").then_some(5)?;
    at += quote(&text[at..])?.len();
    at += blank(&text[at..]);
    Some(at + text[at..].strip_prefix(':').map(|_| 1)?)
}

/// The quotation mark that a text begins with, with the backslashes before it.
fn quote(text: &str) -> Option<&str> {
    let slashes = text.bytes().take_while(|byte| *byte == b'\\').count();
    ["\"", "'", "&quot;", "&#34;", "%22"]
        .iter()
        .find(|mark| text[slashes..].starts_with(**mark))
        .map(|mark| &text[..slashes + mark.len()])
}

/// Where a quoted value ends: at the same mark with no more backslashes before it.
fn closing(text: &str, mark: &str) -> usize {
    let bytes = text.as_bytes();
    text.match_indices(mark)
        .map(|(at, _)| at)
        .find(|at| *at == 0 || bytes[at - 1] != b'\\')
        .unwrap_or(text.len())
}

fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn named_credentials_go() {
        let table = [
            ("?h=1&token=ab%3D&i=2", "?h=1&token=***&i=2"),
            ("set odps.access.key = k;", "set odps.access.key = ***;"),
            (
                "<Name>odps.access.id</Name>\n  <Value>k</Value>",
                "<Name>odps.access.id</Name>\n  <Value>***</Value>",
            ),
            (
                "<SecurityToken><![CDATA[k]]></SecurityToken>",
                "<SecurityToken>***</SecurityToken>",
            ),
            (
                r#"{"odps.access.key": "a\"k", "b": 1}"#,
                r#"{"odps.access.key": "***", "b": 1}"#,
            ),
            (
                r#""{\"odps.access.key\":\"k\",\"b\":1}""#,
                r#""{\"odps.access.key\":\"***\",\"b\":1}""#,
            ),
            (
                r#"{"key": "odps.access.key", "value": "k"}"#,
                r#"{"key": "odps.access.key", "value": "***"}"#,
            ),
            (
                "{&quot;sts_token&quot;:&quot;k&quot;}",
                "{&quot;sts_token&quot;:&quot;***&quot;}",
            ),
            ("Authorization: ODPS id:sig\nx", "Authorization: ***\nx"),
            (
                "account='a', secret_access_key='令'",
                "account='a', secret_access_key='***'",
            ),
            ("access_key=", "access_key="),
            (
                r#"{"Authorization": {"Policy": 1}}"#,
                r#"{"Authorization": {"Policy": 1}}"#,
            ),
            ("<Token><A>1</A></Token>", "<Token><A>1</A></Token>"),
        ];
        for (before, after) in table {
            assert_eq!(redact(before), after);
        }
    }
}
