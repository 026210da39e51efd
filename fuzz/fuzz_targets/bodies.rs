//! Bodies of uploads in every packing, and the records inside them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odps::tunnel::coding::{Coding, Packer, Unpacker};
use odps::tunnel::records::Reader;
use odps::types::{Column, Type};
use std::io::{Read as _, Write as _};

const CODINGS: [Option<Coding>; 6] = [
    None,
    Some(Coding::Deflate),
    Some(Coding::Zstd),
    Some(Coding::Lz4Frame),
    Some(Coding::OdpsLz4Frame),
    Some(Coding::SnappyFramed),
];

/// What one body may unpack to here.
const MOST: u64 = 4 << 20;

fuzz_target!(|data: &[u8]| {
    let Some((how, data)) = data.split_first() else {
        return;
    };
    let coding = CODINGS[usize::from(how % 6)];
    let columns = ["bigint", "string", "decimal(38,18)"]
        .map(|kind| Column::new(kind, Type::read(kind)));
    if let Ok(unpacked) = Unpacker::new(coding, data)
        && let Ok(mut reader) = Reader::new(unpacked.take(MOST), &columns)
    {
        while let Ok(Some(_)) = reader.next(64) {}
    }
    if how & 0x80 != 0 {
        let mut packer = Packer::new(coding, Vec::new()).expect("a packer");
        packer.write_all(data).expect("memory does not fail");
        let packed = packer.finish().expect("memory does not fail");
        let mut back = Vec::new();
        let unpacked = Unpacker::new(coding, &packed[..]).expect("what was packed");
        unpacked.take(MOST).read_to_end(&mut back).expect("what was packed");
        assert_eq!(back, data);
    }
});
