# mt.nonzero
mt.nonzero(mt.tensor([[0, 1, 2], [3, 0, 1]]))[1]

rows, columns = mt.nonzero(mt.tensor([[0.5, 0.0], [0.0, 2.5]]))
rows

mt.nonzero(mt.arange(12).reshape(3, 4) % 5 == 0)[1]

x = mt.arange(12).reshape(3, 4)
mt.nonzero(x % 5 == 0)[0]

# tensor.nonzero
mt.tensor([[0, 1, 2], [3, 0, 1]]).nonzero()[0]

x = mt.arange(6)
(x > 3).nonzero()[0]

# mt.flatnonzero
mt.flatnonzero(mt.tensor([[0, 1, 2], [3, 0, 1]]))

mt.flatnonzero(mt.arange(8) % 3)

# mt.take
mt.take(mt.arange(12).reshape(3, 4), [0, 2], axis=1)

mt.take(mt.arange(12).reshape(3, 4), [5, 0, 5])

mt.take(mt.arange(12).reshape(3, 4), 1, axis=0)

# tensor.take
mt.arange(12).reshape(3, 4).take([2, 0], axis=0)

mt.arange(6).take([[0, 1], [2, 3]])

# mt.compress
mt.compress([True, False, True], mt.arange(12).reshape(3, 4), axis=0)

mt.compress(mt.arange(4) > 1, mt.arange(4))

# tensor.compress
mt.arange(12).reshape(3, 4).compress([False, True, False, True], axis=1)

mt.arange(4).compress([True, False, True, True])

# mt.extract
x = mt.arange(12).reshape(3, 4)
mt.extract(x % 3 == 0, x)

mt.extract([True, False, True], mt.tensor([0.5, 1.5, 2.5]))

# mt.choose
mt.choose(mt.tensor([0, 1, 0]), [mt.tensor([3, 1, 2]), mt.tensor([30, 10, 20])])

mt.choose(mt.tensor([5, 1, 0]), [mt.tensor([0.5, 1.5, 2.5]), mt.tensor([3, 1, 2])], mode='clip')

# tensor.choose
mt.tensor([0, 1, 1]).choose([mt.tensor([3, 1, 2]), mt.tensor([30, 10, 20])])

mt.tensor([2, 1, 1]).choose([[3, 1, 2], [30, 10, 20]], mode='wrap')

# mt.diag
mt.diag(mt.tensor([3, 1, 2]))

mt.diag(mt.arange(12).reshape(3, 4), k=1)

mt.diag(mt.tensor([0.5, 1.5]), k=-1)

# mt.searchsorted
mt.searchsorted(mt.tensor([1, 2, 3, 5]), [2, 4, 9])

mt.searchsorted(mt.tensor([1.0, 2.0, 2.0, 5.0]), 2.0, side='right')

mt.searchsorted(mt.arange(20), mt.tensor([[3, 4], [0, 30]]), side='right')

# mt.digitize
mt.digitize(mt.tensor([0.2, 6.4, 3.0, 1.6]), [0.0, 1.0, 2.5, 4.0, 5.5, 10.0])

mt.digitize(mt.tensor([[1, 2], [3, 4]]), [1, 3, 4], right=True)

# mt.isin
mt.isin(mt.arange(6).reshape(2, 3), [1, 2, 7])

mt.isin(mt.tensor(['a', 'b', 'c']), ['c', 'a'])

mt.isin(mt.tensor([0.5, 1.5]), mt.tensor([[1.5, 2.0]]), invert=True)

# mt.topk (mars)
mt.topk(mt.tensor([3, 1, 2, 9, 4]), 2)

mt.topk(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]), 2, axis=1, largest=False)

# mt.argtopk (mars)
mt.argtopk(mt.tensor([3, 1, 2, 9, 4], chunk_size=3), 2)

mt.argtopk(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]], chunk_size=1), 1, axis=0)

# mt.partition
mt.partition(mt.tensor([3, 1, 2]), 1)

mt.partition(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]), [0, 2], axis=1)

