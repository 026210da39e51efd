mt.ones(3) ? 1
