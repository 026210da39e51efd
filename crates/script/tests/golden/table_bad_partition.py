o.persist_mars_dataframe(o.to_mars_dataframe('test_mars'), 't', partition="pt='a'); drop table b")
