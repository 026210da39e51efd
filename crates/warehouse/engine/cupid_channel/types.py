"""Types of MaxCompute columns as Arrow types of pyarrow 0.11, as the tunnel writes them."""
import pyarrow as pa

from odps import types

SIMPLE = {
    'tinyint': pa.int8(),
    'smallint': pa.int16(),
    'int': pa.int32(),
    'bigint': pa.int64(),
    'float': pa.float32(),
    'double': pa.float64(),
    'boolean': pa.bool_(),
    'string': pa.string(),
    'varchar': pa.string(),
    'char': pa.string(),
    'binary': pa.binary(),
    'date': pa.date32(),
    'datetime': pa.timestamp('ms'),
    'timestamp': pa.timestamp('ns'),
}
# What `decimal` without numbers means.
PRECISION, SCALE = 38, 18


class Unsupported(TypeError):
    """A column has a type that this pyarrow cannot hold."""


def arrow_type(column_type):
    """The Arrow type of a column."""
    if isinstance(column_type, types.Decimal):
        precision, scale = column_type.precision, column_type.scale
        return pa.decimal128(PRECISION if precision is None else precision,
                             SCALE if scale is None else scale)
    if isinstance(column_type, types.Array):
        return pa.list_(arrow_type(column_type.value_type))
    found = SIMPLE.get(column_type.name.lower())
    if found is None:
        raise Unsupported('the engine cannot read the type %s' % column_type)
    return found


def arrow_schema(columns):
    """The schema of the columns."""
    return pa.schema([pa.field(column.name, arrow_type(column.type)) for column in columns])
