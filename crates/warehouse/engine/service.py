"""A main process of the cluster: started as a fork of the launcher, known until its end."""
import ctypes
import errno
import os
import signal
import sys
import time
import traceback

HOST = '127.0.0.1'
PORT_TAKEN = 98
# How much of its log a service says when it ends.
LAST_LINES = 5
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


class Service:
    """One main process of the cluster and what is known of it."""

    def __init__(self, name, run, folder):
        self.name = name
        self.run = run
        self.log = os.path.join(folder, name + '.log')
        self.port = None
        self.pid = None
        self.code = None
        self.tries = 0
        self.ready = False
        self.started = None
        self.began, self.begins = os.pipe()
        os.set_blocking(self.began, False)

    @property
    def endpoint(self):
        return '%s:%d' % (HOST, self.port)

    def fork(self, launcher):
        """Starts the process with its own log and nothing of the launcher's open. It ends
        with PORT_TAKEN when its port is in use."""
        self.tries += 1
        self.code = None
        self.started = time.monotonic()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self.pid = pid
            return
        code = 1
        try:
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)
            self.enter_child(launcher.own_files())
            self.run(launcher, self)
            code = 0
        except KeyboardInterrupt:
            code = 0
        except OSError as error:
            traceback.print_exc()
            code = PORT_TAKEN if error.errno == errno.EADDRINUSE else 1
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:  # noqa: whatever it is, its place is the service's log
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def tell_begun(self):
        """In the service itself: it serves now. That its port is open does not tell, since
        the port may be another program's."""
        os.write(self.begins, b'!')

    def has_begun(self):
        try:
            return os.read(self.began, 1) == b'!'
        except BlockingIOError:
            return False

    def enter_child(self, own_files):
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDONLY)
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(null, 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        for fd in [null, log] + own_files:
            os.close(fd)

    def last_words(self):
        """How it ended, with the last lines that its log says."""
        if self.code < 0:
            text = '%s was ended by signal %d' % (self.name, -self.code)
        else:
            text = '%s ended with code %d' % (self.name, self.code)
        try:
            with open(self.log, 'rb') as log:
                log.seek(0, os.SEEK_END)
                log.seek(max(0, log.tell() - 4096))
                lines = log.read().decode('utf-8', 'replace').split('\n')
        except OSError:
            return text
        said = [line.strip() for line in lines if line.strip()][-LAST_LINES:]
        return '%s: %s' % (text, '\n'.join(said)) if said else text
