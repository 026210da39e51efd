# md.DataFrame
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df

md.DataFrame([[1, 2], [3, 4]], columns=['a', 'b'])

# md.Series
md.Series([1, 2, 3], name='x')

md.Series([0.5, 1.5])

# DataFrame.head
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.head(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.head()

# DataFrame.tail
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.tail(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.tail(3)

# DataFrame.abs
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.abs()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df * -1).abs()

# DataFrame.sum
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sum()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sum(axis=1)

# DataFrame.prod
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.prod()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.prod(axis=1)

# DataFrame.min
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.min()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.min(axis=1)

# DataFrame.max
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.max()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.max(axis=1)

# DataFrame.count
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.count()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.count(axis=1)

# DataFrame.mean
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.mean()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.mean(axis=1)

# DataFrame.var
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.var()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.var(axis=1)

# DataFrame.std
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.std()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.std(axis=1)

# DataFrame.fillna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df.fillna(0)

df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df.fillna(-1.5)

# DataFrame.dropna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df.dropna()

df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df.dropna(how='any')

# DataFrame.isna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df.isna()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.isna()

# DataFrame.notna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df.notna()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.notna()

# DataFrame.append
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.append(df)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.append(df * 2)

# DataFrame.reset_index
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_index(ascending=False).reset_index(drop=True)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.tail(2).reset_index(drop=True)

# DataFrame.sort_index
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_index(ascending=False)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_index()

# DataFrame.cumsum
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.cumsum()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df * 2).cumsum()

# DataFrame.cumprod
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.cumprod()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df * 2).cumprod()

# DataFrame.cummax
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.cummax()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df * 2).cummax()

# DataFrame.cummin
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.cummin()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df * 2).cummin()

# DataFrame.shift
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.shift()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.shift(-2)

# DataFrame.diff
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.diff()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.diff(2)

# DataFrame.round
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df / 3).round(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df / 7).round()

# DataFrame.nunique
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.nunique()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.nunique()

# DataFrame.execute (mars)
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.execute()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.execute()

# DataFrame.fetch (mars)
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.fetch()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.fetch()

# Series.head
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].head(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].head()

# Series.tail
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].tail(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].tail(3)

# Series.abs
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].abs()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'] * -1).abs()

# Series.sum
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].sum()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['v'] + 1).sum()

# Series.prod
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].prod()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['v'] + 1).prod()

# Series.min
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].min()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['v'] + 1).min()

# Series.max
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].max()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['v'] + 1).max()

# Series.count
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].count()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['v'] + 1).count()

# Series.mean
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].mean()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['v'] + 1).mean()

# Series.var
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].var()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['v'] + 1).var()

# Series.std
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].std()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['v'] + 1).std()

# Series.fillna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df['w'].fillna(0)

df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df['w'].fillna(-1.5)

# Series.dropna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df['w'].dropna()

df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df['w'].dropna(how='any')

# Series.isna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df['w'].isna()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].isna()

# Series.notna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
df['w'].notna()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].notna()

# Series.append
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].append(df['w'])

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].append(df['w'] * 2)

# Series.reset_index
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].sort_index(ascending=False).reset_index(drop=True)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].tail(2).reset_index(drop=True)

# Series.sort_index
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].sort_index(ascending=False)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].sort_index()

# Series.cumsum
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].cumsum()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'] * 2).cumsum()

# Series.cumprod
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].cumprod()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'] * 2).cumprod()

# Series.cummax
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].cummax()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'] * 2).cummax()

# Series.cummin
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].cummin()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'] * 2).cummin()

# Series.shift
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].shift()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].shift(-2)

# Series.diff
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].diff()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].diff(2)

# Series.round
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'] / 3).round(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'] / 7).round()

# Series.nunique
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].nunique()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].nunique()

# Series.execute (mars)
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].execute()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].execute()

# Series.fetch (mars)
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].fetch()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].fetch()

# DataFrame.describe
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.describe()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df * 2).describe()

