"""FollowTheMoney: `ftm validate` keeps every property and value that went in.
It drops what it does not like without a word, so input and output are compared.
Arguments: the folder with the exports, graph.json."""
import json
import subprocess
import sys
from pathlib import Path

from followthemoney import model

folder, graph = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
file = folder / "ftm"
out = folder / "ftm.validated"
ftm = Path(sys.executable).with_name("ftm")
subprocess.run([ftm, "validate", "-i", file, "-o", out], check=True)


def read(path):
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    return {line["id"]: line for line in lines}


before, after = read(file), read(out)
assert before.keys() == after.keys(), f"{len(before)} in, {len(after)} out"
for key, entity in before.items():
    wanted = {p: sorted(v) for p, v in entity["properties"].items()}
    got = {p: sorted(v) for p, v in after[key]["properties"].items()}
    assert wanted == got, f"{key}: {wanted} became {got}"
    assert entity["schema"] == after[key]["schema"]
    # What `ftm` does not check: required properties, and what a reference
    # may point at.
    schema = model.get(entity["schema"])
    for name in schema.required:
        assert name in wanted, f"{key} has no {name}"
    for name, values in wanted.items():
        prop = schema.get(name)
        if prop.range:
            for value in values:
                target = model.get(before[value]["schema"])
                assert target.is_a(prop.range), f"{key} {name} {value} {target.name}"
events = sum(key.startswith("event-") for key in before)
parts = sum(key.startswith("part-") for key in before)
assert events == len(graph["events"]), events
assert parts == sum(len(e["participants"]) for e in graph["events"]), parts
print(f"{len(before)} entities, {events} events, {parts} parts")
