"""Corrections of pymars 0.4.0rc1: group-bys and their indexes."""
import sys

import numpy as np
import pandas as pd


def size_chunks_of_unknown_types():
    """A group-by over several chunks fails in the worker while its size is estimated.

    The column types of its chunks are unknown (None) and cannot be summed. Unknown is NaN
    to the callers, as the size of a chunk of unknown length already is.
    """
    import mars.utils
    calc_data_size = mars.utils.calc_data_size

    def size(data):
        if (not isinstance(data, tuple) and not hasattr(data, 'nbytes')
                and not hasattr(data, 'memory_usage')
                and getattr(data, 'dtypes', data) is None):
            return np.nan
        return calc_data_size(data)

    for name, module in list(sys.modules.items()):
        if name.startswith('mars.') and vars(module).get('calc_data_size') is calc_data_size:
            module.calc_data_size = size


def read_multi_index_without_sort_order():
    """A group-by of two or more columns cannot be prepared.

    The description of its index arrives without its sort order (None is not sent), and an
    empty index is always made with two levels.
    """
    from mars.dataframe.core import IndexValue

    def to_pandas(self):
        names = self._names
        order = getattr(self, '_sortorder', None)
        data = getattr(self, '_data', None)
        if data is None:
            return pd.MultiIndex.from_arrays([[] for _ in names], sortorder=order, names=names)
        return pd.MultiIndex.from_tuples([tuple(d) for d in data], sortorder=order, names=names)

    IndexValue.MultiIndex.to_pandas = to_pandas


def aggregate_groups_of_a_long_series():
    """A group-by of a Series (so also value_counts) with more than four chunks is rejected.

    Partial results are combined four by four, which asks for the second dimension of the
    result. Here all of them are combined at once.
    """
    from mars.config import option_context
    from mars.dataframe.groupby.aggregation import DataFrameGroupByAgg
    tile_with_tree = DataFrameGroupByAgg._tile_with_tree

    def tile(cls, op):
        if len(op.outputs[0].shape) > 1:
            return tile_with_tree(op)
        with option_context({'combine_size': sys.maxsize}):
            return tile_with_tree(op)

    DataFrameGroupByAgg._tile_with_tree = classmethod(tile)


def make_frames_of_arrow_tables():
    """A table that was read cannot become a data frame.

    pyarrow 0.11 asks pandas for the `labels` of the column index, which pandas 1.0 calls
    `codes`.
    """
    import pyarrow.pandas_compat

    def flatten(index):
        if not isinstance(index, pd.MultiIndex) or index.nlevels != 1:
            return index
        if not index.is_unique:
            raise ValueError('Found non-unique column index')
        return pd.Index(index.get_level_values(0), name=index.names[0])

    pyarrow.pandas_compat._flatten_single_level_multiindex = flatten
