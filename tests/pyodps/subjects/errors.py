"""What goes wrong, said so that clients make the right error of it."""
from odps import errors

from checks import check, equal, raises, require


def failing(world, text, **arguments):
    return raises(errors.ODPSError, lambda: world.odps.execute_sql(text, **arguments))


@check
def table_not_found(world):
    error = failing(world, 'SELECT * FROM no_such_table_1')
    equal(error.code, 'ODPS-0130131')
    equal(type(error).__name__, 'NoSuchTable')
    require('[1,15]' in str(error) and 'no_such_table_1' in str(error), 'the text is %s', error)
    require(error.instance_id, 'the error names no instance')


@check
def does_not_parse(world):
    error = failing(world, 'SELECT col1 FROM\n test_mars WHERE WHERE')
    require('ODPS-0130161' in (error.code or '') + str(error), 'the error is %r', error)
    require('[2,' in str(error), 'no position: %s', error)


@check
def unknown_column(world):
    error = failing(world, 'SELECT\n  no_such FROM test_mars')
    require('ODPS-0130071' in (error.code or '') + str(error), 'the error is %r', error)
    require('[2,3]' in str(error) and 'no_such' in str(error), 'the text is %s', error)


@check
def unknown_function(world):
    error = failing(world, 'SELECT no_such_function(col1) FROM test_mars')
    require('no_such_function' in str(error).lower(), 'the text is %s', error)


@check
def wrong_column_count(world):
    table = world.table('narrow', 'a bigint')
    error = failing(world, 'INSERT INTO %s SELECT 1, 2' % table.name)
    require('ODPS-01' in (error.code or '') + str(error), 'the error is %r', error)
    equal(world.rows(table), [])
    table.drop()


@check
def missing_things(world):
    for call in (lambda: world.odps.get_table('no_such_table').reload(),
                 lambda: list(world.odps.get_table('no_such_table').head(1)),
                 lambda: world.odps.get_resource('no_such').reload(),
                 lambda: world.odps.get_instance('20200101000000000gabcdef').reload()):
        error = raises(errors.NoSuchObject, call)
        require(error.request_id, 'no request id: %r', error)


@check
def strange_names(world):
    for name in ('a/b', '表', '%2e%2e', 'x' * 300):
        equal(world.odps.exist_table(name), False, name)


@check
def another_project(world):
    odps = world.client(project='no_such_project')
    raises(errors.ODPSError, lambda: list(odps.list_tables()), 'no_such_project')
    raises(errors.ODPSError, lambda: odps.run_sql('SELECT 1'), 'no_such_project')
