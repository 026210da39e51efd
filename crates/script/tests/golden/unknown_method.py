mt.ones(3).summ()
