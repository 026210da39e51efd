md.DataFrame(mt.ones((2, 2)), columns=['price', 'count'])['pirce']
