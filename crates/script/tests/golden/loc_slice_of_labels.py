df = md.DataFrame({'k': [3, 1], 'v': [1, 2]}).set_index('k')
df.loc[1:3]
