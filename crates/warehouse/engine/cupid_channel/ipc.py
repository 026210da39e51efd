"""Arrow's stream format, between the tunnel and pyarrow 0.11.

The tunnel sends record batches as messages that begin with a marker (Arrow 0.15 and later), and
no schema: the reader knows it from the session. pyarrow 0.11 reads and writes messages without
the marker. Both are a length, a flatbuffer of that length, and a body whose length the
flatbuffer says; only the beginning differs.
"""
import struct

import pyarrow as pa

MARKER = b'\xff\xff\xff\xff'
ALIGNMENT = 8
# The parts of a `Message` table, by place.
HEADER_TYPE, BODY_LENGTH = 1, 3
RECORD_BATCH = 3


class Malformed(ValueError):
    """The bytes are no stream of Arrow messages."""


def messages(data):
    """(kind, flatbuffer, body) of each message of a stream, with or without markers."""
    data = memoryview(data)
    at = 0
    while at < len(data):
        if data[at:at + 4] == MARKER:
            at += 4
        if at + 4 > len(data):
            raise Malformed('a message has no length')
        length, = struct.unpack_from('<i', data, at)
        at += 4
        if length == 0:
            return
        head = data[at:at + length]
        if length < 0 or len(head) < length:
            raise Malformed('a message is cut off')
        at += length
        kind = _field(head, HEADER_TYPE, '<B', 0)
        size = _field(head, BODY_LENGTH, '<q', 0)
        body = data[at:at + size]
        if size < 0 or len(body) < size:
            raise Malformed('the body of a message is cut off')
        at += size
        yield kind, head, body


def _field(table, place, form, default):
    """A number of the root table of a flatbuffer."""
    try:
        start, = struct.unpack_from('<I', table, 0)
        back, = struct.unpack_from('<i', table, start)
        names = start - back
        length, = struct.unpack_from('<H', table, names)
        entry = 4 + 2 * place
        offset = struct.unpack_from('<H', table, names + entry)[0] if entry < length else 0
        return struct.unpack_from(form, table, start + offset)[0] if offset else default
    except struct.error:
        raise Malformed('a message is no flatbuffer')


def for_pyarrow(schema, batches):
    """A whole stream as pyarrow 0.11 reads it, of the tunnel's batches."""
    out = [_schema_message(schema)]
    for kind, head, body in messages(batches):
        if kind == RECORD_BATCH:
            out += _message(b'', head, body)
    out.append(struct.pack('<i', 0))
    return b''.join(out)


def for_tunnel(stream):
    """The batches of a stream that pyarrow 0.11 wrote, as the tunnel takes them."""
    out = []
    for kind, head, body in messages(stream):
        if kind == RECORD_BATCH:
            out += _message(MARKER, head, body)
    return b''.join(out)


def _message(marker, head, body):
    """The length counts padding after the flatbuffer, so that the body is aligned."""
    before = len(marker) + 4
    padding = -(before + len(head)) % ALIGNMENT
    return [marker, struct.pack('<i', len(head) + padding), bytes(head), b'\0' * padding,
            bytes(body)]


def _schema_message(schema):
    sink = pa.BufferOutputStream()
    writer = pa.RecordBatchStreamWriter(sink, schema)
    writer.close()
    data = sink.getvalue().to_pybytes()
    for _, head, body in messages(data):
        return b''.join(_message(b'', head, body))
    raise Malformed('pyarrow wrote no schema')
