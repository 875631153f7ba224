"""The vault in obsidiantools: every note is there, every link leads to one, the
properties are YAML, and no text of an article became a link or a tag.

obsidiantools takes 10 ms for a note, so of a big vault it gets each twentieth note
whole, and those that these link to empty; here all notes are looked through."""

import re
import shutil
import sys
from pathlib import Path
import obsidiantools.api as otools
import yaml
from expected import Expected, same

WHOLE = 250

folder, graph = sys.argv[1:]
expected = Expected(graph)
root = Path(folder) / "obsidian"
notes = {file.stem: file for file in sorted(root.rglob("*.md"))}
same("notes", len(notes), len(expected.nodes))
same("notes without regard to case", len({n.casefold() for n in notes}), len(notes))

ids, links = set(), {}
for name, file in notes.items():
    head, body = file.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    ids.add(yaml.safe_load(head)["id"])
    links[name] = [link.split("|")[0] for link in re.findall(r"\[\[(.*?)\]\]", body)]
    for link in links[name]:
        assert link in notes, f"{name} links to {link}"
same("ids", ids, set(expected.nodes))
# Parts and places are linked from both notes, roles and who says so from one.
attributed = sum(1 for _, v in expected.evidence if v["attributed_to"])
roles = sum(1 for a in expected.actors for r in a["roles"] if r["of"])
count = 2 * (len(expected.parts) + len(expected.places)) + roles + attributed
same("links", sum(map(len, links.values())), count)

whole = list(notes)
if len(notes) > 1000:
    whole = whole[:: len(whole) // WHOLE]
    part = Path(folder) / "obsidian-part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name in {link for note in whole for link in links[note]} - set(whole):
        (part / f"{name}.md").touch()
    for name in whole:
        shutil.copy(notes[name], part)
    root = part
vault = otools.Vault(root).connect()
same("links to nowhere", vault.nonexistent_notes, [])
for name in whole:
    same(f"links of {name}", sorted(vault.get_wikilinks(name)), sorted(links[name]))
    same(f"tags of {name}", vault.get_tags(name), [])
