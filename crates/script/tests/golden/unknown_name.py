nt.ones(3)
