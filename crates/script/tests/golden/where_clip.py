mt.where(mt.arange(5) > 2, mt.clip(mt.arange(5), 1, 3), 0.5)
