"""Corrections of pymars 0.4.0rc1: how the scheduler cuts graphs into chunks and tells how they end."""
import contextlib
import functools
import sys

import gevent.local


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


def end_a_graph_that_failed_halfway():
    """A graph that is cut into chunks in steps (`iloc` of a table, a sort) stays `running` when
    its first step fails.

    The next step is begun whatever became of the one before, on chunks that do not exist.
    """
    from mars.scheduler.graph import GraphActor
    execute_graph = GraphActor._execute_graph

    @functools.wraps(execute_graph)
    def execute_unless_over(self, *args, **kwargs):
        if self.final_state is None:
            return execute_graph(self, *args, **kwargs)
        self.state = self.final_state
        self._graph_meta_ref.set_graph_end(_tell=True)

    GraphActor._execute_graph = execute_unless_over
