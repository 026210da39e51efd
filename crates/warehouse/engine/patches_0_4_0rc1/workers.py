"""Corrections of pymars 0.4.0rc1: cancelled operands and killed processes of a worker."""
import functools
import sys

# How long an operand of a cancelled graph may go on calculating.
CANCEL_SECONDS = 5
# How often an operand is tried again because its process was killed.
PROCESS_LOSSES = 5
# The part of an object store that can be used; the rest is lost between objects.
STORE_USE = 0.95


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
    expected, past the place that gives back the slot (of a CPU, or of a sender if the input
    is wanted elsewhere), and there is only one of each.
    """
    from mars import promise
    from mars.worker.calc import BaseCalcActor
    from mars.worker.transfer import SenderActor
    fetch_keys = BaseCalcActor._fetch_keys_to_process

    def fetch(self, session_id, keys_to_fetch):
        try:
            return fetch_keys(self, session_id, keys_to_fetch)
        except Exception:
            return promise.finished(*sys.exc_info(), _accept=False)

    send_data = SenderActor.send_data.__wrapped__

    @functools.wraps(send_data)
    def send(self, *args, **kwargs):
        try:
            return send_data(self, *args, **kwargs)
        except Exception:
            self._dispatch_ref.register_free_slot(self.uid, 'sender', _tell=True)
            raise

    BaseCalcActor._fetch_keys_to_process = fetch
    SenderActor.send_data = promise.reject_on_exception(send)


def do_not_fill_the_store_at_start():
    """A worker with a store of gigabytes takes long to start and holds all that memory.

    To learn the capacity of its object store it fills it once, and the pages stay.
    """
    from mars.worker.storage.sharedstore import PlasmaSharedStore

    def get_actual_capacity(self, store_limit):
        self._actual_size = int(store_limit * STORE_USE)
        return self._actual_size

    PlasmaSharedStore.get_actual_capacity = get_actual_capacity
