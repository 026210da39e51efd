//! Words that are credentials by their look, and words that are base64 of something that holds one.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use prost::Message;

use super::{MARK, message, within};
use crate::cupid::proto::CupidTaskDetailResultParam;

/// Shorter words hold nothing.
const SHORTEST: usize = 16;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

/// Every such word replaced, or packed again without what it held.
pub(super) fn redact(text: &str, depth: u8) -> Cow<'_, str> {
    if text.trim().contains('\n')
        && text
            .bytes()
            .all(|b| is_word(b) || b.is_ascii_whitespace() || b == b'=')
    {
        // A long packed text has line breaks.
        let joined: String = text.split_ascii_whitespace().collect();
        if let Some(clean) = word(&joined, depth) {
            return Cow::Owned(clean);
        }
    }
    let bytes = text.as_bytes();
    let (mut out, mut done, mut at) = (String::new(), 0, 0);
    while at < bytes.len() {
        let start = at;
        while bytes.get(at).is_some_and(|byte| is_word(*byte)) {
            at += 1;
        }
        // A full stop at the end belongs to the sentence.
        at -= bytes[start..at]
            .iter()
            .rev()
            .take_while(|b| **b == b'.')
            .count();
        let padded = bytes[at..]
            .iter()
            .take(2)
            .take_while(|b| **b == b'=')
            .count();
        if at == start {
            at += 1;
            continue;
        }
        if at - start >= SHORTEST
            && let Some(clean) = word(&text[start..at + padded], depth)
        {
            out.push_str(&text[done..start]);
            out.push_str(&clean);
            at += padded;
            done = at;
        }
    }
    match done {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(out + &text[done..]),
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-' | b'.')
}

/// What to write for a word that holds a credential.
fn word(word: &str, depth: u8) -> Option<String> {
    let key_id = word.starts_with("LTAI") && word.bytes().all(|b| b.is_ascii_alphanumeric());
    let signed = word.starts_with("eyJ") && word.matches('.').count() == 2;
    if key_id || signed || word.starts_with("STS.") {
        return Some(MARK.to_owned());
    }
    let engine = match word.contains(['-', '_']) {
        true => &URL,
        false => &PLAIN,
    };
    let bytes = engine.decode(word).ok()?;
    if is_bearer(&bytes) {
        return Some(MARK.to_owned());
    }
    unpacked(&bytes, depth).map(|clean| engine.encode(clean))
}

/// The third field of a bearer token is the second at which it ends.
fn is_bearer(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut fields = text.split(',');
    let ends = fields
        .nth(2)
        .and_then(|field| field.trim().parse::<u64>().ok());
    ends.is_some_and(|ends| ends > 1_000_000_000) && fields.next().is_some()
}

/// What was packed, without the credentials that it held; nothing if it held none.
fn unpacked(bytes: &[u8], depth: u8) -> Option<Vec<u8>> {
    let depth = depth.checked_sub(1)?;
    // The result of a task that asked for a token is the token.
    if let Ok(mut detail) = CupidTaskDetailResultParam::decode(bytes)
        && detail.encode_to_vec() == bytes
        && let Some(success) = &mut detail.success
    {
        MARK.clone_into(&mut success.success_msg);
        return Some(detail.encode_to_vec()).filter(|clean| clean != bytes);
    }
    if let Some(clean) = message::redact(bytes, depth) {
        return Some(clean);
    }
    match within(std::str::from_utf8(bytes).ok()?, depth) {
        Cow::Owned(clean) => Some(clean.into_bytes()),
        Cow::Borrowed(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use wire::Secret;

    use super::{MARK, redact};
    use crate::authorization::token;
    use crate::sign::Account;

    #[test]
    fn credentials_are_known_by_their_look() {
        let account = Account {
            access_id: "ID".into(),
            access_key: Secret::new("KEY"),
        };
        let token = token::issue(&account, &serde_json::json!({}), 1_769_817_600_000);
        let said = format!("see {} or LTAI5tFakeFakeFake0001.", token.expose());
        assert_eq!(redact(&said, 4), format!("see {MARK} or {MARK}."));
        let plain = "MARS_TASK_c21f969b5f03d33d43e04f8f136e7682 20261122093000123g1a2b3c";
        assert_eq!(redact(plain, 4), plain);
    }

    #[test]
    fn packed_text_is_packed_again() {
        let packed = |text: &str| STANDARD.encode(text);
        let before = packed(&packed("odps.access.key=0123456789&other=1"));
        let after = packed(&packed("odps.access.key=***&other=1"));
        assert_eq!(redact(&before, 4), after);
    }
}
