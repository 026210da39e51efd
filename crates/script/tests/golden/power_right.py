mt.ones(2) * 2 ** 3 ** 1
