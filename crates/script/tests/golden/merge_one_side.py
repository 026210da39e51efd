df = md.DataFrame({'v': [1, 2], 'w': [3, 4]})
df.merge(df, left_on='v')
