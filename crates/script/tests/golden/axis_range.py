mt.ones((3, 4)).sum(axis=2)
