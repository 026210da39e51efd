"""Runs many mixed graphs on a local engine of two workers; fails if one hangs or is wrong.

    python tests/soak/soak.py [--count 300] [--seconds 600] [--graph-seconds 60] [--seed 1]

`python` is the one of the engine's environment (`crates/warehouse/engine/requirements.txt`).
Graphs are built by the real pymars client and submitted over HTTP like any client does it;
every answer is compared with numpy or pandas. Kinds: tensors, frames, boolean filters,
group-bys and merges over several chunks, the same job again in the same session (both with
its first result held and after it was deleted), graphs submitted together, jobs that must
fail with a text. Ends with 0 if all is well, else 1 and a list of what was not.
"""
import argparse
import collections
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np
import pandas as pd
import requests

import mars.dataframe as md
import mars.tensor as mt
from mars.session import new_session
from mars.utils import build_tileable_graph

from jobs import (KINDS, UNORDERED, arithmetic, chunked, dot, frame, frame_filter,
                  groupby_shuffle, value_counts)

LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir,
                        'crates', 'warehouse', 'engine', 'launcher.py')
ENDED = ('succeeded', 'failed', 'cancelled')


class Wrong(Exception):
    """An answer that differs from the expected one, or a graph that does not end."""


class Cluster:
    """One scheduler, the web service and two workers, by the launcher."""

    def __init__(self, workers):
        self.dir = tempfile.mkdtemp(prefix='soak-')
        self.process = subprocess.Popen(
            [sys.executable, LAUNCHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True)
        self.tell({'cluster': 'soak', 'dir': self.dir, 'worker_num': workers,
                   'scheduler_num': 1, 'cpu_procs': 1, 'phy_mem': 2 << 30,
                   'cache_mem': 256 << 20, 'modules': ['odps.mars_extension'], 'fault': None})
        self.web = None
        while workers:
            event = json.loads(self.process.stdout.readline().decode())
            if event['event'] == 'web':
                self.web = 'http://127.0.0.1:%d' % event['port']
            elif event['event'] == 'worker':
                workers -= 1
            elif event['event'] != 'scheduler':
                raise Wrong('the cluster did not start: %s' % event)

    def tell(self, what):
        self.process.stdin.write((json.dumps(what) + '\n').encode())
        self.process.stdin.flush()

    def stop(self, keep):
        self.tell({'command': 'stop'})
        self.process.wait(10)
        if keep:
            print('logs are kept in', self.dir)
        else:
            shutil.rmtree(self.dir)


class Session:
    """A session of the cluster; every `submit` is a new graph, also of a known expression."""

    def __init__(self, cluster, patience):
        self.cluster = cluster
        self.client = new_session(cluster.web)
        self.http = requests.Session()
        self.url = '%s/api/session/%s' % (cluster.web, self.client.session_id)
        self.patience = patience

    def submit(self, *tileables):
        graph = build_tileable_graph(list(tileables), set())
        return self.post(graph.to_json(), ','.join(tileable.key for tileable in tileables))

    def post(self, graph, target):
        answer = self.http.post(self.url + '/graph', {
            'graph': json.dumps(graph), 'names': '', 'target': target})
        answer.raise_for_status()
        return answer.json()['graph_key']

    def end(self, graph):
        """The last state of a graph; raises when it takes longer than the patience."""
        deadline = time.monotonic() + self.patience
        while True:
            answer = self.http.get('%s/graph/%s' % (self.url, graph), params={'wait_timeout': 1})
            answer.raise_for_status()
            state = answer.json()
            if state['state'] in ENDED:
                return state
            if time.monotonic() > deadline:
                raise Wrong('still %s after %d s' % (state['state'], self.patience))

    def fetch(self, graph, tileable):
        state = self.end(graph)
        if state['state'] != 'succeeded':
            raise Wrong('%s: %s' % (state['state'], state.get('exc_info_text', 'no text')))
        session = self.client._sess
        session._executed_tileables[tileable.key] = graph, {tileable.id}
        try:
            return session.fetch(tileable)[0]
        finally:
            # Or the library deletes the data when the expression is collected.
            del session._executed_tileables[tileable.key]

    def delete(self, graph, tileable):
        self.http.delete('%s/graph/%s/data/%s' % (self.url, graph, tileable.key),
                         params={'wait': 1}).raise_for_status()

    def close(self):
        self.http.delete(self.url).raise_for_status()


def fails_running(rng):
    """The error is in the middle of the graph and the length of the result is unknown."""
    inverse = mt.linalg.inv(mt.zeros((4, 4)))
    flat = (inverse + 1).reshape(16)
    return flat[flat > float(rng.rand())]


def check(kind, got, expected):
    if kind in UNORDERED:
        columns = list(expected.columns)
        got = got.sort_values(columns).reset_index(drop=True)
        expected = expected.sort_values(columns).reset_index(drop=True)
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(got, expected, check_less_precise=True)
    elif isinstance(expected, pd.Series):
        # value_counts of the engine names its index.
        pd.testing.assert_series_equal(got, expected, check_less_precise=True,
                                       check_names=kind is not value_counts)
    else:
        np.testing.assert_allclose(got, expected)


# How it is submitted: each mode runs one or more graphs and returns how many.

def once(session, kind, rng):
    expression, expected = kind(rng)
    check(kind, session.fetch(session.submit(expression), expression), expected)
    return 1


def again(session, kind, rng):
    """The same job three times while the first result is held."""
    expression, expected = kind(rng)
    for _ in range(3):
        check(kind, session.fetch(session.submit(expression), expression), expected)
    return 3


def again_after_delete(session, kind, rng):
    """The same job again after its data has been deleted."""
    expression, expected = kind(rng)
    for _ in range(2):
        graph = session.submit(expression)
        check(kind, session.fetch(graph, expression), expected)
        session.delete(graph, expression)
    return 2


def together(session, kind, rng):
    """The same job twice and another one at the same time."""
    one, expected = kind(rng)
    other, other_expected = arithmetic(rng)
    graphs = [session.submit(one), session.submit(other), session.submit(one)]
    check(kind, session.fetch(graphs[2], one), expected)
    check(arithmetic, session.fetch(graphs[1], other), other_expected)
    check(kind, session.fetch(graphs[0], one), expected)
    return 3


def beside(session, kind, rng):
    """The same job in two sessions at the same time."""
    expression, expected = kind(rng)
    other = Session(session.cluster, session.patience)
    graphs = [(each, each.submit(expression)) for each in (session, other)]
    for each, graph in graphs:
        check(kind, each.fetch(graph, expression), expected)
    other.close()
    return 2


def cancelled(session, kind, rng):
    """A job is cancelled at some moment of its life; the same job then runs."""
    expression, expected = kind(rng)
    graph = session.submit(expression)
    time.sleep(float(rng.rand()) * 0.3)
    session.http.delete('%s/graph/%s' % (session.url, graph)).raise_for_status()
    state = session.end(graph)['state']
    if state not in ('cancelled', 'succeeded'):
        raise Wrong('a cancelled job ended as %s' % state)
    check(kind, session.fetch(session.submit(expression), expression), expected)
    return 2


def part_first(session, kind, rng):
    """A mask is run by itself, then a filter by it."""
    data = frame(rng)
    x = chunked(rng, data)
    mask = x['v'] > 0.5
    got = session.fetch(session.submit(mask), mask)
    check(frame_filter, got, data['v'] > 0.5)
    filtered = x[mask]
    for _ in range(2):
        got = session.fetch(session.submit(filtered), filtered)
        check(frame_filter, got, data[data['v'] > 0.5])
    return 3


def failure(session, kind, rng):
    """A job that fails in a worker says so and why, and the next one runs."""
    session_state = session.end(session.submit(fails_running(rng)))
    if session_state['state'] != 'failed':
        raise Wrong('a failing job ended as %s' % session_state['state'])
    if 'singular matrix' not in session_state.get('exc_info_text', ''):
        raise Wrong('a failing job has no text: %s' % session_state.get('exc_info_text'))
    return 1 + once(session, kind, rng)


def failure_before_a_shuffle(session, kind, rng):
    """The end of a failed operand reaches the result also through a shuffle."""
    inverse = mt.linalg.inv(mt.zeros((4, 4)))
    frame_of_it = md.DataFrame(inverse.rechunk(2), columns=list('abcd'))
    state = session.end(session.submit(frame_of_it.groupby('a').agg('sum', method='shuffle')))
    if state['state'] != 'failed' or 'singular matrix' not in state.get('exc_info_text', ''):
        raise Wrong('a failing job ended as %s' % state)
    return 1 + once(session, kind, rng)


def slow_cancelled(session, kind, rng):
    """A long operand is cancelled; another graph on the same workers does not suffer."""
    client = os.getpid()

    def sleep(column):
        if os.getpid() != client:  # it is tried there to learn the types
            time.sleep(30)
        return column
    data = frame(rng, 40)[['v', 'w']]
    slow = chunked(rng, data).apply(sleep)
    expression, expected = kind(rng)
    graph = session.submit(slow)
    time.sleep(1)
    other = session.submit(expression)
    session.http.delete('%s/graph/%s' % (session.url, graph)).raise_for_status()
    state = session.end(graph)['state']
    if state != 'cancelled':
        raise Wrong('a cancelled job ended as %s' % state)
    check(kind, session.fetch(other, expression), expected)
    return 2


def rejected(session, kind, rng):
    """A job that cannot be prepared fails with its reason and leaves nothing behind."""
    random_source = mt.random.rand(int(rng.randint(2, 9)), 3)
    graph = build_tileable_graph([random_source], set()).to_json()
    for node in graph['node']:
        node['value'].pop('state', None)
    state = session.end(session.post(graph, random_source.key))
    if state['state'] != 'failed' or not state.get('exc_info_text'):
        raise Wrong('a job that cannot be prepared ended as %s' % state)
    return 1 + once(session, kind, rng)


MODES = [once, again, again_after_delete, together, beside, part_first, cancelled,
         slow_cancelled, failure, failure_before_a_shuffle, rejected]
# Takes seconds by itself, so not with every kind.
BESIDE_SLOW = (dot, frame_filter, groupby_shuffle)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--count', type=int, default=300, help='graphs to run at least')
    parser.add_argument('--seconds', type=int, default=900, help='for the whole run')
    parser.add_argument('--graph-seconds', type=int, default=60, help='a graph above hangs')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--workers', type=int, default=2)
    parser.add_argument('--stop-at', type=int, default=5, help='give up after so many faults')
    options = parser.parse_args()

    started = time.monotonic()
    cluster = Cluster(options.workers)
    print('cluster usable after %.1f s' % (time.monotonic() - started))
    rng = np.random.RandomState(options.seed)
    choice = random.Random(options.seed)
    sessions = [Session(cluster, options.graph_seconds) for _ in range(3)]
    done, faults, seen = 0, [], collections.Counter()
    begun = time.monotonic()
    # Every kind in every mode, in an order made by the seed.
    plan = [(mode, kind) for mode in MODES for kind in KINDS
            if mode is not slow_cancelled or kind in BESIDE_SLOW]
    choice.shuffle(plan)
    while done < options.count and len(faults) < options.stop_at:
        if time.monotonic() - begun > options.seconds:
            faults.append('time is up after %d of %d graphs' % (done, options.count))
            break
        mode, kind = plan[sum(seen.values()) % len(plan)]
        place = choice.randrange(len(sessions))
        name = '%s %s' % (mode.__name__, kind.__name__)
        before = time.monotonic()
        try:
            done += mode(sessions[place], kind, rng)
        except Exception as error:  # noqa: every kind of difference is a finding
            faults.append('%s: %s: %s' % (name, type(error).__name__, str(error).strip()[-600:]))
            print('FAULT', faults[-1])
            sessions[place] = Session(cluster, options.graph_seconds)
        seen[mode.__name__] += 1
        slow = time.monotonic() - before
        if slow > 10:
            print('slow: %s took %.1f s' % (name, slow))
        if choice.random() < 0.1:
            sessions[place].close()
            sessions[place] = Session(cluster, options.graph_seconds)
    spent = time.monotonic() - begun
    print('%d graphs in %.0f s (%.2f s each), %d faults; %s' % (
        done, spent, spent / max(1, done), len(faults), dict(seen)))
    cluster.stop(keep=bool(faults))
    for fault in faults:
        print('-', fault.split('\n')[0])
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
