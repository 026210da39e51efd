"""Rows per second of the real client, downloading and uploading one million rows of twelve columns.

    python tests/bench/tunnel.py [--runs N] < ready

`ready` is the line of JSON that the warehouse prints; `python` has PyODPS 0.12 or later. Beside it,
in the same run, PyArrow reads and writes the same rows in one local Parquet file. Prints one JSON
object: `{"<what>": [rows per second, …]}`.
"""
import argparse
import json
import os
import sys
import tempfile
import time

import pyarrow as pa
import pyarrow.parquet as pq

from odps import ODPS
from odps.errors import ODPSError
from odps.tunnel import TableTunnel

ROWS = 1000000
TABLE = 'lineitem_1m'
COPY = 'bench_copy'


def measured(report, what, runs, work):
    for _ in range(runs):
        started = time.perf_counter()
        rows = work()
        took = time.perf_counter() - started
        if rows != ROWS:
            raise AssertionError('%s: %r rows' % (what, rows))
        report.setdefault(what, []).append(ROWS / took)
        print('%s: %.0f rows/s' % (what, ROWS / took), file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--runs', type=int, default=3)
    runs = parser.parse_args().runs
    ready = json.loads(sys.stdin.readline())
    odps = ODPS(ready['access_id'], ready['access_key'], ready['project'], ready['odps_endpoint'],
                tunnel_endpoint=ready['tunnel_endpoint'])
    table, tunnel, report = odps.get_table(TABLE), TableTunnel(odps), {}
    kept = []
    try:
        odps.create_table(COPY, table.table_schema, if_not_exists=True)
        uploads = True
    except ODPSError as error:
        print('uploads are not measured: %s' % error, file=sys.stderr)
        uploads = False

    def download_arrow():
        with table.open_reader(arrow=True) as reader:
            kept[:] = [batch for batch in reader]
        return sum(batch.num_rows for batch in kept)

    def download_records():
        with table.open_reader() as reader:
            return sum(1 for _ in reader)

    def copied(write):
        odps.delete_table(COPY, if_exists=True)
        odps.create_table(COPY, table.table_schema)
        session = tunnel.create_upload_session(COPY)
        write(session)
        session.commit([0])
        return tunnel.create_download_session(COPY).count

    def upload_arrow(session):
        with session.open_arrow_writer(0) as writer:
            for batch in kept:
                writer.write(batch)

    def upload_records(session):
        with session.open_record_writer(0) as writer:
            for record in records:
                writer.write(record)

    measured(report, 'download, Arrow', runs, download_arrow)
    measured(report, 'download, protobuf', runs, download_records)
    if uploads:
        measured(report, 'upload, Arrow', runs, lambda: copied(upload_arrow))
        with table.open_reader() as reader:
            records = list(reader)
        measured(report, 'upload, protobuf', runs, lambda: copied(upload_records))
        records = None
        odps.delete_table(COPY)

    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, 'lineitem.parquet')
        local = pa.Table.from_batches(kept)

        def write():
            pq.write_table(local, name, compression='snappy', use_dictionary=False)
            return local.num_rows
        measured(report, 'PyArrow alone: write Parquet', runs, write)
        measured(report, 'PyArrow alone: read Parquet', runs, lambda: pq.read_table(name).num_rows)
    json.dump(report, sys.stdout)


if __name__ == '__main__':
    main()
