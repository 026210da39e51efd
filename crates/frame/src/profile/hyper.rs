//! HyperLogLog: about how many values differ, in 16 KB, whatever their number.
//!
//! The estimate is Ertl's ("New cardinality estimation algorithms for HyperLogLog sketches", 2017,
//! algorithm 6), which needs no table of corrections.

/// Bits of a hash that choose a register.
const BITS: u32 = 14;
const COUNT: usize = 1 << BITS;
/// The greatest rank that the other bits can give.
const RANKS: usize = (64 - BITS + 1) as usize;

/// The registers.
#[derive(Debug)]
pub(super) struct Hyper(Vec<u8>);

impl Hyper {
    pub(super) fn new() -> Self {
        Self(vec![0; COUNT])
    }

    /// Takes a hash of all bits well mixed.
    pub(super) fn add(&mut self, hash: u64) {
        let register = &mut self.0[(hash >> (64 - BITS)) as usize];
        let rank = ((hash << BITS) | 1 << (BITS - 1)).leading_zeros() + 1;
        *register = (*register).max(u8::try_from(rank).unwrap_or(u8::MAX));
    }

    /// About how many hashes were different.
    pub(super) fn estimate(&self) -> u64 {
        let mut counts = [0u32; RANKS + 1];
        for &rank in &self.0 {
            counts[usize::from(rank).min(RANKS)] += 1;
        }
        let registers = COUNT as f64;
        let mut z = registers * tau(1.0 - f64::from(counts[RANKS]) / registers);
        for &count in counts[1..RANKS].iter().rev() {
            z = 0.5 * (z + f64::from(count));
        }
        z += registers * sigma(f64::from(counts[0]) / registers);
        let estimate = registers * registers / (2.0 * std::f64::consts::LN_2) / z;
        estimate.round() as u64
    }
}

fn sigma(mut x: f64) -> f64 {
    if x == 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z == before {
            return z;
        }
    }
}

fn tau(mut x: f64) -> f64 {
    if x == 0.0 || x == 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x) * (1.0 - x) * y;
        if z == before {
            return z / 3.0;
        }
    }
}

/// A hash of bytes whose bits are well mixed.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const TURN: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = (bytes.len() as u64).wrapping_mul(TURN);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = mixed(state ^ u64::from_le_bytes(*word)).wrapping_add(TURN);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mixed(state ^ u64::from_le_bytes(last))
}

/// The finish of SplitMix64.
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Hyper, hash};

    #[test]
    fn estimates_are_near() {
        for count in [0u64, 1, 100, 20_000, 70_000, 1_000_000] {
            let mut hyper = Hyper::new();
            for number in 0..count {
                hyper.add(hash(format!("key {number}").as_bytes()));
                hyper.add(hash(format!("key {number}").as_bytes()));
            }
            let off = hyper.estimate().abs_diff(count) as f64;
            assert!(off <= count as f64 * 0.03, "{count}: off by {off}");
        }
    }
}
