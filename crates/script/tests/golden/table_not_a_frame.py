o.persist_mars_dataframe(mt.ones((3, 4)), 't')
