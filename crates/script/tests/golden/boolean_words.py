mt.ones(3) > 0 and mt.ones(3) < 2
