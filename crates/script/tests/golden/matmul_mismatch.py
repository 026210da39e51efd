mt.ones((3, 4)) @ mt.ones((3, 4))
