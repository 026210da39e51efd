# md.read_csv
md.read_csv('rows.csv', dtype={'k': 'object', 'v': 'int64', 'w': 'float64'})

md.read_csv('rows.csv', dtype={'k': 'str', 'v': 'float64', 'w': 'float64'}, usecols=['k', 'w'])

md.read_csv('rows.csv', dtype={'p': 'str', 'q': 'str', 'r': 'str'}, header=None, names=['p', 'q', 'r'])

md.read_csv('rows.csv', dtype={'p': 'str', 'q': 'int64', 'r': 'float64'}, header=0, names=['p', 'q', 'r']).groupby('p').sum()

# md.cut
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
md.cut(df['v'], [0, 1, 3, 5], labels=False)

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
md.cut(df['w'], [-1.0, 0.5, 2.5], labels=False, include_lowest=True)

# Series.value_counts
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['k'].value_counts(normalize=True).sort_index()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['j'].value_counts(normalize=True, ascending=True)

# DataFrame.shift
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].shift(1, fill_value=0)

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['k']].shift(-1, fill_value='?')

# Series.shift
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].shift(2, fill_value=7)

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].shift(1, fill_value=0.0)

# Series.to_tensor (mars)
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
md.Series(df['v'].to_tensor().astype('float64'))

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].to_tensor().T

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
mt.unique(df['v'].to_tensor())

# md.date_range
md.date_range('2020-01-30', periods=5)

md.date_range('2020-01-01 12:00', periods=4, freq='6H', name='t')
