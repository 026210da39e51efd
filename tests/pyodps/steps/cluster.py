"""Creating a cluster, looking at it, computing on it, attaching to it, stopping it."""
import time

import mars.dataframe as md
import mars.tensor as mt
import numpy as np
import pandas as pd
from odps import ODPS, errors

from .place import GONE_SECONDS, processes, require, step, wait_for

CREATE_SECONDS = 120


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
    """With every parameter that the client has but the name of an image of one's own."""
    started = time.monotonic()
    client = odps.create_mars_cluster(
        2, 1, 4, cache_mem=1, disk_num=1, min_worker_num=1, scheduler_num=1,
        resources=['public.mars-0.4.0b2.zip'], module_path='odps.mars_extension', priority=9)
    took = time.monotonic() - started
    require(took < CREATE_SECONDS, 'creating took %.0f s', took)
    require(processes(client._kube_instance.id), 'no engine process was started')
    step('created in %.1f s: instance %s', took, client._kube_instance.id)
    return client


def look(odps, client, place):
    instance = client._kube_instance.id
    logview = client.get_logview_address()
    require(instance in logview and 'token=' in logview, 'the logview address is %s', logview)
    step('logview: %s', logview)
    suffix = '.' + place['mars_proxy']
    require(client.endpoint.startswith('http://') and client.endpoint.endswith(suffix),
            'the endpoint is %s', client.endpoint)
    step('endpoint: %s', client.endpoint)
    require(client.notebook_endpoint.endswith(suffix),
            'the notebook endpoint is %s', client.notebook_endpoint)
    require(client.count_workers() >= 1, 'no worker is counted')
    step('workers: %d', client.count_workers())
    wait_for(lambda: client.count_workers() == 2, CREATE_SECONDS, 'the second worker did not come')
    step('workers: 2')
    running = [one.id for one in odps.list_instances(status='Running', only_owner=True)]
    require(instance in running, 'the list of running instances is %s', running)
    step('the instance is on the list of running ones')


def run(session, expression):
    got = session.run(expression)
    return got[0] if isinstance(got, (list, tuple)) else got


def compute(session):
    got = run(session, mt.random.rand(100, 100))
    require(isinstance(got, np.ndarray) and got.shape == (100, 100), 'rand gave %r', got)
    require(0 <= got.min() < got.max() < 1, 'rand is out of range')
    step('rand(100, 100): mean %.4f', got.mean())

    data = pd.DataFrame({'k': np.arange(30) % 4, 'v': np.arange(30) * 0.5})
    frame = md.DataFrame(data, chunk_size=8)
    pd.testing.assert_frame_equal(run(session, (frame + 1).iloc[:6]), (data + 1).iloc[:6])
    step('DataFrame + 1, first 6 rows: as pandas says')

    pd.testing.assert_frame_equal(run(session, frame.groupby('k').agg({'v': 'sum'})),
                                  data.groupby('k').agg({'v': 'sum'}))
    step('group-by: as pandas says')


def attach(odps, client):
    """A second client finds the cluster by its instance id and has its own session."""
    other = odps.create_mars_cluster(instance_id=client._kube_instance.id)
    require(other.session.session_id != client.session.session_id, 'the session is shared')
    got = run(other.session, mt.ones((3, 4)) + 1)
    require((got == np.full((3, 4), 2.0)).all(), 'ones + 1 gave %r', got)
    client.session.as_default()
    step('attached by instance id: ones + 1 is right')


def stop(odps, client):
    instance = client._kube_instance.id
    client.stop_server()
    stopped = odps.get_instance(instance)
    wait_for(stopped.is_terminated, GONE_SECONDS, 'the instance still reads %s', stopped.status)
    step('stopped: the instance reads %s', stopped.status.value)
    wait_for(lambda: not processes(instance), GONE_SECONDS, 'engine processes are left: %s',
             processes(instance))
    step('no engine process is left')
    running = [one.id for one in odps.list_instances(status='Running')]
    require(instance not in running, 'it is still on the list of running instances')
