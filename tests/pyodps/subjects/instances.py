"""Instances: waited for, looked into, stopped, listed."""
import time
from datetime import datetime, timedelta

from odps import errors

from checks import check, equal, raises, require, since

# Longer than any check waits: a hundred million million rows.
ENDLESS = ('SELECT count(*) FROM lineitem_1m a JOIN lineitem_1m b '
           'ON a.l_orderkey + b.l_orderkey <> 1 WHERE rand() < 2')


@check
def lived_through(world):
    instance = world.odps.run_sql('SELECT count(*) AS n FROM test_mars')
    require(instance.id, 'the instance has no id')
    instance.wait_for_success()
    equal(instance.is_terminated(), True)
    equal(instance.is_successful(), True)
    equal(instance.status.value, 'Terminated')
    require(instance.start_time is not None and instance.end_time is not None, 'no times')
    require(instance.start_time <= instance.end_time, 'it ended before its start')
    require(instance.owner, 'no owner')
    task, = instance.get_task_names()
    status = instance.get_task_statuses()[task]
    equal(status.status.value.upper(), 'SUCCESS')
    equal(status.type, 'SQL')
    equal(world.odps.exist_instance(instance.id), True)
    equal(world.client().get_instance(instance.id).is_successful(), True)


@check
def looked_into(world):
    instance = world.odps.execute_sql('SELECT col1, sum(col2) FROM test_mars GROUP BY col1')
    task, = instance.get_task_names()
    progress = instance.get_task_progress(task)
    require(isinstance(progress.get_stage_progress_formatted_string(), str), 'no progress')
    require(isinstance(instance.get_task_detail(task), dict), 'the detail is no object')
    require(isinstance(instance.get_task_detail2(task), dict), 'detail2 is no object')
    summary = instance.get_task_summary(task)
    require(summary is not None and summary.summary_text is not None, 'summary: %r', summary)
    cost = instance.get_task_cost(task)
    require(cost is not None and cost.input_size is not None, 'cost: %r', cost)
    equal(instance.tasks[0].query.strip().rstrip(';'),
          'SELECT col1, sum(col2) FROM test_mars GROUP BY col1')
    equal(instance.priority, 9)
    results = instance.get_task_results()
    require(task in results, 'the results are %r', results)


@check
def logview(world):
    instance = world.odps.run_sql('SELECT 1')
    address = instance.get_logview_address()
    for part in ('i=' + instance.id, 'p=' + world.ready['project'], 'token='):
        require(part in address, '%s is not in %s', part, address)


@check
def failed(world):
    instance = world.odps.run_sql('SELECT no_such_column FROM test_mars')
    error = raises(errors.ODPSError, instance.wait_for_success)
    require('ODPS-0130071' in str(error), 'the text is %s', error)
    equal(error.instance_id, instance.id)
    equal(instance.is_terminated(), True)
    equal(instance.is_successful(), False)
    task, = instance.get_task_names()
    equal(instance.get_task_statuses()[task].status.value.upper(), 'FAILED')


@check
def stopped(world):
    instance = world.odps.run_sql(ENDLESS)
    time.sleep(0.3)
    equal(instance.is_terminated(), False)
    equal(instance.status.value, 'Running')
    running = [one.id for one in world.odps.list_instances(status='Running')]
    require(instance.id in running, '%s is not among the running: %r', instance.id, running)
    instance.stop()
    deadline = time.monotonic() + 10
    while not instance.is_terminated():
        require(time.monotonic() < deadline, 'it still runs')
        time.sleep(0.05)
    equal(instance.is_successful(), False)
    task, = instance.get_task_names()
    equal(instance.get_task_statuses()[task].status.value.upper(), 'CANCELLED')
    raises(errors.ODPSError, instance.wait_for_success)
    raises(errors.InvalidStateSetting, instance.stop)


@check
def listed(world):
    before = datetime.now() - timedelta(seconds=5)
    instances = [world.odps.run_sql('SELECT %d' % number) for number in range(3)]
    for instance in instances:
        instance.wait_for_completion()
    made = [instance.id for instance in instances]
    found = [one.id for one in world.odps.list_instances(start_time=before)]
    require(set(made) <= set(found), '%r are not all in %r', made, found)
    ended = [one.id for one in world.odps.list_instances(start_time=before, status='Terminated',
                                                         only_owner=True)]
    require(set(made) <= set(ended), '%r are not all in %r', made, ended)
    later = datetime.now() + timedelta(hours=1)
    equal([one.id for one in world.odps.list_instances(start_time=later)], [])


@check
def absent(world):
    equal(world.odps.exist_instance('20200101000000000gabcdef'), False)
    raises(errors.NoSuchObject,
           lambda: world.odps.get_instance('20200101000000000gabcdef').reload())


@check
def queued(world):
    instance = world.odps.run_sql(ENDLESS)
    try:
        for info in world.odps.list_instance_queueing_infos():
            if info.instance.id == instance.id:
                break
        else:
            raise AssertionError('the running instance is not queued')
        equal(instance.get_queueing_info().instance.id, instance.id)
    finally:
        instance.stop()
