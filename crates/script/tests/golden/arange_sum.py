mt.arange(10).sum()
