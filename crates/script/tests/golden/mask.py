x = mt.arange(12).reshape(3, 4)
x[x > 5]
