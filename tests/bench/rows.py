"""Times the real client on a running cluster: `mt.random.rand(100, 100)` until its array is there.

    python tests/bench/rows.py '<ready line of the warehouse>' INSTANCE RUNS

Prints the milliseconds of each run as a JSON list; the first one is not counted.
"""
import json
import os
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'pyodps'))

import cupid  # noqa: registers options.cupid
import mars.tensor as mt
from odps import ODPS, options

from steps.place import getaddrinfo

place, instance, runs = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3])
socket.getaddrinfo = getaddrinfo
options.cupid.proxy_endpoint = place['mars_proxy']
odps = ODPS(place['access_id'], place['access_key'], place['project'], place['odps_endpoint'],
            tunnel_endpoint=place['tunnel_endpoint'])
session = odps.create_mars_cluster(instance_id=instance).session
took = []
for run in range(runs + 1):
    begun = time.perf_counter()
    got = session.run(mt.random.rand(100, 100))
    took.append((time.perf_counter() - begun) * 1000)
    assert (got[0] if isinstance(got, (list, tuple)) else got).shape == (100, 100)
print(json.dumps(took[1:]))
