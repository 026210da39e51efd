//! Finding text in text, and parts by their number or key.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};

use super::super::scalar::Call;
use super::{at, each, number};
use crate::error::SqlError;

/// Where the part is, from 1; 0 if it is not there. Then from which place on, and which of several.
pub(super) fn instr(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let found: Result<Vec<Option<i64>>, SqlError> = (0..call.rows)
        .map(|row| {
            let Some((text, part)) = at(call, 0, row).zip(at(call, 1, row)) else {
                return Ok(None);
            };
            let given = |arg: usize| match call.args.len() > arg {
                true => number(call, arg, row),
                false => Some(1),
            };
            let (Some(start), Some(nth)) = (given(2), given(3)) else {
                return Ok(None);
            };
            if nth < 1 || start == 0 {
                return Err(SqlError::argument(
                    "in function instr, the start must not be 0 and the number must be positive",
                ));
            }
            Ok(Some(place(text, part, start, nth)))
        })
        .collect();
    Ok(Arc::new(Int64Array::from(found?)))
}

pub(super) fn locate(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let found = (0..call.rows).map(|row| {
        let (part, text) = at(call, 0, row).zip(at(call, 1, row))?;
        let start = match call.args.len() {
            2 => 1,
            _ => number(call, 2, row)?,
        };
        Some(if start < 1 {
            0
        } else {
            place(text, part, start, 1)
        })
    });
    Ok(Arc::new(found.collect::<Int64Array>()))
}

fn place(text: &str, part: &str, start: i64, nth: i64) -> i64 {
    let text: Vec<char> = text.chars().collect();
    let part: Vec<char> = part.chars().collect();
    let here = |at: &usize| text[*at..].starts_with(&part);
    let size = text.len();
    let nth = usize::try_from(nth - 1).unwrap_or(usize::MAX);
    let found = match usize::try_from(start) {
        Ok(start) => (start - 1..=size.max(start - 1))
            .filter(|at| *at <= size)
            .filter(here)
            .nth(nth),
        Err(_) => {
            let back = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
            match size.checked_sub(back) {
                Some(last) => (0..=last).rev().filter(here).nth(nth),
                None => None,
            }
        }
    };
    found.map_or(0, |at| i64::try_from(at + 1).unwrap_or(i64::MAX))
}

pub(super) fn find_in_set(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let found = (0..call.rows).map(|row| {
        let (word, list) = at(call, 0, row).zip(at(call, 1, row))?;
        let place = list.split(',').position(|item| item == word);
        i64::try_from(place.map_or(0, |place| place + 1)).ok()
    });
    Ok(Arc::new(found.collect::<Int64Array>()))
}

/// The parts from one number to another, with the separator between them.
pub(super) fn split_part(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let (Some(text), Some(separator), Some(start)) =
            (at(call, 0, row), at(call, 1, row), number(call, 2, row))
        else {
            return Ok(None);
        };
        let end = match call.args.len() {
            3 => start,
            _ => match number(call, 3, row) {
                Some(end) => end,
                None => return Ok(None),
            },
        };
        if separator.is_empty() {
            return Ok(Some(text.to_owned()));
        }
        let parts: Vec<&str> = text.split(separator).collect();
        let size = i64::try_from(parts.len()).unwrap_or(i64::MAX);
        // A negative number counts from the end.
        let from = if start < 0 { size + start } else { start - 1 };
        let to = if end < 0 { size + end } else { end - 1 };
        if start == 0 || from > to || from >= size || to < 0 {
            return Ok(Some(String::new()));
        }
        let from = usize::try_from(from.max(0)).unwrap_or(0);
        let to = usize::try_from(to.min(size - 1)).unwrap_or(0);
        Ok(Some(parts[from..=to].join(separator)))
    })
}

pub(super) fn substring_index(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let (Some(text), Some(separator), Some(count)) =
            (at(call, 0, row), at(call, 1, row), number(call, 2, row))
        else {
            return Ok(None);
        };
        if separator.is_empty() {
            return Ok(Some(String::new()));
        }
        let parts: Vec<&str> = text.split(separator).collect();
        let wanted = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
        let wanted = wanted.min(parts.len());
        Ok(Some(match count >= 0 {
            true => parts[..wanted].join(separator),
            false => parts[parts.len() - wanted..].join(separator),
        }))
    })
}

/// `keyvalue('a:1;b:2', 'b')`, also with both separators before the key.
pub(super) fn keyvalue(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let (pairs, inner, key) = match call.args.len() {
            2 => (Some(";"), Some(":"), at(call, 1, row)),
            _ => (at(call, 1, row), at(call, 2, row), at(call, 3, row)),
        };
        let (Some(text), Some(pairs), Some(inner), Some(key)) =
            (at(call, 0, row), pairs, inner, key)
        else {
            return Ok(None);
        };
        let found = text
            .split(pairs)
            .filter_map(|pair| pair.split_once(inner))
            .find(|(name, _)| *name == key);
        Ok(found.map(|(_, value)| value.to_owned()))
    })
}
