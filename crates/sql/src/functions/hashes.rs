//! Digests and encodings of bytes.

use arrow::array::{Array, ArrayRef, AsArray};
use md5::{Digest, Md5};
use odps::types::Type;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::scalar::{Call, Function, Gives, Param};
use super::strings::{at, each, number};
use crate::convert::{Bad, convert};
use crate::error::SqlError;

use Param::{Any, Bigint, Text};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("md5", &[Any], Gives::Text, digest::<Md5>),
    Function::new("sha1", &[Any], Gives::Text, digest::<Sha1>).aliases(&["sha"]),
    Function::new("sha2", &[Text, Bigint], Gives::Text, sha2_of),
    Function::new("hex", &[Any], Gives::Text, |c| {
        bytes(c, |bytes| hex(bytes).to_uppercase())
    }),
    Function::new("base64", &[Any], Gives::Text, |c| bytes(c, base64)),
    Function::new("crc32", &[Text], Gives::Bigint, |c| {
        let sums = (0..c.rows).map(|row| at(c, 0, row).map(|text| crc32(text.as_bytes())));
        Ok(std::sync::Arc::new(
            sums.collect::<arrow::array::Int64Array>(),
        ))
    }),
    Function::new("url_encode", &[Text, Text], Gives::Text, url_encode).least(1),
    Function::new("url_decode", &[Text, Text], Gives::Text, url_decode).least(1),
];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(call: &Call<'_>, make: impl Fn(&[u8]) -> String) -> Result<ArrayRef, SqlError> {
    if let Some(binary) = call.args[0].as_binary_opt::<i32>() {
        return each(call, |row| {
            Ok(binary.is_valid(row).then(|| make(binary.value(row))))
        });
    }
    let text = convert(
        &call.args[0],
        &call.fields[0],
        &Type::String,
        &call.way(Bad::Error),
    )?;
    let text = text.as_string::<i32>();
    each(call, |row| {
        Ok(text.is_valid(row).then(|| make(text.value(row).as_bytes())))
    })
}

fn digest<D: Digest>(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    bytes(call, |bytes| hex(D::digest(bytes).as_slice()))
}

fn sha2_of(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let Some((text, bits)) = at(call, 0, row).zip(number(call, 1, row)) else {
            return Ok(None);
        };
        let text = text.as_bytes();
        Ok(Some(match bits {
            224 => hex(Sha224::digest(text).as_slice()),
            0 | 256 => hex(Sha256::digest(text).as_slice()),
            384 => hex(Sha384::digest(text).as_slice()),
            512 => hex(Sha512::digest(text).as_slice()),
            _ => return Ok(None),
        }))
    })
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let all = chunk
            .iter()
            .fold(0_u32, |all, byte| (all << 8) | u32::from(*byte));
        let all = all << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let index = usize::try_from((all >> (18 - 6 * at)) & 63).unwrap_or(0);
            text.push(match at <= chunk.len() {
                true => char::from(ALPHABET[index]),
                false => '=',
            });
        }
    }
    text
}

/// The checksum of zip files.
fn crc32(bytes: &[u8]) -> i64 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = match crc & 1 {
                1 => (crc >> 1) ^ 0xedb8_8320,
                _ => crc >> 1,
            };
        }
    }
    i64::from(!crc)
}

fn url_encode(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        Ok(at(call, 0, row).map(|text| {
            let one = |byte: u8| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'*' => {
                    char::from(byte).to_string()
                }
                b' ' => "+".to_owned(),
                other => format!("%{other:02X}"),
            };
            text.bytes().map(one).collect()
        }))
    })
}

fn url_decode(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        Ok(at(call, 0, row).map(|text| {
            let mut bytes = Vec::with_capacity(text.len());
            let mut rest = text.as_bytes();
            while let Some((first, after)) = rest.split_first() {
                let code = after
                    .get(..2)
                    .and_then(|code| std::str::from_utf8(code).ok())
                    .and_then(|code| u8::from_str_radix(code, 16).ok());
                match (first, code) {
                    (b'%', Some(code)) => {
                        bytes.push(code);
                        rest = &after[2..];
                    }
                    (b'+', _) => {
                        bytes.push(b' ');
                        rest = after;
                    }
                    _ => {
                        bytes.push(*first);
                        rest = after;
                    }
                }
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }))
    })
}