# DataFrame.sort_values
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_values('w')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_values(['k', 'v'], ascending=False)

# DataFrame.set_index
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.set_index('k')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.set_index('v', drop=False)

# DataFrame.merge
left = md.DataFrame({'k': ['a', 'b', 'c'], 'v': [1, 2, 3]})
right = md.DataFrame({'k': ['a', 'c', 'd'], 'v': [7, 8, 9]})
left.merge(right, on='k').sort_values('k').reset_index(drop=True)

left = md.DataFrame({'k': ['a', 'b', 'c'], 'v': [1, 2, 3]})
right = md.DataFrame({'k': ['a', 'c', 'd'], 'v': [7, 8, 9]})
left.merge(left, on='k', how='left', suffixes=('_l', '_r')).sort_values('k').reset_index(drop=True)

# md.concat
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
md.concat([df, df])

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
md.concat([df['v'], df['v']])

# Series.isin
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['k'].isin(['a', 'c'])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].isin([2, 9])

# Series.value_counts
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['k'].value_counts().head(1)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].value_counts().sort_index()

# DataFrame.groupby
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').agg({'v': 'sum'})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k', as_index=False).agg({'v': 'sum'}).sort_values('k').reset_index(drop=True)

# groupby.sum
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').sum()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].sum()

# groupby.count
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').count()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')[['v']].count()

# groupby.mean
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').mean()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].mean()

# groupby.min
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').min()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].min()

# groupby.max
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').max()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].max()

# groupby.var
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').var()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].var()

# groupby.std
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').std()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].std()

# groupby.agg
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').agg({'v': 'sum', 'w': 'mean'})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').agg('max')

# str.upper
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.upper()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.upper()

# str.lower
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.lower()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.lower()

# str.title
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.title()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.title()

# str.capitalize
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.capitalize()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.capitalize()

# str.swapcase
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.swapcase()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.swapcase()

# str.strip
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.strip()

# str.lstrip
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.lstrip()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.lstrip()

# str.rstrip
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.rstrip()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.rstrip()

# str.len
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.len()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.len()

# str.isdigit
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.isdigit()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.isdigit()

# str.isalpha
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.isalpha()

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.strip().str.isalpha()

# str.contains
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.contains('a')

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.contains('b')

# str.startswith
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.startswith('a')

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.startswith('A')

# str.endswith
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.endswith('a')

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.endswith(' ')

# str.count
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.count('a')

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.count('1')

# str.find
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.find('a')

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.find('z')

# str.replace
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.replace('a', 'X')

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.replace('1', '')

# str.slice
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.slice(1, 3)

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.slice(0, 2)

# str.zfill
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.zfill(6)

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.zfill(3)

# str.repeat
s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.repeat(2)

s = md.Series(['Ab 1', ' xyz ', '12', 'aBa'])
s.str.repeat(3)


# DataFrame.add
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.add(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).add(df + 3)

# DataFrame.sub
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sub(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).sub(df + 3)

# DataFrame.mul
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.mul(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).mul(df + 3)

# DataFrame.truediv
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.truediv(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).truediv(df + 3)

# DataFrame.floordiv
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.floordiv(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).floordiv(df + 3)

# DataFrame.mod
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.mod(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).mod(df + 3)

# DataFrame.pow
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.pow(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).pow(df + 3)

# DataFrame.eq
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.eq(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).eq(df + 3)

# DataFrame.ne
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.ne(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).ne(df + 3)

# DataFrame.lt
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.lt(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).lt(df + 3)

# DataFrame.le
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.le(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).le(df + 3)

# DataFrame.gt
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.gt(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).gt(df + 3)

# DataFrame.ge
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.ge(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).ge(df + 3)

# DataFrame.radd
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.radd(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).radd(3.0)

# DataFrame.rsub
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rsub(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).rsub(3.0)

# DataFrame.rmul
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rmul(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).rmul(3.0)

# DataFrame.rtruediv
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rtruediv(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).rtruediv(3.0)

# DataFrame.rfloordiv
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rfloordiv(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).rfloordiv(3.0)

