"""The Mars guide of PyODPS, followed by the real client against a local warehouse.

    python tests/pyodps/guide.py '<ready line of the warehouse>'

`python` is the one of the engine's environment (`crates/warehouse/engine/requirements.txt`:
PyODPS 0.9.0.1, pymars 0.4.0rc1). The line (or stdin) is the JSON object that the warehouse
prints: odps_endpoint, tunnel_endpoint, project, access_id, access_key, mars_proxy. Each step
is printed; ends with 0 if the client agreed with every one of them.
"""
import sys
import traceback

import cupid  # noqa: registers options.cupid

from steps import cluster, endings, notebook, persisting, place, tables


def main():
    where, odps = place.enter()
    cluster.wrong_key(where)
    client = cluster.create(odps)
    try:
        cluster.look(odps, client, where)
        cluster.compute(client.session)
        cluster.attach(odps, client)
        tables.read(odps)
        persisting.persist(odps)
        persisting.keep_types(odps)
        notebook.use(client)
        endings.lose_a_worker(client)
    except BaseException:
        client.stop_server()
        raise
    cluster.stop(odps, client)
    client = cluster.create(odps)
    try:
        endings.lose_the_scheduler(odps, client)
    except BaseException:
        client.stop_server()
        raise
    place.step('the real client agrees')


if __name__ == '__main__':
    try:
        main()
    except Exception:  # noqa: whatever it is, the client does not agree
        traceback.print_exc()
        sys.exit(1)
