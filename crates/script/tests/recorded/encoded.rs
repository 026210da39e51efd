//! Data inside a graph as plain JSON, so that an Arrow payload of the library and a pickle of ours
//! that say the same are the same.
//!
//! Of a table of dtypes the labels and the set of types remain; that a type is `object` is not in the
//! recorded bytes, because the table itself is an array of objects.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mars::v04::serialized::decode;
use serde_json::{Value as Json, json};

use crate::expected::render;

/// Replaces every encoded value in the tree.
pub(crate) fn read(tree: &mut Json) {
    if let Some(plain) = plain(tree) {
        *tree = plain;
        return;
    }
    match tree {
        Json::Array(items) => items.iter_mut().for_each(read),
        Json::Object(members) => members.values_mut().for_each(read),
        _ => {}
    }
}

fn plain(value: &Json) -> Option<Json> {
    let bytes = || STANDARD.decode(value["value"].as_str()?).ok();
    match value["type"].as_str()? {
        "function" => Some(constructed(&bytes()?)),
        "series" => {
            let bytes = bytes()?;
            let labels = render(&decode(&bytes).unwrap())["index"]["values"].clone();
            Some(json!({ "labels": labels, "dtypes": codes(&bytes) }))
        }
        "dataframe" => Some(frame(&render(&decode(&bytes()?).unwrap()))),
        "arr" => Some(json!({ "values": render(&decode(&bytes()?).unwrap())["values_c_order"] })),
        _ => None,
    }
}

/// The types that a pickled table of dtypes names, without `object`.
fn codes(bytes: &[u8]) -> Vec<String> {
    // Only the array's own type, which comes first, spells the class out.
    let named = bytes.windows(10).filter(|window| {
        window[0] == b'h' && window[2..4] == *b"\x8c\x02" && window[6..] == *b"\x94\x89\x88\x87"
    });
    set(named.map(|window| String::from_utf8_lossy(&window[4..6]).into_owned()))
}

fn set(codes: impl Iterator<Item = String>) -> Vec<String> {
    let mut codes: Vec<String> = codes.filter(|code| !code.starts_with('O')).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Columns with their values, as a dict of lists gives them. A missing number is `NaN` there.
fn frame(rendered: &Json) -> Json {
    let columns = rendered["columns"].as_array().unwrap();
    let columns: Vec<Json> = columns
        .iter()
        .map(|column| json!([column["name"], column["values"]]))
        .collect();
    let index = match rendered["index"]["class"].as_str() {
        Some("RangeIndex") => Json::Null,
        _ => rendered["index"]["values"].clone(),
    };
    json!({ "columns": columns, "index": index })
}

/// What a pickle that calls one constructor makes.
fn constructed(bytes: &[u8]) -> Json {
    let call = unpickled(bytes);
    let arguments = &call["arguments"];
    match call["call"].as_str() {
        Some("pandas.Series") => {
            let dtypes = arguments[0].as_array().unwrap().iter();
            let dtypes = dtypes.map(|dtype| dtype["arguments"][0].as_str().unwrap());
            let dtypes = set(dtypes.map(|code| code.trim_start_matches(['<', '|']).to_owned()));
            json!({ "labels": arguments[1], "dtypes": dtypes })
        }
        Some("pandas.DataFrame") => {
            let mut pairs = arguments[0]["pairs"].clone();
            for pair in pairs.as_array_mut().unwrap() {
                missing(pair[1].as_array_mut().unwrap());
            }
            json!({ "columns": pairs, "index": null })
        }
        Some("numpy.array") => {
            let mut flat = Vec::new();
            flatten(&arguments[0], &mut flat);
            json!({ "values": flat })
        }
        other => panic!("a pickle of {other:?}"),
    }
}

/// Among numbers pandas makes a NaN of None.
fn missing(values: &mut [Json]) {
    if values.iter().any(Json::is_number) {
        let nothing = values.iter_mut().filter(|value| value.is_null());
        nothing.for_each(|value| *value = json!("NaN"));
    }
}

fn flatten(value: &Json, flat: &mut Vec<Json>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| flatten(item, flat)),
        other => flat.push(other.clone()),
    }
}

/// Runs the few opcodes of a pickle that builds plain values and calls constructors.
fn unpickled(bytes: &[u8]) -> Json {
    let (mut stack, mut marks) = (Vec::<Json>::new(), Vec::new());
    let mut at = 0;
    let mut take = |count: usize| {
        at += count;
        &bytes[at - count..at]
    };
    loop {
        match take(1)[0] {
            0x80 => drop(take(1)),
            b'c' => {
                let lines: Vec<String> = (0..2).map(|_| line(&mut take)).collect();
                stack.push(json!(lines.join(".")));
            }
            b'(' => marks.push(stack.len()),
            b']' => stack.push(json!([])),
            b'}' => stack.push(json!({ "pairs": [] })),
            b'N' => stack.push(Json::Null),
            0x88 => stack.push(json!(true)),
            0x89 => stack.push(json!(false)),
            b'J' => stack.push(json!(i32::from_le_bytes(take(4).try_into().unwrap()))),
            b'K' => stack.push(json!(take(1)[0])),
            0x8a => {
                assert_eq!(take(1), [8]);
                stack.push(json!(i64::from_le_bytes(take(8).try_into().unwrap())));
            }
            b'G' => stack.push(number(f64::from_be_bytes(take(8).try_into().unwrap()))),
            b'X' => {
                let length = u32::from_le_bytes(take(4).try_into().unwrap());
                let text = take(length as usize).to_vec();
                stack.push(json!(String::from_utf8(text).unwrap()));
            }
            b'e' => {
                let items = stack.split_off(marks.pop().unwrap());
                stack
                    .last_mut()
                    .unwrap()
                    .as_array_mut()
                    .unwrap()
                    .extend(items);
            }
            b'u' => {
                let items = stack.split_off(marks.pop().unwrap());
                let pairs = items.chunks(2).map(|pair| json!(pair));
                let dict = &mut stack.last_mut().unwrap()["pairs"];
                dict.as_array_mut().unwrap().extend(pairs);
            }
            b't' => {
                let items = stack.split_off(marks.pop().unwrap());
                stack.push(json!(items));
            }
            b'R' => {
                let (arguments, call) = (stack.pop().unwrap(), stack.pop().unwrap());
                stack.push(json!({ "call": call, "arguments": arguments }));
            }
            b'.' => return stack.pop().unwrap(),
            other => panic!("opcode {other:#x} in {bytes:?}"),
        }
    }
}

fn line<'b>(take: &mut impl FnMut(usize) -> &'b [u8]) -> String {
    let mut line = String::new();
    loop {
        match take(1)[0] {
            b'\n' => return line,
            byte => line.push(char::from(byte)),
        }
    }
}

fn number(value: f64) -> Json {
    match value.is_nan() {
        true => json!("NaN"),
        false => json!(value),
    }
}
