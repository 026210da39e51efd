"""Data frames of Mars as tables of MaxCompute, written inside the cluster."""
import datetime
import decimal

import mars.dataframe as md
import numpy as np
import pandas as pd
from odps import types
from odps.models import Schema

from .place import require, step
from .tables import GRID

GUIDE, NEW, PARTED, TYPED, COPY = ('test_mars_persist', 'test_mars_doubled', 'test_mars_parted',
                                   'test_mars_types', 'test_mars_types_copy')


def rows(odps, table, partition=None):
    """The values of a table as the tunnel gives them now, without the keys of the partition."""
    table = odps.get_table(table)
    count = len(table.schema.simple_columns)
    with table.open_reader(partition=partition, reopen=True) as reader:
        return [tuple(record.values[:count]) for record in reader]


def persist(odps):
    """A new table, an existing one, one that is overwritten, and a partition."""
    for table in (GUIDE, NEW, PARTED):
        odps.delete_table(table, if_exists=True)
    frame = odps.to_mars_dataframe('test_mars')
    grid = list(GRID.itertuples(index=False, name=None))
    odps.persist_mars_dataframe(frame + 1, GUIDE).execute()
    # Mars 0.4.0rc1 infers floats and one column more for a frame and a number, in the client
    # itself, and PyODPS makes the table from that.
    require(sorted(rows(odps, GUIDE)) == sorted((a + 1., b + 1., None) for a, b in grid),
            'df + 1 is %s', rows(odps, GUIDE))
    step('persist_mars_dataframe(df + 1): a new table')

    double = frame + frame
    wanted = sorted((a * 2, b * 2) for a, b in grid)
    odps.persist_mars_dataframe(double, NEW).execute()
    require(sorted(rows(odps, NEW)) == wanted, 'the new table has %s', rows(odps, NEW))
    odps.persist_mars_dataframe(double, NEW).execute()
    require(sorted(rows(odps, NEW)) == sorted(wanted * 2), 'appended: %s', rows(odps, NEW))
    odps.persist_mars_dataframe(double, NEW, overwrite=True).execute()
    require(sorted(rows(odps, NEW)) == wanted, 'overwritten: %s', rows(odps, NEW))
    itself = odps.to_mars_dataframe(NEW)
    odps.persist_mars_dataframe(itself + itself, NEW).execute()
    both = sorted(wanted + [(a * 2, b * 2) for a, b in wanted])
    require(sorted(rows(odps, NEW)) == both, 'from itself: %s', rows(odps, NEW))
    step('again: appended, overwritten, appended to the table it came from')
    gaps = pd.DataFrame({'col1': np.arange(100), 'col2': [2.0 ** 40, None] * 50})
    odps.persist_mars_dataframe(md.DataFrame(gaps, chunk_size=10), NEW, overwrite=True).execute()
    got = sorted(rows(odps, NEW))
    require(got == [(n, None if n % 2 else 2 ** 40) for n in range(100)], 'gaps: %s', got)
    step('ten chunks replace the rows, NULL in whole numbers included')

    odps.persist_mars_dataframe(frame, PARTED, partition='pt=a').execute()
    odps.persist_mars_dataframe(double, PARTED, partition="pt='b'").execute()
    require(sorted(rows(odps, PARTED, 'pt=a')) == grid, 'pt=a: %s', rows(odps, PARTED, 'pt=a'))
    got = odps.to_mars_dataframe(PARTED, partition='pt=b').execute()
    require(sorted(got.itertuples(index=False, name=None)) == wanted, 'pt=b: %s', got)
    got = odps.to_mars_dataframe(PARTED).sum().execute()
    require(list(got) == [27, 27], 'the sums over both partitions are %s', list(got))
    step('two partitions: written one by one, read alone and together')


def keep_types(odps):
    """Each type that the client knows, with its NULL, there and back."""
    names = ['whole', 'text', 'price', 'at', 'yes', 'part']
    kinds = ['bigint', 'string', 'decimal', 'datetime', 'boolean', 'double']
    kinds = [types.validate_data_type(kind) for kind in kinds]
    for table in (TYPED, COPY):
        odps.delete_table(table, if_exists=True)
    odps.create_table(TYPED, Schema.from_lists(names, kinds))
    values = [
        [2 ** 53 - 1, '王小明', decimal.Decimal('12345678901234567890.123456789'),
         datetime.datetime(2024, 2, 29, 23, 59, 58, 123000), True, 0.1],
        [-1, '', decimal.Decimal('-0.5'), datetime.datetime(1970, 1, 1), False, -1e300],
        [None] * 6,
    ]
    with odps.get_table(TYPED).open_writer() as writer:
        writer.write([odps.get_table(TYPED).new_record(row) for row in values])
    stored = rows(odps, TYPED)
    frame = odps.to_mars_dataframe(TYPED)
    got = frame.execute()
    require(list(got['text']) == ['王小明', '', None], 'texts: %s', list(got['text']))
    require(list(got['price']) == [row[2] for row in stored], 'prices: %s', list(got['price']))
    require(got['whole'].isna().tolist() == [False, False, True], 'wholes: %s', got['whole'])
    odps.persist_mars_dataframe(frame, COPY, as_type=dict(zip(names, kinds))).execute()
    copied = rows(odps, COPY)
    require(copied == stored, 'the copy is %s, not %s', copied, stored)
    step('strings, decimals, datetimes, booleans, NULL: a copy through the cluster is equal')
