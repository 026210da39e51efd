df = o.to_mars_dataframe('sample.test_mars', partition="pt='a',h=1")
df.groupby('col1').agg({'col2': 'sum'})
