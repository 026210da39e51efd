"""What `/proc` tells of processes, and the end of them."""
import os
import signal


def processes():
    """(pid, state, parent, group) of every process."""
    for name in os.listdir('/proc'):
        if not name.isdigit():
            continue
        try:
            with open('/proc/%s/stat' % name) as stat:
                fields = stat.read().rsplit(')', 1)[1].split()
        except OSError:
            continue
        yield int(name), fields[0], int(fields[1]), int(fields[2])


def children_of(parent):
    return [(pid, state) for pid, state, mother, _ in processes() if mother == parent]


def members_of(group):
    return [pid for pid, state, _, other in processes() if other == group and state != 'Z']


def kill_quietly(pid, number=signal.SIGKILL):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def reap_all():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
