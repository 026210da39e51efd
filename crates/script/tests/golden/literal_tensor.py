mt.tensor([[1, 2], [3, 4]], dtype='float32').astype(mt.int64)
