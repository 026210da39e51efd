//! The shape of the stream, cuts and wounds at every place, noise.

use proptest::prelude::*;

use super::*;

fn encode(payload: &[u8], chunk_size: usize) -> Vec<u8> {
    let mut encoder = Encoder::new(chunk_size);
    let mut out = encoder.push(payload).to_vec();
    out.extend_from_slice(&encoder.finish());
    out
}

/// Everything that was proven, and how it ended.
fn decode<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, Result<(), FrameError>) {
    let mut decoder = Decoder::new();
    let mut payload = Vec::new();
    for piece in pieces {
        match decoder.push(piece) {
            Ok(chunks) => chunks
                .iter()
                .for_each(|chunk| payload.extend_from_slice(chunk)),
            Err(error) => return (payload, Err(error)),
        }
    }
    let end = decoder.finish();
    payload.extend_from_slice(end.as_deref().unwrap_or_default());
    (payload, end.map(|_| ()))
}

#[test]
fn the_shape_of_a_stream() {
    assert_eq!(
        encode(b"", 4),
        [&4u32.to_be_bytes()[..], &0u32.to_be_bytes()].concat()
    );
    let crc = |bytes: &[u8]| crc32c(bytes).to_be_bytes();
    assert_eq!(
        encode(b"abcdefgh", 4),
        [
            &4u32.to_be_bytes()[..],
            b"abcd",
            &crc(b"abcd"),
            b"efgh",
            &crc(b"efgh"),
            &crc(b"abcdefgh")
        ]
        .concat()
    );
    assert_eq!(
        encode(b"abcdef", 4),
        [
            &4u32.to_be_bytes()[..],
            b"abcd",
            &crc(b"abcd"),
            b"ef",
            &crc(b"abcdef")
        ]
        .concat()
    );
}

#[test]
fn an_empty_body_is_truncated() {
    assert_eq!(
        decode([&[][..]]),
        (vec![], Err(FrameError::Truncated { at: 0 }))
    );
    assert_eq!(
        decode([&[0, 0, 0, 4][..]]),
        (vec![], Err(FrameError::Truncated { at: 4 }))
    );
}

#[test]
fn an_impossible_chunk_size() {
    for size in [0, u32::MAX] {
        let bytes = [&size.to_be_bytes()[..], &[7]].concat();
        assert_eq!(
            decode([&bytes[..]]),
            (vec![], Err(FrameError::BadChunkSize { size }))
        );
    }
}

#[test]
fn four_zeros_alone_are_no_rows() {
    for step in [1, 4] {
        assert_eq!(decode([0_u8; 4].chunks(step)), (vec![], Ok(())));
    }
}

#[test]
fn chunks_before_a_damaged_one_are_kept() {
    let mut bytes = encode(b"abcdefghij", 4);
    bytes[12] ^= 1;
    let mut decoder = Decoder::new();
    let chunks = decoder.push(&bytes).expect("the first chunk is good");
    assert_eq!(chunks, [&b"abcd"[..]]);
    let error = decoder.push(b"").expect_err("the second is not");
    assert!(
        matches!(error, FrameError::BadChecksum { at: 12, .. }),
        "{error}"
    );
    assert_eq!(decoder.finish(), Err(error));
}

#[test]
fn nothing_follows_the_end() {
    let mut decoder = Decoder::new();
    assert!(
        decoder
            .push(&encode(b"ab", 4))
            .is_ok_and(|chunks| chunks.is_empty())
    );
    assert_eq!(decoder.finish().as_deref(), Ok(&b"ab"[..]));
    assert!(decoder.finish().is_err() && decoder.push(b"x").is_err());
}

proptest! {
    #[test]
    fn what_was_framed_comes_back(
        payload in proptest::collection::vec(any::<u8>(), 0..300),
        chunk_size in 1usize..70,
        cuts in proptest::collection::vec(0usize..400, 0..12),
        step in 1usize..50,
    ) {
        let mut encoder = Encoder::new(chunk_size);
        let mut framed = Vec::new();
        for piece in payload.chunks(step) {
            framed.extend_from_slice(&encoder.push(piece));
        }
        framed.extend_from_slice(&encoder.finish());
        prop_assert_eq!(&framed, &encode(&payload, chunk_size));
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(framed.len())).collect();
        cuts.extend([0, framed.len()]);
        cuts.sort_unstable();
        let pieces = cuts.windows(2).map(|pair| &framed[pair[0]..pair[1]]);
        prop_assert_eq!(decode(pieces), (payload, Ok(())));
    }

    #[test]
    fn every_cut_is_seen(
        payload in proptest::collection::vec(any::<u8>(), 0..200),
        chunk_size in 1usize..70,
    ) {
        let framed = encode(&payload, chunk_size);
        for end in 0..framed.len() {
            let (proven, result) = decode([&framed[..end]]);
            prop_assert!(result.is_err(), "cut at {end}");
            prop_assert!(payload.starts_with(&proven));
        }
    }

    #[test]
    fn every_flipped_bit_is_seen(
        payload in proptest::collection::vec(any::<u8>(), 0..100),
        chunk_size in 1usize..40,
        place in any::<prop::sample::Index>(),
        bit in 0u8..8,
    ) {
        let mut framed = encode(&payload, chunk_size);
        let place = place.index(framed.len());
        framed[place] ^= 1 << bit;
        let (proven, result) = decode([framed.as_slice()]);
        // A stream of less than a chunk reads the same under another chunk size.
        let harmless = place < WORD && proven == payload;
        prop_assert!(result.is_err() || harmless, "bit {bit} of byte {place}");
    }

    #[test]
    fn noise_is_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), small in any::<bool>()) {
        // With a small chunk size in front the noise gets past the first check.
        let framed = if small { [&[0, 0, 0, 9][..], &bytes].concat() } else { bytes };
        let (payload, result) = decode([framed.as_slice()]);
        prop_assert!(result.is_err() || crc32c(&payload).to_be_bytes()[..] == framed[framed.len() - 4..]);
    }
}
