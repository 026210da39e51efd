# Series.describe
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].describe()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].describe(percentiles=[0.1, 0.9])

# DataFrame.describe
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].describe(percentiles=[0.1])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.describe()

# Series.map
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['k'].map({'a': 1.5, 'b': 2.5})

# Series.map (mars)
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].map({1: 'x', 2: 'y'}, dtype='object')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].map({1: 10, 2: 20, 4: 40}, dtype='int64')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['k'].map({'a': 'x', 'b': 'y', 'c': 'z'}, dtype='object')

# Series.quantile
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].quantile([0.25, 0.5])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].quantile(q=[0.1])

# DataFrame.quantile
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].quantile([0.25, 0.5])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['w']].quantile([0.0, 1.0])

# DataFrame.agg
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].agg('sum')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].agg({'v': ['sum'], 'w': ['min', 'max']})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].agg({'v': ['min', 'max'], 'w': ['min', 'max']})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].agg(['sum'])

# Series.agg
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].agg(['sum', 'mean'])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].agg('max')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].agg(['count', 'min'])

# DataFrame.fillna
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.fillna(method='ffill')

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.fillna({'w': 3.5})

df = md.DataFrame({'t': ['a', None, 'c']})
df.fillna('?')

# DataFrame.ffill
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.ffill()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.shift(1).ffill()

# DataFrame.bfill
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.bfill()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.shift(1).bfill()

# Series.ffill
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df['w'].ffill()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df['v'].shift(1).ffill()

# Series.bfill
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df['w'].bfill()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df['v'].shift(2).bfill()

# DataFrame.dropna
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.dropna(subset=['w'])

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.dropna(thresh=2)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.dropna(how='all')

# Series.dropna
df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df['w'].dropna()

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df['v'].dropna()

# DataFrame.sort_values
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_values(['v', 'w'], ascending=[False, False])

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df.sort_values('w', na_position='first')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_values('w', ignore_index=True)

# Series.sort_values
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].sort_values()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].sort_values(ascending=False)

df = md.DataFrame({'v': [1, 2, 3, 4], 'w': [0.5, None, 2.5, -1.0]})
df['w'].sort_values(na_position='first')

# DataFrame.sort_index
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_index(axis=1)

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_index(ascending=False, ignore_index=True)

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.sort_index(axis=1, ascending=False)

# Series.reset_index
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].reset_index(name='q')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].reset_index(drop=True)

# DataFrame.join
df = md.DataFrame({'v': [1, 2, 3]})
other = md.DataFrame({'z': [4, 5, 6]})
df.join(other).sort_values('v')

df = md.DataFrame({'v': [1, 2, 3]})
other = md.DataFrame({'v': [4, 5]})
df.join(other, how='inner', lsuffix='_l', rsuffix='_r').sort_values('v_l')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.join(md.DataFrame({'j': ['x', 'y'], 'z': [1, 2]}).set_index('j'), on='j').sort_values('w')

# DataFrame.merge
left = md.DataFrame({'k': ['a', 'b', 'c'], 'v': [1, 2, 3]})
right = md.DataFrame({'key': ['a', 'c', 'd'], 'v': [7, 8, 9]})
left.merge(right, left_on='k', right_on='key').sort_values('k').reset_index(drop=True)

left = md.DataFrame({'k': ['a', 'b', 'c'], 'v': [1, 2, 3]})
right = md.DataFrame({'k': ['a', 'b', 'c'], 'z': [7, 8, 9]}).set_index('k')
left.merge(right, left_on='k', right_index=True).sort_values('k')

# Series.expanding
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].expanding().sum()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].expanding(2).mean()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].expanding().var()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].expanding().count()

# rolling.median
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(2).median()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].rolling(3).median()

# rolling.skew
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3).skew()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].rolling(3).skew()

# rolling.kurt
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].rolling(4).kurt()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].rolling(4).kurt()

# DataFrame.rolling
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].rolling(2, min_periods=1).sum()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].rolling(3, center=True).sum()

# Series.rolling
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(3, min_periods=1).max()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].rolling(2, center=True).mean()

# DataFrame.head
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[1]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].loc[2]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[1:2]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[2:, 'v']

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[[0, 2]]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[[0, 3], ['v', 'w']]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[[0, 2], 'v']

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].loc[1, ['w', 'v']]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.loc[1, 'v']

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.at[3, 'w']

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.set_index('k').loc['b']

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.set_index('k').loc[['b', 'c']]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.set_index('k').loc['b', 'w']

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').sum().loc['a']

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.iloc[[2, 0]]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.iloc[[2, -1], [2, 3]]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['v', 'w']].iloc[1, [1, 0]]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.iloc[[3, 0], 2]

# Series.head
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].loc[2]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].loc[1:2]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].loc[[0, 2]]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].at[1]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['v'].iat[1]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].iloc[-1]

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df['w'].iloc[[2, 0]]
