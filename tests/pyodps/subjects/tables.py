"""Tables: looked at, made, renamed, emptied, dropped."""
from odps import errors
from odps.models import Schema

from checks import check, equal, raises, require

MEMBERS = ['lineitem_1m', 'sales', 'test_mars']


@check
def exists(world):
    equal(world.odps.exist_table('test_mars'), True)
    equal(world.odps.exist_table('no_such_table'), False)
    equal(world.odps.exist_table('test_mars', project=world.ready['project']), True)


@check
def listed_by_prefix(world):
    names = [table.name for table in world.odps.list_tables()]
    require(set(MEMBERS) <= set(names), 'the list is %r', names)
    equal(names, sorted(names), 'order')
    equal([table.name for table in world.odps.list_tables(prefix='test_ma')], ['test_mars'])
    equal(list(world.odps.list_tables(prefix='no_such_')), [])


@check
def schema(world):
    table = world.odps.get_table('sales')
    types = world.columns(table)
    equal(types[:2], [('order_id', 'bigint'), ('customer', 'string')])
    equal(dict(types)['attributes'], 'map<string,bigint>')
    equal(dict(types)['tags'], 'array<string>')
    equal(dict(types)['amount'], 'decimal(38,18)')
    require('dt' in dict(world.keys(table)), 'partition keys are %r', world.keys(table))


@check
def meta(world):
    table = world.odps.get_table('test_mars')
    equal([column.name for column in table.schema.columns], ['col1', 'col2'])
    equal(table.comment, 'The table of the PyODPS Mars guide')
    require(table.owner, 'the table has no owner')
    require(table.creation_time is not None, 'no creation time')
    changed = 'last_modified_time' if world.generation < (0, 12) else 'last_data_modified_time'
    require(getattr(table, changed) is not None, 'no time of the last change')
    require(table.size > 0, 'the size is %r', table.size)
    equal(table.is_virtual_view, False)
    equal(table.lifecycle, -1)
    require(table.physical_size > 0 and table.file_num >= 1, 'extended info is missing')
    require('CREATE TABLE' in table.get_ddl(), 'the DDL is %s', table.get_ddl())


@check
def head(world):
    got = [list(record.values) for record in world.odps.get_table('test_mars').head(6)]
    equal(got, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]])
    got = [record['col2'] for record in
           world.odps.get_table('test_mars').head(2, columns=['col2'])]
    equal(got, [0, 1])


@check
def created_and_dropped(world):
    name = world.name('made')
    table = world.odps.create_table(name, 'a bigint, b string', comment='一张表', lifecycle=7)
    equal(table.name, name)
    fresh = world.client().get_table(name)
    equal(world.columns(fresh), [('a', 'bigint'), ('b', 'string')])
    equal(fresh.comment, '一张表')
    equal(fresh.lifecycle, 7)
    raises(errors.ODPSError, lambda: world.odps.create_table(name, 'a bigint'), 'already exists')
    world.odps.create_table(name, 'a bigint', if_not_exists=True)
    world.odps.delete_table(name)
    equal(world.odps.exist_table(name), False)
    world.odps.delete_table(name, if_exists=True)
    raises(errors.ODPSError, lambda: world.odps.delete_table(name), name)


@check
def created_from_schema(world):
    name = world.name('schema')
    schema = Schema.from_lists(['a', 'b'], ['bigint', 'double'], ['pt', 'h'], ['string', 'bigint'])
    table = world.odps.create_table(name, schema)
    equal(world.keys(table), [('pt', 'string'), ('h', 'bigint')])
    table.drop()
    equal(world.odps.exist_table(name), False)


@check
def renamed(world):
    table = world.table('old', 'a bigint')
    world.odps.write_table(table.name, [[1], [2]])
    name = world.name('new')
    world.odps.execute_sql('ALTER TABLE %s RENAME TO %s' % (table.name, name))
    equal(world.odps.exist_table(table.name), False)
    equal(world.rows(world.client().get_table(name)), [[1], [2]])
    world.odps.delete_table(name)


@check
def truncated(world):
    table = world.table('emptied', 'a bigint')
    world.odps.write_table(table.name, [[1], [2]])
    equal(len(world.rows(table)), 2)
    table.truncate()
    equal(world.rows(table), [])
    equal(world.odps.exist_table(table.name), True)
    table.drop()


@check
def views(world):
    name = world.name('view')
    world.odps.execute_sql('CREATE VIEW %s AS SELECT col1, col2 * 10 AS ten FROM test_mars '
                           'WHERE col1 = 2' % name)
    view = world.client().get_table(name)
    equal(view.is_virtual_view, True)
    require('test_mars' in view.view_text, 'the view is %r', view.view_text)
    equal(sorted(world.sql('SELECT * FROM %s' % name)), [[2, 0], [2, 10], [2, 20]])
    world.odps.execute_sql('DROP VIEW %s' % name)
    equal(world.odps.exist_table(name), False)


@check
def altered(world):
    table = world.table('altered', 'a bigint')
    world.odps.execute_sql("ALTER TABLE %s SET COMMENT '新的'" % table.name)
    world.odps.execute_sql('ALTER TABLE %s SET LIFECYCLE 30' % table.name)
    world.odps.execute_sql("ALTER TABLE %s ADD COLUMNS (b string COMMENT '列')" % table.name)
    table = world.client().get_table(table.name)
    equal(table.comment, '新的')
    equal(table.lifecycle, 30)
    equal([(column.name, str(column.type).lower(), column.comment or '')
           for column in table.schema.columns], [('a', 'bigint', ''), ('b', 'string', '列')])
    table.drop()


@check
def many_listed(world):
    """More names than one page has."""
    stem = world.name('page')
    names = ['%s_%02d' % (stem, number) for number in range(12)]
    world.odps.execute_sql(';'.join('CREATE TABLE %s (a bigint)' % name for name in names))
    equal([table.name for table in world.odps.list_tables(prefix=stem + '_')], names)
    for name in names:
        world.odps.delete_table(name)
