//! Recorded requests and responses with damage: whatever happens, nothing panics.

use bytes::Bytes;
use odps::tunnel::download;
use odps::{Error, authorization, instances, projects, resources, tables};
use proptest::prelude::*;
use wire::{Call, Request, Response};

use crate::recording::{Exchange, all};

/// Reads both sides as this call; gives whether each could be read.
fn both<C: Call<Error = Error>>(
    exchange: &Exchange,
    request: &Request,
    response: &Response,
) -> (bool, bool) {
    let call = C::from_request(&exchange.request);
    let reply = call.is_ok_and(|call| call.from_response(response.clone()).is_ok());
    (C::from_request(request).is_ok(), reply)
}

type Both = fn(&Exchange, &Request, &Response) -> (bool, bool);

const READERS: [Both; 24] = [
    both::<authorization::SignBearerToken>,
    both::<instances::Create>,
    both::<instances::Get>,
    both::<instances::List>,
    both::<instances::Stop>,
    both::<instances::TaskStatus>,
    both::<instances::TaskResult>,
    both::<instances::Source>,
    both::<instances::Detail>,
    both::<instances::Summary>,
    both::<projects::Get>,
    both::<projects::TunnelHost>,
    both::<projects::LogviewHost>,
    both::<resources::Create>,
    both::<resources::Get>,
    both::<resources::Delete>,
    both::<tables::List>,
    both::<tables::Get>,
    both::<tables::GetExtended>,
    both::<tables::Partitions>,
    both::<tables::GetPartition>,
    both::<download::Create>,
    both::<download::Reload>,
    both::<download::Read>,
];

/// Damages a text or some bytes: a byte changed, a piece cut out or put twice.
fn damage(
    bytes: &[u8],
    kind: u8,
    from: prop::sample::Index,
    to: prop::sample::Index,
    byte: u8,
) -> Bytes {
    if bytes.is_empty() {
        return Bytes::from(vec![byte]);
    }
    let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
    let (from, to) = (from.min(to), from.max(to));
    let mut out = bytes.to_vec();
    match kind % 3 {
        0 => out[from] = byte,
        1 => out.truncate(from),
        _ => out.extend_from_slice(&bytes[from..to]),
    }
    out.into()
}

#[test]
fn damaged_bodies_and_addresses() {
    let recordings = all();
    let exchanges: Vec<&Exchange> = recordings
        .iter()
        .flat_map(|recording| &recording.exchanges)
        .collect();
    let mut read = 0_u32;
    let strategy = (
        any::<prop::sample::Index>(),
        any::<u8>(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        any::<u8>(),
    );
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let counter = std::cell::RefCell::new(&mut read);
    runner
        .run(&strategy, |(which, kind, from, to, byte)| {
            let exchange = exchanges[which.index(exchanges.len())];
            let mut request = exchange.request.clone();
            *request.body_mut() = damage(exchange.request.body(), kind, from, to, byte);
            let address = damage(
                exchange.request.uri().to_string().as_bytes(),
                kind,
                from,
                to,
                byte,
            );
            // What is no address at all is stopped by the server before it comes here.
            if let Ok(address) = http::Uri::try_from(&address[..]) {
                *request.uri_mut() = address;
            }
            let mut response = exchange.response.clone();
            *response.body_mut() = damage(exchange.response.body(), kind, from, to, byte);
            for reader in READERS {
                let (asked, answered) = reader(exchange, &request, &response);
                **counter.borrow_mut() += u32::from(asked) + u32::from(answered);
            }
            Ok(())
        })
        .expect("no failure");
    assert!(
        read > 100,
        "damage so heavy that nothing was read ({read}) tries nothing"
    );
}
