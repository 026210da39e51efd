a = mt.ones(3)
  a + 1
