mt.ones(3) + None
