df = md.DataFrame({'k': [1, 2, 1], 'v': [1, 2, 3], 'w': [4, 5, 6]})
df.groupby('k')[['w']].max()
