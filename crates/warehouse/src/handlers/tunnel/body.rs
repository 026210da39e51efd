//! A request's body as a thread reads it: pieces come through a short queue, so that a body of any size
//! costs a few pieces of memory.

use axum::body::Body;
use bytes::{Buf as _, Bytes};
use std::io::{Error, ErrorKind, Read, Result};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_stream::StreamExt as _;

/// Pieces that may wait.
const QUEUE: usize = 4;

/// What is still taken of a body that was refused: a client that writes sees no answer before it is
/// done.
const DRAINED: usize = 1 << 30;

/// The end that a thread reads from.
#[derive(Debug)]
pub(super) struct Incoming {
    pieces: Receiver<Result<Bytes>>,
    piece: Bytes,
}

/// Both ends: the second is fed by [`feed`].
pub(super) fn incoming() -> (Incoming, Sender<Result<Bytes>>) {
    let (sender, pieces) = channel(QUEUE);
    let piece = Bytes::new();
    (Incoming { pieces, piece }, sender)
}

impl Read for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        while self.piece.is_empty() {
            match self.pieces.blocking_recv() {
                Some(piece) => self.piece = piece?,
                None => return Ok(0),
            }
        }
        let length = self.piece.len().min(buffer.len());
        self.piece.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

/// Hands the body over piece by piece. A body that is cut short ends with an error.
pub(super) async fn feed(body: Body, sender: Sender<Result<Bytes>>) {
    let mut stream = body.into_data_stream();
    let mut listened = true;
    let mut drained = 0;
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| Error::new(ErrorKind::UnexpectedEof, error));
        let cut = piece.is_err();
        if listened {
            listened = sender.send(piece).await.is_ok();
        } else {
            drained += piece.map_or(0, |piece| piece.len());
        }
        if cut || drained > DRAINED {
            return;
        }
    }
}
