o.to_mars_dataframe('days')
