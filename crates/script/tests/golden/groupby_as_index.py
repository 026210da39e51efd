df = md.DataFrame({'k': ['a'], 'j': ['b'], 'v': [1]})
df.groupby(['k', 'j'], as_index=False).sum()
