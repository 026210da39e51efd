//! Sums of prices, in whole millionths of the currency.

use cluster::Spec;
use cluster::price::{Book, Money, Price};

/// The price of one hour in millionths.
pub fn micros_per_hour(spec: &Spec) -> u128 {
    micros(Price::of(spec, &Book::default()).hour)
}

/// What a time costs, by whole minutes, in millionths.
pub fn micros_for(spec: &Spec, milliseconds: u64) -> u128 {
    micros_per_hour(spec).saturating_mul(u128::from(milliseconds / 60_000)) / 60
}

/// `USD 2.50`
pub fn shown(micros: u128) -> String {
    let cents = micros.saturating_add(5_000) / 10_000;
    format!(
        "{} {}.{:02}",
        Book::default().currency,
        cents / 100,
        cents % 100
    )
}

fn micros(money: Money) -> u128 {
    // Six decimals of a price are its millionths.
    money
        .rounded(6)
        .replace('.', "")
        .parse()
        .unwrap_or(u128::MAX)
}

#[cfg(test)]
mod tests {
    use cluster::Spec;

    use super::{micros_for, micros_per_hour, shown};

    #[test]
    fn the_guides_cluster() {
        let spec = Spec::guide();
        assert_eq!(micros_per_hour(&spec), 2_498_400);
        assert_eq!(shown(micros_per_hour(&spec)), "USD 2.50");
        assert_eq!(shown(micros_for(&spec, 30 * 60_000)), "USD 1.25");
        assert_eq!(shown(micros_for(&spec, 59_999)), "USD 0.00");
    }
}
