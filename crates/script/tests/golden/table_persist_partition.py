df = o.to_mars_dataframe('test_mars')
o.persist_mars_dataframe(df, 'parted', partition='pt=a', as_type={'col2': 'decimal(20,2)'})
