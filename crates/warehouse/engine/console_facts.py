"""What the HTML pages of the web service know and its JSON lacks, as JSON under `/api/console`.

    GET /api/console/scheduler                            the schedulers and the version
    GET /api/console/session                              all sessions with their graphs
    GET /api/console/session/{session}/graph/{graph}      operands by kind and state, running ones
    GET /api/console/worker/{endpoint}/events?since=t     what the processes of a worker did

Additional handlers only: none of the service's own answers is changed. A cluster of another maker
answers 404 to all of them. What is asked for and is not there is 410, so the two are told apart.
"""
import json
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

# Answers stay small: the newest events, and some of the operands that run now.
EVENTS_MOST = 2000
RUNNING_MOST = 200
# The worker looks events up by when they were noted: one that began this long before is still found.
LONGEST_SECONDS = 3600

ROOT = '/api/console'


class Gone(Exception):
    """The session, graph or worker is not there."""


def count_operands_in_scheduler():
    """Adds the counting to the scheduler's own actor: a graph of 100,000 operands is then told in
    a few numbers, where the pages of the web service fetch every operand."""
    from mars.scheduler import OperandState
    from mars.scheduler.graph import GraphMetaActor

    done_states = (OperandState.FINISHED, OperandState.FREED, OperandState.CACHED)

    def console_counts(self):
        kinds = OrderedDict()
        done = total = 0
        for operand in self._op_infos.values():
            if operand.get('virtual') or 'op_name' not in operand:
                continue
            state = operand.get('state') or OperandState.UNSCHEDULED
            total += 1
            done += state in done_states
            states = kinds.setdefault(operand['op_name'], {})
            states[state.name] = states.get(state.name, 0) + 1
        return done, total, list(kinds.items())

    def console_running(self, most):
        running = self._state_to_infos[OperandState.RUNNING]
        rows = sorted((info.get('op_name') or '', key, info.get('worker'))
                      for key, info in running.items())
        return rows[:most], len(rows)

    GraphMetaActor.console_counts = console_counts
    GraphMetaActor.console_running = console_running


def graph_facts(api, session_id, graph_key):
    """State, times and sizes of one graph, and its operand counts by kind."""
    from mars.actors import ActorNotExist
    meta = api.get_graph_meta_ref(session_id, graph_key)
    try:
        state = meta.get_state()
        start, end, size = meta.get_graph_info()
        done, total, kinds = meta.console_counts()
    except ActorNotExist:
        raise Gone('graph')
    facts = dict(key=graph_key, state=state.value if state else 'preparing', start_time=start,
                 end_time=end, graph_size=size, done=done, total=total)
    return facts, kinds, meta


def scheduler(api):
    from mars import __version__
    kept = ('host_name', 'platform', 'sys_version', 'cpu_used', 'cpu_total', 'memory_used',
            'memory_total', 'update_time', 'package_info', 'git_info')
    schedulers = [dict({name: info.get(name) for name in kept}, endpoint=endpoint)
                  for endpoint, info in sorted(api.get_schedulers_info().items()) if info]
    return dict(version=__version__, schedulers=schedulers)


def sessions(api, made):
    """One graph that cannot be told does not hide the others."""
    rows = []
    for session_id, ref in sorted(api.session_manager.get_sessions().items()):
        graphs = []
        try:
            for graph_key in api.actor_client.actor_ref(ref).get_graph_meta_refs():
                graphs.append(described(api, session_id, str(graph_key)))
        except Exception:  # noqa: the session ended between the two questions
            continue
        rows.append(dict(id=session_id, created=made.get(session_id), graphs=graphs))
    return dict(sessions=rows)


def described(api, session_id, graph_key):
    try:
        return graph_facts(api, session_id, graph_key)[0]
    except Exception:  # noqa: as the graph of a sealed tensor, which has no facts
        return dict(key=graph_key, state='unknown')


def graph(api, session_id, graph_key):
    if not api.has_session(session_id):
        raise Gone('session')
    facts, kinds, meta = graph_facts(api, session_id, graph_key)
    rows, running = meta.console_running(RUNNING_MOST)
    facts['kinds'] = [dict(name=name, states=states) for name, states in kinds]
    facts['running'] = [dict(key=key, name=name, worker=worker) for name, key, worker in rows]
    facts['running_count'] = running
    return facts


def events(api, endpoint, since):
    """The newest events of a worker; one that has not ended has no end."""
    from mars.worker.events import EventCategory
    # The address is only ever one that the scheduler knows.
    if endpoint not in api.get_workers_meta():
        raise Gone('worker')
    begun = since - LONGEST_SECONDS if since else None
    told = api.query_worker_events(endpoint, EventCategory.PROCEDURE, time_start=begun)
    # An event is told when it begins and again when it ends.
    once = OrderedDict((event.event_id, event) for event in told
                       if not since or event.time_end is None or event.time_end >= since)
    newest = list(once.values())[-EVENTS_MOST:]
    return dict(now=time.time(), left_off=len(once) - len(newest), events=[
        dict(id=event.event_id, kind=event.event_type.value, owner=str(event.owner),
             start=event.time_start, end=event.time_end) for event in newest])


def register():
    """Adds the handlers, when `mars.web` has been imported and before its server starts."""
    from mars.web.server import MarsWebAPI, MarsRequestHandler, register_web_handler
    from tornado import gen

    # The engine does not keep when a session was made. It is made through this process.
    made = {}
    create_session = MarsWebAPI.create_session

    def create_and_note(self, session_id, **kwargs):
        create_session(self, session_id, **kwargs)
        made[session_id] = time.time()

    MarsWebAPI.create_session = create_and_note

    def sessions_of(api):
        told = sessions(api, made)
        for gone in set(made) - {row['id'] for row in told['sessions']}:
            # A session of the last minute may be younger than the answer.
            if time.time() - made[gone] > 60:
                made.pop(gone, None)
        return told

    # Not in the loop that serves everybody: a busy scheduler answers late.
    executor = ThreadPoolExecutor(2)

    class Facts(MarsRequestHandler):
        def ask(self, api, **parts):
            raise NotImplementedError

        @gen.coroutine
        def get(self, **parts):
            scheduler_ip = self._scheduler
            self.set_header('Content-Type', 'application/json')
            self.set_header('Cache-Control', 'no-store')
            try:
                told = yield executor.submit(lambda: self.ask(MarsWebAPI(scheduler_ip), **parts))
            except Gone as gone:
                self.set_status(410)
                told = dict(gone=str(gone))
            self.write(json.dumps(told))

    class SchedulerFacts(Facts):
        def ask(self, api):
            return scheduler(api)

    class SessionFacts(Facts):
        def ask(self, api):
            return sessions_of(api)

    class GraphFacts(Facts):
        def ask(self, api, session_id, graph_key):
            return graph(api, session_id, graph_key)

    class EventFacts(Facts):
        def ask(self, api, endpoint):
            try:
                since = float(self.get_argument('since', '0'))
            except ValueError:
                since = 0.0
            return events(api, endpoint, since or None)

    part = '(?P<%s>[^/]+)'
    register_web_handler(ROOT + '/scheduler', SchedulerFacts)
    register_web_handler(ROOT + '/session', SessionFacts)
    register_web_handler(ROOT + '/session/' + part % 'session_id' + '/graph/' + part % 'graph_key',
                         GraphFacts)
    register_web_handler(ROOT + '/worker/' + part % 'endpoint' + '/events', EventFacts)
