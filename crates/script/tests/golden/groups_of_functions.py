df = md.DataFrame({'k': ['a', 'b'], 'v': [1, 2]})
df.groupby('k').agg({'v': ['sum', 'mean']})
