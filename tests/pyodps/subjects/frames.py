"""The DataFrame API of the clients, which makes SQL of what is asked."""
import warnings

from checks import check, equal

warnings.filterwarnings('ignore')


def frame(world):
    from odps.df import DataFrame
    return DataFrame(world.odps.get_table('test_mars'))


@check
def filtered(world):
    df = frame(world)
    got = df[df.col1 == 2][['col2']].sort('col2').head(5)
    equal([row[0] for row in got.values.values.tolist()] if hasattr(got, 'values')
          else [list(row) for row in got], [0, 1, 2])


@check
def grouped(world):
    df = frame(world)
    got = df.groupby('col1').agg(total=df.col2.sum(), n=df.count()).sort('col1').execute()
    equal(got.values.values.tolist(), [[0, 3, 3], [1, 3, 3], [2, 3, 3]])


@check
def computed(world):
    df = frame(world)
    got = df[df.col1, (df.col2 * 10 + 1).rename('x')].sort(['col1', 'x']).head(2)
    equal(got.values.values.tolist(), [[0, 1], [0, 11]])
    equal(int(df.count().execute()), 9)
    equal(float(df.col2.mean().execute()), 1.0)


@check
def joined(world):
    df = frame(world)
    other = frame(world)
    got = df.join(other[other.col2 == 0][['col1']], on='col1').count().execute()
    equal(int(got), 9)


@check
def persisted(world):
    name = world.name('persisted')
    df = frame(world)
    df[df.col1 < 2].persist(name)
    equal(len(world.rows(world.odps.get_table(name))), 6)
    world.odps.delete_table(name)
