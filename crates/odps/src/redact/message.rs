//! Credentials in a protobuf message, known or not: settings whose name says so, and texts. Bytes
//! around them stay as they are.

use super::named::is_credential;
use super::{MARK, within};
use crate::cupid::plan::{fields, write};

/// The name and the value of a setting.
const NAME: u32 = 1;
const VALUE: u32 = 2;

/// The message without its credentials; nothing if it holds none or is no message.
pub(super) fn redact(message: &[u8], depth: u8) -> Option<Vec<u8>> {
    let fields = fields(message).ok()?;
    let secret = fields.iter().any(|field| {
        field.number == NAME && std::str::from_utf8(field.content).is_ok_and(is_credential)
    });
    let mut out = Vec::with_capacity(message.len());
    for field in &fields {
        let clean = match secret && field.number == VALUE {
            true => Some(MARK.as_bytes().to_vec()),
            false => content(field.content, depth),
        };
        match clean {
            Some(clean) => write(&mut out, field.number, &clean),
            None => out.extend_from_slice(field.whole),
        }
    }
    Some(out).filter(|clean| clean != message)
}

fn content(content: &[u8], depth: u8) -> Option<Vec<u8>> {
    let deeper = depth.checked_sub(1)?;
    if content.is_empty() {
        return None;
    }
    redact(content, deeper).or_else(|| {
        let text = std::str::from_utf8(content).ok()?;
        let clean = within(text, deeper);
        (clean != text).then(|| clean.into_owned().into_bytes())
    })
}
