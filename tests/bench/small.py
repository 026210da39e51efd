"""Sixty-four threads of the real client, each asking for one table's description again and again.

    python tests/bench/small.py [--requests N] < ready

Prints one JSON object: requests per second, and milliseconds of one request at the median and at
the 99th percentile. The client's own work is part of it.
"""
import argparse
import json
import sys
import threading
import time

from odps import ODPS

THREADS = 64


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--requests', type=int, default=40, help='of each thread')
    count = parser.parse_args().requests
    ready = json.loads(sys.stdin.readline())
    times, failures = [], []
    start = threading.Barrier(THREADS + 1)

    def work():
        odps = ODPS(ready['access_id'], ready['access_key'], ready['project'],
                    ready['odps_endpoint'])
        table = odps.get_table('test_mars')
        start.wait()
        for _ in range(count):
            begun = time.perf_counter()
            try:
                table.reload()
            except Exception as error:  # noqa: counted below
                failures.append(repr(error))
                return
            times.append((time.perf_counter() - begun) * 1000)
    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    if failures:
        sys.exit('%d threads failed: %s' % (len(failures), failures[0]))
    times.sort()
    json.dump({'per_second': len(times) / took, 'median': times[len(times) // 2],
               'p99': times[len(times) * 99 // 100], 'requests': len(times)}, sys.stdout)


if __name__ == '__main__':
    main()
