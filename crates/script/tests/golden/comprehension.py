[x for x in mt.ones(3)]
