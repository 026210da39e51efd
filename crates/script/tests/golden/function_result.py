mt.ones
