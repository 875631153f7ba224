"""The diagram in pydot and networkx: as many nodes and edges as Graphviz counts.
networkx reads what stands outside of sub-graphs: the roles, not the invisible
chain that holds the column together."""

import subprocess
import sys
import networkx as nx
import pydot
from expected import same

folder = sys.argv[1]
file = f"{folder}/ties.dot"
counted = subprocess.run(["gc", "-n", "-e", file], capture_output=True, text=True, check=True)
nodes, edges = map(int, counted.stdout.split()[:2])


def inside(graph):
    """The graph and all graphs in it."""
    yield graph
    for sub in graph.get_subgraphs():
        yield from inside(sub)


(read,) = pydot.graph_from_dot_file(file)
graphs = list(inside(read))
pairs = [(e.get_source(), e.get_destination()) for g in graphs for e in g.get_edges()]
names = {n.get_name() for g in graphs for n in g.get_nodes()} | {n for p in pairs for n in p}
names -= {"node", "edge", "graph", '"\\n"', '"\\r\\n"'}
same("edges in pydot", len(pairs), edges)
same("nodes in pydot", len(names), nodes)
same("edges in networkx", nx.nx_pydot.read_dot(file).number_of_edges(), len(read.get_edges()))