# mt.argpartition
mt.argpartition(mt.tensor([3, 1, 2]), 1)

mt.argpartition(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]), [0, 2], axis=1)

# mt.median
mt.median(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]))

mt.median(mt.arange(12).reshape(3, 4), axis=1)

mt.median(mt.tensor([[3, 1, 2], [5, 4, 9]]), axis=0, keepdims=True)

# mt.percentile
mt.percentile(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]), 50)

mt.percentile(mt.arange(12).reshape(3, 4), [25, 50, 90], axis=0)

# mt.quantile
mt.quantile(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]), 0.3, axis=1)

mt.quantile(mt.arange(12), [0.1, 0.5], interpolation='lower')

# mt.average
mt.average(mt.arange(12).reshape(3, 4), axis=0)

mt.average(mt.arange(1, 11), weights=mt.arange(10, 0, -1))

mt.average(mt.arange(6).reshape(3, 2), axis=1, weights=[0.25, 0.75])

mt.average(mt.arange(6).reshape(3, 2), axis=0, weights=[1, 2, 3])

# mt.nanvar
mt.nanvar(mt.log(mt.tensor([[3.0, -1.0, 2.0], [0.5, 4.5, 2.5]])))

mt.nanvar(mt.log(mt.tensor([[3.0, -1.0, 2.0], [0.5, 4.5, 2.5]])), axis=1, ddof=1)

# mt.nanstd
mt.nanstd(mt.log(mt.tensor([[3.0, -1.0, 2.0], [0.5, 4.5, 2.5]])))

mt.nanstd(mt.arange(12).reshape(3, 4), axis=0)

# mt.cov
mt.cov(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]))

mt.cov(mt.tensor([3.0, 1.0, 2.0]), mt.tensor([0.5, 4.5, 2.5]), bias=True)

mt.cov(mt.arange(12).reshape(3, 4), rowvar=False)

mt.cov(mt.arange(5))

# mt.corrcoef
mt.corrcoef(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]))

mt.corrcoef(mt.tensor([3, 1, 2, 8]), mt.tensor([5, 4, 2, 1]))

# mt.histogram
mt.histogram(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]))[0]

counts, edges = mt.histogram(mt.arange(20), bins=[0.0, 5.0, 10.0, 19.0])
counts

mt.histogram(mt.arange(20), bins=4, range=(0, 10))[0]

mt.histogram(mt.tensor([1, 2, 1]), bins=[0, 1, 2, 3])[1]

mt.histogram(mt.arange(20), bins=4, density=True)[0]

# mt.histogram_bin_edges
mt.histogram_bin_edges(mt.tensor([3.0, 1.0, 2.0]), bins=4)

mt.histogram_bin_edges(mt.arange(12).reshape(3, 4), bins=5, range=(0, 6))

# mt.split
mt.split(mt.arange(9), 3)[1]

mt.split(mt.arange(12).reshape(3, 4), [1, 3], axis=1)[2]

# mt.array_split
mt.array_split(mt.arange(8), 3)[2]

mt.array_split(mt.arange(10).reshape(5, 2), 2)[0]

# mt.vsplit
mt.vsplit(mt.arange(12).reshape(4, 3), 2)[1]

mt.vsplit(mt.arange(12).reshape(4, 3), [1])[1]

# mt.hsplit
mt.hsplit(mt.arange(12).reshape(3, 4), 2)[0]

mt.hsplit(mt.arange(6), 3)[2]

# mt.dsplit
mt.dsplit(mt.arange(16).reshape(2, 2, 4), 2)[1]

mt.dsplit(mt.arange(16).reshape(2, 2, 4), [3])[0]

# mt.frexp
mt.frexp(mt.tensor([0.5, -3.0, 10.0]))[0]

m, e = mt.frexp(mt.tensor([0.5, -3.0, 10.0]))
e

# mt.modf
mt.modf(mt.tensor([0.5, -3.25, 10.0]))[0]

mt.modf(mt.tensor([0.5, -3.25, 10.0]))[1]

