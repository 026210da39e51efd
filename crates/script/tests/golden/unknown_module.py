import mars.tensr as mt
