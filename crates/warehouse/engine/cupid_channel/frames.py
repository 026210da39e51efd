"""The frames that the tunnel puts around Arrow bytes: big-endian numbers of 32 bits.

The size of a chunk; then chunks of that size, each with its CRC-32C; last what is left, with the
CRC-32C of all bytes.
"""
import struct

from odps.crc import Crc32c

CHUNK_SIZE = 65536
WORD = 4


class Damaged(IOError):
    """A stream is cut off or does not match its checksums."""


def read(pieces):
    """The bytes inside, all checked, of a stream that comes in pieces."""
    pending = bytearray()
    out = []
    total = Crc32c()
    size = None
    for piece in pieces:
        pending += piece
        if size is None and len(pending) >= WORD:
            size, = struct.unpack_from('>I', pending)
            if not 0 < size <= 1 << 26:
                raise Damaged('the tunnel sends chunks of %d bytes' % size)
            del pending[:WORD]
        # The end of the stream may be shorter than a chunk, so a whole one is taken only when
        # something follows it.
        while size is not None and len(pending) >= size + WORD + WORD:
            _take(pending, size, out, total)
    if size is None:
        raise Damaged('the tunnel sent nothing')
    # A whole chunk at the end lacks the checksum of everything.
    if not WORD <= len(pending) < size + WORD:
        raise Damaged('the rows of the tunnel are cut off')
    last = pending[:-WORD]
    total.update(last)
    if struct.unpack('>I', pending[-WORD:])[0] != total.getvalue():
        raise Damaged('the rows of the tunnel are cut off or damaged')
    out.append(bytes(last))
    return b''.join(out)


def _take(pending, size, out, total):
    chunk = pending[:size]
    expected, = struct.unpack_from('>I', pending, size)
    if checksum(chunk) != expected:
        raise Damaged('a chunk of the tunnel is damaged')
    total.update(chunk)
    out.append(bytes(chunk))
    del pending[:size + WORD]


def write(data):
    """Pieces of the framed stream of these bytes."""
    yield struct.pack('>I', CHUNK_SIZE)
    total = Crc32c()
    at = 0
    while len(data) - at >= CHUNK_SIZE:
        chunk = bytearray(data[at:at + CHUNK_SIZE])
        total.update(chunk)
        yield bytes(chunk)
        yield struct.pack('>I', checksum(chunk))
        at += CHUNK_SIZE
    last = bytearray(data[at:])
    total.update(last)
    yield bytes(last) + struct.pack('>I', total.getvalue())


def checksum(data):
    crc = Crc32c()
    crc.update(bytearray(data))
    return crc.getvalue()
