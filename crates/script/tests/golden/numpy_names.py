import numpy as np
from mars import tensor as T, dataframe
T.full((2, 2), np.pi, dtype=np.float32)
