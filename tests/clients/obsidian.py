"""The vault in obsidiantools: every note is there, every link leads to one, the
properties are YAML, and no text of an article became a link or tag."""

import sys
from pathlib import Path
import obsidiantools.api as otools
import yaml
from expected import Expected, same

folder, graph = sys.argv[1:]
expected = Expected(graph)
root = Path(folder) / "obsidian"
vault = otools.Vault(root).connect()
same("notes", len(vault.md_file_index), len(expected.nodes))
same("links to nowhere", list(vault.nonexistent_notes), [])
ids, links = set(), 0
for file in root.rglob("*.md"):
    head, body = file.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    properties = yaml.safe_load(head)
    ids.add(properties["id"])
    links += body.count("[[")
same("ids", ids, set(expected.nodes))
attributed = sum(1 for _, v in expected.evidence if v["attributed_to"])
# Parts and places are linked from both notes, roles of an actor from one.
roles = sum(1 for a in expected.actors for r in a["roles"] if r["of"])
same("links", links, 2 * (len(expected.parts) + len(expected.places)) + roles + attributed)
