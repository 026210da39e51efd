"""Partitions: listed, looked at, made, filled, dropped."""
from odps import errors

from checks import check, equal, raises, require, since


def names(partitions):
    return [str(partition.name) for partition in partitions]


def made(world):
    table = world.table('parts', ('a bigint', 'pt string, h bigint'))
    for pt, hour in (('20260101', 1), ('20260101', 2), ('20260102', 1)):
        table.create_partition("pt='%s',h=%d" % (pt, hour))
    return table


@check
def of_the_sample(world):
    table = world.odps.get_table('sales')
    found = list(table.partitions)
    require(len(found) >= 4, 'the partitions are %r', found)
    first = found[0].partition_spec
    equal(table.exist_partition(first), True)
    equal(table.exist_partition("dt='18000101'") if 'dt' in first.kv and len(first.kv) == 1
          else False, False)
    require(table.get_partition(first).creation_time is not None, 'no creation time')
    require(table.get_partition(first).size > 0, 'the partition has no size')


@check
def created_and_listed(world):
    table = made(world)
    equal(names(table.partitions),
          ["pt='20260101',h='1'", "pt='20260101',h='2'", "pt='20260102',h='1'"])
    equal(names(table.iterate_partitions("pt='20260101'")),
          ["pt='20260101',h='1'", "pt='20260101',h='2'"])
    equal(table.exist_partition("pt='20260102',h=1"), True)
    equal(table.exist_partition("pt='20260102',h=2"), False)
    equal(table.exist_partitions("pt='20260101'"), True)
    equal(table.exist_partitions("pt='20260109'"), False)
    raises(errors.ODPSError, lambda: table.create_partition("pt='20260101',h=1"),
           'already exists')
    table.create_partition("pt='20260101',h=1", if_not_exists=True)
    table.drop()


@check
def dropped(world):
    table = made(world)
    table.delete_partition("pt='20260101',h=2")
    equal(names(table.partitions), ["pt='20260101',h='1'", "pt='20260102',h='1'"])
    table.delete_partition("pt='20260101',h=2", if_exists=True)
    raises(errors.ODPSError, lambda: table.delete_partition("pt='20260101',h=2"))
    table.get_partition("pt='20260102',h=1").drop()
    equal(names(table.partitions), ["pt='20260101',h='1'"])
    table.drop()


@check
def filled(world):
    table = made(world)
    world.odps.write_table(table.name, [[1], [2]], partition="pt='20260101',h=1")
    with table.open_writer(partition="pt='20260103',h=7", create_partition=True) as writer:
        writer.write([[3]])
    equal(world.rows(table, "pt='20260101',h=1"), [[1], [2]])
    equal(world.rows(table, "pt='20260101',h=2"), [])
    equal(world.rows(table, "pt='20260103',h=7"), [[3]])
    if world.generation >= (0, 12):
        # The client adds the keys as they stand in the name of the partition.
        with table.open_reader(partition="pt='20260103',h=7") as reader:
            equal([list(record.values) for record in reader], [[3, '20260103', '7']])
    equal(table.exist_partition("pt='20260103',h=7"), True)
    raises(errors.ODPSError, lambda: world.rows(table, "pt='20260109',h=1"))
    table.drop()


@since(0, 12)
def details(world):
    table = made(world)
    world.odps.write_table(table.name, [[1], [2], [3]], partition="pt='20260102',h=1")
    partition = world.client().get_table(table.name).get_partition("pt='20260102',h=1")
    equal(partition.record_num, 3)
    require(partition.size > 0 and partition.last_data_modified_time is not None,
            'size %r, modified %r', partition.size, partition.last_data_modified_time)
    equal(names(table.iterate_partitions(reverse=True)),
          ["pt='20260102',h='1'", "pt='20260101',h='2'", "pt='20260101',h='1'"])
    equal(str(table.get_max_partition().name), "pt='20260102',h='1'")
    equal(names(table.iterate_partitions('pt=20260101,h>1')), ["pt='20260101',h='2'"])
    table.truncate("pt='20260102',h=1")
    equal(world.rows(table, "pt='20260102',h=1"), [])
    table.drop()
