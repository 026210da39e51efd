mt.arange(10)[[0, 2, 4]]
