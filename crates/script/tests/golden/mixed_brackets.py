mt.ones([3, 4)
