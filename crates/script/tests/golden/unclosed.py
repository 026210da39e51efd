x = mt.ones((3, 4)
x + 1
