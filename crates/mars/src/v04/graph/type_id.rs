//! `type_id`: MurmurHash3 (x86, 32 bits, seed 0) of `<top package>.<class name>`.
//!
//! Authority: section 2.1 of the protocol notes; checked against the recorded table of operators.

/// The constant by which the engine finds a class.
pub const fn type_id(class: &str) -> u32 {
    murmur3(class.as_bytes())
}

const fn murmur3(bytes: &[u8]) -> u32 {
    let mut hash = 0u32;
    let mut at = 0;
    while at + 4 <= bytes.len() {
        let word = (bytes[at] as u32)
            | (bytes[at + 1] as u32) << 8
            | (bytes[at + 2] as u32) << 16
            | (bytes[at + 3] as u32) << 24;
        hash = (hash ^ mix(word))
            .rotate_left(13)
            .wrapping_mul(5)
            .wrapping_add(0xe654_6b64);
        at += 4;
    }
    let mut rest = 0u32;
    let mut shift = 0;
    while at < bytes.len() {
        rest |= (bytes[at] as u32) << shift;
        shift += 8;
        at += 1;
    }
    hash ^= mix(rest);
    hash ^= bytes.len() as u32;
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

const fn mix(word: u32) -> u32 {
    word.wrapping_mul(0xcc9e_2d51)
        .rotate_left(15)
        .wrapping_mul(0x1b87_3593)
}

#[cfg(test)]
mod tests {
    use super::type_id;

    #[test]
    fn agrees_with_the_recorded_ids() {
        for (class, id) in [
            ("mars.TensorRand", 102_711_245),
            ("mars.TensorData", 2_426_840_817),
            ("mars.DataFrameData", 2_222_114_790),
            ("mars.SeriesData", 3_854_629_358),
            ("mars.IndexData", 2_398_086_499),
            ("mars.DataFrameGroupByData", 2_683_066_529),
            ("odps.DataFrameReadTable", 4_156_272_589),
        ] {
            assert_eq!(type_id(class), id, "{class}");
        }
    }
}
