"""Columns of a data frame in the types of a table.

pandas holds whole numbers with gaps as floats, decimals and texts as objects, and instants in
nanoseconds; the table says what they are.
"""
import decimal

import pyarrow as pa

DIGITS = decimal.Context(prec=76)


class Unfit(ValueError):
    """A value or a column does not belong into the table."""


def fitted(batch, columns, schema):
    """The batch with the columns of the table in their order. Names are compared in lower case,
    a column that the batch lacks is NULL."""
    given = {name.lower(): place for place, name in enumerate(batch.schema.names)}
    unknown = set(given) - {column.name.lower() for column in columns}
    if unknown:
        raise Unfit('the table has no column %s' % ', '.join(sorted(unknown)))
    arrays = []
    for field in schema:
        place = given.get(field.name.lower())
        if place is None:
            arrays.append(pa.array([None] * batch.num_rows, type=field.type))
        else:
            arrays.append(fit(batch.column(place), field))
    return pa.RecordBatch.from_arrays(arrays, schema.names)


def fit(array, field):
    """An array in the type of a column."""
    if array.type == field.type:
        return array
    if pa.types.is_timestamp(array.type) and pa.types.is_timestamp(field.type):
        return array.cast(field.type, safe=False)
    convert = _converter(field)
    values = [None if value is None else convert(value) for value in array.to_pylist()]
    return pa.array(values, type=field.type)


def _converter(field):
    kind = field.type
    if pa.types.is_integer(kind):
        return lambda value: _whole(value, field)
    if pa.types.is_floating(kind):
        return float
    if pa.types.is_decimal(kind):
        return lambda value: _decimal(value, field)
    if pa.types.is_string(kind):
        return lambda value: value.decode() if isinstance(value, bytes) else str(value)
    if pa.types.is_binary(kind):
        return lambda value: value if isinstance(value, bytes) else str(value).encode()
    if pa.types.is_boolean(kind):
        return bool
    return lambda value: value


def _whole(value, field):
    """A float is taken if it is whole."""
    number = int(value)
    if number != value:
        raise Unfit('%r does not fit into the column %s, which holds whole numbers'
                    % (value, field.name))
    return number


def _decimal(value, field):
    """Digits beyond the scale of the column are rounded half up, as in MaxCompute."""
    number = value if isinstance(value, decimal.Decimal) else decimal.Decimal(str(value))
    step = decimal.Decimal(1).scaleb(-field.type.scale)
    number = number.quantize(step, rounding=decimal.ROUND_HALF_UP, context=DIGITS)
    if number.adjusted() >= field.type.precision - field.type.scale:
        raise Unfit('%s does not fit into the column %s' % (value, field.name))
    return number
