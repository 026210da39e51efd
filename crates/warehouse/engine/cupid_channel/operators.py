"""Corrections of the operators of PyODPS 0.9.0.1, which were written for a Mars before 0.4.0rc1."""
import functools

from . import writing


def correct():
    """All of them, when `odps.mars_extension` has been imported."""
    index_chunks_in_two_dimensions()
    say_first_whether_rows_are_replaced()


def index_chunks_in_two_dimensions():
    """Whatever asks for the lengths of a table's chunks (`iloc`, a sort, `fetch`) is rejected.

    The chunks of a table are numbered in one dimension; those of a data frame have two, and
    Mars finds the lengths along each by these numbers.
    """
    from odps.mars_extension.dataframe.datasource import DataFrameReadTable
    tile = DataFrameReadTable.tile

    @functools.wraps(tile)
    def tile_in_two(cls, op):
        frames = tile(op)
        for chunk in frames[0].chunks:
            if len(chunk.index) == 1:
                chunk.data._index = chunk.index + (0,)
        return frames

    DataFrameReadTable.tile = classmethod(tile_in_two)


def say_first_whether_rows_are_replaced():
    """`overwrite=True` is said when a write is committed; the tunnel wants to know before."""
    from odps.mars_extension.dataframe.datastore import DataFrameWriteTable
    tile = DataFrameWriteTable.tile

    @functools.wraps(tile)
    def tile_saying(cls, op):
        writing.current.overwrite = op.overwrite
        try:
            return tile(op)
        finally:
            writing.current.overwrite = False

    DataFrameWriteTable.tile = classmethod(tile_saying)
