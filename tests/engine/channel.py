"""The stand-in for Cupid's native channel, alone: bytes and columns, without a cluster.

    python tests/engine/channel.py

`python` is the one of the engine's environment. Ends with 0 if every check holds.
"""
import datetime
import decimal
import os
import shutil
import sys
import tempfile
import unittest
from unittest import mock

import numpy as np
import pandas as pd
import pyarrow as pa

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir,
                                'crates', 'warehouse', 'engine'))

from cupid_channel import columns, frames, ipc, reading, types, writing  # noqa: the path first
from odps.models import Schema  # noqa
from odps.types import validate_data_type  # noqa
from cupid.errors import CupidError  # noqa
from cupid.proto import cupid_subprocess_service_pb2 as subprocess_pb  # noqa
from cupid.proto import cupid_task_service_pb2 as task_service_pb  # noqa

NAMES = ['whole', 'text', 'price', 'at', 'yes', 'part']
TYPES = ['bigint', 'string', 'decimal(10,2)', 'datetime', 'boolean', 'double']


def table():
    kinds = [validate_data_type(kind) for kind in TYPES]
    return Schema.from_lists(NAMES, kinds).simple_columns


def stream(frame):
    """What the operator of PyODPS writes."""
    sink = pa.BufferOutputStream()
    batch = pa.RecordBatch.from_pandas(frame, preserve_index=False)
    writer = pa.RecordBatchStreamWriter(sink, batch.schema)
    writer.write_batch(batch)
    writer.close()
    return sink.getvalue().to_pybytes()


def fit(frame):
    schema = types.arrow_schema(table())
    batch, = pa.RecordBatchStreamReader(stream(frame))
    return columns.fitted(batch, table(), schema), schema


class Frames(unittest.TestCase):
    def test_bytes_come_back_whatever_their_number(self):
        for size in (0, 1, 65535, 65536, 65537, 131072, 200000):
            data = np.random.RandomState(size).bytes(size)
            framed = b''.join(frames.write(data))
            for piece in (7, 65536, 1 << 20):
                if piece == 7 and size > 70000:
                    continue
                pieces = [framed[at:at + piece] for at in range(0, len(framed), piece)]
                self.assertEqual(frames.read(pieces), data)

    def test_the_frame_of_nothing(self):
        self.assertEqual(b''.join(frames.write(b'')), b'\x00\x01\x00\x00' + b'\x00' * 4)

    def test_a_cut_or_changed_stream_is_refused(self):
        framed = b''.join(frames.write(b'x' * 70000))
        for bad in (b'', framed[:3], framed[:-1], framed[:40000], framed[:65544],
                    framed[:9] + b'y' + framed[10:], framed[:-6] + b'y' + framed[-5:]):
            with self.assertRaises(frames.Damaged):
                frames.read([bad])


class Messages(unittest.TestCase):
    def test_rows_come_back_through_the_form_of_the_tunnel(self):
        frame = pd.DataFrame({'a': [1, 2, 3], 'b': ['x', None, '王']})
        data = stream(frame)
        sent = ipc.for_tunnel(data)
        self.assertEqual(sent[:4], ipc.MARKER)
        schema = pa.RecordBatchStreamReader(data).schema
        schema = pa.schema([pa.field(field.name, field.type) for field in schema])
        back = pa.RecordBatchStreamReader(ipc.for_pyarrow(schema, sent + sent)).read_all()
        self.assertEqual(back.to_pydict()['a'], [1, 2, 3, 1, 2, 3])
        self.assertEqual(back.to_pydict()['b'], ['x', None, '王', 'x', None, '王'])

    def test_no_rows_are_a_stream_too(self):
        schema = types.arrow_schema(table())
        back = pa.RecordBatchStreamReader(ipc.for_pyarrow(schema, b'')).read_all()
        self.assertEqual((back.num_rows, back.schema.names), (0, NAMES))

    def test_cut_messages_are_refused(self):
        sent = ipc.for_tunnel(stream(pd.DataFrame({'a': [1, 2, 3]})))
        for end in (5, 9, 40, len(sent) - 1):
            with self.assertRaises(ipc.Malformed):
                list(ipc.messages(sent[:end]))


class Columns(unittest.TestCase):
    def test_pandas_becomes_what_the_table_says(self):
        at = datetime.datetime(2024, 2, 29, 23, 59, 58, 123000)
        batch, schema = fit(pd.DataFrame({
            'whole': [1.0, np.nan], 'TEXT': ['王', None],
            'price': [decimal.Decimal('1.005'), None],
            'at': [pd.Timestamp(at), pd.NaT], 'yes': [True, None]}))
        self.assertEqual(batch.schema.names, NAMES)
        self.assertEqual([field.type for field in batch.schema],
                         [field.type for field in schema])
        rows = batch.to_pydict()
        self.assertEqual(rows['whole'], [1, None])
        self.assertEqual(rows['text'], ['王', None])
        self.assertEqual(rows['price'], [decimal.Decimal('1.01'), None])
        self.assertEqual(rows['at'], [at, None])
        self.assertEqual(rows['yes'], [True, None])
        self.assertEqual(rows['part'], [None, None])

    def test_the_largest_numbers_stay_what_they_are(self):
        batch, _ = fit(pd.DataFrame({'whole': [2 ** 63 - 1, -2 ** 63]}))
        self.assertEqual(batch.to_pydict()['whole'], [2 ** 63 - 1, -2 ** 63])

    def test_what_does_not_belong_is_refused(self):
        for frame in (pd.DataFrame({'whole': [1.5]}), pd.DataFrame({'other': [1]}),
                      pd.DataFrame({'price': [decimal.Decimal('123456789.00')]})):
            with self.assertRaises(columns.Unfit):
                fit(frame)


