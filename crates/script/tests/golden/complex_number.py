mt.ones(3) * 2j
