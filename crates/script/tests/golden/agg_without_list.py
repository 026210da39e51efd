df = md.DataFrame({'v': [1, 2], 'w': [3, 4]})
df.agg({'v': 'sum', 'w': 'min'})
