    a = mt.ones(3)
    b = a * 2; c = b - 1
    c.execute()
