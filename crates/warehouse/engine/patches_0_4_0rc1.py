"""Corrections of faults in pymars 0.4.0rc1 that lose graphs, applied when a cluster starts.

Each function corrects one fault and says how it shows and why. None changes what a graph
computes or what is sent to clients of a graph that works. DIFFERENCES.md lists them.
"""
import contextlib
import functools
import sys

import gevent.local
import numpy as np
import pandas as pd

# How long an operand of a cancelled graph may go on calculating.
CANCEL_SECONDS = 5
# How often an operand is tried again because its process was killed.
PROCESS_LOSSES = 5


def apply():
    """All corrections of scheduler and worker; before any of their processes runs."""
    give_each_graph_its_own_chunks()
    let_a_graph_without_chunks_end()
    keep_the_error_text()
    end_failed_graphs_of_unknown_shape()
    size_chunks_of_unknown_types()
    read_multi_index_without_sort_order()
    aggregate_groups_of_a_long_series()
    shuffle_to_fewer_receivers()
    pass_the_end_through_shuffles()
    cancel_without_killing_at_once()
    try_again_after_a_killed_process()
    give_back_the_slot_of_a_lost_input()
    send_messages_at_once()


def give_each_graph_its_own_chunks():
    """A graph whose chunks equal some of an earlier one in its session hangs or fails.

    Chunk keys are computed from content and an operand actor is found by its key, so the
    second graph is hung onto the actors of the first, which have run and freed their data
    (`DependencyMissing`, or for a shuffle `'ShuffleProxyActor' object has no attribute
    'append_graph'`). Here the key of the graph goes into the keys of all operands made while
    it is cut into chunks. Earlier results are still used where a client says so by a Fetch
    node, whose keys are given and not computed.
    """
    from mars.operands import Fetch, Operand
    from mars.scheduler.graph import GraphActor
    from mars.utils import tokenize

    current = gevent.local.local()
    update_key = Operand._update_key

    def own_key(self):
        update_key(self)
        graph = getattr(current, 'graph', None)
        if graph is not None:
            self._obj_set('_key', tokenize(graph, self._key))
        return self

    @contextlib.contextmanager
    def preparing(graph):
        outer = getattr(current, 'graph', None)
        current.graph = graph
        try:
            yield
        finally:
            current.graph = outer

    prepare_graph = GraphActor.prepare_graph
    gen_tileable_graph = GraphActor._gen_tileable_graph

    @functools.wraps(prepare_graph)
    def prepare(self, compose=True):
        with preparing(self._graph_key):
            return prepare_graph(self, compose=compose)

    def read(self):
        """Operands that are their own chunk keep their key, so the client's change too."""
        first = self._tileable_graph_cache is None
        graph = gen_tileable_graph(self)
        if first:
            for operand in {id(node.op): node.op for node in graph}.values():
                if not isinstance(operand, Fetch):
                    operand._obj_set('_key', tokenize(self._graph_key, operand._key))
        return graph

    Operand._update_key = own_key
    GraphActor.prepare_graph = prepare
    GraphActor._gen_tileable_graph = read


def let_a_graph_without_chunks_end():
    """A graph that cannot be cut into chunks stays `cancelling` for ever.

    It is stopped before it is called failed, and stopping asks for the last of its chunk
    graphs, of which there are none: IndexError where "no graph" is expected.
    """
    from mars.errors import GraphNotExists
    from mars.scheduler.graph import GraphActor

    def get_chunk_graph(self):
        graphs = self._chunk_graph_builder.iterative_chunk_graphs
        if not graphs:
            raise GraphNotExists(self._graph_key)
        return graphs[-1]

    GraphActor.get_chunk_graph = get_chunk_graph


def keep_the_error_text():
    """A failed graph often has no `exc_info_text`.

    Errors of the preparation are only logged; the error of an operand is told to the graph
    only if its data is a result itself; and it is told after the state, so that a client may
    read `failed` before there is a text.
    """
    from mars.scheduler.graph import GraphActor
    from mars.scheduler.operands import OperandActor

    def note_error(self, exc):
        self._graph_meta_ref.set_exc_info(exc)

    def noting(step):
        @functools.wraps(step)
        def run(self, *args, **kwargs):
            try:
                return step(self, *args, **kwargs)
            except Exception:
                note_error(self, sys.exc_info())
                raise
        return run

    for name in ('prepare_graph', 'analyze_graph', 'create_operand_actors'):
        setattr(GraphActor, name, noting(getattr(GraphActor, name)))

    on_fatal = OperandActor._on_fatal

    def tell_graphs_first(self):
        if self._exc is not None:
            for graph in self._graph_refs:
                graph.note_error(self._exc)
        on_fatal(self)

    GraphActor.note_error = note_error
    OperandActor._on_fatal = tell_graphs_first


