"""Data and the opponent for the measurements of the frames, with the real client.

One line of JSON on stdin says where the local MaxCompute is. `data FOLDER` writes the rows of
lineitem_1m as Arrow IPC streams, in the batches in which the tunnel brings them, and makes a table
of at least 200 MB. `first TABLE RUNS` prints the milliseconds from asking for the table to its
first record, by the reader of records and by the reader of Arrow batches.
"""
import json
import os
import sys
import time

import pyarrow as pa
from odps import ODPS, __version__
from odps.tunnel import TableTunnel

TABLE = 'lineitem_1m'
LARGE = 'bench_large'
ROWS = {'100k': 100000, '1m': 1000000}
LEAST = 200000000


def batches(odps):
    session = TableTunnel(odps).create_download_session(TABLE)
    with session.open_arrow_reader(0, session.count) as reader:
        while True:
            batch = reader.read_next_batch()
            if batch is None:
                return
            yield batch


def write(name, kept, rows):
    with pa.OSFile(name, 'wb') as sink, pa.ipc.new_stream(sink, kept[0].schema) as stream:
        for batch in kept:
            stream.write_batch(batch.slice(0, rows))
            rows -= min(rows, batch.num_rows)
            if rows == 0:
                return


def data(odps, folder):
    kept = list(batches(odps))
    for name, rows in ROWS.items():
        write(os.path.join(folder, name + '.arrows'), kept, rows)
    size = os.path.getsize(os.path.join(folder, '1m.arrows'))
    times = -(-LEAST // size)
    odps.create_table(LARGE, odps.get_table(TABLE).table_schema, if_not_exists=True)
    session = TableTunnel(odps).create_upload_session(LARGE)
    for block in range(times):
        with session.open_arrow_writer(block) as writer:
            for batch in kept:
                writer.write(batch)
    session.commit(list(range(times)))
    return {'bytes': size, 'large': LARGE, 'large_bytes': size * times, 'batch': kept[0].num_rows,
            'large_rows': times * ROWS['1m'], 'pyodps': __version__, 'pyarrow': pa.__version__}


def first(odps, name, runs):
    report = {'records': [], 'arrow': []}
    for _ in range(runs):
        for what in report:
            started = time.perf_counter()
            table = odps.get_table(name)
            if what == 'records':
                with table.open_reader() as reader:
                    value = next(iter(reader))[0]
            else:
                with table.open_reader(arrow=True) as reader:
                    value = next(iter(reader)).column(0)[0].as_py()
            report[what].append((time.perf_counter() - started) * 1000)
            if value is None:
                raise AssertionError('the first record has no key')
    return report


def main():
    ready = json.loads(sys.stdin.readline())
    odps = ODPS(ready['access_id'], ready['access_key'], ready['project'], ready['odps_endpoint'],
                tunnel_endpoint=ready['tunnel_endpoint'])
    if sys.argv[1] == 'data':
        report = data(odps, sys.argv[2])
    else:
        report = first(odps, sys.argv[2], int(sys.argv[3]))
    json.dump(report, sys.stdout)


if __name__ == '__main__':
    main()
