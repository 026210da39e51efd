//! Streams that arrive damaged, on request: the faults `tunnel-truncated` and `tunnel-corrupt`.

use crate::faults::{Fault, Faults};
use bytes::{Bytes, BytesMut};

/// Bytes that are missing at the end unless told otherwise: the checksum and two more.
const TAIL: u64 = 6;

/// Which bit is flipped unless told otherwise: one of the first message.
const AT: u64 = 64;

/// Where the stream is damaged. Without a fault it passes everything on.
#[derive(Debug, Default)]
pub(super) struct Bend {
    flip: Option<u64>,
    keep: Option<u64>,
    /// The last bytes so far, held back because they may be the last of all.
    held: Option<BytesMut>,
    passed: u64,
}

impl Bend {
    /// What the faults ask for.
    pub(super) fn by(faults: &Faults) -> Self {
        let keep = faults.number(Fault::TunnelTruncated, "after", u64::MAX);
        Self {
            flip: faults.number(Fault::TunnelCorrupt, "at", AT),
            keep: keep.filter(|keep| *keep != u64::MAX),
            held: keep
                .filter(|keep| *keep == u64::MAX)
                .map(|_| BytesMut::new()),
            passed: 0,
        }
    }

    /// The bytes that go out for these.
    pub(super) fn pass(&mut self, bytes: Bytes) -> Bytes {
        if self.flip.is_none() && self.keep.is_none() && self.held.is_none() {
            return bytes;
        }
        let mut bytes = BytesMut::from(bytes);
        if let Some(held) = &mut self.held {
            held.extend_from_slice(&bytes);
            let ready = held
                .len()
                .saturating_sub(usize::try_from(TAIL).unwrap_or(0));
            bytes = held.split_to(ready);
        }
        if let Some(at) = self.flip.and_then(|flip| flip.checked_sub(self.passed))
            && let Some(byte) = usize::try_from(at).ok().and_then(|at| bytes.get_mut(at))
        {
            *byte ^= 0x10;
        }
        if let Some(keep) = self.keep {
            let left = usize::try_from(keep.saturating_sub(self.passed)).unwrap_or(usize::MAX);
            bytes.truncate(left);
        }
        self.passed += u64::try_from(bytes.len()).unwrap_or(0);
        bytes.freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::Bend;
    use crate::faults::{Fault, Faults};
    use serde_json::{Value, json};

    fn through(fault: Option<(Fault, Value)>) -> Vec<u8> {
        let faults = Faults::default();
        if let Some((fault, Value::Object(parameters))) = fault {
            faults.set(fault, parameters);
        }
        let mut bend = Bend::by(&faults);
        let bytes: Vec<u8> = (0..100).collect();
        bytes
            .chunks(7)
            .flat_map(|part| bend.pass(part.to_vec().into()))
            .collect()
    }

    #[test]
    fn only_a_fault_bends() {
        let straight: Vec<u8> = (0..100).collect();
        assert_eq!(through(None), straight);
        assert_eq!(
            through(Some((Fault::TunnelTruncated, json!({})))),
            straight[..94]
        );
        assert_eq!(
            through(Some((Fault::TunnelTruncated, json!({"after": 10})))),
            straight[..10]
        );
        let mut flipped = straight.clone();
        flipped[64] ^= 0x10;
        assert_eq!(through(Some((Fault::TunnelCorrupt, json!({})))), flipped);
    }
}
