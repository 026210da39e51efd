//! The recorded notation of values, and a comparison that names the first difference.

use mars::v04::serialized::{Array, Block, Categorical, Elements, Frame, Index, Value};
use serde_json::{Value as Json, json};

/// Writes a decoded value in the notation of the recordings.
pub(crate) fn render(value: &Value) -> Json {
    match value {
        Value::Array(array) => ndarray(array),
        Value::Index(axis) => {
            let mut json = index(axis);
            json["kind"] = json!("index");
            json
        }
        Value::Frame(frame) => dataframe(frame),
        Value::Series(series) => {
            let mut json = column(&series.values, 0);
            json["kind"] = json!("series");
            json["shape"] = json!([series.rows.len()]);
            json["index"] = index(&series.rows);
            json["name"] = plain(&series.name);
            json
        }
        Value::Categorical(labels) => json!({
            "kind": "categorical",
            "codes": labels.codes,
            "categories": labels_of(&labels.categories),
            "ordered": labels.ordered,
        }),
        value => json!({ "kind": "python", "value": plain(value) }),
    }
}

fn float(number: f64) -> Json {
    if number.is_nan() {
        json!("NaN")
    } else if number.is_infinite() {
        json!(if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        })
    } else {
        json!(number)
    }
}

fn plain(value: &Value) -> Json {
    let list = |items: &[Value]| items.iter().map(plain).collect::<Vec<_>>();
    match value {
        Value::None => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(number) => json!(number),
        Value::BigInt(text) => json!(text.parse::<f64>().ok()),
        Value::Float(number) => float(*number),
        Value::Complex(re, im) => json!([float(*re), float(*im)]),
        Value::Text(text) | Value::Decimal(text) => json!(&**text),
        Value::Bytes(bytes) => json!({ "bytes_hex": hex(bytes) }),
        Value::Datetime(nanos, tz) => json!(iso(*nanos, tz.is_some())),
        Value::Date(days) => json!(iso(i128::from(*days) * 86_400_000_000_000, false)[..10]),
        Value::Timedelta(nanos) => json!({ "timedelta_ns": i64::try_from(*nanos).ok() }),
        Value::NaT => json!("NaT"),
        Value::List(items) => json!(list(items)),
        Value::Tuple(items) => json!({ "tuple": list(items) }),
        Value::Set(items) => json!({ "set": list(items) }),
        Value::Dict(pairs) => {
            let pairs: Vec<Json> = pairs
                .iter()
                .map(|(k, v)| json!([plain(k), plain(v)]))
                .collect();
            json!({ "dict": pairs })
        }
        Value::Interval(ends, closed) => {
            json!({ "interval": [plain(&ends.0), plain(&ends.1), &**closed] })
        }
        Value::Array(array) => json!({ "ndarray": ndarray(array) }),
        Value::Opaque(name) => json!({ "opaque": &**name }),
        other => json!({ "nested": render(other) }),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `2020-01-01T00:00:00.123456789+00:00`, with six digits where they suffice.
fn iso(nanos: i128, zoned: bool) -> String {
    let (days, rest) = (
        nanos.div_euclid(86_400_000_000_000),
        nanos.rem_euclid(86_400_000_000_000),
    );
    let mut year = 1970;
    let mut left = days;
    let leap = |year: i128| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |year: i128| if leap(year) { 366 } else { 365 };
    while left < 0 {
        year -= 1;
        left += length(year);
    }
    while left >= length(year) {
        left -= length(year);
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for days in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < days {
            break;
        }
        left -= days;
        month += 1;
    }
    let seconds = rest / 1_000_000_000;
    let fraction = match rest % 1_000_000_000 {
        0 => String::new(),
        part if part % 1000 == 0 => format!(".{:06}", part / 1000),
        part => format!(".{part:09}"),
    };
    let zone = if zoned { "+00:00" } else { "" };
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let day = left + 1;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}")
}

fn ndarray(array: &Array) -> Json {
    let values: Vec<Json> = (0..array.elements.len())
        .map(|at| match &array.elements {
            // Arrays of times are recorded as their ticks.
            Elements::Datetime(_, ticks) | Elements::Timedelta(_, ticks) => json!(ticks[at]),
            _ => plain(&array.value(at, None)),
        })
        .collect();
    json!({
        "kind": "ndarray",
        "dtype": array.elements.dtype(),
        "shape": array.shape,
        "order": if array.fortran { "F" } else { "C" },
        "values_c_order": values,
    })
}

fn labels_of(index: &Index) -> Vec<Json> {
    (0..index.len()).map(|at| plain(&index.value(at))).collect()
}

fn index(axis: &Index) -> Json {
    let names: Vec<Json> = axis.names().into_iter().map(plain).collect();
    let mut json = json!({
        "class": axis.class(),
        "dtype": axis.dtype_name(),
        "names": names,
        "len": axis.len(),
        "values": labels_of(axis),
    });
    match axis {
        Index::Range {
            start, stop, step, ..
        } => {
            json["start"] = json!(start);
            json["stop"] = json!(stop);
            json["step"] = json!(step);
        }
        Index::Plain {
            class, tz, freq, ..
        } if &**class == "DatetimeIndex" => {
            json["tz"] = json!(tz.as_deref());
            json["freq"] = json!(freq.as_deref());
        }
        Index::Categorical { labels, .. } => {
            json["categories"] = json!(labels_of(&labels.categories));
            json["ordered"] = json!(labels.ordered);
        }
        _ => {}
    }
    json
}

fn dataframe(frame: &Frame) -> Json {
    let mut columns = vec![Json::Null; frame.columns.len()];
    for block in &frame.blocks {
        let places = match block {
            Block::Array(places, ..) => places.as_slice(),
            Block::Categorical(place, _) => std::slice::from_ref(place),
        };
        for (nth, &place) in places.iter().enumerate() {
            let mut json = column(block, nth);
            json["name"] = plain(&frame.columns.value(place));
            columns[place] = json;
        }
    }
    json!({
        "kind": "dataframe",
        "shape": [frame.rows.len(), frame.columns.len()],
        "columns_index": index(&frame.columns),
        "index": index(&frame.rows),
        "columns": columns,
    })
}

/// The nth column of a block.
fn column(block: &Block, nth: usize) -> Json {
    match block {
        Block::Array(_, array, tz) => {
            let rows = array.shape.last().copied().unwrap_or(0);
            let values: Vec<Json> = (0..rows)
                .map(|row| plain(&array.value(nth * rows + row, tz.as_ref())))
                .collect();
            json!({ "dtype": array.elements.dtype_name(), "values": values })
        }
        Block::Categorical(_, labels) => categorical(labels),
    }
}

fn categorical(labels: &Categorical) -> Json {
    let values: Vec<Json> = (0..labels.codes.len())
        .map(|at| plain(&labels.value(at)))
        .collect();
    json!({
        "dtype": "category",
        "categories": labels_of(&labels.categories),
        "ordered": labels.ordered,
        "codes": labels.codes,
        "values": values,
    })
}

/// Compares, and names the first place where the two differ.
pub(crate) fn compare(want: &Json, got: &Json, at: &str) -> Result<(), String> {
    match (want, got) {
        (Json::Object(a), Json::Object(b)) => {
            for (key, value) in a {
                // A numpy scalar loses the name of its type on the wire.
                if key == "type" && a.get("kind") == Some(&json!("python")) {
                    continue;
                }
                let other = b.get(key).ok_or_else(|| format!("{at}/{key} is missing"))?;
                compare(value, other, &format!("{at}/{key}"))?;
            }
            match b.keys().find(|key| !a.contains_key(*key)) {
                Some(key) => Err(format!("{at}/{key} is too much")),
                None => Ok(()),
            }
        }
        (Json::Array(a), Json::Array(b)) => {
            if a.len() != b.len() {
                return Err(format!("{at}: {} items, not {}", b.len(), a.len()));
            }
            let mut items = a.iter().zip(b).enumerate();
            items.try_for_each(|(n, (a, b))| compare(a, b, &format!("{at}/{n}")))
        }
        (Json::Number(a), Json::Number(b)) if a.is_f64() && b.is_f64() => {
            match a.as_f64().map(f64::to_bits) == b.as_f64().map(f64::to_bits) {
                true => Ok(()),
                false => Err(format!("{at}: {b}, not {a}")),
            }
        }
        // A long index is recorded by its ends alone.
        (Json::String(word), Json::Array(_)) if word == "omitted" => Ok(()),
        (a, b) if a == b => Ok(()),
        (a, b) => Err(format!("{at}: {b}, not {a}")),
    }
}
