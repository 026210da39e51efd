# groupby.agg
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').agg(['min', 'max'])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['k', 'v', 'w']].groupby('k').agg(['sum', 'mean'])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').agg({'v': ['sum', 'mean'], 'w': 'max'})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby(['k', 'j']).agg('sum')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby(['k', 'j']).agg({'v': ['min', 'max'], 'w': ['count']})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k', as_index=False).agg({'v': ['min', 'max']})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k', as_index=False).agg({'v': 'sum'})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].agg(['min', 'max', 'std'])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].agg('prod')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')[['v', 'w']].agg(['var', 'count'])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').agg('first')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').agg({'v': 'median', 'w': 'last', 'j': 'nunique'})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby(['k', 'j']).agg({'v': 'first', 'w': 'sum'})

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['w'].agg('median')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').agg('size')

# groupby.agg (mars)
df = md.DataFrame({'k': ['a', 'b', 'a', 'c', 'b', 'a'], 'v': [1, 2, 3, 4, 5, 6]}, chunk_size=2)
df.groupby('k').agg(['sum', 'count'])

df = md.DataFrame({'k': ['a', 'b', 'a', 'c', 'b', 'a'], 'v': [1, 2, 3, 4, 5, 6]}, chunk_size=2)
df.groupby('k').agg({'v': ['min', 'mean']})

# groupby.prod
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').prod()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].prod()

# groupby.cumsum
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').cumsum()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].cumsum()

# groupby.cumprod
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').cumprod()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')[['w']].cumprod()

# groupby.cummax
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['k', 'v', 'w']].groupby('k').cummax()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('j')['w'].cummax()

# groupby.cummin
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['k', 'v', 'w']].groupby('k').cummin()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('j')['w'].cummin()

# groupby.cumcount
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k').cumcount()

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('j').cumcount(ascending=False)

# groupby.transform
df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df[['k', 'v', 'w']].groupby('k').transform('sum')

df = md.DataFrame({'k': ['a', 'b', 'a', 'c'], 'j': ['x', 'x', 'y', 'x'], 'v': [1, 2, 4, 4], 'w': [0.5, 1.5, 2.5, -1.0]})
df.groupby('k')['v'].transform('mean')

df = md.DataFrame({'k': ['a', 'b', 'c', 'a'], 'v': [1, 2, 3, 4]})
df.groupby('k').transform('max')
