x = (mt.ones((2, 2))
     # a comment between
     + 1)
y = x \
    * 2
y
