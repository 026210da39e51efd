"""Starts and watches the processes of one Mars cluster on this machine.

The first line of stdin is the configuration (JSON):

    {"cluster": id, "dir": work dir, "worker_num": n, "scheduler_num": n, "cpu_procs": n,
     "phy_mem": bytes, "cache_mem": bytes, "modules": [..], "fault": null | name,
     "odps": null | {"endpoint": url, "tunnel_endpoint": url, "project": name, "token": text},
     "notebook_token": null | text}

What happens is told on stdout, one JSON object a line: `scheduler`, `web`, `worker`,
`worker-lost`, `notebook`, `notebook-lost`, `failed`, `ended`. A line `{"command": "stop"}` on
stdin ends the cluster, `{"command": "token", "token": text}` renews its token, `{"command":
"notebook"}` starts its notebook unless it runs; the end of stdin kills it at once. No process outlives this one: services ask the kernel to
die with it, and a guard process kills the group when the pipe it holds is closed.

Mars is imported once and every service is a fork, so a cluster starts in the time of one
import and shares its memory. All listeners are on the loopback interface.
"""
import gc
import json
import os
import signal
import socket
import sys
import threading
import time
import traceback
import urllib.request

import cupid_channel
import notebook
import services
from processes import children_of, kill_quietly, members_of, reap_all
from service import HOST, LIBC, PORT_TAKEN, Service

PORT_TRIES = 5
START_SECONDS = 90
STOP_SECONDS = 3
FAULT_DELAY_SECONDS = 0.3
PR_SET_CHILD_SUBREAPER = 36


class Failure(Exception):
    """The cluster cannot start or cannot go on; the text is for the user."""


