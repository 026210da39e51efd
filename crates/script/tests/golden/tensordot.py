mt.tensordot(mt.ones((2, 3, 4)), mt.ones((4, 3)), axes=([2, 1], [0, 1]))
