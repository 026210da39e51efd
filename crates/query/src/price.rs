//! What a scan costs: input times complexity times the price of a gigabyte. Authority: the price
//! page named in [`Book`]. All arithmetic is in whole millionths.

/// The price list of scans at one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Book {
    /// The day on which the page was read, as `yyyy-mm-dd`.
    pub date: &'static str,
    /// The page.
    pub source: &'static str,
    /// ISO 4217 code of the currency.
    pub currency: &'static str,
    /// Price of one GB (2^30 bytes) at complexity 1, in millionths.
    pub micros_per_gb: u64,
}

/// The public pay-as-you-go price.
impl Default for Book {
    fn default() -> Self {
        Self {
            date: "2026-11-22",
            source: "https://www.alibabacloud.com/help/en/maxcompute/product-overview/computing-pricing",
            currency: "USD",
            micros_per_gb: 43_800,
        }
    }
}

/// What the service expects a statement to scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Bytes that are read.
    pub input: u64,
    /// The complexity in thousandths: 1000, 1500, 2000 or 4000.
    pub milli_complexity: u64,
}

impl Estimate {
    /// An estimate of what the service says; a complexity that is no number counts as 1.
    pub fn read(input: u64, complexity: &str) -> Self {
        Self {
            input,
            milli_complexity: thousandths(complexity).unwrap_or(1000),
        }
    }

    /// The price in millionths of the currency, rounded half up.
    pub fn micros(self, book: &Book) -> u64 {
        const GB: u128 = 1 << 30;
        let product = u128::from(self.input)
            * u128::from(self.milli_complexity)
            * u128::from(book.micros_per_gb);
        u64::try_from((product + 500 * GB) / (1000 * GB)).unwrap_or(u64::MAX)
    }

    /// `1.5`
    pub fn complexity(self) -> String {
        let (whole, rest) = (self.milli_complexity / 1000, self.milli_complexity % 1000);
        match rest {
            0 => whole.to_string(),
            rest => format!("{whole}.{}", format!("{rest:03}").trim_end_matches('0')),
        }
    }
}

/// `1.5` as 1500.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let whole: u64 = whole.parse().ok()?;
    let rest: String = rest.chars().chain("000".chars()).take(3).collect();
    whole.checked_mul(1000)?.checked_add(rest.parse().ok()?)
}

/// `0.0438`: as few decimals as say something, at least two.
pub fn amount(micros: u64) -> String {
    let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
    let rest = format!("{rest:06}");
    let kept = rest.trim_end_matches('0').len().max(2);
    format!("{whole}.{}", &rest[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gigabyte_costs_its_price() {
        let book = Book::default();
        let of = |input, complexity| Estimate::read(input, complexity).micros(&book);
        assert_eq!(of(1 << 30, "1.0"), 43_800);
        assert_eq!(of(1 << 30, "1.5"), 65_700);
        assert_eq!(of(10 << 30, "4"), 1_752_000);
        assert_eq!(of(0, "1"), 0);
        assert_eq!(of(1, "many"), 0);
        assert!(of(u64::MAX, "4") > 1_000_000_000);
    }

    #[test]
    fn words() {
        assert_eq!(Estimate::read(0, "1.50").complexity(), "1.5");
        assert_eq!(Estimate::read(0, "2").complexity(), "2");
        assert_eq!(amount(43_800), "0.0438");
        assert_eq!(amount(0), "0.00");
        assert_eq!(amount(1_752_000), "1.752");
        assert_eq!(amount(2_500_000), "2.50");
    }
}