def end_failed_graphs_of_unknown_shape():
    """A failed graph with results of unknown length stays `running` for ever.

    When all its results have ended it looks up their lengths, also of those that failed and
    have none: `'NoneType' object has no attribute 'chunk_shape'`.
    """
    from mars.scheduler.graph import GraphActor
    update = GraphActor._update_tileable_and_its_chunk_shapes

    def update_if_there_are_results(self):
        if self.final_state is None:
            update(self)

    GraphActor._update_tileable_and_its_chunk_shapes = update_if_there_are_results


def size_chunks_of_unknown_types():
    """A group-by over several chunks fails in the worker while its size is estimated.

    The column types of its chunks are unknown (None) and cannot be summed. Unknown is NaN
    to the callers, as the size of a chunk of unknown length already is.
    """
    import mars.utils
    calc_data_size = mars.utils.calc_data_size

    def size(data):
        if (not isinstance(data, tuple) and not hasattr(data, 'nbytes')
                and not hasattr(data, 'memory_usage')
                and getattr(data, 'dtypes', data) is None):
            return np.nan
        return calc_data_size(data)

    for name, module in list(sys.modules.items()):
        if name.startswith('mars.') and vars(module).get('calc_data_size') is calc_data_size:
            module.calc_data_size = size


def read_multi_index_without_sort_order():
    """A group-by of two or more columns cannot be prepared.

    The description of its index arrives without its sort order (None is not sent), and an
    empty index is always made with two levels.
    """
    from mars.dataframe.core import IndexValue

    def to_pandas(self):
        names = self._names
        order = getattr(self, '_sortorder', None)
        data = getattr(self, '_data', None)
        if data is None:
            return pd.MultiIndex.from_arrays([[] for _ in names], sortorder=order, names=names)
        return pd.MultiIndex.from_tuples([tuple(d) for d in data], sortorder=order, names=names)

    IndexValue.MultiIndex.to_pandas = to_pandas


def aggregate_groups_of_a_long_series():
    """A group-by of a Series (so also value_counts) with more than four chunks is rejected.

    Partial results are combined four by four, which asks for the second dimension of the
    result. Here all of them are combined at once.
    """
    from mars.config import option_context
    from mars.dataframe.groupby.aggregation import DataFrameGroupByAgg
    tile_with_tree = DataFrameGroupByAgg._tile_with_tree

    def tile(cls, op):
        if len(op.outputs[0].shape) > 1:
            return tile_with_tree(op)
        with option_context({'combine_size': sys.maxsize}):
            return tile_with_tree(op)

    DataFrameGroupByAgg._tile_with_tree = classmethod(tile)


def shuffle_to_fewer_receivers():
    """`describe`, `quantile` and others sometimes stay `running` for ever.

    Receivers of a shuffle that no result needs are removed from the graph, but the senders
    still write data for them, and the actor between them fails with KeyError. Here that data
    is deleted.
    """
    from mars.scheduler.operands import ShuffleProxyActor
    add_finished_predecessor = ShuffleProxyActor.add_finished_predecessor

    def add_with_receivers_only(self, op_key, worker, output_sizes=None):
        wanted = {key: size for key, size in (output_sizes or {}).items()
                  if key[1] in self._shuffle_keys_to_op}
        unwanted = [key for key in output_sizes or {} if key not in wanted]
        if unwanted:
            self._free_data_in_worker(unwanted, [(worker,)] * len(unwanted))
        add_finished_predecessor(self, op_key, worker, output_sizes=wanted)

    ShuffleProxyActor.add_finished_predecessor = add_with_receivers_only


def pass_the_end_through_shuffles():
    """A graph with a shuffle that fails or is cancelled before it stays as it is for ever.

    Operands tell their successors that they failed or were cancelled; the actors between the
    senders and the receivers of a shuffle tell nothing.
    """
    from mars.scheduler.operands import (OperandState, ShuffleProxyActor,
                                         SuccessorsExclusiveOperandActor)
    over = (OperandState.FATAL, OperandState.CANCELLING, OperandState.CANCELLED)

    def telling(state):
        def tell(self):
            for key in self._succ_keys:
                self._get_operand_actor(key).stop_operand(state, _tell=True, _wait=False)
        return tell

    def on_cancelling(self):
        self.start_operand(OperandState.CANCELLED)

    def unless_over(add_finished_predecessor):
        @functools.wraps(add_finished_predecessor)
        def add(self, *args, **kwargs):
            if self.state not in over:
                add_finished_predecessor(self, *args, **kwargs)
        return add

    for actor in (ShuffleProxyActor, SuccessorsExclusiveOperandActor):
        actor._on_fatal = telling(OperandState.FATAL)
        actor._on_cancelled = telling(OperandState.CANCELLING)
        actor._on_cancelling = on_cancelling
        actor.add_finished_predecessor = unless_over(actor.add_finished_predecessor)


