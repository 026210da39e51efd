"""Reading a table: splits, and the rows of a split.

A split is a range of rows over the files of the table, or over those of all its partitions one
after another. The handle of the table and the label of a split are texts that say all that a
worker has to know; they go through the graph, so there are no credentials in them.
"""
import json

from cupid.proto import cupid_subprocess_service_pb2 as subprocess_pb
from cupid.proto import cupid_task_service_pb2 as task_service_pb

from . import ipc, place, tunnel
from .types import arrow_schema

MEBIBYTE = 1 << 20


def split_tables(request):
    """`CupidTaskService.SplitTables`: opens download sessions, which keep what they saw, and
    chooses how many rows a split has."""
    if len(request.tableInputInfos) != 1:
        raise ValueError('one table is read at a time, not %d' % len(request.tableInputInfos))
    info = request.tableInputInfos[0]
    table = place.odps().get_table(info.tableName, project=info.projectName)
    wanted = [name for name in info.columns.split(',') if name]
    known = {column.name.lower(): column.name for column in table.schema.simple_columns}
    missing = [name for name in wanted if name.lower() not in known]
    if missing:
        raise ValueError('%s has no column %s' % (info.tableName, ', '.join(missing)))
    specs, size = _partitions(table, info.partSpec)
    parts = []
    for spec in specs:
        session = tunnel.download(info.projectName, info.tableName, spec)
        parts.append({'partition': spec, 'session': session.id, 'rows': session.count})
    rows = sum(part['rows'] for part in parts)
    count = request.splitCount or -(-size // (max(1, request.splitSize) * MEBIBYTE))
    count = max(1, min(count, rows))
    return task_service_pb.SplitTablesResponse(inputTableHandle=json.dumps({
        'project': info.projectName, 'table': info.tableName,
        'columns': [known[name.lower()] for name in wanted],
        'parts': parts, 'rows': rows, 'split_rows': max(1, -(-rows // count))}))


def _partitions(table, spec):
    """The partitions to read, none named for a table without any, and their size in bytes."""
    if spec:
        return [spec], int(table.get_partition(spec).size or 0)
    if not table.schema.partitions:
        return [None], int(table.size or 0)
    specs = [str(partition.partition_spec).replace("'", '') for partition in table.partitions]
    return specs, int(table.size or 0)


def get_splits(request):
    """`CupidSubProcessService.GetSplits`: the ranges of rows, at least one."""
    handle = json.loads(request.inputTableHandle)
    step, rows = handle['split_rows'], handle['rows']
    starts = range(0, max(1, rows), step)
    return subprocess_pb.GetSplitsResponse(inputSplits=[
        subprocess_pb.InputSplit(splitIndexId=index, splitFileStart=start,
                                 splitFileEnd=min(rows, start + step),
                                 schemaFileStart=0, schemaFileEnd=0)
        for index, start in enumerate(starts)])


def register_table_reader(request):
    """`CupidSubProcessService.RegisterTableReader`: the schema, and a label for the stream."""
    handle = json.loads(request.inputTableHandle)
    split = request.inputSplit
    table = place.odps().get_table(handle['table'], project=handle['project'])
    label = dict(project=handle['project'], table=handle['table'], columns=handle['columns'],
                 ranges=list(_ranges(handle, split.splitFileStart, split.splitFileEnd)))
    return subprocess_pb.RegisterTableReaderResponse(
        schema=_described(table.schema.simple_columns),
        partitionSchema=_described(table.schema.partitions),
        readIterator=json.dumps(label))


def _described(columns):
    return json.dumps([{'name': column.name, 'type': str(column.type).lower()}
                       for column in columns or []])


def _ranges(handle, start, end):
    """The part of each partition that a range over all of them covers."""
    before = 0
    for part in handle['parts']:
        first, last = max(start, before), min(end, before + part['rows'])
        if first < last:
            yield dict(partition=part['partition'], session=part['session'],
                       start=first - before, count=last - first)
        before += part['rows']


def stream(label):
    """The rows of a label as a whole stream for pyarrow. Columns keep the order of the table."""
    label = json.loads(label)
    table = place.odps().get_table(label['table'], project=label['project'])
    wanted = set(label['columns'])
    columns = [column for column in table.schema.simple_columns if column.name in wanted]
    batches = []
    for part in label['ranges']:
        session = tunnel.download(label['project'], label['table'], part['partition'],
                                  part['session'])
        batches.append(tunnel.read(session, part['start'], part['count'], label['columns']))
    return ipc.for_pyarrow(arrow_schema(columns), b''.join(batches))
