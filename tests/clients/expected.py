"""What every check compares with: the graph of graph.json as plain tables."""

import json
import unicodedata


class Expected:
    """Nodes and edges as the formats should hold them."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            graph = json.load(file)
        self.graph = graph
        self.actors = graph["actors"]
        self.events = graph["events"]
        self.documents = graph["documents"]
        self.ties = graph["ties"]
        self.nodes = {a["id"]: a["name"] for a in self.actors}
        self.nodes |= {e["id"]: e["title"] for e in self.events}
        assert len(self.nodes) == len(self.actors) + len(self.events)
        # (source, target, kind, label), in the order of the exports.
        self.parts = [
            (p["actor"], e["id"], p["role"])
            for e in self.events
            for p in e["participants"]
        ]
        self.places = [(e["id"], e["place"]) for e in self.events if e["place"]]
        self.roles = [
            (t["source"], t["target"], t["type"], t["role"])
            for t in self.ties
            if t["event"] is None
        ]
        self.edges = len(self.parts) + len(self.places) + len(self.roles)
        self.evidence = [(e["id"], v) for e in self.events for v in e["evidence"]]

    def meetings(self):
        """Pairs who met, by the contract's ties."""
        occurred = {e["id"] for e in self.events if e["status"] == "occurred"}
        return sorted(
            (t["event"], *sorted([t["source"], t["target"]]))
            for t in self.ties
            if t["type"] in ("meet", "negotiate") and t["event"] in occurred
        )


def clean(text, blanks=""):
    """Text without what files may not hold; of `blanks`, blanks are made."""
    return "".join(
        " " if c in blanks else c
        for c in text
        if c in blanks
        or not (
            unicodedata.category(c) == "Cc"
            and c not in "\t\n\r"
            or c in "\ufffe\uffff"
        )
    )


def same(what, left, right):
    """Stops with a short word on what differs."""
    if left == right:
        return
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        for i, (a, b) in enumerate(zip(left, right)):
            assert a == b, f"{what}: number {i} is {a!r:.200}, not {b!r:.200}"
        assert len(left) == len(right), f"{what}: {len(left)}, not {len(right)}"
    assert False, f"{what}: {left!r:.200}, not {right!r:.200}"
