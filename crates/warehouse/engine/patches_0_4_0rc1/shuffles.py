"""Corrections of pymars 0.4.0rc1: shuffles between operands."""
import functools


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
