o.to_mars_dataframe('a`; drop table b')
