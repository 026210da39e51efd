x = mt.random.randn(6, 4)
(x.std(axis=0, ddof=1) + mt.mean(x, axis=0)) / x.max(axis=(0,), keepdims=False)
