# mt.negative
mt.negative(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.negative(mt.arange(1, 7).reshape(2, 3))

# mt.abs
mt.abs(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.abs(mt.arange(1, 7).reshape(2, 3))

# mt.sign
mt.sign(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.sign(mt.arange(1, 7).reshape(2, 3))

# mt.square
mt.square(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.square(mt.arange(1, 7).reshape(2, 3))

# mt.positive
mt.positive(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.positive(mt.arange(1, 7).reshape(2, 3))

# mt.conj
mt.conj(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.conj(mt.arange(1, 7).reshape(2, 3))

# mt.reciprocal
mt.reciprocal(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.reciprocal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

# mt.exp
mt.exp(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.exp(mt.arange(1, 7).reshape(2, 3))

# mt.exp2
mt.exp2(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.exp2(mt.arange(1, 7).reshape(2, 3))

# mt.expm1
mt.expm1(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.expm1(mt.arange(1, 7).reshape(2, 3))

# mt.sin
mt.sin(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.sin(mt.arange(1, 7).reshape(2, 3))

# mt.cos
mt.cos(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.cos(mt.arange(1, 7).reshape(2, 3))

# mt.tan
mt.tan(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.tan(mt.arange(1, 7).reshape(2, 3))

# mt.arctan
mt.arctan(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.arctan(mt.arange(1, 7).reshape(2, 3))

# mt.tanh
mt.tanh(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.tanh(mt.arange(1, 7).reshape(2, 3))

# mt.sinh
mt.sinh(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.sinh(mt.arange(1, 7).reshape(2, 3))

# mt.cosh
mt.cosh(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.cosh(mt.arange(1, 7).reshape(2, 3))

# mt.arcsinh
mt.arcsinh(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.arcsinh(mt.arange(1, 7).reshape(2, 3))

# mt.cbrt
mt.cbrt(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.cbrt(mt.arange(1, 7).reshape(2, 3))

# mt.rint
mt.rint(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.rint(mt.arange(1, 7).reshape(2, 3))

# mt.floor
mt.floor(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.floor(mt.arange(1, 7).reshape(2, 3))

# mt.ceil
mt.ceil(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.ceil(mt.arange(1, 7).reshape(2, 3))

# mt.trunc
mt.trunc(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.trunc(mt.arange(1, 7).reshape(2, 3))

# mt.fix
mt.fix(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.fix(mt.tensor([0.1, -0.5, 0.9]))

# mt.signbit
mt.signbit(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.signbit(mt.arange(1, 7).reshape(2, 3))

# mt.spacing
mt.spacing(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.spacing(mt.arange(1, 7).reshape(2, 3))

# mt.sinc
mt.sinc(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.sinc(mt.arange(1, 7).reshape(2, 3))

# mt.isfinite
mt.isfinite(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.isfinite(mt.arange(1, 7).reshape(2, 3))

# mt.isinf
mt.isinf(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.isinf(mt.arange(1, 7).reshape(2, 3))

# mt.isnan
mt.isnan(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.isnan(mt.arange(1, 7).reshape(2, 3))

# mt.isreal
mt.isreal(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.isreal(mt.arange(1, 7).reshape(2, 3))

# mt.iscomplex
mt.iscomplex(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.iscomplex(mt.arange(1, 7).reshape(2, 3))

# mt.real
mt.real(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.real(mt.arange(1, 7).reshape(2, 3))

# mt.imag
mt.imag(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.imag(mt.arange(1, 7).reshape(2, 3))

# mt.nan_to_num
mt.nan_to_num(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.nan_to_num(mt.arange(1, 7).reshape(2, 3))

# mt.deg2rad
mt.deg2rad(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.deg2rad(mt.arange(1, 7).reshape(2, 3))

# mt.rad2deg
mt.rad2deg(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.rad2deg(mt.arange(1, 7).reshape(2, 3))

# mt.degrees
mt.degrees(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.degrees(mt.arange(1, 7).reshape(2, 3))

# mt.radians
mt.radians(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]))

mt.radians(mt.arange(1, 7).reshape(2, 3))

# mt.i0
mt.i0(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.i0(mt.tensor([0.1, -0.5, 0.9]))

# mt.log
mt.log(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.log(mt.arange(1, 7).reshape(2, 3))

# mt.log2
mt.log2(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.log2(mt.arange(1, 7).reshape(2, 3))

# mt.log10
mt.log10(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.log10(mt.arange(1, 7).reshape(2, 3))

# mt.log1p
mt.log1p(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.log1p(mt.arange(1, 7).reshape(2, 3))

# mt.sqrt
mt.sqrt(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.sqrt(mt.arange(1, 7).reshape(2, 3))

# mt.arcsin
mt.arcsin(mt.tensor([0.1, -0.5, 0.9]))

mt.arcsin(mt.tensor([[0.0, 0.25]]))

# mt.arccos
mt.arccos(mt.tensor([0.1, -0.5, 0.9]))

mt.arccos(mt.tensor([[0.0, 0.25]]))

# mt.arctanh
mt.arctanh(mt.tensor([0.1, -0.5, 0.9]))

mt.arctanh(mt.tensor([[0.0, 0.25]]))

# mt.arccosh
mt.arccosh(mt.arange(1, 7).reshape(2, 3))

mt.arccosh(mt.tensor([1.5, 2.5]))

# mt.invert
mt.invert(mt.tensor([True, False, True]))

mt.invert(mt.arange(1, 7).reshape(2, 3))

# mt.logical_not
mt.logical_not(mt.tensor([True, False, True]))

mt.logical_not(mt.arange(1, 7).reshape(2, 3))

# mt.add
mt.add(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.add(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.subtract
mt.subtract(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.subtract(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.multiply
mt.multiply(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.multiply(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.divide
mt.divide(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.divide(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.floor_divide
mt.floor_divide(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.floor_divide(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.mod
mt.mod(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.mod(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.power
mt.power(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.power(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.equal
mt.equal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.equal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.not_equal
mt.not_equal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.not_equal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.less
mt.less(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.less(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.less_equal
mt.less_equal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.less_equal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.greater
mt.greater(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.greater(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.greater_equal
mt.greater_equal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.greater_equal(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.maximum
mt.maximum(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.maximum(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.minimum
mt.minimum(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.minimum(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.fmod
mt.fmod(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.fmod(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.fmax
mt.fmax(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.fmax(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.fmin
mt.fmin(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.fmin(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.copysign
mt.copysign(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.copysign(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.hypot
mt.hypot(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.hypot(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.arctan2
mt.arctan2(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.arctan2(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.logaddexp
mt.logaddexp(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.logaddexp(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.logaddexp2
mt.logaddexp2(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.logaddexp2(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.nextafter
mt.nextafter(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.nextafter(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 9.0)

# mt.float_power
mt.float_power(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

mt.float_power(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 2.0)

# mt.bitwise_and
mt.bitwise_and(mt.arange(1, 7).reshape(2, 3), mt.arange(3))

mt.bitwise_and(mt.arange(1, 7).reshape(2, 3), 2)

# mt.bitwise_or
mt.bitwise_or(mt.arange(1, 7).reshape(2, 3), mt.arange(3))

mt.bitwise_or(mt.arange(1, 7).reshape(2, 3), 2)

# mt.bitwise_xor
mt.bitwise_xor(mt.arange(1, 7).reshape(2, 3), mt.arange(3))

mt.bitwise_xor(mt.arange(1, 7).reshape(2, 3), 2)

# mt.left_shift
mt.left_shift(mt.arange(1, 7).reshape(2, 3), mt.arange(3))

mt.left_shift(mt.arange(1, 7).reshape(2, 3), 2)

# mt.right_shift
mt.right_shift(mt.arange(1, 7).reshape(2, 3), mt.arange(3))

mt.right_shift(mt.arange(1, 7).reshape(2, 3), 2)

# mt.logical_and
mt.logical_and(mt.tensor([True, False, True]), mt.tensor([True, True, False]))

mt.logical_and(mt.arange(1, 7).reshape(2, 3), mt.tensor([0, 1, 0]))

# mt.logical_or
mt.logical_or(mt.tensor([True, False, True]), mt.tensor([True, True, False]))

mt.logical_or(mt.arange(1, 7).reshape(2, 3), mt.tensor([0, 1, 0]))

# mt.logical_xor
mt.logical_xor(mt.tensor([True, False, True]), mt.tensor([True, True, False]))

mt.logical_xor(mt.arange(1, 7).reshape(2, 3), mt.tensor([0, 1, 0]))

# mt.isclose
mt.isclose(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1e-9)

mt.isclose(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 1.0, rtol=0.5)

# mt.where
mt.where(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]) > 0, mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]), 0.0)

mt.where(mt.arange(1, 7).reshape(2, 3) > 3, mt.arange(1, 7).reshape(2, 3), mt.arange(1, 7).reshape(2, 3) * 10)

# mt.clip
mt.clip(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]), -1, 1)

mt.clip(mt.arange(1, 7).reshape(2, 3), 2, 5)

# mt.round
mt.round(mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]), 1)

mt.round(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

# tensor.clip
mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]).clip(-1, 1)

mt.arange(1, 7).reshape(2, 3).clip(2, 5)

# tensor.round
mt.tensor([[0.5, -1.5, 2.0], [3.25, -0.25, 1.0]]).round(1)

mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]).round()

# mt.sum
mt.sum(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.sum(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.sum(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.sum
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).sum()

(mt.arange(1, 7).reshape(2, 3)).sum(axis=1)

# mt.prod
mt.prod(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.prod(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.prod(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.prod
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).prod()

(mt.arange(1, 7).reshape(2, 3)).prod(axis=1)

# mt.min
mt.min(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.min(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.min(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.min
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).min()

(mt.arange(1, 7).reshape(2, 3)).min(axis=1)

# mt.max
mt.max(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.max(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.max(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.max
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).max()

(mt.arange(1, 7).reshape(2, 3)).max(axis=1)

# mt.mean
mt.mean(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.mean(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.mean(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.mean
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).mean()

(mt.arange(1, 7).reshape(2, 3)).mean(axis=1)

# mt.var
mt.var(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.var(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.var(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.var
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).var()

(mt.arange(1, 7).reshape(2, 3)).var(axis=1)

# mt.std
mt.std(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.std(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.std(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.std
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).std()

(mt.arange(1, 7).reshape(2, 3)).std(axis=1)

# mt.argmin
mt.argmin(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.argmin(mt.arange(1, 7).reshape(2, 3), axis=0)

# tensor.argmin
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).argmin()

(mt.arange(1, 7).reshape(2, 3)).argmin(axis=1)

# mt.argmax
mt.argmax(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.argmax(mt.arange(1, 7).reshape(2, 3), axis=0)

# tensor.argmax
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).argmax()

(mt.arange(1, 7).reshape(2, 3)).argmax(axis=1)

# mt.all
mt.all(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.all(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.all(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.all
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).all()

(mt.arange(1, 7).reshape(2, 3)).all(axis=1)

# mt.any
mt.any(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.any(mt.arange(1, 7).reshape(2, 3), axis=0)

mt.any(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axis=1, keepdims=True)

# tensor.any
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).any()

(mt.arange(1, 7).reshape(2, 3)).any(axis=1)

# mt.cumsum
mt.cumsum(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.cumsum(mt.arange(1, 7).reshape(2, 3), axis=0)

# tensor.cumsum
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).cumsum()

(mt.arange(1, 7).reshape(2, 3)).cumsum(axis=1)

# mt.cumprod
mt.cumprod(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.cumprod(mt.arange(1, 7).reshape(2, 3), axis=0)

# tensor.cumprod
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).cumprod()

(mt.arange(1, 7).reshape(2, 3)).cumprod(axis=1)

# mt.nansum
mt.nansum(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nansum(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.nanprod
mt.nanprod(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nanprod(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.nanmin
mt.nanmin(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nanmin(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.nanmax
mt.nanmax(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nanmax(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.nanmean
mt.nanmean(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nanmean(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.nanargmin
mt.nanargmin(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nanargmin(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.nanargmax
mt.nanargmax(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nanargmax(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.nancumsum
mt.nancumsum(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nancumsum(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.nancumprod
mt.nancumprod(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])))

mt.nancumprod(mt.sqrt(mt.tensor([[4.0, -1.0, 9.0], [1.0, 16.0, -4.0]])), axis=1)

# mt.count_nonzero
mt.count_nonzero(mt.arange(1, 7).reshape(2, 3) - 2)

mt.count_nonzero(mt.arange(1, 7).reshape(2, 3) - 2, axis=0)

# mt.ptp
mt.ptp(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.ptp(mt.arange(1, 7).reshape(2, 3), axis=0)

# mt.ones
mt.ones((2, 3))

mt.ones(4, dtype='int64')

# mt.zeros
mt.zeros((2, 3))

mt.zeros(3, dtype='float32')

# mt.full
mt.full((2, 2), 7)

mt.full(3, 0.5)

# mt.ones_like
mt.ones_like(mt.arange(1, 7).reshape(2, 3))

mt.ones_like(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), dtype='int32')

# mt.zeros_like
mt.zeros_like(mt.arange(1, 7).reshape(2, 3))

mt.zeros_like(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

# mt.arange
mt.arange(10)

mt.arange(2, 11, 3)

mt.arange(0.0, 1.0, 0.25)

# mt.linspace
mt.linspace(0, 1, 5)

mt.linspace(1.0, 2.0, num=4, endpoint=False)

# mt.eye
mt.eye(3)

mt.eye(2, 4, k=1, dtype='int64')

# mt.identity
mt.identity(3)

mt.identity(2, dtype='int64')

# mt.tensor
mt.tensor([[1, 2], [3, 4]])

mt.tensor([1.5, 2.5], dtype='float32')

mt.tensor([True, False])

# mt.scalar (mars)
mt.scalar(3) + mt.arange(2)

mt.scalar(2.5) * mt.arange(3)

# mt.reshape
mt.reshape(mt.arange(1, 7).reshape(2, 3), (3, 2))

mt.reshape(mt.arange(1, 7).reshape(2, 3), -1)

# tensor.reshape
(mt.arange(1, 7).reshape(2, 3)).reshape(3, 2)

(mt.arange(1, 7).reshape(2, 3)).reshape((6,))

# mt.ravel
mt.ravel(mt.arange(1, 7).reshape(2, 3))

mt.ravel(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

# tensor.ravel
(mt.arange(1, 7).reshape(2, 3)).ravel()

(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).ravel()

# tensor.flatten
(mt.arange(1, 7).reshape(2, 3)).flatten()

(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).flatten()

# mt.transpose
mt.transpose(mt.arange(1, 7).reshape(2, 3))

mt.transpose(mt.arange(24).reshape(2, 3, 4), (2, 0, 1))

# tensor.transpose
(mt.arange(1, 7).reshape(2, 3)).transpose()

(mt.arange(24).reshape(2, 3, 4)).transpose(1, 0, 2)

# tensor.astype
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).astype('int64')

(mt.arange(1, 7).reshape(2, 3)).astype('float32')

# mt.concatenate
mt.concatenate([mt.arange(1, 7).reshape(2, 3), mt.arange(1, 7).reshape(2, 3)])

mt.concatenate([mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.arange(1, 7).reshape(2, 3)], axis=1)

# mt.stack
mt.stack([mt.arange(1, 7).reshape(2, 3), mt.arange(1, 7).reshape(2, 3)])

mt.stack([mt.arange(1, 7).reshape(2, 3), mt.arange(1, 7).reshape(2, 3)], axis=-1)

# mt.vstack
mt.vstack([mt.arange(3), mt.arange(3)])

mt.vstack([mt.arange(1, 7).reshape(2, 3), mt.arange(1, 7).reshape(2, 3)])

# mt.hstack
mt.hstack([mt.arange(3), mt.arange(2)])

mt.hstack([mt.arange(1, 7).reshape(2, 3), mt.arange(1, 7).reshape(2, 3)])

# mt.expand_dims
mt.expand_dims(mt.arange(1, 7).reshape(2, 3), 0)

mt.expand_dims(mt.arange(1, 7).reshape(2, 3), -1)

# mt.squeeze
mt.squeeze(mt.ones((1, 3, 1)))

mt.squeeze(mt.ones((1, 3, 1)), axis=0)

# mt.swapaxes
mt.swapaxes(mt.arange(1, 7).reshape(2, 3), 0, 1)

mt.swapaxes(mt.arange(24).reshape(2, 3, 4), 0, -1)

# tensor.swapaxes
(mt.arange(1, 7).reshape(2, 3)).swapaxes(0, 1)

(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).swapaxes(-1, 0)

# mt.flip
mt.flip(mt.arange(1, 7).reshape(2, 3), 0)

mt.flip(mt.arange(1, 7).reshape(2, 3), 1)

# mt.flipud
mt.flipud(mt.arange(1, 7).reshape(2, 3))

mt.flipud(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

# mt.fliplr
mt.fliplr(mt.arange(1, 7).reshape(2, 3))

mt.fliplr(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

# mt.broadcast_to
mt.broadcast_to(mt.arange(3), (2, 3))

mt.broadcast_to(mt.ones((2, 1)), (4, 2, 3))

# mt.repeat
mt.repeat(mt.arange(1, 7).reshape(2, 3), 2)

mt.repeat(mt.arange(1, 7).reshape(2, 3), 3, axis=1)

# tensor.repeat
(mt.arange(1, 7).reshape(2, 3)).repeat(2, axis=0)

(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).repeat(2)

# mt.tril
mt.tril(mt.arange(9).reshape(3, 3))

mt.tril(mt.arange(12).reshape(3, 4), k=1)

# mt.triu
mt.triu(mt.arange(9).reshape(3, 3))

mt.triu(mt.arange(12).reshape(3, 4), k=1)

# mt.sort
mt.sort(mt.tensor([[3.0, 1.0, 2.0], [9.0, 8.0, 7.0]]))

mt.sort(mt.tensor([[3.0, 1.0, 2.0], [9.0, 8.0, 7.0]]), axis=0)

# mt.argsort
mt.argsort(mt.tensor([[3.0, 1.0, 2.0], [9.0, 8.0, 7.0]]))

mt.argsort(mt.tensor([[3.0, 1.0, 2.0], [9.0, 8.0, 7.0]]), axis=0)

# mt.unique
mt.unique(mt.tensor([3, 1, 3, 2, 1]))

mt.unique(mt.tensor([[2.0, 1.0], [1.0, 0.5]]))

# mt.diff
mt.diff(mt.tensor([[3.0, 1.0, 2.0], [9.0, 8.0, 7.0]]))

mt.diff(mt.tensor([[3.0, 1.0, 2.0], [9.0, 8.0, 7.0]]), axis=0)

# mt.dot
mt.dot(mt.arange(1, 7).reshape(2, 3), mt.ones((3, 2)))

mt.dot(mt.arange(3), mt.arange(3))

# tensor.dot
(mt.arange(1, 7).reshape(2, 3)).dot(mt.ones((3, 2)))

(mt.arange(3)).dot(mt.arange(3))

# mt.matmul
mt.matmul(mt.arange(1, 7).reshape(2, 3), mt.ones((3, 2)))

mt.matmul(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.arange(3))

# mt.tensordot
mt.tensordot(mt.arange(1, 7).reshape(2, 3), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), axes=2)

mt.tensordot(mt.arange(1, 7).reshape(2, 3), mt.ones((3, 2)), axes=1)

# mt.random.rand (mars)
mt.random.seed(7)
mt.random.rand(4, 3)

mt.random.seed(8)
mt.random.rand(5)

# mt.random.randn (mars)
mt.random.seed(7)
mt.random.randn(4, 3)

mt.random.seed(8)
mt.random.randn(5)

# mt.random.random_sample (mars)
mt.random.seed(7)
mt.random.random_sample((4, 3))

mt.random.seed(9)
mt.random.random_sample(3)

# mt.random.standard_normal (mars)
mt.random.seed(7)
mt.random.standard_normal((4, 3))

mt.random.seed(7)
mt.random.standard_normal(2)

# mt.random.randint (mars)
mt.random.seed(7)
mt.random.randint(0, 10, (3, 4))

mt.random.seed(7)
mt.random.randint(5, size=6)

# mt.random.seed (mars)
mt.random.seed(3)
mt.random.rand(2)

mt.random.seed(4)
mt.random.randn(2)

# tensor.execute (mars)
(mt.arange(1, 7).reshape(2, 3)).execute()

(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1).execute()

# tensor.fetch (mars)
(mt.arange(1, 7).reshape(2, 3)).fetch()

(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1).fetch()


# mt.random.uniform (mars)
mt.random.seed(7)
mt.random.uniform(-1.0, 2.0, size=(3, 2))

mt.random.seed(11)
mt.random.uniform(-1.0, 2.0, size=4)

# mt.random.normal (mars)
mt.random.seed(7)
mt.random.normal(1.0, 2.0, size=(3, 2))

mt.random.seed(11)
mt.random.normal(1.0, 2.0, size=4)

# mt.random.beta (mars)
mt.random.seed(7)
mt.random.beta(1, 2, size=(3, 2))

mt.random.seed(11)
mt.random.beta(1, 2, size=4)

# mt.random.binomial (mars)
mt.random.seed(7)
mt.random.binomial(10, 0.5, size=(3, 2))

mt.random.seed(11)
mt.random.binomial(10, 0.5, size=4)

# mt.random.chisquare (mars)
mt.random.seed(7)
mt.random.chisquare(2, size=(3, 2))

mt.random.seed(11)
mt.random.chisquare(2, size=4)

# mt.random.exponential (mars)
mt.random.seed(7)
mt.random.exponential(1.5, size=(3, 2))

mt.random.seed(11)
mt.random.exponential(1.5, size=4)

# mt.random.f (mars)
mt.random.seed(7)
mt.random.f(2, 3, size=(3, 2))

mt.random.seed(11)
mt.random.f(2, 3, size=4)

# mt.random.gamma (mars)
mt.random.seed(7)
mt.random.gamma(2.0, 1.5, size=(3, 2))

mt.random.seed(11)
mt.random.gamma(2.0, 1.5, size=4)

# mt.random.geometric (mars)
mt.random.seed(7)
mt.random.geometric(0.5, size=(3, 2))

mt.random.seed(11)
mt.random.geometric(0.5, size=4)

# mt.random.gumbel (mars)
mt.random.seed(7)
mt.random.gumbel(0, 1, size=(3, 2))

mt.random.seed(11)
mt.random.gumbel(0, 1, size=4)

# mt.random.hypergeometric (mars)
mt.random.seed(7)
mt.random.hypergeometric(5, 6, 4, size=(3, 2))

mt.random.seed(11)
mt.random.hypergeometric(5, 6, 4, size=4)

# mt.random.laplace (mars)
mt.random.seed(7)
mt.random.laplace(0, 1, size=(3, 2))

mt.random.seed(11)
mt.random.laplace(0, 1, size=4)

# mt.random.logistic (mars)
mt.random.seed(7)
mt.random.logistic(0, 1, size=(3, 2))

mt.random.seed(11)
mt.random.logistic(0, 1, size=4)

# mt.random.lognormal (mars)
mt.random.seed(7)
mt.random.lognormal(0, 0.5, size=(3, 2))

mt.random.seed(11)
mt.random.lognormal(0, 0.5, size=4)

# mt.random.logseries (mars)
mt.random.seed(7)
mt.random.logseries(0.5, size=(3, 2))

mt.random.seed(11)
mt.random.logseries(0.5, size=4)

# mt.random.negative_binomial (mars)
mt.random.seed(7)
mt.random.negative_binomial(3, 0.5, size=(3, 2))

mt.random.seed(11)
mt.random.negative_binomial(3, 0.5, size=4)

# mt.random.noncentral_chisquare (mars)
mt.random.seed(7)
mt.random.noncentral_chisquare(2, 3, size=(3, 2))

mt.random.seed(11)
mt.random.noncentral_chisquare(2, 3, size=4)

# mt.random.noncentral_f (mars)
mt.random.seed(7)
mt.random.noncentral_f(2, 3, 1, size=(3, 2))

mt.random.seed(11)
mt.random.noncentral_f(2, 3, 1, size=4)

# mt.random.pareto (mars)
mt.random.seed(7)
mt.random.pareto(2, size=(3, 2))

mt.random.seed(11)
mt.random.pareto(2, size=4)

# mt.random.poisson (mars)
mt.random.seed(7)
mt.random.poisson(3, size=(3, 2))

mt.random.seed(11)
mt.random.poisson(3, size=4)

# mt.random.power (mars)
mt.random.seed(7)
mt.random.power(2, size=(3, 2))

mt.random.seed(11)
mt.random.power(2, size=4)

# mt.random.rayleigh (mars)
mt.random.seed(7)
mt.random.rayleigh(1.5, size=(3, 2))

mt.random.seed(11)
mt.random.rayleigh(1.5, size=4)

# mt.random.standard_cauchy (mars)
mt.random.seed(7)
mt.random.standard_cauchy(size=(3, 2))

mt.random.seed(11)
mt.random.standard_cauchy(size=4)

# mt.random.standard_exponential (mars)
mt.random.seed(7)
mt.random.standard_exponential(size=(3, 2))

mt.random.seed(11)
mt.random.standard_exponential(size=4)

# mt.random.standard_gamma (mars)
mt.random.seed(7)
mt.random.standard_gamma(2, size=(3, 2))

mt.random.seed(11)
mt.random.standard_gamma(2, size=4)

# mt.random.standard_t (mars)
mt.random.seed(7)
mt.random.standard_t(3, size=(3, 2))

mt.random.seed(11)
mt.random.standard_t(3, size=4)

# mt.random.triangular (mars)
mt.random.seed(7)
mt.random.triangular(0, 1, 2, size=(3, 2))

mt.random.seed(11)
mt.random.triangular(0, 1, 2, size=4)

# mt.random.vonmises (mars)
mt.random.seed(7)
mt.random.vonmises(0, 1, size=(3, 2))

mt.random.seed(11)
mt.random.vonmises(0, 1, size=4)

# mt.random.wald (mars)
mt.random.seed(7)
mt.random.wald(1, 2, size=(3, 2))

mt.random.seed(11)
mt.random.wald(1, 2, size=4)

# mt.random.weibull (mars)
mt.random.seed(7)
mt.random.weibull(2, size=(3, 2))

mt.random.seed(11)
mt.random.weibull(2, size=4)

# mt.random.zipf (mars)
mt.random.seed(7)
mt.random.zipf(2.5, size=(3, 2))

mt.random.seed(11)
mt.random.zipf(2.5, size=4)

# mt.linalg.dot (mars)
mt.linalg.dot(mt.arange(1, 7).reshape(2, 3), mt.ones((3, 2)))

mt.linalg.dot(mt.arange(3), mt.arange(3))

# mt.linalg.matmul (mars)
mt.linalg.matmul(mt.arange(1, 7).reshape(2, 3), mt.ones((3, 2)))

mt.linalg.matmul(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.arange(3))

# mt.linalg.tensordot (mars)
mt.linalg.tensordot(mt.arange(1, 7).reshape(2, 3), mt.arange(3), axes=1)

mt.linalg.tensordot(mt.arange(1, 7).reshape(2, 3), mt.ones((3, 2)), axes=1)

# mt.vdot
mt.vdot(mt.arange(1, 7).reshape(2, 3), mt.arange(1, 7).reshape(2, 3))

mt.vdot(mt.arange(3), mt.ones(3))

# mt.linalg.vdot (mars)
mt.linalg.vdot(mt.arange(1, 7).reshape(2, 3), mt.arange(1, 7).reshape(2, 3))

mt.linalg.vdot(mt.arange(3), mt.ones(3))

# mt.inner
mt.inner(mt.arange(1, 7).reshape(2, 3), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.inner(mt.arange(3), mt.arange(3))

# mt.linalg.inner (mars)
mt.linalg.inner(mt.arange(1, 7).reshape(2, 3), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]))

mt.linalg.inner(mt.arange(3), mt.arange(3))

# tensor.squeeze
mt.ones((1, 3, 1)).squeeze()

mt.ones((1, 3, 1)).squeeze(0)

# tensor.ptp
(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]])).ptp()

(mt.arange(1, 7).reshape(2, 3)).ptp(axis=0)

# mt.full_like
mt.full_like(mt.arange(1, 7).reshape(2, 3), 7)

mt.full_like(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), 0.5)

# mt.allclose
mt.allclose(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1e-9)

mt.allclose(mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]), mt.tensor([[0.5, 1.5, 2.0], [3.25, 0.25, 1.0]]) + 1)

# mt.moveaxis
mt.moveaxis(mt.arange(24).reshape(2, 3, 4), 0, -1)

# mt.moveaxis
mt.moveaxis(mt.ones((2, 3, 4)), 2, 0)

# mt.rollaxis
mt.rollaxis(mt.arange(24).reshape(2, 3, 4), 2)

# mt.rollaxis
mt.rollaxis(mt.arange(24).reshape(2, 3, 4), 0, 3)

# mt.roll
mt.roll(mt.arange(10), 3)

# mt.roll
mt.roll(mt.arange(12).reshape(3, 4), -1, axis=1)

# mt.roll
mt.roll(mt.arange(12).reshape(3, 4), 5)

# mt.tile
mt.tile(mt.arange(3), 2)

# mt.tile
mt.tile(mt.arange(4).reshape(2, 2), (2, 1, 3))

# mt.atleast_1d
mt.atleast_1d(mt.arange(3).sum())

# mt.atleast_1d
mt.atleast_1d(mt.arange(3))

# mt.atleast_2d
mt.atleast_2d(mt.arange(3))

# mt.atleast_2d
mt.atleast_2d(mt.ones((2, 2)))

# mt.atleast_3d
mt.atleast_3d(mt.arange(3))

# mt.atleast_3d
mt.atleast_3d(mt.ones((2, 2)))

# mt.dstack
mt.dstack((mt.arange(3), mt.ones(3)))

# mt.dstack
mt.dstack((mt.ones((2, 2)), mt.zeros((2, 2))))

# mt.column_stack
mt.column_stack((mt.arange(3), mt.ones(3)))

# mt.column_stack
mt.column_stack((mt.ones((2, 2)), mt.arange(2)))

# mt.split
a, b = mt.split(mt.arange(6), 2)
b

# mt.split
x = mt.split(mt.arange(12).reshape(3, 4), [1, 3], axis=1)
mt.hstack(x)

# mt.array_split
a, b, c = mt.array_split(mt.arange(8), 3)
b

# mt.array_split
a, b = mt.array_split(mt.ones((3, 2)), 2)
a

# mt.vsplit
a, b = mt.vsplit(mt.arange(12).reshape(4, 3), 2)
b

# mt.vsplit
a, b = mt.vsplit(mt.arange(12).reshape(4, 3), [1])
b

# mt.hsplit
a, b = mt.hsplit(mt.arange(12).reshape(3, 4), 2)
b

# mt.hsplit
a, b = mt.hsplit(mt.arange(6), 2)
a

# mt.dsplit
a, b = mt.dsplit(mt.arange(24).reshape(2, 3, 4), 2)
b

# mt.dsplit
a, b = mt.dsplit(mt.arange(24).reshape(2, 3, 4), [3])
a

# mt.take
mt.take(mt.arange(10) * 2, [3, 1])

# mt.take
mt.take(mt.arange(12).reshape(3, 4), [0, 2], axis=1)

# mt.take
mt.take(mt.arange(6).reshape(2, 3), 4)

# tensor.take
(mt.arange(10) * 2).take([3, 1])

# tensor.take
mt.arange(12).reshape(3, 4).take([0, 2], axis=0)

# mt.compress
mt.compress([True, False, True], mt.arange(3))

# mt.compress
mt.compress([True, False, True], mt.arange(12).reshape(3, 4), axis=0)

# mt.extract
x = mt.arange(12).reshape(3, 4)
mt.extract(x % 3 == 0, x)

# mt.extract
mt.extract([True, False], mt.arange(2))

# mt.ediff1d
mt.ediff1d(mt.tensor([1, 4, 9, 16]))

# mt.ediff1d
mt.ediff1d(mt.arange(6).reshape(2, 3) ** 2)

# mt.union1d
mt.union1d(mt.tensor([3, 1, 2]), mt.tensor([2, 5]))

# mt.union1d
mt.union1d([1.5, 1], [2, 1.5])

# mt.average
mt.average(mt.arange(6).reshape(2, 3), axis=0)

# mt.average
mt.average(mt.arange(6).reshape(2, 3), axis=1, weights=[1, 2, 3])

# mt.average
mt.average([1.0, 2.0, 4.0], weights=[3, 2, 1])

# mt.array_equal
mt.array_equal(mt.arange(3), [0, 1, 2])

# mt.array_equal
mt.array_equal(mt.ones((2, 2)), mt.zeros((2, 2)))
