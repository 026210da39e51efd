//! What a cluster will cost. Authority: the price page named in [`BOOK`]; 1 CU is one core with
//! 4 GB, and the larger of the two sides is charged. All arithmetic is in whole millionths.

use serde::{Deserialize, Serialize};

use crate::Spec;

/// A price list at one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The day on which the page was read, as `yyyy-mm-dd`.
    pub date: String,
    /// The page.
    pub source: String,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Price of one CU for one hour, in millionths of the currency.
    pub micros_per_cu_hour: u64,
    /// After so many hours the platform ends a cluster by itself.
    pub cap_hours: u32,
}

impl Default for Book {
    /// The public pay-as-you-go price.
    fn default() -> Self {
        Self {
            date: String::from("2026-11-22"),
            source: String::from(
                "https://www.alibabacloud.com/help/en/maxcompute/product-overview/computing-pricing",
            ),
            currency: String::from("USD"),
            micros_per_cu_hour: 104_100,
            cap_hours: 72,
        }
    }
}

/// Cores and gigabytes of one scheduler, as the client asks for them (`odps.moye.am.cores` 400).
const SCHEDULER: (u32, u32) = (4, 16);
/// Cores and gigabytes that the guide names instead: a scheduler, and the web page beside it.
const GUIDE_SCHEDULER: (u32, u32) = (8, 32);
const GUIDE_WEB: (u32, u32) = (1, 4);

/// Compute units, kept in quarters because 1 GB is a quarter of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cu {
    quarters: u64,
}

impl Cu {
    /// What cores and gigabytes are charged as: the larger side.
    pub fn of(cpu: u32, mem: u32) -> Self {
        Self {
            quarters: (u64::from(cpu) * 4).max(u64::from(mem)),
        }
    }

    /// What cores and gigabytes can use together: the smaller side.
    pub fn both(cpu: u32, mem: u32) -> Self {
        Self {
            quarters: (u64::from(cpu) * 4).min(u64::from(mem)),
        }
    }

    fn times(self, count: u32) -> Self {
        Self {
            quarters: self.quarters.saturating_mul(u64::from(count)),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            quarters: self.quarters.saturating_add(other.quarters),
        }
    }
}

impl std::fmt::Display for Cu {
    /// As few decimals as are exact.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let decimals = match self.quarters % 4 {
            0 => "",
            1 => ".25",
            2 => ".5",
            _ => ".75",
        };
        write!(f, "{}{decimals}", self.quarters / 4)
    }
}

/// An amount of money in quarter millionths, so that a quarter CU stays exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Money {
    quarter_micros: u128,
}

impl Money {
    /// The amount with so many decimals (at most six), rounded half up.
    pub fn rounded(self, decimals: u32) -> String {
        let decimals = decimals.min(6);
        let unit = 4 * 10_u128.pow(6 - decimals);
        let scaled = self.quarter_micros.saturating_add(unit / 2) / unit;
        let whole = 10_u128.pow(decimals);
        if decimals == 0 {
            return scaled.to_string();
        }
        format!(
            "{}.{:02$}",
            scaled / whole,
            scaled % whole,
            decimals as usize
        )
    }

    fn hours(self, hours: u32) -> Self {
        Self {
            quarter_micros: self.quarter_micros.saturating_mul(u128::from(hours)),
        }
    }
}

/// What one spec costs by one book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// What all workers are charged as.
    pub workers: Cu,
    /// What the schedulers add, as the client asks for them.
    pub overhead: Cu,
    /// What schedulers and web page add by the guide, which disagrees with the client.
    pub overhead_by_guide: Cu,
    /// Workers and overhead.
    pub total: Cu,
    /// One hour.
    pub hour: Money,
    /// One day.
    pub day: Money,
    /// If nobody stops it before the platform does.
    pub cap: Money,
}

impl Price {
    /// Works the price out.
    pub fn of(spec: &Spec, book: &Book) -> Self {
        let workers = Cu::of(spec.worker_cpu, spec.worker_mem).times(spec.worker_num);
        let overhead = Cu::of(SCHEDULER.0, SCHEDULER.1).times(spec.scheduler_num);
        let overhead_by_guide = Cu::of(GUIDE_SCHEDULER.0, GUIDE_SCHEDULER.1)
            .times(spec.scheduler_num)
            .plus(Cu::of(GUIDE_WEB.0, GUIDE_WEB.1));
        let total = workers.plus(overhead);
        let hour = Money {
            quarter_micros: u128::from(total.quarters)
                .saturating_mul(u128::from(book.micros_per_cu_hour)),
        };
        Self {
            workers,
            overhead,
            overhead_by_guide,
            total,
            hour,
            day: hour.hours(24),
            cap: hour.hours(book.cap_hours),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_costs_what_the_price_page_says() {
        let price = Price::of(&Spec::guide(), &Book::default());
        assert_eq!(price.workers.to_string(), "20");
        assert_eq!(price.overhead.to_string(), "4");
        assert_eq!(price.overhead_by_guide.to_string(), "9");
        assert_eq!(price.total.to_string(), "24");
        assert_eq!(price.hour.rounded(4), "2.4984");
        assert_eq!(price.hour.rounded(2), "2.50");
        assert_eq!(price.day.rounded(0), "60");
        assert_eq!(price.cap.rounded(0), "180");
    }

    #[test]
    fn a_quarter_unit_is_exact() {
        let spec = Spec {
            worker_num: 1,
            worker_cpu: 1,
            worker_mem: 5,
            ..Spec::default()
        };
        let price = Price::of(&spec, &Book::default());
        assert_eq!(price.workers.to_string(), "1.25");
        // 5.25 CU at 0.1041
        assert_eq!(price.hour.rounded(6), "0.546525");
        let odd = Book {
            micros_per_cu_hour: 1,
            ..Book::default()
        };
        assert_eq!(Price::of(&spec, &odd).hour.rounded(6), "0.000005");
    }

    #[test]
    fn the_largest_spec_does_not_overflow() {
        let spec = Spec {
            worker_num: u32::MAX,
            worker_cpu: u32::MAX,
            worker_mem: u32::MAX,
            scheduler_num: u32::MAX,
            ..Spec::default()
        };
        let price = Price::of(&spec, &Book::default());
        assert!(price.cap > price.day && price.day > price.hour);
        let dearest = Price::of(
            &spec,
            &Book {
                micros_per_cu_hour: u64::MAX,
                ..Book::default()
            },
        );
        assert_eq!(dearest.cap, dearest.day, "both stand at the largest amount");
    }
}
