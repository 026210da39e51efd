"""Values of every type, written by the client, read back by tunnel and by SQL."""
from datetime import date, datetime
from decimal import Decimal

from odps import options

from checks import check, equal, require

# Of the type system 2.0; the clients accept these schemas only with the option.
COLUMNS = ('a tinyint, b smallint, c int, d bigint, e float, f double, g decimal(38,18), '
           'h string, i varchar(10), j char(3), k binary, l boolean, m date, n datetime, '
           'o array<bigint>, p map<string,bigint>')


def with_types_2(function):
    def guarded(world):
        saved = options.sql.use_odps2_extension
        options.sql.use_odps2_extension = True
        try:
            return function(world)
        finally:
            options.sql.use_odps2_extension = saved
    guarded.__name__ = function.__name__
    return check(guarded)


def rows():
    return [
        [127, 32767, 2147483647, 9223372036854775807, 1.5, -2.25,
         Decimal('12345678901234567890.123456789012345678'), '价', '十个字', 'abc',
         b'\x00\xff', True, date(2026, 2, 28), datetime(2026, 2, 28, 23, 59, 59, 999000),
         [1, None, -3], {'k': 1, '键': -2}],
        [-128, -32768, -2147483648, -9223372036854775807, -0.5, 1e300,
         Decimal('-0.000000000000000001'), '', '', 'xyz', b'', False, date(1, 1, 1),
         datetime(1969, 12, 31, 23, 59, 59), [], {}],
        [None] * 16,
    ]


def plain(value):
    """Clients differ in the kinds of text and bytes that they hand out, not in what they say."""
    if isinstance(value, bytearray):
        return bytes(value)
    return value


def compared(got, wanted):
    equal(len(got), len(wanted), 'rows')
    for number, (row, other) in enumerate(zip(got, wanted)):
        for column, (value, expected) in enumerate(zip(row, other)):
            value = plain(value)
            if isinstance(expected, bytes) and not isinstance(value, bytes) and value is not None:
                value = value.encode('utf-8')
            require(value == expected and (value is None) == (expected is None),
                    'row %d, column %d: %r instead of %r', number, column, value, expected)


@with_types_2
def through_the_tunnel(world):
    table = world.table('types', COLUMNS)
    world.odps.write_table(table.name, rows())
    compared(world.rows(world.client().get_table(table.name)), rows())
    table.drop()


@with_types_2
def through_sql(world):
    """What the tunnel wrote, SQL reads, and its results have the same values."""
    table = world.table('types_sql', COLUMNS)
    world.odps.write_table(table.name, rows())
    got = world.sql('SELECT * FROM %s ORDER BY a LIMIT 9' % table.name,
                    hints={'odps.sql.type.system.odps2': 'true'})
    wanted = rows()
    compared(got, [wanted[2], wanted[1], wanted[0]])
    table.drop()


@with_types_2
def written_by_sql(world):
    table = world.table('types_dml', 'a bigint, g decimal(10,2), h string, m date, n datetime, '
                                     'o array<string>, p map<string,bigint>')
    world.odps.execute_sql(
        "INSERT INTO %s SELECT 9007199254740993L, 12.345BD, '引\\'号', DATE '2026-02-28', "
        "DATETIME '2026-02-28 01:02:03', array('x', '价'), map('k', 5L)" % table.name,
        hints={'odps.sql.type.system.odps2': 'true', 'odps.sql.timezone': 'Etc/GMT'})
    compared(world.rows(table), [[9007199254740993, Decimal('12.35'), "引'号", date(2026, 2, 28),
                                  datetime(2026, 2, 28, 1, 2, 3), ['x', '价'], {'k': 5}]])
    table.drop()


@with_types_2
def nanoseconds(world):
    table = world.table('nanos', 'a timestamp')
    import pandas as pd
    value = pd.Timestamp('2026-02-28 23:59:59.123456789')
    # PyODPS 0.9 cuts the seconds before 1970 towards zero when it writes.
    early = pd.Timestamp('1969-12-31 23:59:59.999999999' if world.generation >= (0, 12)
                         else '1969-12-31 23:59:59.000000000')
    world.odps.write_table(table.name, [[value], [early], [None]])
    compared(world.rows(table), [[value], [early], [None]])
    got = world.sql('SELECT a FROM %s WHERE a IS NOT NULL ORDER BY a DESC LIMIT 1' % table.name)
    compared(got, [[value]])
    table.drop()


@with_types_2
def structs(world):
    table = world.table('structs', 's struct<street:string,zip:bigint>')
    world.odps.execute_sql("INSERT INTO %s SELECT named_struct('street', '文一路', 'zip', 310000L)"
                           % table.name)
    value = world.rows(table)[0][0]
    if isinstance(value, dict):
        equal(dict(value), {'street': '文一路', 'zip': 310000})
    else:
        equal(tuple(value), ('文一路', 310000))
    table.drop()


@check
def of_the_sample(world):
    """Values that careless readers get wrong."""
    with world.odps.get_table('sales').open_reader(
            partition=next(iter(world.odps.get_table('sales').partitions)).name) as reader:
        got = [record for record in reader]
    require(any(record['customer'] == '' for record in got)
            and any(record['customer'] is None for record in got),
            'empty text and NULL are not both there')
    equal(max(abs(record['order_id']) for record in got if record['order_id'] is not None)
          > 1 << 53, True)


@check
def head_of_times(world):
    """The plain head of a table tells times in whole seconds."""
    table = world.table('head_times', 'a bigint, b string, c datetime, d boolean')
    world.odps.write_table(table.name, [
        [9007199254740993, '价, "q"', datetime(2026, 2, 28, 23, 59, 59, 999000), True],
        [None, None, None, None]])
    got = [list(record.values) for record in table.head(5)]
    equal(len(got), 2)
    equal(got[0][0], 9007199254740993)
    equal(got[0][1], '价, "q"')
    # The preview tunnel of later clients, where it is used, has the fraction.
    require(got[0][2] is not None and got[0][2].replace(microsecond=0)
            == datetime(2026, 2, 28, 23, 59, 59), 'the time is %r', got[0][2])
    equal(got[0][3], True)
    equal([value for value in got[1] if value is not None], [])
    table.drop()
