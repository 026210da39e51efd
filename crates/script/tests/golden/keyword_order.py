mt.ones(shape=3, 4)
