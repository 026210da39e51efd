a, b = mt.ones(3), 2
