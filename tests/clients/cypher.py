"""The Cypher script run in ladybug: who met whom is what graph.json says, and the
CSV for Neo4j holds the same rows."""

import csv
import json
import os
import sys
import ladybug
from expected import Expected, clean, same

folder, graph = sys.argv[1:]
expected = Expected(graph)
db = ladybug.Connection(ladybug.Database(":memory:"))

# An engine with a schema wants one before it takes rows; Neo4j needs none.
WHEN = "`when` STRING, earliest DATE, latest DATE"
for table in [
    f"NODE TABLE Document(id STRING PRIMARY KEY, path STRING, title STRING, source STRING, url STRING, {WHEN})",
    "NODE TABLE Actor(id STRING PRIMARY KEY, name STRING, kind STRING, aliases STRING[])",
    f"NODE TABLE Event(id STRING PRIMARY KEY, title STRING, type STRING, status STRING, {WHEN}, sources INT64, confidence DOUBLE)",
    "REL TABLE TAKES_PART(FROM Actor TO Event, id STRING, role STRING)",
    "REL TABLE AT(FROM Event TO Actor, id STRING)",
    "REL TABLE REPORTED_IN(FROM Event TO Document, id STRING, start INT64, `end` INT64, quote STRING, trigger STRING, attributed_to STRING)",
    f"REL TABLE TIE(FROM Actor TO Actor, id STRING, type STRING, event STRING, role STRING, {WHEN}, document STRING, quote STRING)",
]:
    db.execute(f"CREATE {table}")


def rows(query):
    result, out = db.execute(query), []
    while result.has_next():
        out.append(tuple(result.get_next()))
    return out


with open(f"{folder}/cypher", encoding="utf-8", newline="\n") as file:
    statements = file.read().splitlines()
same("constraints", [s.startswith("CREATE CONSTRAINT") for s in statements[:3]], [True] * 3)
db.execute("BEGIN TRANSACTION")
for statement in statements[3:]:
    try:
        db.execute(statement)
    except Exception as error:
        raise AssertionError(f"{str(error)[:200]}: {statement[:200]}")
db.execute("COMMIT")

LINES = "\u2028\u2029"


def text(value):
    return "".join(c for c in clean(value, LINES)) .replace("\ufffe", "") or None


names = dict(rows("MATCH (a:Actor) RETURN a.id, a.name"))
BAD = str.maketrans({"\ufffe": None, "\uffff": None})
same("names", {i: (n or "").translate(BAD) for i, n in names.items()}, {a["id"]: clean(a["name"], LINES) for a in expected.actors})
events = rows("MATCH (e:Event) RETURN e.id, e.title, e.`when`, e.earliest, e.latest, e.sources ORDER BY e.id")
ours = []
for e in sorted(expected.events, key=lambda e: e["id"]):
    date = e["date"] or {}
    ours.append((e["id"], clean(e["title"], LINES), date.get("edtf"), date.get("earliest"), date.get("latest"), e["sources"]))
day = lambda d: d and str(d)
same("events", [(i, t.translate(BAD), w, day(a), day(b), s) for i, t, w, a, b, s in events], ours)
for kind, count in [
    ("TAKES_PART", len(expected.parts)),
    ("AT", len(expected.places)),
    ("REPORTED_IN", len(expected.evidence)),
    ("TIE", len(expected.ties)),
]:
    same(kind, rows(f"MATCH ()-[r:{kind}]->() RETURN count(r)"), [(count,)])

# Who met whom, by the ties ...
met = rows(
    "MATCH (a:Actor)-[t:TIE]->(b:Actor), (e:Event {id: t.event}) "
    "WHERE t.type IN ['meet', 'negotiate'] AND e.status = 'occurred' RETURN e.id, a.id, b.id"
)
same("who met whom", sorted((e, *sorted([a, b])) for e, a, b in met), expected.meetings())
# ... and as `tieline met` answers for some.
visits = rows(
    "MATCH (a:Actor {kind: 'person'})-[t:TIE {type: 'visit'}]->(b:Actor {kind: 'person'}), (e:Event {id: t.event}) "
    "WHERE e.status = 'occurred' RETURN e.id, a.id, b.id"
)
for name in os.listdir(f"{folder}/met"):
    with open(f"{folder}/met/{name}", encoding="utf-8") as file:
        answer = json.load(file)
    who = answer["actor"]
    theirs = sorted((m["event"], other) for m in answer["meetings"] for other in m["others"])
    all_met = [(e, b if a == who else a) for e, a, b in met + visits if who in (a, b)]
    same(f"whom {who} met", sorted(all_met), theirs)

# The bulk files: rows, ids, and headers that name every column of the script.
tables = {
    "document": len(expected.documents),
    "actor": len(expected.actors),
    "event": len(expected.events),
    "takes_part": len(expected.parts),
    "at": len(expected.places),
    "reported_in": len(expected.evidence),
    "tie": len(expected.ties),
}
ids = {}
for name, count in tables.items():
    with open(f"{folder}/cypher-csv/{name}.csv", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    same(f"{name}.csv", len(table), count)
    for row in table:
        assert None not in row and None not in row.values(), f"{name}.csv: {row}"
        for column, value in row.items():
            if column.startswith("id:ID("):
                ids.setdefault(column[6:-1], set()).add(value)
            elif column.startswith((":START_ID(", ":END_ID(")):
                assert value in ids[column.split("(")[1][:-1]], f"{name}.csv: {value}"
