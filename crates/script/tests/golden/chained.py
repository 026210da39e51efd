1 < mt.ones(3) < 2
