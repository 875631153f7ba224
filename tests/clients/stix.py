"""STIX 2.1: stix2-validator 3.2.0, strict and with references, then stix2.
Arguments: the folder with the exports, graph.json."""
import json
import sys
from pathlib import Path

import stix2
from stix2validator import ValidationOptions, print_results, validate_file

folder, graph = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
file = folder / "stix"
options = ValidationOptions(version="2.1", strict=True, enforce_refs=True, silent=True)
result = validate_file(str(file), options)
if not result.is_valid or any(r.warnings for r in result.object_results):
    print_results([result])
    sys.exit("not valid")
bundle = stix2.parse(file.read_text("utf-8"), allow_custom=False)
kinds = [o.type for o in bundle.objects]
notes, ties = kinds.count("note"), kinds.count("relationship")
assert notes == len(graph["events"]), notes
assert ties == len(graph["ties"]), ties
assert kinds.count("identity") == len(graph["actors"]) + 1
assert kinds.count("report") + kinds.count("grouping") == len(graph["documents"])
print(f"{len(kinds)} objects, {notes} notes, {ties} relationships")
