x = mt.arange(5)
(x < 3) | (x > 1) & ~(x == 2) ^ (x != 0)
