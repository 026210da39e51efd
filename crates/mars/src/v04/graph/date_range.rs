//! `md.date_range(start, periods=…, freq=…)`: an index of times.

use super::{Class, Dtype, Error, Graph, Kind, Label, Node, Order, constructor, source};
use serde_json::{Map, json};

/// Distances that are the same everywhere; a month is none.
const STEPS: [&str; 7] = ["D", "H", "T", "min", "S", "L", "ms"];

impl Graph<'_> {
    /// So many times from the first one on.
    pub fn date_range(
        &mut self,
        start: &str,
        periods: u64,
        freq: &str,
        name: &Label,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.34",
            name: "mars.DataFrameDateRange",
        };
        let step = freq.trim_start_matches(|c: char| c.is_ascii_digit());
        if !STEPS.contains(&step) {
            let reason = "must be D, H, T, S or L, perhaps with a number in front";
            return Err(source::argument("date_range", "freq", reason));
        }
        if !is_time(start) {
            let reason = "must be a date such as '2024-01-31' or '2024-01-31 12:00:00'";
            return Err(source::argument("date_range", "start", reason));
        }
        if periods == 0 {
            return Err(source::argument("date_range", "periods", "must not be 0"));
        }
        let mut fields = Map::new();
        let start = constructor::call("pandas", "Timestamp", start);
        fields.insert("start".into(), start);
        fields.insert("periods".into(), json!(periods));
        let freq = constructor::call("pandas.tseries.frequencies", "to_offset", freq);
        fields.insert("freq".into(), freq);
        fields.insert("normalize".into(), json!(false));
        if let Label::Text(name) = name {
            fields.insert("name".into(), json!(name));
        }
        fields.insert("object_type".into(), json!(3));
        let result = Node {
            key: String::new(),
            id: String::new(),
            kind: Kind::Index,
            shape: vec![Some(periods)],
            dtype: Some(Dtype::Datetime),
            order: Order::C,
            columns: Vec::new(),
            name: name.clone(),
            rows: self.unknown_rows(Dtype::Datetime, name.clone()),
        };
        Ok(self.push(class, &[], fields, result))
    }
}

/// A date in digits, perhaps with a time behind a blank or `T`.
fn is_time(text: &str) -> bool {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, "00:00"));
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = date.split('-').collect();
    let date = matches!(parts.as_slice(), [year, month, day]
        if digits(year, 4, 4) && digits(month, 1, 2) && digits(day, 1, 2));
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = clock.split(':');
    let count = clock.split(':').count();
    date && (2..=3).contains(&count)
        && parts.all(|part| digits(part, 1, 2))
        && digits(fraction, 1, 9)
}

#[cfg(test)]
mod tests {
    use super::is_time;

    #[test]
    fn dates_are_told_from_other_text() {
        for good in ["2024-01-31", "2024-1-1 12:30", "2024-01-31T12:30:05.25"] {
            assert!(is_time(good), "{good}");
        }
        for bad in [
            "",
            "now",
            "2024-01",
            "01-31-2024",
            "2024-01-31 noon",
            "2024-01-31 12",
        ] {
            assert!(!is_time(bad), "{bad}");
        }
    }
}
