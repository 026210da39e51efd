mt.ones((4, 4), chunk_size=0)
