md.cut(md.Series([1, 2]), [0, 1, 2])
