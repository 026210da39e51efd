"""Where the local MaxCompute is, and the cluster's own credentials.

The token is short-lived and is renewed by whoever started the cluster; it lies in a file that
only the owner reads, in the folder of the cluster, so that every process finds the newest one.
"""
import os

from odps import ODPS
from odps.accounts import BearerTokenAccount

TOKEN_FILE = 'token'

# What PyODPS puts into the operators unless it is told another address: a name of the network
# inside MaxCompute.
INTERNAL_ENDPOINT = 'http://service.cn.maxcompute.aliyun-inc.com/api'


def enter(config):
    """Makes the environment of a cluster's process, by the names that Cupid uses."""
    os.environ['META_LOOKUP_NAME'] = config['cluster']
    os.environ['ODPS_ENDPOINT'] = config['endpoint']
    os.environ['ODPS_TUNNEL_ENDPOINT'] = config['tunnel_endpoint']
    os.environ['ODPS_PROJECT_NAME'] = config['project']
    os.environ['MARS_CUPID_FOLDER'] = os.path.join(config['dir'], 'cupid')
    os.makedirs(folder(), mode=0o700, exist_ok=True)
    renew(config['token'])


def folder():
    """What the processes of the cluster share: the token, and the blocks being written."""
    return os.environ['MARS_CUPID_FOLDER']


def renew(token):
    """Takes the place of the token before, at once and for all processes."""
    path = os.path.join(folder(), TOKEN_FILE)
    descriptor = os.open(path + '.new', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, 'w') as new:
        new.write(token)
    os.rename(path + '.new', path)


def token():
    with open(os.path.join(folder(), TOKEN_FILE)) as file:
        return file.read()


def odps():
    """The local MaxCompute in the name of the cluster."""
    return ODPS(None, None, os.environ['ODPS_PROJECT_NAME'],
                endpoint=os.environ['ODPS_ENDPOINT'],
                tunnel_endpoint=os.environ['ODPS_TUNNEL_ENDPOINT'],
                account=BearerTokenAccount(token()))


def lead_internal_endpoint_here():
    """The name of the inner network means the service that runs the cluster: this one."""
    start = ODPS.__init__

    def init(self, *args, **kwargs):
        if kwargs.get('endpoint') == INTERNAL_ENDPOINT:
            kwargs['endpoint'] = os.environ['ODPS_ENDPOINT']
        start(self, *args, **kwargs)

    ODPS.__init__ = init
