df = md.DataFrame({'v': [1, 2], 'w': [3, 4]})
df.sort_values(['v', 'w'], ascending=[True, False])
