//! Functions over text. Positions and lengths are in characters.

mod search;

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Int64Array, ListBuilder, StringArray, StringBuilder,
};
use arrow::datatypes::Int64Type;
use odps::types::Type;

use super::scalar::{Call, Function, Gives, Param};
use crate::error::SqlError;

use Param::{Any, Bigint, Text};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("concat", &[Text], Gives::Text, concat).many(),
    Function::new("concat_ws", &[Text, Any], Gives::Text, concat_ws).many(),
    Function::new("tolower", &[Text], Gives::Text, |c| {
        one(c, |s| s.to_lowercase())
    })
    .aliases(&["lower", "lcase"]),
    Function::new("toupper", &[Text], Gives::Text, |c| {
        one(c, |s| s.to_uppercase())
    })
    .aliases(&["upper", "ucase"]),
    Function::new("initcap", &[Text], Gives::Text, |c| one(c, initcap)),
    Function::new("reverse", &[Text], Gives::Text, |c| {
        one(c, |s| s.chars().rev().collect())
    }),
    Function::new("length", &[Text], Gives::Bigint, |c| {
        count(c, |s| s.chars().count())
    })
    .aliases(&["char_length"]),
    Function::new("lengthb", &[Text], Gives::Bigint, |c| count(c, str::len)),
    Function::new("ascii", &[Text], Gives::Bigint, |c| {
        count(c, |s| s.bytes().next().map_or(0, usize::from))
    }),
    Function::new("chr", &[Bigint], Gives::Text, chr),
    Function::new("space", &[Bigint], Gives::Text, space),
    Function::new("repeat", &[Text, Bigint], Gives::Text, |c| {
        with_number(c, |s, n| s.repeat(bounded(n, s.len())))
    }),
    Function::new("substr", &[Text, Bigint, Bigint], Gives::Text, substr)
        .least(2)
        .aliases(&["substring"]),
    Function::new("left", &[Text, Bigint], Gives::Text, |c| {
        with_number(c, |s, n| {
            s.chars().take(usize::try_from(n).unwrap_or(0)).collect()
        })
    }),
    Function::new("right", &[Text, Bigint], Gives::Text, |c| {
        with_number(c, |s, n| {
            let skip = s
                .chars()
                .count()
                .saturating_sub(usize::try_from(n).unwrap_or(0));
            s.chars().skip(skip).collect()
        })
    }),
    Function::new(
        "instr",
        &[Text, Text, Bigint, Bigint],
        Gives::Bigint,
        search::instr,
    )
    .least(2),
    Function::new(
        "locate",
        &[Text, Text, Bigint],
        Gives::Bigint,
        search::locate,
    )
    .least(2),
    Function::new(
        "find_in_set",
        &[Text, Text],
        Gives::Bigint,
        search::find_in_set,
    ),
    Function::new("lpad", &[Text, Bigint, Text], Gives::Text, |c| pad(c, true)),
    Function::new("rpad", &[Text, Bigint, Text], Gives::Text, |c| {
        pad(c, false)
    }),
    Function::new("trim", &[Text, Text], Gives::Text, |c| trim(c, true, true)).least(1),
    Function::new("ltrim", &[Text, Text], Gives::Text, |c| {
        trim(c, true, false)
    })
    .least(1),
    Function::new("rtrim", &[Text, Text], Gives::Text, |c| {
        trim(c, false, true)
    })
    .least(1),
    Function::new("replace", &[Text, Text, Text], Gives::Text, replace).least(2),
    Function::new("translate", &[Text, Text, Text], Gives::Text, translate),
    Function::new(
        "split_part",
        &[Text, Text, Bigint, Bigint],
        Gives::Text,
        search::split_part,
    )
    .least(3),
    Function::new(
        "substring_index",
        &[Text, Text, Bigint],
        Gives::Text,
        search::substring_index,
    ),
    Function::new(
        "keyvalue",
        &[Text, Text, Text, Text],
        Gives::Text,
        search::keyvalue,
    )
    .least(2),
    Function::new(
        "str_to_array",
        &[Text, Text],
        Gives::By(texts),
        str_to_array,
    ),
    Function::new("is_encoding", &[Text, Text, Text], Gives::Bool, is_encoding),
    Function::new("startswith", &[Text, Text], Gives::Bool, |c| {
        test(c, |s, p| s.starts_with(p))
    }),
    Function::new("endswith", &[Text, Text], Gives::Bool, |c| {
        test(c, |s, p| s.ends_with(p))
    }),
    Function::new("contains", &[Text, Text], Gives::Bool, |c| {
        test(c, |s, p| s.contains(p))
    }),
    Function::new("to_char", &[Any, Text], Gives::Text, super::dates::to_char).least(1),
];

