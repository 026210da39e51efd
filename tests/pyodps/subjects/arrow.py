"""The tunnels in Arrow, which clients know since 0.12."""
from decimal import Decimal

from checks import check, equal, raises, require, since


@since(0, 12)
def read(world):
    table = world.odps.get_table('test_mars')
    with table.open_reader(arrow=True) as reader:
        got = reader.read_all()
    equal(got.column_names, ['col1', 'col2'])
    equal(got.column('col2').to_pylist(), [0, 1, 2] * 3)
    with table.open_reader(arrow=True) as reader:
        frame = reader.to_pandas(start=3, count=3, columns=['col2'])
    equal(frame['col2'].tolist(), [0, 1, 2])


@since(0, 12)
def read_batches_of_the_large_table(world):
    table, rows, smallest = world.odps.get_table('lineitem_1m'), 0, 0
    with table.open_reader(arrow=True, columns=['l_orderkey', 'l_shipmode']) as reader:
        for batch in reader:
            equal(batch.schema.names, ['l_orderkey', 'l_shipmode'])
            rows += batch.num_rows
    equal(rows, 1000000)


@since(0, 12)
def written(world):
    import pandas as pd
    import pyarrow as pa
    table = world.table('arrow', 'a bigint, b string, c double')
    with table.open_writer(arrow=True) as writer:
        writer.write(pa.RecordBatch.from_arrays(
            [pa.array([1, 2, None]), pa.array(['x', None, '价']), pa.array([0.5, None, -1.0])],
            names=['a', 'b', 'c']))
        writer.write(pd.DataFrame({'a': [4], 'b': ['四'], 'c': [4.25]}))
    equal(world.rows(table),
          [[1, 'x', 0.5], [2, None, None], [None, '价', -1.0], [4, '四', 4.25]])
    with table.open_reader(arrow=True) as reader:
        equal(reader.read_all().to_pydict(),
              {'a': [1, 2, None, 4], 'b': ['x', None, '价', '四'], 'c': [0.5, None, -1.0, 4.25]})
    table.drop()


@since(0, 12)
def written_to_partition(world):
    import pandas as pd
    table = world.table('arrow_parts', ('a bigint', 'pt string'))
    world.odps.write_table(table.name, pd.DataFrame({'a': [1, 2]}), partition="pt='x'",
                           create_partition=True)
    frame = table.to_pandas(partition="pt='x'")
    equal(frame['a'].tolist(), [1, 2])
    equal(world.rows(table, "pt='x'"), [[1], [2]])
    table.drop()


@since(0, 12)
def compressed(world):
    import pandas as pd
    for name in ('zlib', 'zstd', 'lz4'):
        table = world.table('arrow_' + name, 'a bigint, b string')
        with table.open_writer(arrow=True, compress_algo=name) as writer:
            writer.write(pd.DataFrame({'a': range(1000), 'b': ['压缩%d' % n for n in range(1000)]}))
        with table.open_reader(arrow=True, compress_algo=name) as reader:
            got = reader.read_all()
        equal(got.column('a').to_pylist(), list(range(1000)), name)
        equal(got.column('b').to_pylist()[-1], '压缩999', name)
        table.drop()


@since(0, 12)
def results(world):
    instance = world.odps.execute_sql('SELECT col1, sum(col2) AS s FROM test_mars GROUP BY col1 '
                                      'ORDER BY col1 LIMIT 9')
    with instance.open_reader(tunnel=True, arrow=True) as reader:
        got = reader.read_all()
    equal(got.to_pydict(), {'col1': [0, 1, 2], 's': [3, 3, 3]})


@since(0, 12)
def types(world):
    """What the sample's awkward rows look like in Arrow."""
    table = world.odps.get_table('sales')
    first = next(iter(table.partitions)).name
    with table.open_reader(partition=first, arrow=True) as reader:
        got = reader.read_all()
    require({'amount', 'tags', 'attributes'} <= set(got.column_names), 'columns: %r',
            got.column_names)
    with table.open_reader(partition=first) as reader:
        records = [record for record in reader]
    equal([value for value in got.column('order_id').to_pylist()],
          [record['order_id'] for record in records])
    equal([None if value is None else Decimal(value) for value in
           got.column('amount').to_pylist()], [record['amount'] for record in records])
    equal(got.column('tags').to_pylist(), [record['tags'] for record in records])
    equal([None if value is None else dict(value) for value in
           got.column('attributes').to_pylist()],
          [None if record['attributes'] is None else dict(record['attributes'])
           for record in records])
