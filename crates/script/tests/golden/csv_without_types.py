md.read_csv('/data/rows.csv')
