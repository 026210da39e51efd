a = mt.random.rand(1000, 1000)
mt.ones(3)
