mt.ones(3))
