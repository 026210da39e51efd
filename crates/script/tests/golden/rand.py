mt.random.rand(100, 100)
