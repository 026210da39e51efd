md.Series([1, 2]).astype('float64')
