"""How a cluster loses a worker, and how it ends with its scheduler."""
import os
import signal

import mars.tensor as mt
from odps import errors

from .cluster import run
from .place import GONE_SECONDS, oldest, processes, require, step, wait_for

LOST_SECONDS = 20


def lose_a_worker(client):
    """The cluster goes on with the others."""
    os.kill(oldest(client._kube_instance.id, 'worker-1.log'), signal.SIGKILL)
    wait_for(lambda: client.count_workers() == 1, LOST_SECONDS, 'the lost worker is still counted')
    require(run(client.session, mt.ones((3, 4)).sum()) == 12, 'the rest does not compute')
    step('a killed worker is lost, the other computes')


def lose_the_scheduler(odps, client):
    """The instance ends as failed, and says what the scheduler said last."""
    instance = client._kube_instance.id
    os.kill(oldest(instance, 'scheduler-0.log'), signal.SIGKILL)
    ended = odps.get_instance(instance)
    wait_for(ended.is_terminated, GONE_SECONDS, 'the instance goes on without a scheduler')
    require(not ended.is_successful(), 'the instance ended well')
    try:
        ended.wait_for_success()
    except errors.ODPSError as error:
        require('scheduler-0 was ended by signal 9' in str(error), 'it ended with %s', error)
        require('Mars Scheduler started' in str(error), 'the log is not told: %s', error)
    wait_for(lambda: not processes(instance), GONE_SECONDS, 'engine processes are left')
    step('a killed scheduler ends the instance: Failed, with the end of its log')
