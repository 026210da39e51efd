n = 2 * 3
x = mt.ones((n, n // 2))
mt.zeros(x.shape) + x.shape[0]
