"""CSV and Parquet in duckdb: the same rows, and in Parquet dates that are dates."""

import sys
import duckdb
from expected import Expected, same

folder, graph = sys.argv[1:]
expected = Expected(graph)
db = duckdb.connect()
db.execute("set threads to 1")


def rows(query):
    return db.sql(query).fetchall()


def csv(name):
    return f"read_csv('{folder}/csv/{name}.csv', all_varchar=true, header=true, strict_mode=true, quote='\"', escape='\"', delim=',', nullstr='')"


counts = {
    "nodes": len(expected.nodes),
    "edges": expected.edges,
    "evidence": len(expected.evidence),
    "documents": len(expected.documents),
}
for name, count in counts.items():
    parquet = f"'{folder}/parquet/{name}.parquet'"
    same(f"{name}.parquet", rows(f"select count(*) from {parquet}"), [(count,)])
    same(f"{name}.csv", rows(f"select count(*) from {csv(name)}"), [(count,)])

nodes = rows(f"select id, label, \"when\", earliest, latest, quote from '{folder}/parquet/nodes.parquet'")
ours = [(a["id"], a["name"], None, None, None, None) for a in expected.actors]
for e in expected.events:
    date = e["date"] or {}
    days = [date.get("edtf"), date.get("earliest"), date.get("latest")]
    ours.append((e["id"], e["title"], *days, e["evidence"][0]["quote"]))
day = lambda d: d and str(d)
theirs = [(i, l, w, day(a), day(b), q) for i, l, w, a, b, q in nodes]
same("nodes of Parquet", theirs, ours)
types = dict(rows(f"select column_name, column_type from (describe from '{folder}/parquet/nodes.parquet')"))
same("types", [types[c] for c in ["when", "earliest", "latest", "sources"]], ["VARCHAR", "DATE", "DATE", "BIGINT"])

evidence = rows(f"select event, document, start, \"end\", quote from '{folder}/parquet/evidence.parquet'")
same("evidence of Parquet", evidence, [(e, v["document"], v["start"], v["end"], v["quote"]) for e, v in expected.evidence])


def guarded(text):
    """Text as the CSV holds it: no NUL, an apostrophe before a formula."""
    text = text.replace("\0", "")
    return "'" + text if text[:1] in tuple("=+-@\t\r") else text


labels = rows(f"select id, coalesce(label, '') from {csv('nodes')}")
same("labels of CSV", labels, [(i, guarded(n)) for i, n in expected.nodes.items()])
quotes = rows(f"select event, quote from {csv('evidence')}")
same("quotes of CSV", quotes, [(e, guarded(v["quote"])) for e, v in expected.evidence])
