df = md.DataFrame(mt.random.rand(50, 2), columns=['a', 'b'])
df[df['a'] > df.b].sort_values('b', ascending=False).iloc[:6]
