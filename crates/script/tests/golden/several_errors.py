x = 1 +
y = mt.ones(3)
z = y..sum()
if y: pass
q = lambda a: a
y
