"""What the engine's own library needs for the work that the page does for a job.

    python tests/bench/jobs.py FOLDER RUNS

Writes `script.py` (1,000 statements) and `frame.bin` (a result of 1M rows and 10 columns, as the
engine sends it) into the folder, times what the library does with the same, and prints one JSON
object: milliseconds of each run, and the names of functions that the library exports.
"""
import json
import os
import sys
import time

import numpy as np
import pandas as pd

import mars.dataframe as md
import mars.tensor as mt
from mars.serialize import dataserializer
from mars.utils import build_tileable_graph

STATEMENTS = 1000
ROWS = 1_000_000


def script():
    lines = []
    for at in range(STATEMENTS // 4):
        lines += [
            'a%d = mt.ones((100, 100), chunk_size=50)' % at,
            'b%d = a%d * 2 + 1' % (at, at),
            'c%d = b%d.sum(axis=0)' % (at, at),
            'd%d = mt.sqrt(c%d) - c%d.mean()' % (at, at, at),
        ]
    names = ', '.join('d%d' % at for at in range(STATEMENTS // 4))
    return '\n'.join(lines + ['session.run(%s)' % names, ''])


class Session:
    """Makes the text that the library's client posts, and sends nothing."""

    def run(self, *tileables):
        self.text = json.dumps(build_tileable_graph(list(tileables), set()).to_json())


def text_to_graph(text, runs):
    took = []
    for _ in range(runs):
        session = Session()
        begun = time.perf_counter()
        exec(text, {'mt': mt, 'session': session})
        took.append((time.perf_counter() - begun) * 1000)
        assert len(session.text) > len(text)
    return took


def frame():
    state = np.random.RandomState(1)
    columns = {'i%d' % at: state.randint(-2 ** 62, 2 ** 62, ROWS) for at in range(4)}
    columns.update({'f%d' % at: state.rand(ROWS) for at in range(4)})
    columns['t'] = pd.date_range('2020-01-01', periods=ROWS, freq='s')
    columns['s'] = state.randint(0, 10 ** 9, ROWS).astype(str).astype(object)
    return pd.DataFrame(columns)


def decode(payload, runs):
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        read = dataserializer.loads(payload)
        took.append((time.perf_counter() - begun) * 1000)
        assert read.shape == (ROWS, 10)
    return took


def functions(of):
    return sorted(name for name in dir(of) if not name.startswith('_')
                  and callable(getattr(of, name)) and not isinstance(getattr(of, name), type))


def main():
    folder, runs = sys.argv[1], int(sys.argv[2])
    text = script()
    with open(os.path.join(folder, 'script.py'), 'w') as out:
        out.write(text)
    payload = dataserializer.dumps(frame())
    with open(os.path.join(folder, 'frame.bin'), 'wb') as out:
        out.write(payload)
    print(json.dumps({
        'graph': text_to_graph(text, runs),
        'decode': decode(payload, runs),
        'payload': len(payload),
        'exported': {
            'mt': functions(mt), 'mt.random': functions(mt.random), 'mt.linalg': functions(mt.linalg),
            'md': functions(md), 'DataFrame': functions(md.DataFrame), 'Series': functions(md.Series),
        },
    }))


if __name__ == '__main__':
    main()
