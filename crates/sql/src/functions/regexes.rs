//! Functions over regular expressions, and `SPLIT`.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Int64Array, ListBuilder, StringBuilder};
use odps::types::Type;
use regex::{Regex, RegexBuilder};

use super::scalar::{Call, Function, Gives, Param};
use super::strings::{at, each, number};
use crate::error::SqlError;

use Param::{Bigint, Bool, Text};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("$rlike", &[Text, Text], Gives::Bool, rlike).aliases(&["regexp_like", "regexp"]),
    Function::new(
        "regexp_extract",
        &[Text, Text, Bigint],
        Gives::Text,
        extract,
    )
    .least(2),
    Function::new(
        "regexp_extract_all",
        &[Text, Text, Bigint],
        Gives::By(texts),
        extract_all,
    )
    .least(2),
    Function::new(
        "regexp_replace",
        &[Text, Text, Text, Bigint],
        Gives::Text,
        replace,
    )
    .least(3),
    Function::new("regexp_count", &[Text, Text, Bigint], Gives::Bigint, count).least(2),
    Function::new(
        "regexp_substr",
        &[Text, Text, Bigint, Bigint],
        Gives::Text,
        substr,
    )
    .least(2),
    Function::new(
        "regexp_instr",
        &[Text, Text, Bigint, Bigint, Bigint],
        Gives::Bigint,
        instr,
    )
    .least(2),
    Function::new("split", &[Text, Text, Bool], Gives::By(texts), split).least(1),
];

/// Bytes that a compiled expression may take.
const SIZE: usize = 4 << 20;

fn texts(_: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(Type::Array(Box::new(Type::String)))
}

/// The expressions of one call, each compiled once.
#[derive(Default)]
struct Cache(HashMap<String, Regex>);

impl Cache {
    fn get(&mut self, pattern: &str) -> Result<Regex, SqlError> {
        if let Some(regex) = self.0.get(pattern) {
            return Ok(regex.clone());
        }
        let regex = RegexBuilder::new(pattern).size_limit(SIZE).build();
        let regex = regex.map_err(|error| {
            SqlError::argument(format_args!(
                "invalid regular expression '{pattern}': {}",
                error.to_string().lines().last().unwrap_or_default()
            ))
        })?;
        self.0.insert(pattern.to_owned(), regex.clone());
        Ok(regex)
    }
}

/// Something of text and pattern for each row; nothing where one of them is NULL.
fn rows<T>(
    call: &Call<'_>,
    mut make: impl FnMut(usize, &str, &Regex) -> Result<Option<T>, SqlError>,
) -> Result<Vec<Option<T>>, SqlError> {
    let mut cache = Cache::default();
    let mut made = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        made.push(match at(call, 0, row).zip(at(call, 1, row)) {
            Some((text, pattern)) => make(row, text, &cache.get(pattern)?)?,
            None => None,
        });
    }
    Ok(made)
}

fn given(call: &Call<'_>, arg: usize, row: usize, otherwise: i64) -> Option<i64> {
    match call.args.len() > arg {
        true => number(call, arg, row),
        false => Some(otherwise),
    }
}

fn rlike(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let found = rows(call, |_, text, regex| Ok(Some(regex.is_match(text))))?;
    Ok(Arc::new(BooleanArray::from(found)))
}

fn group(regex: &Regex, group: i64) -> Result<usize, SqlError> {
    usize::try_from(group)
        .ok()
        .filter(|group| *group < regex.captures_len())
        .ok_or_else(|| {
            SqlError::argument(format_args!("the regular expression has no group {group}"))
        })
}

fn extract(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let found = rows(call, |row, text, regex| {
        let Some(wanted) = given(call, 2, row, 1) else {
            return Ok(None);
        };
        let wanted = group(regex, wanted)?;
        let captures = regex.captures(text);
        Ok(captures.map(|captures| {
            let part = captures.get(wanted);
            part.map_or_else(String::new, |part| part.as_str().to_owned())
        }))
    })?;
    each(call, |row| Ok(found[row].clone()))
}