def cancel_without_killing_at_once():
    """A cancelled graph takes others with it.

    Cancelling kills the process that calculates an operand, with all results of other graphs
    that are still in it; most operands would have ended a moment later. Here the process is
    killed if the operand has not ended after some seconds. If it has, its result is deleted
    (`remove_cache`, which should do that, does not exist).
    """
    from mars.worker.calc import BaseCalcActor
    from mars.worker.execution import ExecutionActor, ExecutionState
    stop_execution = ExecutionActor.stop_execution

    def stop(self, session_id, graph_key, last_warning=False):
        record = self._graph_records.get((session_id, graph_key))
        if (record is None or record.state != ExecutionState.CALCULATING
                or record.stop_requested and last_warning):
            stop_execution(self, session_id, graph_key)
        elif not record.stop_requested:
            record.stop_requested = True
            self.ref().stop_execution(session_id, graph_key, last_warning=True, _tell=True,
                                      _delay=CANCEL_SECONDS)

    def remove_cache(self, session_id, keys):
        self.storage_client.delete(session_id, keys, [self._calc_intermediate_device])
        self._release_local_quotas(session_id, keys)

    ExecutionActor.stop_execution = stop
    BaseCalcActor.remove_cache = remove_cache


def try_again_after_a_killed_process():
    """An operand fails because a process of its worker was killed, and the worker may stop
    working for good.

    That happens to operands of other graphs when one is cancelled, and is no fault of
    theirs: it counts as an attempt like any error. Here it does not, up to a limit. And the
    new process offers its CPU slot before it is known to live; whoever takes the slot then
    fails without giving it back.
    """
    from mars.errors import WorkerProcessStopped
    from mars.worker.execution import ExecutionActor
    from mars.scheduler.operands import OperandActor, OperandState
    on_running = OperandActor._on_running

    class Submitted:
        """The promise of a submission; a rejection is looked at first."""

        def __init__(self, operand, promise):
            self.operand = operand
            self.promise = promise

        def then(self, accept, reject):
            self.promise.then(accept, functools.partial(self.judge, reject))

        def judge(self, reject, *exc):
            operand = self.operand
            lost = getattr(operand, '_lost_processes', 0)
            if (exc and isinstance(exc[0], type) and issubclass(exc[0], WorkerProcessStopped)
                    and lost < PROCESS_LOSSES and operand.state == OperandState.RUNNING):
                operand._lost_processes = lost + 1
                operand._allocated = False
                operand._resource_ref.deallocate_resource(
                    operand._session_id, operand._op_key, operand.worker, _tell=True, _wait=False)
                operand.ref().start_operand(OperandState.READY, _tell=True)
            else:
                reject(*exc)

    def run(self):
        if self._submit_promise is not None:
            self._submit_promise = Submitted(self, self._submit_promise)
        on_running(self)

    send_calc_request = ExecutionActor._send_calc_request

    def send(self, session_id, graph_key, calc_uid):
        if (self._daemon_ref is not None
                and not self._daemon_ref.is_actor_process_alive(self.ctx.actor_ref(calc_uid))):
            self._dispatch_ref.register_free_slot(calc_uid, 'cpu', _tell=True, _delay=1)
            raise WorkerProcessStopped
        return send_calc_request(self, session_id, graph_key, calc_uid)

    OperandActor._on_running = run
    ExecutionActor._send_calc_request = send


def give_back_the_slot_of_a_lost_input():
    """A worker does nothing any more after an operand whose input was deleted meanwhile.

    That happens when a graph is cancelled. The error is raised where a rejected promise is
    expected, past the place that gives the CPU slot back, and there is only one.
    """
    from mars import promise
    from mars.worker.calc import BaseCalcActor
    fetch_keys = BaseCalcActor._fetch_keys_to_process

    def fetch(self, session_id, keys_to_fetch):
        try:
            return fetch_keys(self, session_id, keys_to_fetch)
        except Exception:
            return promise.finished(*sys.exc_info(), _accept=False)

    BaseCalcActor._fetch_keys_to_process = fetch


def send_messages_at_once():
    """Every message between two processes takes 40 ms.

    It is written in pieces on a connection that is used again, so the kernel holds the later
    pieces back until the first is acknowledged (Nagle's algorithm and delayed
    acknowledgement).
    """
    import gevent.server
    import gevent.socket
    create_connection = gevent.socket.create_connection
    do_read = gevent.server.StreamServer.do_read

    def without_delay(sock):
        sock.setsockopt(gevent.socket.IPPROTO_TCP, gevent.socket.TCP_NODELAY, 1)

    def connect(*args, **kwargs):
        sock = create_connection(*args, **kwargs)
        without_delay(sock)
        return sock

    def accept(self):
        got = do_read(self)
        if got is not None:
            without_delay(got[0])
        return got

    gevent.socket.create_connection = connect
    gevent.server.StreamServer.do_read = accept


def web_on_loopback():
    """The web service listens on all interfaces, and whoever reaches it can run code."""
    import mars.web.server

    class LoopbackServer(mars.web.server.Server):
        def __init__(self, *args, **kwargs):
            kwargs['address'] = '127.0.0.1'
            super().__init__(*args, **kwargs)

    mars.web.server.Server = LoopbackServer
