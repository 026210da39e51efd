x = mt.ones(3
mt.arange(10