class Launcher:
    def __init__(self, config, events):
        self.config = config
        self.events = events
        self.stopping = threading.Event()
        self.notebook_wanted = threading.Event()
        self.guard = None
        self.guard_pipe = None
        self.detach_pipe = None
        self.ports = set()
        self.schedulers = [Service('scheduler-%d' % i, services.scheduler, config['dir'])
                           for i in range(max(1, config['scheduler_num']))]
        self.web = Service('web', services.web, config['dir'])
        self.notebook = Service('notebook', notebook.run, config['dir'])
        self.workers = [Service('worker-%d' % i, services.worker, config['dir'])
                        for i in range(config['worker_num'])]

    def say(self, event, **facts):
        """One line to whoever started the cluster."""
        tell(self.events, event, **facts)

    # Starting

    def start_guard(self):
        """A process that does nothing but kill the group when this process is gone."""
        read, self.guard_pipe = os.pipe()
        self.guard = os.fork()
        if self.guard == 0:
            os.close(self.guard_pipe)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            os.read(read, 1)
            os.killpg(0, signal.SIGKILL)
        os.close(read)

    def watch_stdin(self, rest):
        """Reads commands; the end of stdin means that nobody is interested any more."""
        def read():
            pending = rest
            while True:
                while b'\n' in pending:
                    line, pending = pending.split(b'\n', 1)
                    self.obey(line)
                got = os.read(0, 4096)
                if not got:
                    os.killpg(0, signal.SIGKILL)
                pending += got
        threading.Thread(target=read, daemon=True).start()

    def obey(self, line):
        """A line that is no command is left alone."""
        try:
            command = json.loads(line.decode())
            if command['command'] == 'stop':
                self.stopping.set()
            elif command['command'] == 'token':
                cupid_channel.place.renew(command['token'])
            elif command['command'] == 'notebook':
                self.notebook_wanted.set()
        except (ValueError, KeyError, TypeError):
            pass

    def own_files(self):
        """What no service may hold open, or the ends of these pipes would never be seen."""
        own = [self.guard_pipe, self.events, self.detach_pipe]
        return [fd for fd in own if fd is not None]

    def free_port(self):
        """A port that nobody listens on now; a service that finds it taken gets another."""
        while True:
            with socket.socket() as probe:
                probe.bind((HOST, 0))
                port = probe.getsockname()[1]
            if port not in self.ports:
                self.ports.add(port)
                return port

    def start_schedulers(self):
        """Schedulers name each other, so one taken port means new ports for all."""
        for _ in range(PORT_TRIES):
            for service in self.schedulers:
                service.port = self.free_port()
            for service in self.schedulers:
                service.fork(self)
            deadline = time.monotonic() + START_SECONDS
            while not all(service.ready for service in self.schedulers):
                for service in self.schedulers:
                    service.ready = service.ready or service.has_begun()
                self.reap()
                ended = [service for service in self.schedulers if service.code is not None]
                if ended:
                    if ended[0].code != PORT_TAKEN:
                        raise Failure(ended[0].last_words())
                    break
                if time.monotonic() > deadline:
                    raise Failure('the scheduler did not begin within %d s' % START_SECONDS)
                if self.stopping.wait(0.05):
                    return
            else:
                for service in self.schedulers:
                    self.say('scheduler', endpoint=service.endpoint)
                return
            self.kill([service for service in self.schedulers if service.code is None])
            for service in self.schedulers:
                service.ready = False
        raise Failure('no free port for the scheduler in %d tries' % PORT_TRIES)

    def start_others(self):
        read, self.detach_pipe = os.pipe()
        self.web.detach_pipe = read
        self.web.port = self.free_port()
        self.web.fork(self)
        for worker in self.workers:
            worker.port = self.free_port()
            worker.fork(self)

    # Watching

    def run(self):
        self.start_schedulers()
        if not self.stopping.is_set():
            self.start_others()
        deadline = time.monotonic() + START_SECONDS
        while not self.stopping.is_set():
            self.reap()
            self.judge_ends()
            settled = self.web.ready and all(
                worker.ready for worker in self.workers if worker.code is None)
            starting = bool(self.notebook.pid) and not self.notebook.ready
            if not settled:
                self.look_for_news()
                if time.monotonic() > deadline:
                    self.judge_slowness()
            self.see_to_notebook()
            self.do_fault()
            self.stopping.wait(0.5 if settled and not starting else 0.1)

    def reap(self):
        """Collects ended processes: ours by name, adopted ones (pool children and object
        stores of a dead service) are killed, since nobody else knows them."""
        known = {service.pid: service for service in self.all() if service.code is None}
        for pid, state in children_of(os.getpid()):
            service = known.get(pid)
            if state == 'Z':
                _, status = os.waitpid(pid, 0)
                code = (-os.WTERMSIG(status) if os.WIFSIGNALED(status)
                        else os.WEXITSTATUS(status))
                if pid == self.guard:
                    raise Failure('the guard process of the cluster was killed')
                if service:
                    service.code = code
            elif service is None and pid != self.guard:
                kill_quietly(pid)

    def judge_ends(self):
        for service in self.schedulers:
            if service.code is not None:
                raise Failure(service.last_words())
        if self.web.code is not None:
            if not self.retry(self.web):
                raise Failure(self.web.last_words())
        for worker in [w for w in self.workers if w.code is not None]:
            if self.retry(worker):
                continue
            self.workers.remove(worker)
            self.say('worker-lost', endpoint=worker.endpoint, code=worker.code)
            self.log(worker.last_words())
            os.write(self.detach_pipe, (worker.endpoint + '\n').encode())
            if not self.workers:
                raise Failure('no worker is left. ' + worker.last_words())

    def retry(self, service):
        if service.code != PORT_TAKEN or service.ready or service.tries >= PORT_TRIES:
            return False
        service.port = self.free_port()
        service.fork(self)
        return True

    def look_for_news(self):
        """The web counts as up when it answers and reaches the scheduler, a worker when the
        scheduler lists it."""
        if not self.web.ready:
            if get(self.web.port, '/api') is None:
                return
            if get(self.web.port, '/api/worker?action=count') is None:
                return
            self.web.ready = True
            self.say('web', port=self.web.port)
        listed = get(self.web.port, '/api/worker') or {}
        for worker in self.workers:
            if not worker.ready and worker.endpoint in listed:
                worker.ready = True
                self.say('worker', endpoint=worker.endpoint, pid=worker.pid)

    def see_to_notebook(self):
        """Starts it when it is wanted, tells when it answers, and when it is gone."""
        notebook = self.notebook
        if notebook.pid and notebook.code is not None:
            if not notebook.ready and notebook.tries < PORT_TRIES:
                notebook.port = self.free_port()
                notebook.fork(self)
                return
            self.say('notebook-lost', message=notebook.last_words())
            notebook.pid, notebook.ready, notebook.tries = None, False, 0
            self.notebook_wanted.clear()
        elif notebook.pid and not notebook.ready:
            if get(notebook.port, '/api') is not None:
                notebook.ready = True
                self.say('notebook', port=notebook.port)
        elif not notebook.pid and self.notebook_wanted.is_set() and self.web.ready:
            notebook.port = self.free_port()
            notebook.fork(self)

    def judge_slowness(self):
        """A service that has not come up in time is given up like one that died."""
        if not self.web.ready:
            raise Failure('the web service did not answer within %d s' % START_SECONDS)
        for worker in self.workers:
            if not worker.ready:
                kill_quietly(worker.pid)

    def do_fault(self):
        if self.config.get('fault') != 'worker-dies-while-starting' or not self.workers:
            return
        first = self.workers[0]
        if time.monotonic() - first.started > FAULT_DELAY_SECONDS:
            self.config['fault'] = None
            kill_quietly(first.pid)

    # Ending

    def stop(self):
        """Interrupts the services as a terminal would, then kills what is left."""
        running = [service for service in self.all() if service.pid and service.code is None]
        for service in running:
            # Jupyter asks a question when it is interrupted.
            kill_quietly(service.pid,
                         signal.SIGTERM if service is self.notebook else signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            if all(pid == self.guard for pid, _ in children_of(os.getpid())):
                break
            try:
                self.reap()
            except Failure as failure:
                self.log(str(failure))
                break
            time.sleep(0.05)
        for _ in range(20):
            left = [pid for pid in members_of(os.getpgrp()) if pid != os.getpid()]
            if not left:
                break
            for pid in left:
                kill_quietly(pid)
            reap_all()
            time.sleep(0.05)

    def kill(self, some):
        for service in some:
            kill_quietly(service.pid)
        while any(service.code is None for service in some):
            self.reap()
            time.sleep(0.05)

    def all(self):
        return self.schedulers + [self.web, self.notebook] + self.workers

    def log(self, text):
        sys.stderr.write(text + '\n')
        sys.stderr.flush()


def tell(events, event, **facts):
    """Writes one event; whoever has closed the pipe does not want it."""
    try:
        os.write(events, (json.dumps(dict(facts, event=event)) + '\n').encode())
    except BrokenPipeError:
        pass


def get(port, path):
    """The JSON of a GET that answered 200, else None."""
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open('http://%s:%d%s' % (HOST, port, path), timeout=2) as answer:
            return json.loads(answer.read().decode())
    except (OSError, ValueError):
        return None


def read_config():
    """The first line of stdin, and what came after it."""
    pending = b''
    while b'\n' not in pending:
        got = os.read(0, 65536)
        if not got:
            raise Failure('stdin ended before the configuration')
        pending += got
    line, rest = pending.split(b'\n', 1)
    try:
        config = json.loads(line.decode())
    except ValueError as error:
        raise Failure('the configuration is not JSON: %s' % error)
    missing = [key for key in ('dir', 'worker_num', 'scheduler_num', 'cpu_procs', 'phy_mem',
                               'cache_mem', 'modules') if key not in config]
    if missing:
        raise Failure('the configuration lacks ' + ', '.join(missing))
    return config, rest


def main():
    if os.getpgrp() != os.getpid():
        os.setsid()
    events = os.dup(1)
    os.dup2(2, 1)
    launcher = None
    code = 0
    try:
        config, rest = read_config()
        os.makedirs(config['dir'], exist_ok=True)
        launcher = Launcher(config, events)
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
        launcher.start_guard()
        launcher.watch_stdin(rest)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: launcher.stopping.set())
        if config.get('odps'):
            cupid_channel.install(dict(config.pop('odps'), dir=config['dir'],
                                       cluster=config['cluster']))
        services.load(config['modules'])
        gc.collect()
        gc.freeze()
        launcher.run()
    except Exception as error:  # noqa: every end must be told to the parent
        if not isinstance(error, Failure):
            traceback.print_exc()
        code = 1
        tell(events, 'failed', message=str(error) or repr(error))
    if launcher:
        launcher.stop()
    tell(events, 'ended')
    os._exit(code)


if __name__ == '__main__':
    main()
