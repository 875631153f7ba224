"""PLOVER: no program reads it that could be installed, so the manual's rules
are checked: what is required, the categories and quad codes, planned meetings.
Arguments: the folder with the exports, graph.json."""
import datetime
import json
import sys
from pathlib import Path

QUADS = {
    1: "AGREE CONSULT SUPPORT CONCEDE",
    2: "COOPERATE AID RETREAT",
    3: "REQUEST ACCUSE REJECT THREATEN",
    4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
folder, graph = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
lines = (folder / "plover").read_text("utf-8").split("\n")
lines = [json.loads(line) for line in lines if line]
wanted = {e["id"]: e for e in graph["events"] if e["plover"]}
assert len(lines) == len(wanted), f"{len(lines)} of {len(wanted)}"
for line in lines:
    event = wanted[line["id"]]
    (category,) = line["event"]
    assert category == event["plover"] and category in QUADS[line["quad_code"]].split()
    if event["type"] == "meet" and event["status"] == "planned":
        assert category == "AGREE", line
    for key in ("date", "enddate"):
        if line.get(key):
            datetime.date.fromisoformat(line[key])
    dated = event["date"] and (event["date"]["earliest"] or event["date"]["latest"])
    assert line["date"] == dated
    sides = line["actor"] + line.get("recipient", [])
    assert all(len(a.get("code", "AAA")) == 3 for a in sides)
    assert sorted(a["identifier_id"] for a in sides) == sorted(p["actor"] for p in event["participants"])
print(f"{len(lines)} coded events of {len(graph['events'])}")
