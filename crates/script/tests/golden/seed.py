mt.random.seed(7)
mt.random.rand(2) + mt.random.randint(0, 10, size=(2,))
