"""JSON Lines in Python and duckdb: line by line the members of graph.json."""

import json
import sys
import duckdb
from expected import Expected, same

folder, graph = sys.argv[1:]
expected = Expected(graph)
with open(f"{folder}/jsonl", encoding="utf-8") as file:
    lines = [json.loads(line) for line in file.read().splitlines()]
same("first line", lines[0]["record"], "story")
for record in ["document", "actor", "event", "tie"]:
    ours = [dict(record=record, **member) for member in expected.graph[f"{record}s"]]
    same(record, [line for line in lines if line["record"] == record], ours)
counts = duckdb.sql(
    f"select record, count(*) from read_ndjson('{folder}/jsonl', columns={{record: 'VARCHAR'}}) group by 1"
).fetchall()
ours = {r: len(expected.graph[f"{r}s"]) for r in ["document", "actor", "event", "tie"]}
same("lines in duckdb", dict(counts), {"story": 1} | {k: v for k, v in ours.items() if v})
