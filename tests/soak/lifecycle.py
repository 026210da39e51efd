"""How a local Mars cluster starts, loses processes and ends; a check of the launcher alone.

    python tests/soak/lifecycle.py

`python` is the one of the engine's environment. Every case starts a real cluster, and in the
end nothing of its process group may be alive. Ends with 0 if all is as promised, else 1.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir,
                        'crates', 'warehouse', 'engine', 'launcher.py')
GONE_SECONDS = 3
START_SECONDS = 90


# A launcher that is given a taken port for each kind of service first.
UNLUCKY = """
import os, socket, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
import launcher
held = socket.socket()
held.bind(('127.0.0.1', 0))
held.listen(9)
free, given = launcher.Launcher.free_port, []
def free_port(self):
    given.append(0)
    return held.getsockname()[1] if len(given) in (1, 3, 4) else free(self)
launcher.Launcher.free_port = free_port
launcher.main()
"""


class Cluster:
    """A launcher with its events so far."""

    def __init__(self, program=(LAUNCHER,), **changes):
        self.dir = tempfile.mkdtemp(prefix='lifecycle-')
        self.config = {'cluster': 'test', 'dir': self.dir, 'worker_num': 2, 'scheduler_num': 1,
                       'cpu_procs': 1, 'phy_mem': 1 << 30, 'cache_mem': 128 << 20,
                       'modules': ['odps.mars_extension'], 'fault': None}
        self.config.update(changes)
        self.started = time.monotonic()
        self.process = subprocess.Popen([sys.executable, *program], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, start_new_session=True)
        self.tell(self.config)
        self.workers = {}
        self.web = None

    def tell(self, what):
        line = what if isinstance(what, bytes) else json.dumps(what).encode()
        self.process.stdin.write(line + b'\n')
        self.process.stdin.flush()

    def next(self, *wanted):
        """The next event of a wanted kind; another kind than those before it is wrong."""
        line = self.process.stdout.readline()
        require(line, 'the launcher ended without %s', wanted)
        event = json.loads(line.decode())
        if event['event'] == 'web':
            self.web = 'http://127.0.0.1:%d' % event['port']
        if event['event'] == 'worker':
            self.workers[event['endpoint']] = event['pid']
        require(event['event'] in wanted, '%s instead of %s', event, wanted)
        return event

    def up(self, workers=2):
        self.next('scheduler')
        self.next('web')
        while len(self.workers) < workers:
            self.next('worker')
        return time.monotonic() - self.started

    def members(self):
        """Living processes of the group; those waiting for their parent are dead."""
        found = []
        for name in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open('/proc/%s/stat' % name) as stat:
                    state, _, group = stat.read().rsplit(')', 1)[1].split()[:3]
            except OSError:
                continue
            if int(group) == self.process.pid and state != 'Z':
                found.append(int(name))
        return found

    def child(self, kind):
        """The main process of a service, known by the log it writes."""
        for pid in self.members():
            if os.readlink('/proc/%d/fd/1' % pid).endswith(kind + '.log'):
                return pid
        raise AssertionError('no process of ' + kind)

    def gone(self):
        began = time.monotonic()
        while self.members():
            require(time.monotonic() - began < GONE_SECONDS, 'left: %s', self.members())
            time.sleep(0.05)
        self.process.wait(GONE_SECONDS)
        shutil.rmtree(self.dir)
        return time.monotonic() - began

    def get(self, path):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.web + path, timeout=5) as answer:
            return json.loads(answer.read().decode())


def require(truth, text, *args):
    if not truth:
        raise AssertionError(text % args)


def stops_when_told():
    cluster = Cluster()
    took = cluster.up()
    require(cluster.get('/api') == {'msg': 'Mars API Entry'}, 'not the API of Mars')
    require(cluster.get('/api/worker?action=count') == 2, 'not two workers')
    cluster.tell(b'not a command')
    cluster.tell({'command': 'stop'})
    cluster.next('ended')
    return 'usable after %.1f s, gone %.1f s after its end' % (took, cluster.gone())


def dies_with_stdin():
    cluster = Cluster()
    cluster.up()
    cluster.process.stdin.close()
    return 'gone after %.1f s' % cluster.gone()


def dies_with_stdin_while_starting():
    cluster = Cluster()
    cluster.next('scheduler')
    cluster.process.stdin.close()
    return 'gone after %.1f s' % cluster.gone()


def dies_with_its_launcher():
    cluster = Cluster()
    cluster.up()
    cluster.process.kill()
    return 'gone after %.1f s' % cluster.gone()


def ends_on_sigterm():
    cluster = Cluster(worker_num=1)
    cluster.up(1)
    cluster.process.terminate()
    cluster.next('ended')
    return 'gone after %.1f s' % cluster.gone()


def tells_of_a_lost_worker():
    cluster = Cluster()
    cluster.up()
    endpoint, pid = sorted(cluster.workers.items())[0]
    os.kill(pid, signal.SIGKILL)
    lost = cluster.next('worker-lost')
    require(lost['endpoint'] == endpoint and lost['code'] == -9, 'not this worker: %s', lost)
    began = time.monotonic()
    while cluster.get('/api/worker?action=count') != 1:
        require(time.monotonic() - began < 5, 'the scheduler still counts it')
        time.sleep(0.1)
    took = time.monotonic() - began
    cluster.tell({'command': 'stop'})
    cluster.next('ended')
    cluster.gone()
    return 'not counted any more after %.1f s' % took


def fails_without_workers():
    cluster = Cluster(worker_num=1)
    cluster.up(1)
    os.kill(list(cluster.workers.values())[0], signal.SIGKILL)
    cluster.next('worker-lost')
    failed = cluster.next('failed')
    cluster.next('ended')
    cluster.gone()
    return failed['message']


def a_worker_dies_while_starting():
    cluster = Cluster(fault='worker-dies-while-starting')
    cluster.next('scheduler')
    lost, others = None, 0
    while lost is None or not others:
        event = cluster.next('web', 'worker', 'worker-lost')
        lost = event if event['event'] == 'worker-lost' else lost
        others += event['event'] == 'worker'
    require(cluster.get('/api/worker?action=count') == 1, 'not one worker')
    cluster.tell({'command': 'stop'})
    cluster.next('ended')
    cluster.gone()
    return 'code %d' % lost['code']


def fails_with(kind):
    def case():
        cluster = Cluster()
        cluster.up()
        os.kill(cluster.child(kind), signal.SIGKILL)
        failed = cluster.next('failed')
        require(kind in failed['message'], 'another message: %s', failed)
        cluster.next('ended')
        cluster.gone()
        return failed['message']
    case.__name__ = 'fails_with_' + kind.replace('-', '_')
    return case


def runs_two_schedulers():
    cluster = Cluster(scheduler_num=2, worker_num=1)
    cluster.next('scheduler')
    took = cluster.up(1)
    cluster.tell({'command': 'stop'})
    cluster.next('ended')
    cluster.gone()
    return 'usable after %.1f s' % took


def takes_other_ports():
    cluster = Cluster(program=('-c', UNLUCKY, LAUNCHER))
    took = cluster.up()
    require(cluster.get('/api/worker?action=count') == 2, 'not two workers')
    cluster.tell({'command': 'stop'})
    cluster.next('ended')
    cluster.gone()
    return 'usable after %.1f s' % took


def notebook_dies_with(end):
    """Its kernels have a process group of their own, and still end with the launcher."""
    def case():
        cluster = Cluster(notebook_token='a-token')
        cluster.up()
        cluster.tell({'command': 'notebook'})
        address = 'http://127.0.0.1:%d' % cluster.next('notebook')['port']
        asked = urllib.request.Request(address + '/api/kernels', b'{}')
        try:
            urllib.request.urlopen(asked)
            raise AssertionError('the notebook asks for no token')
        except urllib.error.HTTPError as error:
            require(error.code == 403, 'without a token: %s', error)
        asked.add_header('Authorization', 'token a-token')
        with urllib.request.urlopen(asked) as answer:
            require(answer.status == 201, 'the kernel is answered by %s', answer.status)
        require(kernels(cluster.dir), 'no kernel was started')
        folder = cluster.dir
        if end == 'kill':
            cluster.process.kill()
        else:
            cluster.tell({'command': 'stop'})
            cluster.next('ended')
        took = cluster.gone()
        began = time.monotonic()
        while kernels(folder):
            require(time.monotonic() - began < GONE_SECONDS, 'left: %s', kernels(folder))
            time.sleep(0.05)
        return 'gone after %.1f s' % took
    case.__name__ = 'notebook_dies_with_' + end
    return case


def kernels(folder):
    """Processes that were given a connection file of the cluster."""
    found = []
    for name in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/cmdline' % name) as line:
                if os.path.join(folder, 'notebook', 'runtime', 'kernel-') in line.read():
                    found.append(int(name))
        except OSError:
            continue
    return found


def refuses(why, **changes):
    def case():
        cluster = Cluster(**changes)
        failed = cluster.next('failed')
        require(why in failed['message'], 'another message: %s', failed)
        cluster.next('ended')
        cluster.gone()
        return failed['message']
    case.__name__ = 'refuses_' + '_'.join(changes)
    return case


CASES = [stops_when_told, dies_with_stdin, dies_with_stdin_while_starting,
         dies_with_its_launcher, ends_on_sigterm, tells_of_a_lost_worker,
         fails_without_workers, a_worker_dies_while_starting, fails_with('web'),
         fails_with('scheduler-0'), runs_two_schedulers, takes_other_ports,
         notebook_dies_with('stop'), notebook_dies_with('kill'),
         refuses('no_such_module', modules=['no_such_module']),
         refuses('Not a directory', dir='/dev/null/x')]


def main():
    wrong = 0
    for case in CASES:
        try:
            print('ok    %s: %s' % (case.__name__, case()), flush=True)
        except Exception:  # noqa: the next case tells more
            wrong += 1
            print('WRONG %s' % case.__name__, flush=True)
            traceback.print_exc()
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
