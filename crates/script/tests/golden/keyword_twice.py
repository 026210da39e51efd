mt.ones(shape=3, shape=4)
