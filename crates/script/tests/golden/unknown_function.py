mt.arrange(10)
