//! What the browser knows and `frame` does not carry: time zones and character encodings.

use std::cell::RefCell;
use std::collections::BTreeMap;

use frame::{Offsets, Zone};
use js_sys::{Function, Intl, Object, Reflect, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};

const DAY: i64 = 86_400;
/// More days than this are forgotten: they are found again.
const KEPT: usize = 20_000;

/// A zone by its name in the zone database; none when the browser does not know it.
pub fn zone(name: &str) -> Option<Zone> {
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &name.into()).ok()?;
    Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into()).ok()?;
    // The constructor throws for an unknown zone: called as a function, that is an error value.
    let made = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class = Reflect::get(&made, &"DateTimeFormat".into()).ok()?;
    let arguments = js_sys::Array::of2(&"en-US".into(), &options);
    let format = Reflect::construct(class.unchecked_ref::<Function>(), &arguments).ok()?;
    let format: Intl::DateTimeFormat = format.unchecked_into();
    Some(Zone::new(Browser(SendWrapper::new(Days {
        format: format.format(),
        days: RefCell::default(),
    }))))
}

/// Bytes as text in an encoding of the Encoding Standard, all or nothing.
pub fn decode(encoding: &str, bytes: &[u8]) -> Option<String> {
    let options = web_sys::TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = web_sys::TextDecoder::new_with_label_and_options(encoding, &options).ok()?;
    let bytes = Uint8Array::from(bytes);
    decoder.decode_with_buffer_source(&bytes).ok()
}

struct Browser(SendWrapper<Days>);

struct Days {
    format: Function,
    /// The offset of each whole day that was asked for; none where it changes within the day.
    days: RefCell<BTreeMap<i64, Option<i32>>>,
}

impl Offsets for Browser {
    fn offset(&self, utc_seconds: i64) -> i32 {
        self.0.offset(utc_seconds)
    }
}

impl Days {
    fn offset(&self, seconds: i64) -> i32 {
        let day = seconds.div_euclid(DAY);
        let known = self.days.borrow().get(&day).copied();
        let whole = known.unwrap_or_else(|| {
            let (first, last) = (self.ask(day * DAY), self.ask(day * DAY + DAY - 1));
            let whole = (first == last).then_some(first);
            let mut days = self.days.borrow_mut();
            if days.len() >= KEPT {
                days.clear();
            }
            days.insert(day, whole);
            whole
        });
        whole.unwrap_or_else(|| self.ask(seconds))
    }

    /// The browser's answer; UTC for what lies outside of its calendar.
    fn ask(&self, seconds: i64) -> i32 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds of a calendar are exact"
        )]
        let instant = JsValue::from_f64(seconds as f64 * 1000.0);
        let text = self.format.call1(&JsValue::UNDEFINED, &instant);
        text.ok()
            .and_then(|text| text.as_string())
            .and_then(|text| east(&text))
            .unwrap_or(0)
    }
}

/// Seconds east of UTC out of `1/1/1970, GMT+08:05:43`; plain `GMT` is none.
fn east(text: &str) -> Option<i32> {
    let offset = &text[text.find("GMT")? + 3..];
    let (sign, rest) = match offset.chars().next() {
        None => return Some(0),
        Some('+') => (1, &offset[1..]),
        Some('-') => (-1, &offset[1..]),
        Some('\u{2212}') => (-1, &offset['\u{2212}'.len_utf8()..]),
        Some(_) => return None,
    };
    let parts: Vec<i32> = rest
        .split(':')
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()?;
    let unit = [3_600, 60, 1];
    Some(
        sign * parts
            .iter()
            .zip(unit)
            .map(|(part, unit)| part * unit)
            .sum::<i32>(),
    )
}

#[cfg(test)]
mod tests {
    use super::east;

    #[test]
    fn offsets_are_read() {
        assert_eq!(east("1/1/2026, GMT+08:00"), Some(28_800));
        assert_eq!(east("1/1/1900, GMT+08:05:43"), Some(29_143));
        assert_eq!(east("1/1/2026, GMT-03:30"), Some(-12_600));
        assert_eq!(east("1/1/2026, GMT"), Some(0));
        assert_eq!(east("1/1/2026"), None);
        assert_eq!(east("GMT+x"), None);
    }
}
