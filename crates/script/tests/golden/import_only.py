import mars.tensor as mt
