not mt.ones(3)
