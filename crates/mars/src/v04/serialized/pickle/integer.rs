//! Integers of any length, in bytes and in digits.

use super::Node;
use super::reader::Reader;
use crate::v04::serialized::Error;

impl Reader<'_> {
    /// A signed integer of any length, least byte first.
    pub(super) fn long(&mut self, length: usize) -> Result<(), Error> {
        let bytes = self.take(length)?;
        let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
        let node = if length <= 8 {
            let mut whole = if negative { [0xff; 8] } else { [0; 8] };
            for (to, from) in whole.iter_mut().zip(bytes) {
                *to = *from;
            }
            Node::Int(i64::from_le_bytes(whole))
        } else if length <= 16 {
            let mut whole = if negative { [0xff; 16] } else { [0; 16] };
            for (to, from) in whole.iter_mut().zip(bytes) {
                *to = *from;
            }
            let number = i128::from_le_bytes(whole);
            match i64::try_from(number) {
                Ok(number) => Node::Int(number),
                Err(_) => Node::BigInt(number.to_string().into()),
            }
        } else {
            Node::BigInt(
                decimal(bytes, negative)
                    .ok_or(Error::OutOfProportion)?
                    .into(),
            )
        };
        self.push(node);
        Ok(())
    }

    pub(super) fn decimal_line(&mut self) -> Result<(), Error> {
        let line = self.line()?.trim_end_matches('L');
        let node = match (line, line.parse::<i64>()) {
            ("00", _) => Node::Bool(false),
            ("01", _) => Node::Bool(true),
            (_, Ok(number)) => Node::Int(number),
            (_, Err(_)) => {
                let digits = line.strip_prefix('-').unwrap_or(line);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(self.malformed("no integer"));
                }
                Node::BigInt(line.into())
            }
        };
        self.push(node);
        Ok(())
    }
}

/// The decimal text of a long integer; the work is quadratic, so the length has a bound.
pub(super) fn decimal(bytes: &[u8], negative: bool) -> Option<String> {
    if bytes.len() > 4096 {
        return None;
    }
    let mut magnitude: Vec<u8> = bytes.to_vec();
    if negative {
        let mut carry = true;
        for byte in &mut magnitude {
            let (value, more) = (!*byte).overflowing_add(u8::from(carry));
            (*byte, carry) = (value, more);
        }
    }
    let mut digits = Vec::new();
    while magnitude.iter().any(|&byte| byte != 0) {
        let mut rest = 0u32;
        for byte in magnitude.iter_mut().rev() {
            let value = rest << 8 | u32::from(*byte);
            *byte = u8::try_from(value / 10).ok()?;
            rest = value % 10;
        }
        digits.push(char::from(b'0' + u8::try_from(rest).ok()?));
    }
    if digits.is_empty() {
        digits.push('0');
    }
    let sign = if negative { "-" } else { "" };
    Some(sign.chars().chain(digits.into_iter().rev()).collect())
}
