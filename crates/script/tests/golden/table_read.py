o.to_mars_dataframe('test_mars').iloc[:6]
