//! Cutting a payload into Arrow IPC messages. Authority: "Encapsulated message format" of the Arrow
//! columnar format; the form without the continuation marker (before 0.15) is understood too.

use bytes::Bytes;

/// Marks the beginning of a message.
const CONTINUATION: [u8; 4] = [0xff; 4];

/// Metadata and body of a message, as lengths from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// Where the metadata begins.
    pub(super) metadata: usize,
    /// Where the body begins.
    pub(super) body: usize,
    /// Where the message ends.
    pub(super) end: usize,
}

/// What stands at the beginning of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// More bytes are needed to tell: so many in all.
    Partial(usize),
    /// The marker of the end, with its length.
    End(usize),
    /// A whole message.
    Message(Extent),
}

/// Looks at the beginning of some bytes.
pub(super) fn next(bytes: &[u8]) -> Result<Next, String> {
    let word = |at: usize| {
        bytes
            .get(at..at + 4)
            .and_then(|word| <[u8; 4]>::try_from(word).ok())
    };
    let Some(first) = word(0) else {
        return Ok(Next::Partial(4));
    };
    let (length, metadata) = if first == CONTINUATION {
        let Some(length) = word(4) else {
            return Ok(Next::Partial(8));
        };
        (length, 8)
    } else {
        (first, 4)
    };
    let length = i32::from_le_bytes(length);
    if length == 0 {
        return Ok(Next::End(metadata));
    }
    let length = usize::try_from(length).map_err(|_| format!("metadata of {length} bytes"))?;
    let Some(flat) = bytes.get(metadata..).and_then(|rest| rest.get(..length)) else {
        return Ok(Next::Partial(metadata + length));
    };
    let message = arrow::ipc::root_as_message(flat).map_err(|error| error.to_string())?;
    let body = usize::try_from(message.bodyLength())
        .map_err(|_| "a body of less than nothing".to_owned())?;
    let begin = metadata + length;
    let end = begin
        .checked_add(body)
        .ok_or("a body larger than the memory")?;
    if bytes.len() < end {
        return Ok(Next::Partial(end));
    }
    Ok(Next::Message(Extent {
        metadata,
        body: begin,
        end,
    }))
}

/// Whether some bytes end where a message ends.
pub(super) fn ends_with_a_message(mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        bytes = match next(bytes) {
            Ok(Next::End(length) | Next::Message(Extent { end: length, .. })) => &bytes[length..],
            Ok(Next::Partial(_)) | Err(_) => return false,
        };
    }
    true
}

/// A message, cut out.
pub(super) struct Message {
    bytes: Bytes,
    extent: Extent,
}

impl Message {
    pub(super) fn new(bytes: Bytes, extent: Extent) -> Self {
        Self { bytes, extent }
    }

    /// The metadata, checked once more: the borrow cannot outlive the bytes.
    pub(super) fn header(&self) -> Result<arrow::ipc::Message<'_>, String> {
        let metadata = &self.bytes[self.extent.metadata..self.extent.body];
        arrow::ipc::root_as_message(metadata).map_err(|error| error.to_string())
    }

    pub(super) fn body_length(&self) -> usize {
        self.extent.end - self.extent.body
    }

    pub(super) fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings() {
        assert_eq!(next(b""), Ok(Next::Partial(4)));
        assert_eq!(next(&[0xff; 4]), Ok(Next::Partial(8)));
        assert_eq!(
            next(&[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 1]),
            Ok(Next::End(8))
        );
        assert_eq!(next(&[0, 0, 0, 0]), Ok(Next::End(4)));
        assert_eq!(next(&[9, 0, 0, 0, 1]), Ok(Next::Partial(13)));
        assert!(next(&[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x80]).is_err());
        assert!(next(&[4, 0, 0, 0, 1, 2, 3, 4]).is_err());
    }
}
