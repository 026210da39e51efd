"""What users do with PyODPS, done by the real client against a local warehouse.

    python tests/pyodps/run.py [--only NAME] < ready

`ready` is the line of JSON that the warehouse prints. `python` has PyODPS 0.9.0.1, 0.12.6 or
0.13.x; the checks are the same but for what a generation does not know. NAME is a subject
(`tables`) or a check (`tables.listed_by_prefix`). Each check prints one line; ends with 0 when
the client agreed with every one of them.
"""
import argparse
import importlib
import json
import os
import sys
import time
import traceback

os.environ['TZ'] = 'UTC'
time.tzset()

from checks import SkipCheck, of_module  # noqa: the zone comes first
from world import World  # noqa

SUBJECTS = ['projects', 'tables', 'partitions', 'sql', 'types', 'frames', 'tunnel', 'arrow',
            'instances', 'resources', 'functions', 'auth', 'errors', 'concurrency']


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--only', help='a subject, or subject.check')
    only = parser.parse_args().only
    world = World(json.loads(sys.stdin.readline()))
    passed, failed = 0, []
    for subject in SUBJECTS:
        if only and only.split('.')[0] != subject:
            continue
        for check in of_module(importlib.import_module('subjects.' + subject)):
            name = '%s.%s' % (subject, check.__name__)
            if only and only not in (subject, name):
                continue
            started = time.monotonic()
            try:
                check(world)
            except SkipCheck as reason:
                print('-       %s: %s' % (name, reason), flush=True)
                continue
            except Exception:  # noqa: whatever it is, the client does not agree
                failed.append(name)
                print('FAILED  %s\n%s' % (name, traceback.format_exc()), flush=True)
                continue
            passed += 1
            print('ok      %s (%.2f s)' % (name, time.monotonic() - started), flush=True)
    if failed:
        print('failed: %s' % ' '.join(failed))
    print('PyODPS %s: test result: %s. %d passed; %d failed'
          % (world.version, 'FAILED' if failed or not passed else 'ok', passed, len(failed)))
    sys.exit(1 if failed or not passed else 0)


if __name__ == '__main__':
    main()
