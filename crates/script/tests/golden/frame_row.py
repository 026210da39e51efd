md.DataFrame(mt.ones((4, 2))).iloc[-1]