# mt.roll
mt.roll(mt.arange(10), 2)

mt.roll(mt.arange(12).reshape(3, 4), -1, axis=1)

mt.roll(mt.arange(12).reshape(3, 4), (1, 2), axis=(0, 1))

mt.roll(mt.arange(12).reshape(3, 4), 1)

# mt.rollaxis
mt.rollaxis(mt.arange(24).reshape(2, 3, 4), 2)

mt.rollaxis(mt.arange(24).reshape(2, 3, 4), 0, 2)

# mt.moveaxis
mt.moveaxis(mt.arange(24).reshape(2, 3, 4), 0, -1)

mt.moveaxis(mt.arange(24).reshape(2, 3, 4), [0, 1], [-1, -2])

# mt.tile
mt.tile(mt.arange(6).reshape(2, 3), 2)

mt.tile(mt.arange(3), (2, 2))

mt.tile(mt.arange(12).reshape(3, 4), (2, 1, 3))

# mt.dstack
mt.dstack([mt.tensor([3, 1, 2]), mt.tensor([30, 10, 20])])

mt.dstack([mt.arange(4).reshape(2, 2), mt.arange(4).reshape(2, 2)])

# mt.column_stack
mt.column_stack([mt.tensor([3, 1, 2]), mt.tensor([0.5, 1.5, 2.5])])

mt.column_stack([mt.arange(3), mt.arange(6).reshape(3, 2)])

# mt.meshgrid
mt.meshgrid(mt.arange(3), mt.arange(2))[0]

x, y = mt.meshgrid(mt.arange(3), mt.tensor([0.5, 1.5]))
y

mt.meshgrid(mt.arange(3), mt.arange(2), mt.arange(4))[2]

# mt.indices
mt.indices((2, 3))

mt.indices((2, 3, 2))[1]

# mt.atleast_1d
mt.atleast_1d(mt.arange(3))

mt.atleast_1d(mt.arange(3).sum())

# mt.atleast_2d
mt.atleast_2d(mt.arange(3))

mt.atleast_2d(mt.arange(3).sum())

# mt.atleast_3d
mt.atleast_3d(mt.arange(3))

mt.atleast_3d(mt.arange(6).reshape(2, 3))

# mt.empty
mt.logical_and(mt.empty((2, 3)), False)

mt.logical_and(mt.empty(4, dtype='int64'), False)

# mt.empty_like
mt.logical_and(mt.empty_like(mt.arange(4)), False)

mt.logical_and(mt.empty_like(mt.ones((2, 3))), False)

# mt.ldexp
mt.ldexp(mt.tensor([0.5, 1.5, 2.5]), mt.tensor([1, 2, 3]))

mt.ldexp(mt.tensor([[1, 2], [3, 4]]), mt.tensor([2, 3]))

# mt.angle
mt.angle(mt.tensor([0.5, -1.5, 2.5]))

mt.angle(mt.tensor([0.5, -1.5, 2.5]), deg=1)

# mt.array_equal
mt.array_equal(mt.arange(3), mt.tensor([0, 1, 2]))

mt.array_equal(mt.arange(3), mt.tensor([0, 1, 4]))

mt.array_equal(mt.arange(3), mt.arange(4))

# mt.linalg.svd (mars)
mt.linalg.svd(mt.tensor([[4.0, 1.0], [1.0, 3.0], [2.0, 2.0]]))[1]

u, s, v = mt.linalg.svd(mt.tensor([[4.0, 1.0], [1.0, 3.0]]))
mt.dot(u * s, v)

# mt.linalg.qr (mars)
mt.linalg.qr(mt.tensor([[4.0, 1.0], [1.0, 3.0], [2.0, 2.0]]))[0]

q, r = mt.linalg.qr(mt.tensor([[4, 1], [1, 3]]))
mt.dot(q, r)

# mt.linalg.lu (mars)
mt.linalg.lu(mt.tensor([[1.0, 2.0], [4.0, 3.0]]))[2]

