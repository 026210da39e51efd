md.DataFrame({'a': [1]}).groupby('a')