/// The value of a text argument; nothing if it is NULL or not given.
pub(super) fn at<'a>(call: &'a Call<'_>, arg: usize, row: usize) -> Option<&'a str> {
    let array = call.args.get(arg)?.as_string::<i32>();
    array.is_valid(row).then(|| array.value(row))
}

/// The value of a whole number.
pub(super) fn number(call: &Call<'_>, arg: usize, row: usize) -> Option<i64> {
    let array = call.args.get(arg)?.as_primitive::<Int64Type>();
    array.is_valid(row).then(|| array.value(row))
}

/// Text for each row.
pub(super) fn each(
    call: &Call<'_>,
    make: impl Fn(usize) -> Result<Option<String>, SqlError>,
) -> Result<ArrayRef, SqlError> {
    let texts: Result<Vec<Option<String>>, SqlError> = (0..call.rows).map(make).collect();
    Ok(Arc::new(StringArray::from(texts?)))
}

fn one(call: &Call<'_>, make: impl Fn(&str) -> String) -> Result<ArrayRef, SqlError> {
    each(call, |row| Ok(at(call, 0, row).map(&make)))
}

fn with_number(call: &Call<'_>, make: impl Fn(&str, i64) -> String) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let both = at(call, 0, row).zip(number(call, 1, row));
        Ok(both.map(|(text, number)| make(text, number)))
    })
}

fn count(call: &Call<'_>, make: impl Fn(&str) -> usize) -> Result<ArrayRef, SqlError> {
    let counts = (0..call.rows).map(|row| {
        let count = at(call, 0, row).map(&make)?;
        i64::try_from(count).ok()
    });
    Ok(Arc::new(counts.collect::<Int64Array>()))
}

fn test(call: &Call<'_>, make: impl Fn(&str, &str) -> bool) -> Result<ArrayRef, SqlError> {
    let tests = (0..call.rows).map(|row| {
        let (text, part) = at(call, 0, row).zip(at(call, 1, row))?;
        Some(make(text, part))
    });
    Ok(Arc::new(tests.collect::<BooleanArray>()))
}

/// A count that makes no more than 64 MB of text.
fn bounded(count: i64, size: usize) -> usize {
    let most = (64 << 20) / size.max(1);
    usize::try_from(count).unwrap_or(0).min(most)
}

/// NULL if one of the parts is.
fn concat(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        Ok((0..call.args.len()).map(|arg| at(call, arg, row)).collect())
    })
}

/// Parts that are NULL are left out; lists are taken apart.
fn concat_ws(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let mut parts = Vec::new();
    for (arg, field) in call.args.iter().zip(call.fields).skip(1) {
        let kind = match arg.as_list_opt::<i32>() {
            Some(_) => Type::Array(Box::new(Type::String)),
            None => Type::String,
        };
        let way = call.way(crate::convert::Bad::Error);
        parts.push(crate::convert::convert(arg, field, &kind, &way)?);
    }
    each(call, |row| {
        let Some(separator) = at(call, 0, row) else {
            return Ok(None);
        };
        let mut texts: Vec<String> = Vec::new();
        for part in parts.iter().filter(|part| part.is_valid(row)) {
            match part.as_list_opt::<i32>() {
                Some(list) => {
                    let items = list.value(row);
                    let items = items.as_string::<i32>().iter();
                    texts.extend(items.flatten().map(str::to_owned));
                }
                None => texts.push(part.as_string::<i32>().value(row).to_owned()),
            }
        }
        Ok(Some(texts.join(separator)))
    })
}

fn initcap(text: &str) -> String {
    let mut start = true;
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match start {
            true => made.extend(c.to_uppercase()),
            false => made.extend(c.to_lowercase()),
        }
        start = !c.is_alphanumeric();
    }
    made
}