p, l, u = mt.linalg.lu(mt.tensor([[1.0, 2.0], [4.0, 3.0]]))
mt.dot(p, mt.dot(l, u))

# mt.linalg.cholesky (mars)
mt.linalg.cholesky(mt.tensor([[4.0, 1.0], [1.0, 3.0]]), lower=True)

mt.linalg.cholesky(mt.tensor([[4.0, 2.0], [2.0, 3.0]]))

# mt.linalg.inv
mt.linalg.inv(mt.tensor([[4.0, 1.0], [1.0, 3.0]]))

mt.linalg.inv(mt.tensor([[1, 2], [3, 5]]))

# mt.linalg.solve
mt.linalg.solve(mt.tensor([[3.0, 2.0, 1.0], [1.0, -1.0, 1.0], [1.0, 5.0, 1.0]]), mt.tensor([2.0, 4.0, -1.0]))

mt.linalg.solve(mt.tensor([[4.0, 1.0], [1.0, 3.0]]), [[1.0, 2.0], [3.0, 4.0]])

# mt.linalg.solve_triangular (mars)
mt.linalg.solve_triangular(mt.tensor([[4.0, 1.0], [0.0, 3.0]]), mt.tensor([1.0, 2.0]))

mt.linalg.solve_triangular(mt.tensor([[4.0, 0.0], [1.0, 3.0]]), mt.tensor([1.0, 2.0]), lower=True)

# mt.linalg.norm
mt.linalg.norm(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]))

mt.linalg.norm(mt.tensor([[3.0, 1.0, 2.0], [0.5, 4.5, 2.5]]), ord=1)

mt.linalg.norm(mt.arange(6).reshape(2, 3), axis=1)

mt.linalg.norm(mt.tensor([3, 4]))

# mt.einsum
mt.einsum('ij,jk->ik', mt.arange(6).reshape(2, 3), mt.arange(12).reshape(3, 4))

mt.einsum('i,i', mt.arange(4), mt.arange(4))

mt.einsum('ij->j', mt.arange(9).reshape(3, 3))

mt.einsum('ij->ji', mt.tensor([[0.5, 1.5], [2.5, 3.5]]))

# mt.random.choice (mars)
mt.random.choice(5, 3) < 5

mt.random.choice(mt.tensor([7, 7, 7]), (2, 3))

mt.sort(mt.random.choice(5, 5, replace=False))

mt.random.choice(3, 4, p=[0.0, 1.0, 0.0])

# mt.random.permutation (mars)
mt.sort(mt.random.permutation(7))

mt.random.permutation(mt.arange(12).reshape(3, 4)).sum(axis=0)

# mt.random.multinomial (mars)
mt.random.multinomial(20, [0.25, 0.25, 0.5], size=3).sum(axis=1)

mt.random.multinomial(20, [0.0, 1.0])

# mt.random.dirichlet (mars)
mt.random.dirichlet((10, 5, 3), 4).sum(axis=1)

mt.random.dirichlet([2.5, 2.5]).sum()

# mt.random.multivariate_normal (mars)
mt.random.multivariate_normal([0, 0], [[1, 0], [0, 1]], 3) < 1000

mt.random.multivariate_normal([0.5, 2.5], [[0.0, 0.0], [0.0, 0.0]], (2, 2))

# mt.random.normal (mars)
mt.random.normal(mt.tensor([0.5, 2.5]), 0.0, size=(3, 2))

mt.random.normal(mt.tensor([0.5, 2.5]), 0.0)

mt.random.normal([[0.5], [2.5]], mt.tensor([0.0, 0.0, 0.0]))

# mt.random.uniform (mars)
mt.random.uniform(mt.arange(3), mt.arange(1, 4)) >= mt.arange(3)

mt.random.uniform(0, mt.tensor([1.0, 2.0]), size=(4, 2)) < 2

# mt.random.binomial (mars)
mt.random.binomial(mt.tensor([3, 7]), 1.0)

mt.random.binomial(5, [0.0, 1.0], size=2)
