df = md.DataFrame({'k': ['x', 'y', 'x'], 'v': [1, 2, None], 'w': [0.5, 1, 2]})
df.groupby('k', as_index=False).agg({'v': 'sum', 'w': 'mean'})
