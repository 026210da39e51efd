mt.ones((3, 4)) @ mt.eye(4).T
