//! Days in the values of partitions (`20260101`, `2026-01-01`) and the weeks of a month. Pure.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// From 1 to 9999.
    pub year: u16,
    /// From 1 to 12.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

impl Day {
    /// Reads a value of eight digits, or with a minus between; nothing else is a day.
    pub fn read(text: &str) -> Option<Self> {
        let digits = match text.as_bytes() {
            [_, _, _, _, b'-', _, _, b'-', _, _] => text.replace('-', ""),
            bytes if bytes.len() == 8 => text.to_owned(),
            _ => return None,
        };
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let day = Self {
            year: digits[..4].parse().ok()?,
            month: digits[4..6].parse().ok()?,
            day: digits[6..].parse().ok()?,
        };
        let good = day.year > 0
            && (1..=12).contains(&day.month)
            && (1..=length(day.year, day.month)).contains(&day.day);
        good.then_some(day)
    }

    /// The first day of its month.
    pub fn first(self) -> Self {
        Self { day: 1, ..self }
    }

    /// `2026-01-31`.
    pub fn text(self) -> String {
        format!("{}-{:02}", self.month_text(), self.day)
    }

    /// `2026-01`.
    pub fn month_text(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// So many days on or back; the ends of the calendar are not passed.
    pub fn plus(self, days: i32) -> Self {
        let mut day = self;
        for _ in 0..days.unsigned_abs() {
            day = if days > 0 { day.next() } else { day.before() };
        }
        day
    }

    /// The same day of another month, or its last one.
    pub fn plus_months(self, months: i32) -> Self {
        let at = i32::from(self.year) * 12 + i32::from(self.month) - 1 + months;
        let at = at.clamp(12, 9_999 * 12 + 11);
        // Both fit: the number of the month is clamped above.
        let year = u16::try_from(at / 12).unwrap_or(1);
        let month = u8::try_from(at % 12 + 1).unwrap_or(1);
        Self {
            year,
            month,
            day: self.day.min(length(year, month)),
        }
    }

    /// The day of the week: 0 is Monday.
    pub fn weekday(self) -> u8 {
        // Zeller's congruence, with the week from Monday.
        let (year, month) = match self.month {
            1 | 2 => (u32::from(self.year) - 1, u32::from(self.month) + 12),
            month => (u32::from(self.year), u32::from(month)),
        };
        let (century, rest) = (year / 100, year % 100);
        let day = u32::from(self.day)
            + 13 * (month + 1) / 5
            + rest
            + rest / 4
            + century / 4
            + 5 * century;
        u8::try_from((day + 5) % 7).unwrap_or(0)
    }

    fn next(self) -> Self {
        if self.day < length(self.year, self.month) {
            return Self {
                day: self.day + 1,
                ..self
            };
        }
        match (self.year, self.month) {
            (9_999, 12) => self,
            _ => self.plus_months(1).first(),
        }
    }

    fn before(self) -> Self {
        match (self.day, self.year, self.month) {
            (1, 1, 1) => self,
            (1, ..) => {
                let month = self.plus_months(-1);
                Self {
                    day: length(month.year, month.month),
                    ..month
                }
            }
            _ => Self {
                day: self.day - 1,
                ..self
            },
        }
    }
}

/// The weeks of a month, from Monday; places outside the month are empty.
pub fn weeks(month: Day) -> Vec<[Option<Day>; 7]> {
    let first = month.first();
    let mut weeks = vec![[None; 7]];
    for day in 1..=length(first.year, first.month) {
        let day = Day { day, ..first };
        let place = usize::from(day.weekday());
        if place == 0 && day.day > 1 {
            weeks.push([None; 7]);
        }
        if let Some(week) = weeks.last_mut() {
            week[place] = Some(day);
        }
    }
    weeks
}

/// The days of a month.
fn length(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::read(text).expect(text)
    }

    #[test]
    fn only_days_are_days() {
        assert_eq!(day("20260131"), day("2026-01-31"));
        assert_eq!(day("20240229").text(), "2024-02-29");
        for text in [
            "",
            "2026",
            "20261301",
            "20260230",
            "2026-1-01",
            "2026-01-1",
            "00000101",
            "2026010a",
            "20260101 ",
            "二〇二六",
        ] {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        // 2026-01-01 is a Thursday, 2000-01-01 a Saturday, 1969-07-20 a Sunday.
        assert_eq!(day("20260101").weekday(), 3);
        assert_eq!(day("20000101").weekday(), 5);
        assert_eq!(day("19690720").weekday(), 6);
        let weeks = weeks(day("20260115"));
        assert_eq!(weeks.len(), 5);
        assert_eq!(weeks[0][2], None);
        assert_eq!(weeks[0][3], Some(day("20260101")));
        assert_eq!(weeks[4][5], Some(day("20260131")));
        assert_eq!(super::weeks(day("20270201")).len(), 4);
        assert_eq!(super::weeks(day("20260801")).len(), 6);
    }

    #[test]
    fn days_and_months_go_on() {
        assert_eq!(day("20251231").plus(1), day("20260101"));
        assert_eq!(day("20260301").plus(-1), day("20260228"));
        assert_eq!(day("20260115").plus(30), day("20260214"));
        assert_eq!(day("20260131").plus_months(1), day("20260228"));
        assert_eq!(day("20260131").plus_months(-12), day("20250131"));
        assert_eq!(day("99991231").plus(1), day("99991231"));
        assert_eq!(day("00010101").plus(-1), day("00010101"));
        assert_eq!(day("00010115").plus_months(-1), day("00010115"));
    }
}