# DataFrame.rmod
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rmod(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).rmod(3.0)

# DataFrame.rpow
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rpow(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df + 2).rpow(3.0)

# DataFrame.quantile
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.quantile()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.quantile(0.25)

# DataFrame.to_tensor (mars)
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.to_tensor()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df * 2).to_tensor()

# Series.add
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].add(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).add(df['w'].abs() + 1)

# Series.sub
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].sub(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).sub(df['w'].abs() + 1)

# Series.mul
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].mul(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).mul(df['w'].abs() + 1)

# Series.truediv
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].truediv(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).truediv(df['w'].abs() + 1)

# Series.floordiv
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].floordiv(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).floordiv(df['w'].abs() + 1)

# Series.mod
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].mod(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).mod(df['w'].abs() + 1)

# Series.pow
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].pow(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).pow(df['w'].abs() + 1)

# Series.eq
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].eq(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).eq(df['w'].abs() + 1)

# Series.ne
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].ne(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).ne(df['w'].abs() + 1)

# Series.lt
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].lt(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).lt(df['w'].abs() + 1)

# Series.le
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].le(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).le(df['w'].abs() + 1)

# Series.gt
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].gt(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).gt(df['w'].abs() + 1)

# Series.ge
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].ge(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).ge(df['w'].abs() + 1)

# Series.radd
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].radd(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).radd(3.0)

# Series.rsub
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rsub(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).rsub(3.0)

# Series.rmul
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rmul(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).rmul(3.0)

# Series.rtruediv
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rtruediv(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).rtruediv(3.0)

# Series.rfloordiv
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rfloordiv(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).rfloordiv(3.0)

# Series.rmod
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rmod(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).rmod(3.0)

# Series.rpow
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rpow(2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'].abs() + 1).rpow(3.0)

# Series.quantile
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].quantile()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].quantile(0.25)

# Series.to_tensor (mars)
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].to_tensor()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
(df['w'] * 2).to_tensor()

# DataFrame.agg
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.agg(['sum', 'mean'])

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.agg(['min', 'max', 'count'])


# DataFrame.rolling
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(2).sum()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(3).mean()

# Series.rolling
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rolling(2).sum()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rolling(3).mean()

# rolling.sum
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(2).sum()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3).sum()

# rolling.mean
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(2).mean()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3).mean()

# rolling.min
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(2).min()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3).min()

# rolling.max
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(2).max()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3).max()

# rolling.count
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(2).count()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3).count()

# rolling.var
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(2).var()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3).var()

# rolling.std
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.rolling(2).std()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3).std()

# md.merge
left = md.DataFrame({'k': ['a', 'b', 'c'], 'v': [1, 2, 3]})
right = md.DataFrame({'k': ['a', 'c', 'd'], 'w': [7, 8, 9]})
md.merge(left, right, on='k').sort_values('k').reset_index(drop=True)

left = md.DataFrame({'k': ['a', 'b', 'c'], 'v': [1, 2, 3]})
right = md.DataFrame({'k': ['a', 'c', 'd'], 'w': [7, 8, 9]})
md.merge(left, right).sort_values('k').reset_index(drop=True)

# md.isna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
md.isna(df)

df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
md.isna(df['w'])

# md.notna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
md.notna(df)

df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, 1.5, 2.5]}).shift(1)
md.notna(df['w'])

# DataFrame.head
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.iloc[:, 1]

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.iloc[:2, :1]

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.iloc[1:, [1, 0]]

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.iloc[1, 0]

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.iat[2, 1]

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[df['v'] > 1]

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[:, 'w']

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[df['v'] > 1, ['w']]

# Series.isna
df = md.DataFrame({'v': [1, 2, 3], 'w': [0.5, None, 1.5]})
df[~df['w'].isna() & (df['v'] > 1)]

# DataFrame.isna
df = md.DataFrame({'v': [1.0, None], 'w': [0.5, None]})
~df.isna()

# Series.notna
~md.Series([1, -5, 0])
