mt.zeros((-1, 2))
