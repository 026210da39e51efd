df = md.DataFrame({'k': [1, 2, 1], 'v': [1, 2, 3]})
df.groupby(['k'])['v'].sum()
