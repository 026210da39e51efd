"""What the soak test computes: functions of a random source that return an expression of the
pymars client and the answer of numpy or pandas."""
import numpy as np
import pandas as pd

import mars.dataframe as md
import mars.tensor as mt


def frame(rng, rows=None):
    rows = rows or rng.randint(20, 200)
    return pd.DataFrame({'k': rng.randint(0, 5, rows), 'v': rng.rand(rows),
                         'w': rng.randint(0, 100, rows), 's': rng.choice(list('abc'), rows)})


def chunked(rng, data):
    return md.DataFrame(data, chunk_size=max(7, len(data) // int(rng.randint(2, 6))))


def arithmetic(rng):
    a, b = rng.rand(40, 30), rng.rand(40, 30)
    x, y = mt.tensor(a, chunk_size=13), mt.tensor(b, chunk_size=13)
    return (x * 2 + y - 1) / (y + 1), (a * 2 + b - 1) / (b + 1)


def rand_chunked(rng):
    low, high = sorted(rng.rand(2))
    return (mt.random.rand(100, 100, chunk_size=30) * (high - low) + low).max() < high, True


def ones_plus(rng):
    n = int(rng.randint(2, 9))
    return mt.ones((3, n)) + 1, np.ones((3, n)) + 1


def arange_sum(rng):
    n = int(rng.randint(10, 1000))
    return mt.arange(n, chunk_size=n // 3 + 1).sum(), np.arange(n).sum()


def mean_axis(rng):
    a = rng.rand(50, 20)
    axis = int(rng.randint(2))
    return mt.tensor(a, chunk_size=15).mean(axis=axis), a.mean(axis=axis)


def std_all(rng):
    a = rng.rand(60, 7)
    return mt.tensor(a, chunk_size=20).std(), a.std()


def dot(rng):
    a, b = rng.rand(30, 20), rng.rand(20, 25)
    return mt.dot(mt.tensor(a, chunk_size=11), mt.tensor(b, chunk_size=11)), a.dot(b)


def transpose_reshape(rng):
    a = rng.rand(12, 10)
    return mt.tensor(a, chunk_size=5).T.reshape(20, 6), a.T.reshape(20, 6)


def tensor_filter(rng):
    a = rng.rand(100)
    x = mt.tensor(a, chunk_size=30)
    return x[x > 0.5], a[a > 0.5]


def tensor_sort(rng):
    a = rng.rand(90)
    return mt.sort(mt.tensor(a, chunk_size=25)), np.sort(a)


def argmax(rng):
    a = rng.rand(30, 9)
    return mt.tensor(a, chunk_size=8).argmax(axis=0), a.argmax(axis=0)


def frame_add(rng):
    data = frame(rng)[['v', 'w']]
    return (chunked(rng, data) + 1).iloc[:6], (data + 1).iloc[:6]


def frame_from_tensor(rng):
    a = rng.rand(30, 3)
    return (md.DataFrame(mt.tensor(a, chunk_size=8), columns=list('abc')).sum(),
            pd.DataFrame(a, columns=list('abc')).sum())


def frame_filter(rng):
    data = frame(rng)
    x = chunked(rng, data)
    return x[x['v'] > 0.5], data[data['v'] > 0.5]


def filter_by_two(rng):
    data = frame(rng)
    x = chunked(rng, data)
    return (x[(x['v'] > 0.3) & (x['w'] < 70)]['w'].sum(),
            data[(data['v'] > 0.3) & (data['w'] < 70)]['w'].sum())


def series_mean(rng):
    data = frame(rng)
    return chunked(rng, data)['v'].mean(), data['v'].mean()


def groupby_agg(rng):
    data = frame(rng)
    how = {'v': 'sum', 'w': 'mean'}
    return chunked(rng, data).groupby('k').agg(how), data.groupby('k').agg(how)


def groupby_shuffle(rng):
    data = frame(rng)[['k', 'v', 'w']]
    return (chunked(rng, data).groupby('k').agg('sum', method='shuffle'),
            data.groupby('k').agg('sum'))


def groupby_two_keys(rng):
    data = frame(rng)
    return (chunked(rng, data).groupby(['s', 'k']).agg({'v': ['min', 'max'], 'w': 'count'}),
            data.groupby(['s', 'k']).agg({'v': ['min', 'max'], 'w': 'count'}))


def groupby_of_filter(rng):
    data = frame(rng)
    x = chunked(rng, data)
    return (x[x['w'] > 20].groupby('s').agg({'v': 'sum'}),
            data[data['w'] > 20].groupby('s').agg({'v': 'sum'}))


def groupby_size(rng):
    data = frame(rng)
    how = {'w': 'count'}
    return chunked(rng, data).groupby('s').agg(how), data.groupby('s').agg(how)


def merge(rng):
    left, right = frame(rng, 60), pd.DataFrame({'k': range(5), 'name': list('vwxyz')})
    return (chunked(rng, left).merge(md.DataFrame(right, chunk_size=3), on='k'),
            left.merge(right, on='k'))


def sort_values(rng):
    data = frame(rng)
    return chunked(rng, data).sort_values('v'), data.sort_values('v')


def describe(rng):
    data = frame(rng)[['v', 'w']]
    return chunked(rng, data).describe(), data.describe()


def value_counts(rng):
    data = frame(rng)
    return (chunked(rng, data)['s'].value_counts().sort_index(),
            data['s'].value_counts().sort_index())


def concat(rng):
    one, two = frame(rng), frame(rng)
    return md.concat([chunked(rng, one), chunked(rng, two)]), pd.concat([one, two])


def fill(rng):
    data = frame(rng)[['v', 'w']].where(lambda d: d['v'] > 0.4)
    return chunked(rng, data).fillna(0).sum(), data.fillna(0).sum()


KINDS = [arithmetic, rand_chunked, ones_plus, arange_sum, mean_axis, std_all, dot,
         transpose_reshape, tensor_filter, tensor_sort, argmax, frame_add, frame_from_tensor,
         frame_filter, filter_by_two, series_mean, groupby_agg, groupby_shuffle,
         groupby_two_keys, groupby_of_filter, groupby_size, merge, sort_values, describe,
         value_counts, concat, fill]
UNORDERED = (merge,)
