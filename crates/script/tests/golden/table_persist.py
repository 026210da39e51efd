df = o.to_mars_dataframe('test_mars')
o.persist_mars_dataframe(df + 1, 'test_mars_persist', overwrite=True)
