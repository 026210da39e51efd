md.DataFrame(mt.random.rand(9, 2), columns=['a', 'b']).describe()
