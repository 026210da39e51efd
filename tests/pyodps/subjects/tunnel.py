"""The table tunnel in protobuf records: sessions, blocks, ranges, columns, compression."""
from odps import errors
from odps.tunnel import TableTunnel, CompressOption

from checks import check, equal, raises, require, since


def tunnel(world):
    return TableTunnel(world.odps, endpoint=world.ready['tunnel_endpoint'])


@check
def downloaded(world):
    session = tunnel(world).create_download_session('test_mars')
    equal(session.count, 9)
    with session.open_record_reader(3, 4) as reader:
        equal([list(record.values) for record in reader], [[1, 0], [1, 1], [1, 2], [2, 0]])
    with session.open_record_reader(0, 2, columns=['col2']) as reader:
        equal([record['col2'] for record in reader], [0, 1])
    again = tunnel(world).create_download_session('test_mars', download_id=session.id)
    equal(again.count, 9)


@check
def uncommitted(world):
    """Blocks that were written and not committed are not there for readers."""
    table = world.odps.get_table('test_mars')
    session = tunnel(world).create_upload_session('test_mars')
    with session.open_record_writer(0) as writer:
        writer.write(table.new_record([7, 7]))
    raises(Exception, lambda: session.commit([0, 1]))
    equal(world.rows(table), [[row // 3, row % 3] for row in range(9)])
    again = tunnel(world).create_upload_session('test_mars', upload_id=session.id)
    equal([int(block) for block in again.blocks], [0])


@check
def uploaded_in_blocks(world):
    table = world.table('blocks', 'a bigint, b string')
    session = tunnel(world).create_upload_session(table.name)
    for block in (0, 1):
        with session.open_record_writer(block) as writer:
            for number in range(block * 1000, block * 1000 + 1000):
                writer.write(table.new_record([number, '第%d' % number]))
    equal(world.rows(table), [], 'before the commit')
    session.commit([0, 1])
    equal(world.rows(table), [[number, '第%d' % number] for number in range(2000)])
    table.drop()


@check
def committed_twice(world):
    """Commits are repeated by clients that got no answer."""
    table = world.table('twice', 'a bigint')
    session = tunnel(world).create_upload_session(table.name)
    with session.open_record_writer(0) as writer:
        writer.write(table.new_record([1]))
    session.commit([0])
    again = tunnel(world).create_upload_session(table.name, upload_id=session.id)
    again.commit([0])
    equal(world.rows(table), [[1]])
    table.drop()


@check
def block_replaced(world):
    table = world.table('replaced', 'a bigint')
    session = tunnel(world).create_upload_session(table.name)
    for value in (1, 2):
        with session.open_record_writer(0) as writer:
            writer.write(table.new_record([value]))
    session.commit([0])
    equal(world.rows(table), [[2]])
    table.drop()


@check
def blocks_must_agree(world):
    table = world.table('disagreed', 'a bigint')
    session = tunnel(world).create_upload_session(table.name)
    with session.open_record_writer(0) as writer:
        writer.write(table.new_record([1]))
    raises(Exception, lambda: session.commit([0, 1]))
    equal(world.rows(table), [])
    table.drop()


@check
def overwritten(world):
    table = world.table('overwritten', 'a bigint')
    world.odps.write_table(table.name, [[1], [2]])
    world.odps.write_table(table.name, [[3]])
    equal(world.rows(table), [[1], [2], [3]])
    if world.generation >= (0, 12):
        world.odps.write_table(table.name, [[9]], overwrite=True)
        equal(world.rows(table), [[9]])
    table.drop()


@check
def read_and_written(world):
    """The short ways."""
    table = world.table('short', 'a bigint, b double')
    world.odps.write_table(table.name, [[1, 0.5], [2, None]])
    equal([list(record.values) for record in world.odps.read_table(table.name)],
          [[1, 0.5], [2, None]])
    equal([list(record.values) for record in world.odps.read_table(table.name, 1, start=1)],
          [[2, None]])
    with table.open_reader() as reader:
        equal(reader.count, 2)
        equal([record['a'] for record in reader[0:2]], [1, 2])
        equal(list(reader[1].values), [2, None])
    table.drop()


@check
def compressed(world):
    table = world.table('compressed', 'a bigint, b string')
    with table.open_writer(compress_option=CompressOption()) as writer:
        writer.write([[number, 'x' * number] for number in range(500)])
    for start in (0, 250):
        with table.open_reader(compress_option=CompressOption(), reopen=True) as reader:
            got = [list(record.values) for record in reader.read(start, 250)]
        equal(got, [[number, 'x' * number] for number in range(start, start + 250)])
    table.drop()


def each_algorithm(world, names):
    for name in names:
        table = world.table('by_' + name, 'a bigint, b string')
        kind = getattr(CompressOption.CompressAlgorithm, name)
        session = tunnel(world).create_upload_session(
            table.name, compress_option=CompressOption(kind))
        with session.open_record_writer(0, compress=True) as writer:
            for number in range(300):
                writer.write(table.new_record([number, '压缩' * number]))
        session.commit([0])
        session = tunnel(world).create_download_session(
            table.name, compress_option=CompressOption(kind))
        with session.open_record_reader(0, 300, compress=True) as reader:
            equal([list(record.values) for record in reader],
                  [[number, '压缩' * number] for number in range(300)], name)
        table.drop()


@check
def by_zlib(world):
    each_algorithm(world, ['ODPS_ZLIB'])


@since(0, 12)
def by_zstd_and_lz4(world):
    each_algorithm(world, ['ODPS_ZSTD', 'ODPS_LZ4'])


@check
def large(world):
    """More than one buffer of every part on the way."""
    table = world.table('large', 'a bigint, b string, c double')
    with table.open_writer(blocks=[0]) as writer:
        writer.write(0, [[number, 'row %d' % number, number / 4.0] for number in range(40000)])
    with table.open_reader() as reader:
        equal(reader.count, 40000)
        total, last = 0, None
        for record in reader:
            total += record['a']
            last = record
    equal(total, 40000 * 39999 // 2)
    equal(list(last.values), [39999, 'row 39999', 9999.75])
    table.drop()


@check
def refused(world):
    raises(errors.NoSuchObject, lambda: tunnel(world).create_download_session('no_such_table'))
    raises(errors.NoSuchObject, lambda: tunnel(world).create_upload_session('no_such_table'))
    raises(errors.ODPSError, lambda: tunnel(world).create_download_session(
        'sales', partition_spec="dt='18000101'"))
    raises(errors.ODPSError, lambda: tunnel(world).create_download_session(
        'test_mars', download_id='no-such-session').count)


@since(0, 12)
def buffered(world):
    table = world.table('buffered', 'a bigint')
    session = tunnel(world).create_upload_session(table.name)
    with session.open_record_writer() as writer:
        for number in range(1000):
            writer.write(table.new_record([number]))
        writer.flush()
        writer.write(table.new_record([1000]))
    session.commit(writer.get_blocks_written())
    equal([row[0] for row in world.rows(table)], list(range(1001)))
    table.drop()


@since(0, 12)
def previewed(world):
    equal([list(record.values) for record in world.odps.get_table('test_mars').head(3)],
          [[0, 0], [0, 1], [0, 2]])
    reader = tunnel(world).open_preview_reader(
        world.odps.get_table('test_mars'), limit=2, columns=['col2'], arrow=False)
    equal([list(record.values) for record in reader], [[0], [1]])
