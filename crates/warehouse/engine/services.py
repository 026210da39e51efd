"""The main processes of a cluster, each run in a fork of the launcher.

They are the applications of `mars.scheduler`, `mars.worker` and `mars.web` of pymars
0.4.0rc1 with the options that a small shared machine needs.
"""
import logging
import os
import random
import sys
import tempfile
import threading

import console_facts
from service import HOST

LOG_FORMAT = '%(asctime)s %(levelname)s %(name)s: %(message)s'
# The path of a Unix socket has 107 characters; the object store adds about 36 to the folder.
LONGEST_SOCKET_FOLDER = 70
SHARED_MEMORY = '/dev/shm'
SHARED_MEMORY_USE = 0.8

# One process per CPU slot is the parallelism of a worker; threads below it only compete.
for variable in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'NUMEXPR_NUM_THREADS'):
    os.environ.setdefault(variable, '1')


def load(modules):
    """Imports all that the services share, corrected, before the first fork."""
    import mars.executor  # noqa: the worker and the scheduler need the operands registered
    import mars.scheduler.__main__  # noqa
    import mars.worker.__main__  # noqa
    import patches_0_4_0rc1
    patches_0_4_0rc1.apply()
    console_facts.count_operands_in_scheduler()
    for module in modules:
        __import__(module)
    if 'odps.mars_extension.dataframe' in sys.modules:
        from cupid_channel import operators
        operators.correct()


def begin(name):
    """A fork shares the random state of its parent; actor ids must differ."""
    import numpy
    random.seed()
    numpy.random.seed()
    sys.argv = [name]
    logging.basicConfig(format=LOG_FORMAT, level=logging.WARNING)
    logging.getLogger('mars').setLevel(logging.INFO)


def run(application, arguments, modules):
    if modules:
        arguments = arguments + ['--load-modules'] + modules
    application()(arguments)


def scheduler(launcher, service):
    """`python -m mars.scheduler`. The CPU gate is off, since it measures the whole machine
    and graphs would wait for other programs; an error is final at once, since the same data
    in the same process fails again."""
    from mars.scheduler.__main__ import SchedulerApplication
    begin('mars.scheduler')

    class Scheduler(SchedulerApplication):
        def start(self):
            super().start()
            service.tell_begun()

    run(Scheduler, [
        '-H', HOST, '-p', str(service.port), '-a', HOST, '--nproc', '1',
        '-s', ','.join(one.endpoint for one in launcher.schedulers),
        '-Dscheduler.default_cpu_usage=0',
        '-Dscheduler.retry_num=1',
        '-Dscheduler.retry_delay=1',
    ], launcher.config['modules'])


def worker(launcher, service):
    """`python -m mars.worker` with the asked number of processes and memory."""
    from mars import resource
    from mars.worker.__main__ import WorkerApplication
    begin('mars.worker')
    config = launcher.config
    resource._cpu_total = config['cpu_procs']
    spill = os.path.join(config['dir'], 'spill-' + service.name)
    os.makedirs(spill, exist_ok=True)
    if len(config['dir']) <= LONGEST_SOCKET_FOLDER:
        tempfile.tempdir = config['dir']
    run(WorkerApplication, [
        '-H', HOST, '-p', str(service.port), '-a', HOST,
        '-s', ','.join(one.endpoint for one in launcher.schedulers),
        '--cpu-procs', str(config['cpu_procs']), '--net-procs', '1',
        '--phy-mem', str(config['phy_mem']), '--ignore-avail-mem',
        '--cache-mem', str(cache_memory(config['cache_mem'], config['worker_num'])),
        '--spill-dir', spill,
    ], config['modules'])


def cache_memory(asked, workers):
    """The object store of a worker: as asked, but all of them fit into shared memory."""
    state = os.statvfs(SHARED_MEMORY)
    share = int(state.f_bavail * state.f_frsize * SHARED_MEMORY_USE / workers)
    return min(asked, share)


def web(launcher, service):
    """`mars.web` without `python -m mars.web`: that one patches the standard library with
    gevent and then crashes after some requests. Listens on the loopback interface only."""
    begin('mars.web')
    # mars.web registers the handlers of its pages on import and brings Bokeh, which nobody
    # else needs.
    from mars.web import MarsWeb
    import patches_0_4_0rc1
    patches_0_4_0rc1.apply_to_web()
    if launcher.config.get('fault') != 'stock-engine':
        console_facts.register()
    scheduler_endpoint = launcher.schedulers[0].endpoint
    threading.Thread(target=detach_dead_workers, daemon=True,
                     args=(service.detach_pipe, scheduler_endpoint)).start()
    MarsWeb(port=service.port, scheduler_ip=scheduler_endpoint).start(block=True)


def detach_dead_workers(pipe, scheduler_endpoint):
    """Tells the scheduler of every worker whose process the launcher saw die (one endpoint
    a line). Left alone it waits for 60 s of silence and sends operands there meanwhile."""
    from mars.scheduler import ResourceActor
    from mars.web.server import MarsWebAPI
    with os.fdopen(pipe) as endpoints:
        for endpoint in endpoints:
            try:
                api = MarsWebAPI(scheduler_endpoint)
                resources = api.get_actor_ref(ResourceActor.default_uid())
                resources.detach_dead_workers([endpoint.strip()])
            except Exception:  # noqa: the scheduler finds out by itself, only later
                logging.getLogger('mars').exception('Could not detach %s', endpoint)