class Splits(unittest.TestCase):
    HANDLE = ('{"project": "p", "table": "t", "columns": ["a"], "rows": 10, "split_rows": 4,'
              ' "parts": [{"partition": "x=1", "session": "s1", "rows": 3},'
              ' {"partition": "x=2", "session": "s2", "rows": 0},'
              ' {"partition": "x=3", "session": "s3", "rows": 7}]}')

    def test_splits_cover_every_row_once(self):
        answer = reading.get_splits(subprocess_pb.GetSplitsRequest(inputTableHandle=self.HANDLE))
        bounds = [(one.splitFileStart, one.splitFileEnd) for one in answer.inputSplits]
        self.assertEqual(bounds, [(0, 4), (4, 8), (8, 10)])

    def test_a_split_may_lie_in_two_partitions(self):
        import json
        ranges = list(reading._ranges(json.loads(self.HANDLE), 0, 4))
        self.assertEqual(ranges, [
            {'partition': 'x=1', 'session': 's1', 'start': 0, 'count': 3},
            {'partition': 'x=3', 'session': 's3', 'start': 0, 'count': 1}])
        ranges = list(reading._ranges(json.loads(self.HANDLE), 8, 10))
        self.assertEqual(ranges, [
            {'partition': 'x=3', 'session': 's3', 'start': 5, 'count': 2}])


class Tunnel:
    """Notes what is asked of the tunnel, in place of the module."""

    def __init__(self):
        self.begun, self.blocks, self.committed = [], {}, []

    def begin_upload(self, project, table, partition, overwrite):
        self.begun.append((project, table, partition, overwrite))
        return 'upload-%d' % len(self.begun)

    def upload(self, project, table, partition, session):
        return session

    def write(self, session, block, batches):
        self.blocks[session, block] = batches

    def commit(self, session):
        self.committed.append(session)


class Writes(unittest.TestCase):
    """A write in the order of the operators: begin, blocks with a retry, commit."""

    def setUp(self):
        self.tunnel, self.folder = Tunnel(), tempfile.mkdtemp()
        writing.tunnel = self.tunnel
        writing.place = mock.Mock()
        writing.place.folder.return_value = self.folder
        writing.place.odps.return_value.get_table.return_value.schema.simple_columns = table()

    def tearDown(self):
        shutil.rmtree(self.folder)

    def block(self, handle, name, values):
        label = writing.register_table_writer(subprocess_pb.RegisterTableWriterRequest(
            outputTableHandle=handle, projectName='p', tableName='t',
            attemptFileName='attempt_' + name, partSpec='pt=a'))
        writing.store(label.subprocessWriteTableLabel, stream(pd.DataFrame({'whole': values})))

    def commit_block(self, handle, name):
        writing.commit_table_files(subprocess_pb.CommitTableFilesRequest(
            outputTableHandle=handle, projectName='p', tableName='t',
            commitActionInfos=[subprocess_pb.CommitActionInfo(
                commitFileName=name, attemptFileName='attempt_' + name, partSpec="pt='a'")]))

    def test_blocks_share_a_session_and_are_shown_at_once(self):
        writing.current.overwrite = True
        handle = writing.write_table(task_service_pb.WriteTableRequest(
            projectName='p', tableName='t')).outputTableHandle
        writing.current.overwrite = False
        self.block(handle, 'one', [1, 2])
        self.block(handle, 'two', [3])
        self.block(handle, 'one', [1, 2, 9])
        for name in ('one', 'two'):
            self.commit_block(handle, name)
        with self.assertRaises(CupidError):
            self.commit_block(handle, 'three')
        self.assertEqual(self.tunnel.committed, [])
        writing.commit_table(task_service_pb.CommitTableRequest(
            outputTableHandle=handle, projectName='p', tableName='t', isOverWrite=True,
            partSpecs=['pt=a']))
        self.assertEqual(self.tunnel.begun, [('p', 't', 'pt=a', True)])
        self.assertEqual(self.tunnel.committed, ['upload-1'])
        schema = types.arrow_schema(table())
        rows = {key: pa.RecordBatchStreamReader(ipc.for_pyarrow(schema, batches)).read_all()
                .to_pydict()['whole'] for key, batches in self.tunnel.blocks.items()}
        self.assertEqual(rows, {('upload-1', 0): [1, 2, 9], ('upload-1', 1): [3]})

    def test_replacing_is_not_a_late_idea(self):
        handle = writing.write_table(task_service_pb.WriteTableRequest(
            projectName='p', tableName='t')).outputTableHandle
        with self.assertRaises(CupidError):
            writing.commit_table(task_service_pb.CommitTableRequest(
                outputTableHandle=handle, projectName='p', tableName='t', isOverWrite=True,
                partSpecs=['']))


if __name__ == '__main__':
    unittest.main()
