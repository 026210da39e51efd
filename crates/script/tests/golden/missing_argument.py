mt.ones()
