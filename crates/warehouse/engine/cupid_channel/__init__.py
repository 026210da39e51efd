"""Stands in for the native channel of MaxCompute's Cupid runtime (`libodps_subprocess.so`).

PyODPS brings the Python half of Cupid (the package `cupid`); the native half, through which a
process inside a cluster reaches tables, is closed and exists in MaxCompute only. The operators of
`odps.mars_extension` use it in the scheduler (to cut a table into splits, and to open a write)
and in the workers (to read a split, to write a block, to commit). Here these calls end at the
tunnel of the local MaxCompute, and rows travel as Arrow:

* `client` is what `cupid.runtime.ctypes_libs` would be with the library: calls and streams;
* `reading` and `writing` are the services behind it (`CupidTaskService`,
  `CupidSubProcessService`);
* `tunnel`, `frames` and `ipc` carry rows over the wire;
* `place` says where the local MaxCompute is and gives the cluster's own token.

It is on the path of engine processes only, never on that of a client.
"""
from . import place


def install(config):
    """Lets `cupid.context()` of this process and its forks answer; before any operator runs.

    `config` is the part `odps` of the launcher's configuration: endpoint, tunnel_endpoint,
    project, token. Nothing of it is printed.
    """
    import sys

    import cupid  # noqa: registers the options that its modules read
    import cupid.runtime
    from cupid.rpc import CupidTaskServiceRpcChannel

    place.enter(config)
    place.lead_internal_endpoint_here()
    from . import client
    sys.modules['cupid.runtime.ctypes_libs'] = client
    cupid.runtime.ctypes_libs = client
    CupidTaskServiceRpcChannel.CallMethod = client.call_task_service
