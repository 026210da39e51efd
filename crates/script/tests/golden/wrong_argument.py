mt.ones('three')
