"""Data frames of Mars written into a table of MaxCompute, inside the cluster.

These are the operators that `persist_mars_dataframe` builds when its SQL has made the table.
"""
import mars.dataframe as md
import numpy as np
import pandas as pd
from odps.mars_extension.core import CUPID_INTERNAL_ENDPOINT
from odps.mars_extension.dataframe import write_odps_table

from .place import require, step
from .tables import GRID

TABLE = 'test_mars'


def rows(odps):
    """What the tunnel says that the table has, in order of its values."""
    with odps.get_table(TABLE).open_reader() as reader:
        return sorted(tuple(record.values) for record in reader)


def write(odps, frame, **how):
    parameters = dict(project=odps.project, endpoint=CUPID_INTERNAL_ENDPOINT)
    write_odps_table(frame, odps.get_table(TABLE), odps_params=parameters, **how).execute()


def append_and_replace(odps):
    grid = list(GRID.itertuples(index=False, name=None))
    write(odps, odps.to_mars_dataframe(TABLE) + 1)
    wanted = sorted(grid + [(a + 1, b + 1) for a, b in grid])
    require(rows(odps) == wanted, 'appended: %s', rows(odps))
    step('df + 1 is appended to the table it came from')

    gaps = pd.DataFrame({'col1': np.arange(100), 'col2': [2.0 ** 40, None] * 50})
    write(odps, md.DataFrame(gaps, chunk_size=10), overwrite=True)
    got = odps.to_mars_dataframe(TABLE).execute().sort_values('col1')
    require(list(got['col1']) == list(range(100)), 'replaced: %s', list(got['col1']))
    require(got['col2'].fillna(0).tolist() == [2.0 ** 40, 0] * 50, 'gaps: %s', got['col2'])
    step('ten chunks replace the rows, NULL in whole numbers included')

    write(odps, md.DataFrame(GRID, chunk_size=4), overwrite=True)
    require(rows(odps) == grid, 'as it was: %s', rows(odps))
    step('the table is as it was')
