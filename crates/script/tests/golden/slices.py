x = mt.random.rand(10, 20, 30)
x[1:, ..., ::2][0, None, -1]
