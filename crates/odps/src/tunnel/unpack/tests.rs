//! LZ4 frames of every kind against the real encoder: cut anywhere, damaged anywhere.

use std::io::Write as _;

use lz4_flex::frame::{BlockMode, BlockSize, FrameEncoder, FrameInfo};
use proptest::prelude::*;

use super::{Unpack, UnpackError};

fn kinds(length: u64) -> Vec<FrameInfo> {
    let mut all = Vec::new();
    for mode in [BlockMode::Independent, BlockMode::Linked] {
        for sums in [false, true] {
            let info = FrameInfo::new()
                .block_mode(mode)
                .block_size(BlockSize::Max64KB)
                .block_checksums(sums)
                .content_checksum(sums)
                .content_size(sums.then_some(length));
            all.push(info);
        }
    }
    all
}

fn pack(info: &FrameInfo, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = FrameEncoder::with_frame_info(info.clone(), Vec::new());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

fn unpack<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, Result<(), UnpackError>) {
    let (mut unpack, mut all) = (Unpack::default(), Vec::new());
    for piece in pieces {
        let (out, outcome) = unpack.push(piece);
        all.extend_from_slice(&out);
        if outcome.is_err() {
            assert_eq!(unpack.finish().map(drop), outcome, "an error stays");
            return (all, outcome);
        }
    }
    let end = unpack.finish().map(|rest| all.extend_from_slice(&rest));
    (all, end)
}

/// Numbers that repeat after a while, so that linked blocks reach back.
fn content(length: usize) -> Vec<u8> {
    (0..length as u32)
        .map(|at| ((at % 1_000).wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect()
}

#[test]
fn a_plain_stream_stays_as_it_is() {
    for length in [0, 1, 3, 4, 5, 100] {
        let bytes: Vec<u8> = [0, 1, 0, 0]
            .into_iter()
            .chain(7..200)
            .take(length)
            .collect();
        assert_eq!(unpack(bytes.chunks(1)), (bytes.clone(), Ok(())));
        assert_eq!(unpack([&bytes[..]]), (bytes.clone(), Ok(())));
    }
}

#[test]
fn what_is_not_unpacked_here_is_named() {
    let begins: [(&[u8], &str); 4] = [
        (&[0x28, 0xb5, 0x2f, 0xfd], "zstd"),
        (&[0x1f, 0x8b, 8, 0], "gzip"),
        (&[0x78, 0x01, 1, 1], "deflate"),
        (&[0xff, 6, 0, 0, b's'], "x-snappy-framed"),
    ];
    for (begin, coding) in begins {
        let unknown = Err(UnpackError::Unknown { coding });
        assert_eq!(unpack([begin]), (Vec::new(), unknown));
    }
}

#[test]
fn every_cut_is_told_and_invents_nothing() {
    let bytes = content(70_000);
    for info in kinds(bytes.len() as u64) {
        let packed = pack(&info, &bytes);
        for end in 4..packed.len() {
            let (found, outcome) = unpack([&packed[..end]]);
            assert!(bytes.starts_with(&found));
            assert!(
                matches!(outcome, Err(UnpackError::Truncated { at }) if at == end as u64),
                "{end}: {outcome:?}"
            );
        }
    }
}

#[test]
fn every_wound_under_a_checksum_is_told() {
    let bytes = content(3_000);
    let info = &kinds(bytes.len() as u64)[1];
    let packed = pack(info, &bytes);
    for at in 0..packed.len() {
        let mut wounded = packed.clone();
        wounded[at] ^= 0x10;
        let (found, outcome) = unpack([&wounded[..]]);
        // Another first word is another stream, which has no frames.
        assert!(outcome.is_err() || (at < 4 && found == wounded), "{at}");
    }
}

#[test]
fn frames_stand_one_behind_the_other() {
    let (a, b) = (content(10), content(99_000));
    let all = kinds(10);
    let packed = [pack(&all[0], &a), pack(&all[2], &b), pack(&all[0], &[])].concat();
    assert_eq!(unpack(packed.chunks(3)), ([a, b].concat(), Ok(())));
}

proptest! {
    #[test]
    fn any_pieces_give_the_same(
        length in 0_usize..200_000, cuts in prop::collection::vec(0_usize..200_000, 0..20),
    ) {
        let bytes = content(length);
        for info in kinds(length as u64) {
            let packed = pack(&info, &bytes);
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (packed.len() + 1)).collect();
            cuts.extend([0, packed.len()]);
            cuts.sort_unstable();
            let pieces = cuts.windows(2).map(|two| &packed[two[0]..two[1]]);
            prop_assert_eq!(unpack(pieces), (bytes.clone(), Ok(())));
        }
    }

    #[test]
    fn noise_is_no_panic(noise in prop::collection::vec(any::<u8>(), 0..400), keep in 0_usize..400) {
        let bytes = content(500);
        for info in kinds(500) {
            let packed = pack(&info, &bytes);
            let mut noisy = packed[..keep.min(packed.len())].to_vec();
            noisy.extend_from_slice(&noise);
            drop(unpack(noisy.chunks(7)));
        }
    }
}
