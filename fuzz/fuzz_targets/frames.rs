//! Arrow streams in the tunnel's framing: the framing as it comes, and the streams behind a framing
//! that is right, since a checksum keeps noise away from them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odps::tunnel::frame::{Decoder, Encoder};
use odps::tunnel::rows::Reader;
use odps::tunnel::schema::arrow_schema;
use odps::types::{Column, Type};

fuzz_target!(|data: &[u8]| {
    let Some((how, data)) = data.split_first() else {
        return;
    };
    let columns = [
        ("a", "bigint"),
        ("b", "string"),
        ("c", "decimal"),
        ("d", "array<struct<x:timestamp,y:map<string,double>>>"),
    ]
    .map(|(name, kind)| Column::new(name, Type::read(kind)));
    let columns = match how & 2 {
        0 => &columns[..1],
        _ => &columns[..],
    };
    let framed = match how & 1 {
        0 => data.to_vec(),
        _ => {
            let mut encoder = Encoder::new(64);
            [encoder.push(data), encoder.finish()].concat()
        }
    };
    let mut decoder = Decoder::new();
    let mut payload = Vec::new();
    for piece in framed.chunks(usize::from(how >> 2) + 1) {
        match decoder.push(piece) {
            Ok(more) => payload.extend(more.concat()),
            Err(_) => break,
        }
    }
    let whole = decoder.finish().is_ok();
    assert!(!whole || how & 1 == 0 || payload.len() <= data.len());
    let Ok(mut reader) = arrow_schema(columns, None).map_err(drop).and_then(|schema| {
        Reader::new(schema).map_err(drop)
    }) else {
        return;
    };
    let mut batches = Vec::new();
    for piece in framed.chunks(usize::from(how >> 2) + 1) {
        if reader.push(piece, &mut batches).is_err() {
            return;
        }
    }
    let _ = reader.finish(&mut batches);
    for batch in batches {
        assert_eq!(batch.num_columns(), columns.len());
    }
});
