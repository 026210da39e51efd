md.DataFrame(mt.ones((2, 2)), columns=['a'])
