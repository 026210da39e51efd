from mars.session import new_session

session = new_session(client.endpoint).as_default()
session.run(o.get_table('test_mars').to_df().head(3), wait=False)
o.get_table('test_mars').head(2)
