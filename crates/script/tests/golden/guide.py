import mars.tensor as mt
import mars.dataframe as md

t = mt.random.rand(100, 3)
df = md.DataFrame(t, columns=['a', 'b', 'c'])  # three columns
(df + 1).head(6)
