"""SQL as users send it: results by every reader, DDL, inserts, flags, scripts."""
from decimal import Decimal

from odps import errors, options

from checks import check, equal, raises, require, since


@check
def select(world):
    equal(world.sql('SELECT col1, col2 FROM test_mars WHERE col1 = 1 ORDER BY col2 LIMIT 10'),
          [[1, 0], [1, 1], [1, 2]])
    equal(world.sql("SELECT 1 AS a, 'x' AS b, CAST(NULL AS STRING) AS c"), [[1, 'x', None]])


@check
def select_without_tunnel(world):
    """The plain result, which every client falls back to."""
    instance = world.odps.execute_sql("SELECT col1, '价, \"q\"' AS b, CAST(NULL AS BIGINT) AS c "
                                      'FROM test_mars ORDER BY col1, col2 LIMIT 1')
    with instance.open_reader(tunnel=False) as reader:
        got = [[field for field in record.values] for record in reader]
    equal([str(got[0][0]), got[0][1]], ['0', '价, "q"'])
    require(got[0][2] in (None, '\\N'), 'NULL is read as %r', got[0][2])


@check
def result_schema_and_count(world):
    instance = world.odps.execute_sql('SELECT col1 AS k, count(*) AS n, avg(col2) AS m '
                                      'FROM test_mars GROUP BY col1')
    with instance.open_reader(tunnel=True) as reader:
        equal(reader.count, 3)
        schema = reader._schema if world.generation < (0, 12) else reader.schema
        equal([(column.name, str(column.type).lower()) for column in schema.columns],
              [('k', 'bigint'), ('n', 'bigint'), ('m', 'double')])
        equal(sorted(list(record.values) for record in reader),
              [[0, 3, 1.0], [1, 3, 1.0], [2, 3, 1.0]])


@check
def sliced(world):
    instance = world.odps.execute_sql('SELECT col1 * 3 + col2 AS n FROM test_mars ORDER BY n '
                                      'LIMIT 9')
    with instance.open_reader(tunnel=True) as reader:
        equal([record['n'] for record in reader[2:5]], [2, 3, 4])
        equal(reader[8][0], 8)


@check
def to_pandas(world):
    instance = world.odps.execute_sql('SELECT col1, sum(col2) AS s FROM test_mars '
                                      'GROUP BY col1 ORDER BY col1 LIMIT 9')
    with instance.open_reader(tunnel=True) as reader:
        frame = reader.to_pandas()
    equal(list(frame.columns), ['col1', 's'])
    equal(frame['s'].tolist(), [3, 3, 3])
    equal(frame['col1'].tolist(), [0, 1, 2])


@check
def joins_windows_and_unions(world):
    equal(world.sql('''
        WITH t AS (SELECT col1, col2 FROM test_mars)
        SELECT a.col1, a.col2, row_number() OVER (PARTITION BY a.col1 ORDER BY a.col2 DESC) AS r
        FROM t a JOIN (SELECT DISTINCT col1 FROM t WHERE col1 > 1) b ON a.col1 = b.col1
        ORDER BY r LIMIT 10'''), [[2, 2, 1], [2, 1, 2], [2, 0, 3]])
    equal(sorted(world.sql('SELECT 1 AS a UNION ALL SELECT 1 AS a UNION ALL SELECT 2 AS a')),
          [[1], [1], [2]])
    equal(world.sql('SELECT col1, count(*) AS n FROM test_mars GROUP BY col1 '
                    'HAVING sum(col2) > 2 AND col1 < 1'), [[0, 3]])


@check
def exploded(world):
    equal(world.sql('''SELECT k, e FROM (SELECT 'a' AS k, array(1, 2) AS l) t
                       LATERAL VIEW EXPLODE(l) x AS e ORDER BY e LIMIT 9'''),
          [['a', 1], ['a', 2]])


@check
def own_semantics(world):
    """Where MaxCompute differs from other engines."""
    equal(world.sql('SELECT 7 / 2, 7 DIV 2, 7 % 3'), [[3.5, 3, 1]])
    equal(world.sql("SELECT concat('a', NULL, 'b')"), [[None]])
    equal(world.sql("SELECT substr('价格表', 2, 1), length('价格表'), lengthb('价格表')"),
          [['格', 3, 9]])
    equal(world.sql("SELECT nvl(NULL, 'x'), decode(2, 1, 'one', 2, 'two', 'more'), "
                    "coalesce(NULL, 5)"), [['x', 'two', 5]])
    equal(world.sql("SELECT split('a,b,c', ',')[1], regexp_extract('k=12', '([a-z]+)=([0-9]+)', 2)"),
          [['b', '12']])
    equal(world.sql("SELECT datediff(to_date('2026-03-01', 'yyyy-mm-dd'), "
                    "to_date('2026-02-27', 'yyyy-mm-dd'), 'dd')"), [[2]])
    equal(world.sql("SELECT get_json_object('{\"a\": {\"b\": [1, 22]}}', '$.a.b[1]')"), [['22']])
    equal(world.sql("SELECT wm_concat('-', s) FROM (SELECT 'x' AS s UNION ALL SELECT 'x' AS s) t"),
          [['x-x']])


