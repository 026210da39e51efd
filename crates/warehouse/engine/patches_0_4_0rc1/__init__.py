"""Corrections of faults in pymars 0.4.0rc1 that lose graphs, applied when a cluster starts.

Each function corrects one fault and says how it shows and why. None changes what a graph
computes or what is sent to clients of a graph that works. DIFFERENCES.md lists them.
"""
from . import frames, graphs, network, shuffles, workers


def apply():
    """All corrections of scheduler and worker; before any of their processes runs."""
    graphs.give_each_graph_its_own_chunks()
    graphs.let_a_graph_without_chunks_end()
    graphs.keep_the_error_text()
    graphs.end_failed_graphs_of_unknown_shape()
    graphs.end_a_graph_that_failed_halfway()
    frames.size_chunks_of_unknown_types()
    frames.read_multi_index_without_sort_order()
    frames.aggregate_groups_of_a_long_series()
    frames.make_frames_of_arrow_tables()
    shuffles.shuffle_to_fewer_receivers()
    shuffles.pass_the_end_through_shuffles()
    workers.cancel_without_killing_at_once()
    workers.try_again_after_a_killed_process()
    workers.give_back_the_slot_of_a_lost_input()
    workers.do_not_fill_the_store_at_start()
    network.send_messages_at_once()


def apply_to_web():
    """The correction of the web service, when `mars.web` has been imported."""
    network.web_on_loopback()
