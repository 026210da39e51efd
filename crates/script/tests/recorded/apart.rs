//! What the recordings say and we do not: known differences, and graphs that no script gives.

/// A recorded graph, the script that gives it but for some places, those places, and why.
pub(crate) const DIFFERENT: &[(&str, &str, &[&str], &str)] = &[
    (
        "graph_df_loc",
        "df.loc[1:2, ['v']]",
        &["/inputs/0/", "/op/"],
        "rows that are counted are taken by place, the columns by name before them",
    ),
    (
        "graph_gb_agg_list",
        "df.groupby('k').agg(['sum', 'mean'])",
        &["/fields/columns_value/", "/fields/dtypes/"],
        "labels of two levels are written as lists, and each column with its own type",
    ),
    (
        "graph_read_csv",
        "md.read_csv('DIR/x.csv', dtype={'k': 'str', 'v': 'int64', 'w': 'float64'})",
        &["/fields/index_value/"],
        "the library counts rows up to a length that it does not know",
    ),
    (
        "graph_describe",
        "rf.describe()",
        &["/fields/columns_value/"],
        "columns that pandas lists, we count",
    ),
    (
        "graph_df_agg",
        "rf.agg(['sum', 'mean'])",
        &["/fields/columns_value/"],
        "columns that pandas lists, we count",
    ),
    (
        "graph_df_dropna",
        "df.dropna()",
        &["/fields/index_value/"],
        "the library no longer knows the type of the row labels",
    ),
    (
        "graph_df_filter",
        "df[df['v'] > 2]",
        &["/inputs/1/fields/name"],
        "as in graph_series_gt",
    ),
    (
        "graph_df_filter_and",
        "df[(df['v'] > 1) & (df['w'] < 2)]",
        &[
            "/inputs/1/inputs/0/fields/name",
            "/inputs/1/inputs/1/fields/name",
        ],
        "as in graph_series_gt",
    ),
    (
        "graph_df_iloc_rc",
        "rf.iloc[1:5, [0, 2]]",
        &["/inputs/0/", "/op/fields/indexes/value/1/"],
        "the columns are taken by name before the rows",
    ),
    (
        "graph_df_quantile",
        "rf.quantile(0.5)",
        &["/fields/name"],
        "a number with decimals is no label here; the fetched series has its name",
    ),
    (
        "graph_idx_fancy",
        "a[[0, 2], :]",
        &["/inputs", "/op/fields/indexes/value/0"],
        "a list of places is a tensor, not an array in the operand",
    ),
    (
        "graph_odps_read",
        "o.to_mars_dataframe('tbl', partition='pt=20200101')",
        &[
            "/fields/dtypes/dtypes",
            "/op/fields/dtypes/dtypes",
            "/op/fields/odps_params/value/1/1",
        ],
        "texts are objects as soon as they are read; the address is MaxCompute's own",
    ),
    (
        "graph_odps_read_nopart",
        "o.to_mars_dataframe('tbl')",
        &[
            "/fields/dtypes/dtypes",
            "/op/fields/dtypes/dtypes",
            "/op/fields/odps_params/value/1/1",
            "/fields/extra_params/value/0/1",
        ],
        "as in graph_odps_read",
    ),
    (
        "graph_odps_write",
        "o.persist_mars_dataframe(md.DataFrame(mt.random.rand(10, 3)), 'tbl', partition='pt=1', overwrite=True)",
        &[
            "/fields/columns_value",
            "/fields/index_value",
            "/op/fields/odps_params/value/1/1",
        ],
        "the library says nothing of the labels of a written frame",
    ),
    (
        "graph_reset_index",
        "df.set_index('k').reset_index()",
        &["/fields/columns_value/index/"],
        "the library no longer knows the columns",
    ),
    (
        "graph_rolling",
        "rf.rolling(3).sum()",
        &["/fields/columns_value/"],
        "columns that pandas lists, we count",
    ),
    (
        "graph_series_gt",
        "df['v'] > 2",
        &["/fields/name"],
        "the library forgets the name that pandas keeps; the graph by hand has it",
    ),
    (
        "graph_value_counts",
        "df['k'].value_counts()",
        &["/fields/index_value/"],
        "the library takes the values of any column for whole numbers",
    ),
];

/// A recorded graph that no script gives, and why.
pub(crate) const BEYOND: &[(&str, &str)] = &[
    (
        "graph_date_range",
        "its times are pickles of pandas, which are not read here",
    ),
    (
        "graph_df_add_df_unaligned",
        "md.DataFrame takes no row labels",
    ),
    (
        "graph_df_apply",
        "a function of Python's would have to be pickled",
    ),
    (
        "graph_df_from_dict_tensors",
        "md.DataFrame takes no dict of tensors",
    ),
    (
        "graph_df_from_pandas_index",
        "md.DataFrame takes no row labels",
    ),
    (
        "graph_df_from_tensor_cols_index",
        "md.DataFrame takes no row labels",
    ),
    (
        "graph_fetch_df_iloc",
        "what a finished run left is fetched by the page, not by a script",
    ),
    (
        "graph_fetch_tensor_add1",
        "what a finished run left is fetched by the page, not by a script",
    ),
    ("graph_gb_obj", "groups alone have no result"),
    ("graph_to_csv", "frames are not written as files"),
    (
        "hand_ones_1_err_only_no_order",
        "a sum written by hand with less than the library writes",
    ),
    (
        "hand_ones_1_min",
        "a sum written by hand with less than the library writes",
    ),
    (
        "hand_read_csv",
        "a reading written by hand with less than the library writes",
    ),
];