@check
def inserted(world):
    table = world.table('inserted', ('a bigint, b string', 'pt string'))
    run = world.odps.execute_sql
    run("INSERT INTO TABLE %s PARTITION (pt='x') SELECT col1, 'n' FROM test_mars WHERE col2 = 0"
        % table.name)
    run("INSERT INTO %s PARTITION (pt='x') VALUES (7, '七')" % table.name)
    equal(sorted(world.rows(table, "pt='x'")),
          [[0, 'n'], [1, 'n'], [2, 'n'], [7, '七']])
    run("INSERT OVERWRITE TABLE %s PARTITION (pt='x') SELECT 9, 'only'" % table.name)
    equal(world.rows(table, "pt='x'"), [[9, 'only']])
    run("INSERT INTO TABLE %s PARTITION (pt) SELECT col1, 'd', concat('p', col2) FROM test_mars "
        'WHERE col1 = 0' % table.name)
    equal(world.rows(table, "pt='p2'"), [[0, 'd']])
    equal(sorted(str(partition.name) for partition in table.partitions),
          ["pt='p0'", "pt='p1'", "pt='p2'", "pt='x'"])
    table.drop()


@check
def created_as_select(world):
    name = world.name('ctas')
    world.odps.execute_sql('CREATE TABLE %s AS SELECT col1 AS k, col2 + 0.5 AS v FROM test_mars '
                           'WHERE col1 = 2' % name)
    table = world.odps.get_table(name)
    equal([column for column, _ in world.columns(table)], ['k', 'v'])
    equal([row[0] for row in world.rows(table)], [2, 2, 2])
    equal(sorted(Decimal(str(row[1])) for row in world.rows(table)),
          [Decimal('0.5'), Decimal('1.5'), Decimal('2.5')])
    table.drop()


@check
def shows_and_describes(world):
    def text(statement):
        with world.odps.execute_sql(statement).open_reader(tunnel=False) as reader:
            return reader.raw
    require('test_mars' in text('SHOW TABLES'), 'SHOW TABLES says %r', text('SHOW TABLES'))
    require('dt=' in text('SHOW PARTITIONS sales'), 'SHOW PARTITIONS says %r',
            text('SHOW PARTITIONS sales'))
    require('col2' in text('DESC test_mars') and 'bigint' in text('DESC test_mars').lower(),
            'DESC says %r', text('DESC test_mars'))
    require('CREATE TABLE' in text('SHOW CREATE TABLE test_mars').upper(),
            'SHOW CREATE TABLE says %r', text('SHOW CREATE TABLE test_mars'))


@check
def scripts_and_hints(world):
    name = world.name('script')
    world.odps.execute_sql('''
        -- a comment; with a semicolon
        SET odps.sql.type.system.odps2=true;
        CREATE TABLE %s (a INT);
        INSERT INTO %s VALUES (1), (2) /* two; rows */;''' % (name, name),
        hints={'odps.sql.submit.mode': 'script'})
    equal(sorted(world.sql('SELECT a FROM %s' % name)), [[1], [2]])
    world.odps.delete_table(name)
    equal(world.sql('SELECT CAST(1 AS TINYINT) AS t',
                    hints={'odps.sql.type.system.odps2': 'true'}), [[1]])


@check
def full_scan_is_refused(world):
    hints = {'odps.sql.allow.fullscan': 'false'}
    error = raises(errors.ODPSError,
                   lambda: world.odps.execute_sql('SELECT count(*) FROM sales', hints=hints))
    require('ODPS-0130071' in str(error) or error.code == 'ODPS-0130071',
            'the error is %s', error)
    equal(world.sql('SELECT count(*) AS n FROM test_mars', hints=hints), [[9]])
    got = world.sql('SELECT count(*) AS n FROM sales',
                    hints={'odps.sql.allow.fullscan': 'true'})
    require(got[0][0] >= 48, 'sales has %r rows', got)


@check
def cost(world):
    got = world.odps.execute_sql_cost('SELECT col1 FROM test_mars')
    require(got.input_size > 0, 'the input size is %r', got.input_size)
    equal(float(got.complexity), 1.0)
    equal(int(got.udf_num), 0)


@check
def one_million_rows(world):
    equal(world.sql('SELECT count(*) AS n, min(l_orderkey) <= max(l_orderkey) AS o '
                    'FROM lineitem_1m'), [[1000000, True]])


@since(0, 12)
def limited_and_iterated(world):
    instance = world.odps.execute_sql('SELECT l_orderkey FROM lineitem_1m LIMIT 25000')
    total = 0
    with instance.open_reader(tunnel=True) as reader:
        for batch in reader.iter_pandas(batch_size=10000):
            total += len(batch)
    equal(total, 25000)
    saved = options.tunnel.limit_instance_tunnel
    require(saved is None, 'the option is %r', saved)


@since(0, 12)
def run_with_parameters(world):
    instance = world.odps.run_sql('SELECT * FROM test_mars WHERE col1 = 0 LIMIT 1')
    instance.wait_for_success()
    equal(instance.get_sql_query().strip().rstrip(';'),
          'SELECT * FROM test_mars WHERE col1 = 0 LIMIT 1')
    frame = instance.to_pandas()
    equal(list(frame.columns), ['col1', 'col2'])