fn extract_all(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let found = rows(call, |row, text, regex| {
        let Some(wanted) = given(call, 2, row, 1) else {
            return Ok(None);
        };
        let wanted = group(regex, wanted)?;
        let all = regex.captures_iter(text).map(|captures| {
            let part = captures.get(wanted);
            part.map_or_else(String::new, |part| part.as_str().to_owned())
        });
        Ok(Some(all.collect::<Vec<_>>()))
    })?;
    Ok(lists(found))
}

fn lists(rows: Vec<Option<Vec<String>>>) -> ArrayRef {
    let mut lists = ListBuilder::new(StringBuilder::new());
    for row in rows {
        match row {
            Some(items) => lists.append_value(items.into_iter().map(Some)),
            None => lists.append_null(),
        }
    }
    Arc::new(lists.finish())
}

/// `\1` in the new text is the first group. A number says which match is replaced; 0 is all.
fn replace(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let made = rows(call, |row, text, regex| {
        let (Some(new), Some(which)) = (at(call, 2, row), given(call, 3, row, 0)) else {
            return Ok(None);
        };
        let mut made = String::with_capacity(text.len());
        let mut end = 0;
        for (at, captures) in regex.captures_iter(text).enumerate() {
            let number = i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1);
            if which != 0 && which != number {
                continue;
            }
            let Some(whole) = captures.get(0) else {
                continue;
            };
            made.push_str(&text[end..whole.start()]);
            let mut chars = new.chars().peekable();
            while let Some(c) = chars.next() {
                let digit = match c {
                    '\\' => chars.peek().and_then(|next| next.to_digit(10)),
                    _ => None,
                };
                match digit {
                    Some(digit) => {
                        chars.next();
                        let part = captures.get(usize::try_from(digit).unwrap_or(0));
                        made.push_str(part.map_or("", |part| part.as_str()));
                    }
                    None => made.push(c),
                }
            }
            end = whole.end();
        }
        made.push_str(&text[end..]);
        Ok(Some(made))
    })?;
    each(call, |row| Ok(made[row].clone()))
}

/// The byte at which a character starts.
fn start(text: &str, place: i64) -> Option<usize> {
    let skip = usize::try_from(place.checked_sub(1)?).ok()?;
    let mut places = text.char_indices().map(|(at, _)| at);
    places
        .nth(skip)
        .or((skip >= text.chars().count()).then_some(text.len()))
}

fn count(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let counts = rows(call, |row, text, regex| {
        let from = given(call, 2, row, 1).and_then(|place| start(text, place));
        let count = from.map(|from| regex.find_iter(&text[from..]).count());
        Ok(count.and_then(|count| i64::try_from(count).ok()))
    })?;
    Ok(Arc::new(Int64Array::from(counts)))
}

fn nth<'a>(call: &Call<'_>, row: usize, text: &'a str, regex: &Regex) -> Option<(usize, &'a str)> {
    let from = start(text, given(call, 2, row, 1)?)?;
    let nth = usize::try_from(given(call, 3, row, 1)?.checked_sub(1)?).ok()?;
    let found = regex.find_iter(&text[from..]).nth(nth)?;
    Some((from + found.start(), found.as_str()))
}

fn substr(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let found = rows(call, |row, text, regex| {
        Ok(nth(call, row, text, regex).map(|(_, part)| part.to_owned()))
    })?;
    each(call, |row| Ok(found[row].clone()))
}

/// Where the match begins, or the place behind it.
fn instr(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let found = rows(call, |row, text, regex| {
        let Some(behind) = given(call, 4, row, 0) else {
            return Ok(None);
        };
        let place = nth(call, row, text, regex).map_or(0, |(at, part)| {
            let end = if behind == 0 { at } else { at + part.len() };
            text[..end].chars().count() + 1
        });
        Ok(i64::try_from(place).ok())
    })?;
    Ok(Arc::new(Int64Array::from(found)))
}

/// The separator is a regular expression; empty parts at the end are dropped if that is asked for.
fn split(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    if call.args.len() == 1 {
        let all = (0..call.rows)
            .map(|row| at(call, 0, row).map(|text| text.split(',').map(str::to_owned).collect()));
        return Ok(lists(all.collect()));
    }
    let found = rows(call, |_, text, regex| {
        let parts: Vec<String> = match regex.as_str() {
            "" => text.chars().map(String::from).collect(),
            _ => regex.split(text).map(str::to_owned).collect(),
        };
        Ok(Some(parts))
    })?;
    Ok(lists(found))
}
