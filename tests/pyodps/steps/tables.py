"""Tables of MaxCompute as data frames of Mars, read and written inside the cluster."""
import datetime
import decimal

import numpy as np
import pandas as pd
from odps import types
from odps.models import Schema

from .place import require, step

GRID = pd.DataFrame({'col1': np.repeat([0, 1, 2], 3), 'col2': np.tile([0, 1, 2], 3)})
NEW, PARTED, TYPED, COPY = ('test_mars_persist', 'test_mars_persist_parted', 'test_mars_types',
                            'test_mars_types_copy')


def rows(odps, table, partition=None):
    """The values of a table as the tunnel gives them."""
    with odps.get_table(table).open_reader(partition=partition) as reader:
        return [tuple(record.values)[:len(reader._schema.simple_columns)] for record in reader]


def read(odps):
    got = odps.to_mars_dataframe('test_mars').iloc[:6].execute()
    pd.testing.assert_frame_equal(got, GRID.iloc[:6])
    step("to_mars_dataframe('test_mars').iloc[:6]: the first six rows")
    got = odps.to_mars_dataframe('test_mars').execute()
    pd.testing.assert_frame_equal(got, GRID)
    got = odps.to_mars_dataframe('test_mars')
    got = got.groupby('col1').agg({'col2': 'sum'}).execute()
    pd.testing.assert_frame_equal(got, GRID.groupby('col1').agg({'col2': 'sum'}))
    step('the whole table, and a group-by of it: as pandas says')


def persist(odps):
    """A new table, an existing one, one that is overwritten, and a partition."""
    for table in (NEW, PARTED):
        odps.delete_table(table, if_exists=True)
    frame = odps.to_mars_dataframe('test_mars') + 1
    wanted = sorted((a + 1, b + 1) for a, b in GRID.itertuples(index=False))

    odps.persist_mars_dataframe(frame, NEW).execute()
    require(sorted(rows(odps, NEW)) == wanted, 'the new table has %s', rows(odps, NEW))
    step('persist_mars_dataframe(df + 1): a new table')
    odps.persist_mars_dataframe(frame, NEW).execute()
    require(sorted(rows(odps, NEW)) == sorted(wanted * 2), 'appended: %s', rows(odps, NEW))
    odps.persist_mars_dataframe(frame, NEW, overwrite=True).execute()
    require(sorted(rows(odps, NEW)) == wanted, 'overwritten: %s', rows(odps, NEW))
    step('again: appended, then overwritten')

    odps.persist_mars_dataframe(frame, PARTED, partition='pt=a').execute()
    odps.persist_mars_dataframe(frame * 2, PARTED, partition="pt='b'").execute()
    require(sorted(rows(odps, PARTED, 'pt=a')) == wanted, 'pt=a: %s', rows(odps, PARTED, 'pt=a'))
    got = odps.to_mars_dataframe(PARTED, partition='pt=b').execute()
    require(sorted(got.itertuples(index=False, name=None)) == [(a * 2, b * 2) for a, b in wanted],
            'pt=b: %s', got)
    got = odps.to_mars_dataframe(PARTED).sum().execute()
    require(list(got) == [54, 54], 'the sums over both partitions are %s', list(got))
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
