"""GEXF in networkx: all nodes and edges, their names, dates and sentences."""

import sys
import networkx as nx
from expected import Expected, clean, same

folder, graph = sys.argv[1:]
expected = Expected(graph)
read = nx.read_gexf(f"{folder}/gexf")
same("nodes", len(read), len(expected.nodes))
same("edges", read.number_of_edges(), expected.edges)
assert read.is_directed()
for node, name in expected.nodes.items():
    same(f"label of {node}", read.nodes[node]["label"], clean(name))
for event in expected.events:
    node, date = read.nodes[event["id"]], event["date"] or {}
    for theirs, ours in [("when", "edtf"), ("earliest", "earliest"), ("latest", "latest")]:
        same(f"{theirs} of {event['id']}", node.get(theirs), date.get(ours))
    same(f"start of {event['id']}", node.get("start"), date.get("earliest"))
    same(f"end of {event['id']}", node.get("end"), date.get("latest"))
    same(f"quote of {event['id']}", node["quote"], clean(event["evidence"][0]["quote"]))
    same(f"sources of {event['id']}", node["sources"], event["sources"])
