"""GraphML in networkx and igraph: all nodes and edges, their names and dates."""

import sys
import igraph
import networkx as nx
from expected import Expected, clean, same

folder, graph = sys.argv[1:]
expected = Expected(graph)
file = f"{folder}/graphml"
read = nx.read_graphml(file, force_multigraph=True)
same("nodes in networkx", len(read), len(expected.nodes))
same("edges in networkx", read.number_of_edges(), expected.edges)
for node, name in expected.nodes.items():
    same(f"label of {node}", read.nodes[node].get("label", ""), clean(name))
for event in expected.events:
    node, date = read.nodes[event["id"]], event["date"] or {}
    same(f"when of {event['id']}", node.get("when"), date.get("edtf"))
    same(f"earliest of {event['id']}", node.get("earliest"), date.get("earliest"))
    same(f"quote of {event['id']}", node["quote"], clean(event["evidence"][0]["quote"]))
parts = sorted(
    (a, b, d["kind"]) for a, b, d in read.edges(data=True) if d["class"] == "part"
)
same("parts", parts, sorted(expected.parts))

read = igraph.Graph.Read_GraphML(file)
assert read.is_directed()
same("nodes in igraph", read.vcount(), len(expected.nodes))
same("edges in igraph", read.ecount(), expected.edges)
same("labels in igraph", read.vs["label"], [clean(n) for n in expected.nodes.values()])
