o.persist_mars_dataframe(o.to_mars_dataframe('test_mars'), 't', as_type={'col1': 'bigint) comment \'x\''})
