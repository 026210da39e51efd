"""The Mars guide of PyODPS, followed by the real client against a local warehouse.

    python tests/pyodps/guide.py '<ready line of the warehouse>'

`python` is the one of the engine's environment (`crates/warehouse/engine/requirements.txt`:
PyODPS 0.9.0.1, pymars 0.4.0rc1). The line (or stdin) is the JSON object that the warehouse
prints: odps_endpoint, tunnel_endpoint, project, access_id, access_key, mars_proxy. Each step
is printed; ends with 0 if the client agreed with every one of them.
"""
import json
import os
import socket
import sys
import time
import traceback

import numpy as np
import pandas as pd

import cupid  # noqa: registers options.cupid
import mars.dataframe as md
import mars.tensor as mt
from odps import ODPS, errors, options

CREATE_SECONDS = 120
GONE_SECONDS = 10

resolve = socket.getaddrinfo


def getaddrinfo(host, *args, **kwargs):
    """Names under `localhost` are this machine (RFC 6761); the resolver of the C library
    does not know that everywhere."""
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and name.lower().rstrip('.').endswith('.localhost'):
        host = '127.0.0.1'
    return resolve(host, *args, **kwargs)


def step(text, *args):
    print('%7.2f  %s' % (time.monotonic() - STARTED, text % args if args else text), flush=True)


def require(truth, text, *args):
    if not truth:
        raise AssertionError(text % args if args else text)


def engine(instance):
    """Living processes on this machine that write into the folder of the instance."""
    found = set()
    for name in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/stat' % name) as stat:
                if stat.read().rsplit(')', 1)[1].split()[0] == 'Z':
                    continue
            places = [os.readlink('/proc/%s/fd/%d' % (name, fd)) for fd in (1, 2)]
        except OSError:
            continue
        if any(instance in place for place in places):
            found.add(int(name))
    return found


def wrong_key(place):
    """A wrong key gets the error document of ODPS, not data."""
    stranger = ODPS(place['access_id'], 'not-the-key', place['project'],
                    place['odps_endpoint'])
    try:
        stranger.create_mars_cluster(1, 1, 4)
    except errors.ODPSError as error:
        require(error.code == 'InvalidAuthentication' or 'ignature' in str(error),
                'a wrong key gave %r', error)
        require(error.request_id, 'the error has no request id: %r', error)
        step('wrong key: %s %s', type(error).__name__, error)
        return
    raise AssertionError('a wrong key was accepted')


def create(odps):
    started = time.monotonic()
    client = odps.create_mars_cluster(2, 1, 4, min_worker_num=1)
    took = time.monotonic() - started
    require(took < CREATE_SECONDS, 'creating took %.0f s', took)
    step('created in %.1f s: instance %s', took, client._kube_instance.id)
    return client


def look(client, place):
    logview = client.get_logview_address()
    require(client._kube_instance.id in logview and 'token=' in logview,
            'the logview address is %s', logview)
    step('logview: %s', logview)
    suffix = '.' + place['mars_proxy']
    require(client.endpoint.startswith('http://') and client.endpoint.endswith(suffix),
            'the endpoint is %s', client.endpoint)
    step('endpoint: %s', client.endpoint)
    require(client.notebook_endpoint.endswith(suffix),
            'the notebook endpoint is %s', client.notebook_endpoint)
    require(client.count_workers() >= 1, 'no worker is counted')
    step('workers: %d', client.count_workers())


def wait_for_all_workers(client):
    deadline = time.monotonic() + CREATE_SECONDS
    while client.count_workers() < 2:
        require(time.monotonic() < deadline, 'the second worker did not come')
        time.sleep(0.2)
    step('workers: 2')


def run_jobs(session):
    got = session.run(mt.random.rand(100, 100))
    got = got[0] if isinstance(got, (list, tuple)) else got
    require(isinstance(got, np.ndarray) and got.shape == (100, 100), 'rand gave %r', got)
    require(0 <= got.min() < got.max() < 1, 'rand is out of range')
    step('rand(100, 100): mean %.4f', got.mean())

    data = pd.DataFrame({'k': np.arange(30) % 4, 'v': np.arange(30) * 0.5})
    frame = md.DataFrame(data, chunk_size=8)
    got = session.run((frame + 1).iloc[:6])
    got = got[0] if isinstance(got, (list, tuple)) else got
    pd.testing.assert_frame_equal(got, (data + 1).iloc[:6])
    step('DataFrame + 1, first 6 rows: as pandas says')

    got = session.run(frame.groupby('k').agg({'v': 'sum'}))
    got = got[0] if isinstance(got, (list, tuple)) else got
    pd.testing.assert_frame_equal(got, data.groupby('k').agg({'v': 'sum'}))
    step('group-by: as pandas says')


def attach(odps, client):
    """A second client finds the cluster by its instance id and has its own session."""
    other = odps.create_mars_cluster(instance_id=client._kube_instance.id)
    require(other.session.session_id != client.session.session_id, 'the session is shared')
    got = other.session.run(mt.ones((3, 4)) + 1)
    got = got[0] if isinstance(got, (list, tuple)) else got
    require((got == np.full((3, 4), 2.0)).all(), 'ones + 1 gave %r', got)
    step('attached by instance id: ones + 1 is right')


def stop(odps, client):
    instance = client._kube_instance.id
    client.stop_server()
    stopped = odps.get_instance(instance)
    deadline = time.monotonic() + GONE_SECONDS
    while not stopped.is_terminated():
        require(time.monotonic() < deadline, 'the instance still reads %s', stopped.status)
        time.sleep(0.1)
    step('stopped: the instance reads %s', stopped.status.value)
    while engine(instance):
        require(time.monotonic() < deadline, 'engine processes are left: %s', engine(instance))
        time.sleep(0.1)
    step('no engine process is left')


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else sys.stdin.readline()
    place = json.loads(text)
    socket.getaddrinfo = getaddrinfo
    options.cupid.proxy_endpoint = place['mars_proxy']
    require(options.mars.use_common_proxy is True, 'the common proxy is not the default')
    odps = ODPS(place['access_id'], place['access_key'], place['project'],
                place['odps_endpoint'], tunnel_endpoint=place['tunnel_endpoint'])
    wrong_key(place)
    client = create(odps)
    try:
        require(engine(client._kube_instance.id), 'no engine process was started')
        look(client, place)
        wait_for_all_workers(client)
        run_jobs(client.session)
        attach(odps, client)
    except BaseException:
        client.stop_server()
        raise
    stop(odps, client)
    step('the real client agrees')


if __name__ == '__main__':
    STARTED = time.monotonic()
    try:
        main()
    except Exception:  # noqa: whatever it is, the client does not agree
        traceback.print_exc()
        sys.exit(1)
