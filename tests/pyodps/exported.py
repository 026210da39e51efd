"""Runs a file that the console exported, as its user would, against a local warehouse.

    python tests/pyodps/exported.py FILE '<ready line of the warehouse>'

The file itself reads `ODPS_*` from its environment, as it says; what differs from MaxCompute, the
addresses of the proxy and the tunnel, is set here before it runs.
"""
import json
import os
import runpy
import socket
import sys

import cupid  # noqa: registers options.cupid
from odps import options

from steps.place import getaddrinfo

file, place = sys.argv[1], json.loads(sys.argv[2])
socket.getaddrinfo = getaddrinfo
options.cupid.proxy_endpoint = place['mars_proxy']
options.tunnel.endpoint = place['tunnel_endpoint']
os.environ.update(
    ODPS_ACCESS_ID=place['access_id'], ODPS_ACCESS_KEY=place['access_key'],
    ODPS_PROJECT=place['project'], ODPS_ENDPOINT=place['odps_endpoint'])
runpy.run_path(file, run_name='__main__')
