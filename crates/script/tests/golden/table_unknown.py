o.to_mars_dataframe('no_such_table')
