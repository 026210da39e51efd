"""Writing a table: blocks of one upload session, shown all at once when the write is committed.

The processes of a cluster share the session through small files in the cluster's folder: for
each write a folder, in it for each partition the id of its session and a file for each block.
A block has the number that the first attempt to write it drew, so another attempt replaces it.
"""
import hashlib
import json
import os
import uuid

import gevent.local
import pyarrow as pa
from cupid.errors import CupidError
from cupid.proto import cupid_subprocess_service_pb2 as subprocess_pb
from cupid.proto import cupid_task_service_pb2 as task_service_pb

from . import ipc, place, tunnel
from .columns import fitted
from .types import arrow_schema


# What the operator that is being prepared asks for; `operators` sets it. The tunnel has to know at
# the beginning whether rows are replaced, Cupid is told at the end only.
current = gevent.local.local()


def write_table(request):
    """`CupidTaskService.WriteTable`: begins a write."""
    handle = dict(project=request.projectName, table=request.tableName, id=uuid.uuid4().hex,
                  overwrite=bool(getattr(current, 'overwrite', False)))
    os.makedirs(os.path.join(place.folder(), handle['id']), mode=0o700)
    return task_service_pb.WriteTableResponse(outputTableHandle=json.dumps(handle))


def register_table_writer(request):
    """`CupidSubProcessService.RegisterTableWriter`: a label for the stream of a block."""
    label = dict(handle=request.outputTableHandle, partition=request.partSpec,
                 attempt=request.attemptFileName)
    return subprocess_pb.RegisterTableWriterResponse(subprocessWriteTableLabel=json.dumps(label))


def store(label, stream):
    """Writes the block of a label: its rows, in the types of the table."""
    label = json.loads(label)
    handle = json.loads(label['handle'])
    folder = _folder(handle, label['partition'])
    session = tunnel.upload(handle['project'], handle['table'], label['partition'] or None,
                            _session(handle, folder, label['partition']))
    columns = place.odps().get_table(handle['table'],
                                     project=handle['project']).schema.simple_columns
    sink = pa.BufferOutputStream()
    schema = arrow_schema(columns)
    writer = pa.RecordBatchStreamWriter(sink, schema)
    rows = 0
    for batch in pa.RecordBatchStreamReader(stream):
        writer.write_batch(fitted(batch, columns, schema))
        rows += batch.num_rows
    writer.close()
    number = _number(folder, label['attempt'])
    if rows:
        tunnel.write(session, number, ipc.for_tunnel(sink.getvalue().to_pybytes()))


def commit_table_files(request):
    """`CupidSubProcessService.CommitTableFiles`: what was attempted is complete."""
    handle = json.loads(request.outputTableHandle)
    for action in request.commitActionInfos:
        folder = _folder(handle, action.partSpec.replace("'", ''))
        if action.attemptFileName not in _attempts(folder):
            raise CupidError('the block %s was not written' % action.attemptFileName)
    return subprocess_pb.CommitTableFilesResponse()


def commit_table(request):
    """`CupidTaskService.CommitTable`: shows the blocks of the write, instead of what was in the
    table or partition before if that is asked."""
    handle = json.loads(request.outputTableHandle)
    if request.isOverWrite != handle['overwrite']:
        raise CupidError('whether rows are replaced was said otherwise when the write began')
    for partition in request.partSpecs:
        folder = _folder(handle, partition)
        session = tunnel.upload(handle['project'], handle['table'], partition or None,
                                _session(handle, folder, partition))
        tunnel.commit(session)
    return task_service_pb.CommitTableResponse()


def _folder(handle, partition):
    """What is known of the blocks of a partition, or of a table without partitions."""
    name = hashlib.sha1((partition or '').encode()).hexdigest()
    folder = os.path.join(place.folder(), handle['id'], name)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return folder


def _session(handle, folder, partition):
    """The id of the one upload session. Of several that are begun at once the first whose id is
    written down is kept, the others are left to expire."""
    path = os.path.join(folder, 'session')
    if not os.path.exists(path):
        session = tunnel.begin_upload(handle['project'], handle['table'], partition or None,
                                      handle['overwrite'])
        own = '%s.%s' % (path, uuid.uuid4().hex)
        with open(own, 'w') as file:
            file.write(session)
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        os.unlink(own)
    with open(path) as file:
        return file.read()


def _attempts(folder):
    """The numbers of the blocks by the names of their attempts."""
    return {name.split('.', 1)[1]: int(name.split('.', 1)[0])
            for name in os.listdir(folder) if name.split('.', 1)[0].isdigit()}


def _number(folder, attempt):
    """The number of a block; the name of an attempt has no meaning to the tunnel."""
    while True:
        known = _attempts(folder)
        if attempt in known:
            return known[attempt]
        number = max(known.values(), default=-1) + 1
        try:
            os.mkdir(os.path.join(folder, 'number.%d' % number))
        except FileExistsError:
            continue
        with open(os.path.join(folder, '%d.%s' % (number, attempt)), 'w'):
            return number