fn chr(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let Some(code) = number(call, 0, row) else {
            return Ok(None);
        };
        match u8::try_from(code).ok().filter(u8::is_ascii) {
            Some(code) => Ok(Some(char::from(code).to_string())),
            None => Err(SqlError::argument(
                "in function chr, the code must be 0 to 127",
            )),
        }
    })
}

fn space(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        Ok(number(call, 0, row).map(|count| " ".repeat(bounded(count, 1))))
    })
}

/// From the first character, which is number 1; a negative start counts from the end, 0 is 1.
fn substr(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let Some((text, start)) = at(call, 0, row).zip(number(call, 1, row)) else {
            return Ok(None);
        };
        let length = match call.args.len() {
            2 => usize::MAX,
            _ => match number(call, 2, row) {
                None => return Ok(None),
                Some(length) => usize::try_from(length).unwrap_or(0),
            },
        };
        let size = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        let skip = match start {
            0 => 0,
            1.. => start - 1,
            _ if -start > size => return Ok(Some(String::new())),
            _ => size + start,
        };
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        Ok(Some(text.chars().skip(skip).take(length).collect()))
    })
}

fn pad(call: &Call<'_>, left: bool) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let (Some(text), Some(length), Some(fill)) =
            (at(call, 0, row), number(call, 1, row), at(call, 2, row))
        else {
            return Ok(None);
        };
        let length = bounded(length, 4);
        let size = text.chars().count();
        if length <= size || fill.is_empty() {
            return Ok(Some(text.chars().take(length).collect()));
        }
        let fill: String = fill.chars().cycle().take(length - size).collect();
        Ok(Some(match left {
            true => fill + text,
            false => text.to_owned() + &fill,
        }))
    })
}

/// Spaces, or the characters that are given.
fn trim(call: &Call<'_>, left: bool, right: bool) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let set: Vec<char> = match call.args.len() {
            1 => vec![' '],
            _ => match at(call, 1, row) {
                Some(set) => set.chars().collect(),
                None => return Ok(None),
            },
        };
        Ok(at(call, 0, row).map(|text| {
            let text = if left {
                text.trim_start_matches(&*set)
            } else {
                text
            };
            let text = if right {
                text.trim_end_matches(&*set)
            } else {
                text
            };
            text.to_owned()
        }))
    })
}

fn replace(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let with = match call.args.len() {
            2 => Some(""),
            _ => at(call, 2, row),
        };
        let (Some(text), Some(old), Some(new)) = (at(call, 0, row), at(call, 1, row), with) else {
            return Ok(None);
        };
        Ok(Some(match old {
            "" => text.to_owned(),
            _ => text.replace(old, new),
        }))
    })
}

fn translate(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    each(call, |row| {
        let (Some(text), Some(from), Some(to)) =
            (at(call, 0, row), at(call, 1, row), at(call, 2, row))
        else {
            return Ok(None);
        };
        let to: Vec<char> = to.chars().collect();
        let one = |c: char| match from.chars().position(|f| f == c) {
            Some(at) => to.get(at).copied(),
            None => Some(c),
        };
        Ok(Some(text.chars().filter_map(one).collect()))
    })
}

fn texts(_: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(Type::Array(Box::new(Type::String)))
}

fn str_to_array(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let mut lists = ListBuilder::new(StringBuilder::new());
    for row in 0..call.rows {
        match at(call, 0, row).zip(at(call, 1, row)) {
            Some((text, separator)) => lists.append_value(text.split(separator).map(Some)),
            None => lists.append_null(),
        }
    }
    Ok(Arc::new(lists.finish()))
}

/// Text is always Unicode here, so it can be any encoding that holds its characters.
fn is_encoding(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let fits = (0..call.rows).map(|row| {
        let (text, to) = at(call, 0, row).zip(at(call, 2, row))?;
        Some(match to.to_lowercase().as_str() {
            "ascii" => text.is_ascii(),
            "latin1" | "iso-8859-1" => text.chars().all(|c| u32::from(c) < 256),
            _ => true,
        })
    });
    Ok(Arc::new(fits.collect::<BooleanArray>()))
}
