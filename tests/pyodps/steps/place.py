"""What all steps use: the way to the warehouse, requirements, and what runs on this machine."""
import json
import os
import socket
import sys
import time

from odps import ODPS, options

GONE_SECONDS = 10
STARTED = time.monotonic()

_resolve = socket.getaddrinfo


def getaddrinfo(host, *args, **kwargs):
    """Names under `localhost` are this machine (RFC 6761); the resolver of the C library
    does not know that everywhere."""
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and name.lower().rstrip('.').endswith('.localhost'):
        host = '127.0.0.1'
    return _resolve(host, *args, **kwargs)


def enter():
    """The warehouse's ready line, of the command line or stdin, and a client of it."""
    text = sys.argv[1] if len(sys.argv) > 1 else sys.stdin.readline()
    place = json.loads(text)
    socket.getaddrinfo = getaddrinfo
    options.cupid.proxy_endpoint = place['mars_proxy']
    require(options.mars.use_common_proxy is True, 'the common proxy is not the default')
    return place, ODPS(place['access_id'], place['access_key'], place['project'],
                       place['odps_endpoint'], tunnel_endpoint=place['tunnel_endpoint'])


def step(text, *args):
    print('%7.2f  %s' % (time.monotonic() - STARTED, text % args if args else text), flush=True)


def require(truth, text, *args):
    if not truth:
        raise AssertionError(text % args if args else text)


def wait_for(truth, seconds, text, *args):
    deadline = time.monotonic() + seconds
    while not truth():
        require(time.monotonic() < deadline, text, *args)
        time.sleep(0.1)


def processes(instance):
    """Living processes on this machine that write into the folder of the instance, by the name
    of their log."""
    found = {}
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/stat' % pid) as stat:
                if stat.read().rsplit(')', 1)[1].split()[0] == 'Z':
                    continue
            places = [os.readlink('/proc/%s/fd/%d' % (pid, fd)) for fd in (1, 2)]
        except OSError:
            continue
        for place in places:
            if instance in place:
                found.setdefault(os.path.basename(place), set()).add(int(pid))
    return found


def oldest(instance, log):
    """The process of a service that has the children: the one that began first."""
    def began(pid):
        with open('/proc/%d/stat' % pid) as stat:
            return int(stat.read().rsplit(')', 1)[1].split()[19]), pid
    return min(processes(instance)[log], key=began)
