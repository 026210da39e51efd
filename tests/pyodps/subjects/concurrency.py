"""Two hundred clients at once."""
import threading

from checks import check, equal, require

CLIENTS = 200


def together(work, count=CLIENTS):
    """Runs `work(number)` in that many threads at once; every failure counts."""
    failures, results = [], {}
    start = threading.Barrier(count)

    def one(number):
        try:
            start.wait()
            results[number] = work(number)
        except Exception as error:  # noqa: reported below
            failures.append('%d: %s: %s' % (number, type(error).__name__, error))
    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    require(not failures, '%d of %d failed: %s', len(failures), count, failures[:3])
    return [results[number] for number in range(count)]


@check
def looking(world):
    def work(number):
        odps = world.client()
        table = odps.get_table('test_mars')
        table.reload()
        with table.open_reader() as reader:
            return [table.comment, [list(record.values) for record in reader]]
    wanted = ['The table of the PyODPS Mars guide',
              [[row // 3, row % 3] for row in range(9)]]
    for got in together(work):
        equal(got, wanted)


@check
def asking(world):
    def work(number):
        with world.client().execute_sql('SELECT col1 + %d AS n FROM test_mars ORDER BY n LIMIT 1'
                                        % number).open_reader(tunnel=True) as reader:
            return [record['n'] for record in reader]
    for number, got in enumerate(together(work)):
        equal(got, [number])


@check
def writing(world):
    """Every commit of one table is kept, none twice."""
    table = world.table('crowd', 'a bigint, b string')

    def work(number):
        world.client().write_table(table.name, [[number, 'from %d' % number]])
    together(work)
    equal(sorted(world.rows(table)), [[number, 'from %d' % number] for number in range(CLIENTS)])
    table.drop()
