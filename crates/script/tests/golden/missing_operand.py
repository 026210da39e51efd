mt.ones(3) + 
