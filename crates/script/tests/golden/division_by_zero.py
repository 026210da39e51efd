mt.ones(3) + 1 // 0
