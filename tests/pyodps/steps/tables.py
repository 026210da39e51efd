"""Tables of MaxCompute as data frames of Mars, read inside the cluster."""
import numpy as np
import pandas as pd

from .place import step

GRID = pd.DataFrame({'col1': np.repeat([0, 1, 2], 3), 'col2': np.tile([0, 1, 2], 3)})


def read(odps):
    got = odps.to_mars_dataframe('test_mars').iloc[:6].execute()
    pd.testing.assert_frame_equal(got, GRID.iloc[:6])
    step("to_mars_dataframe('test_mars').iloc[:6]: the first six rows")
    got = odps.to_mars_dataframe('test_mars').execute()
    pd.testing.assert_frame_equal(got, GRID)
    got = odps.to_mars_dataframe('test_mars')
    got = got.groupby('col1').agg({'col2': 'sum'}).execute()
    pd.testing.assert_frame_equal(got, GRID.groupby('col1').agg({'col2': 'sum'}))
    step('the whole table, and a group-by of it: as pandas says')
