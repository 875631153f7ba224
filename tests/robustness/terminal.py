#!/usr/bin/env python3
"""Runs every command over articles, names, corrections and event types that are
made to steer a terminal, and looks at every byte that comes out: no control
characters (C0 but the line end, C1), no direction overrides, all UTF-8.

    tests/robustness/terminal.py --binary target/release/tieline
"""

import argparse
import json
import os
import sys

import world

# What a hostile text would like a terminal to see: colours, titles, a cleared
# screen, a bell, C1 forms of them, overrides, isolates, line separators.
EVIL = "\x1b[31m\x1b]0;owned\x07\x1b[2J\x08\x7f\x9b31m\x90q\x9c\u202e\u2066\u200f\u061c\u2028\u2029\ufeff"
BARE = "\u202e\x9b31m\x1b[7m"


def articles(folder):
    """Evil in headlines, bylines, datelines, names, titles of office, quotes,
    words of time, addresses, outlets, front matter, and names of files."""
    texts = [
        f"Talks{EVIL} in Oslo\n\nBy Mette{EVIL} Dahl\n\nOSLO{BARE}, May 4, 2021 — Anna{BARE} Lindqvist{EVIL}, the head "
        f"of Nord{EVIL}wind, met Pedro{BARE} Alvarez in Oslo on May{EVIL} 3, 2021. “We shall{EVIL} sue,” she said.\n",
        f"Nordwind buys Helio\n\nMay 6, 2021\n\nNordwind bought Helio{BARE}Marine for 40 million euros on May 5, 2021. "
        f"Anna Lindqvist met P. Alvarez{EVIL} on May 4, 2021.\n",
        f"Alvarez\n\nMay 6, 2021\n\nPrime{BARE} Minister Pedro Alvarez accused Nordwind{EVIL} of fraud. A. Lindqvist met "
        f"Pedro Alvarez in Bergen on May 4, 2021.\n",
    ]
    for i, text in enumerate(texts):
        for name in (f"{i}.txt", f"{i}{BARE}.txt"):
            (folder / name).write_text(text)
    entries = [{"title": f"Deal{EVIL}", "source": f"Nord{EVIL}news", "url": f"https://example.org/{EVIL}", "date": f"2021-05-0{EVIL}",
                "author": EVIL, "text": texts[0]}, {"title": EVIL, "text": texts[1], "date": f"{EVIL}"}]
    (folder / f"list{BARE}.json").write_text(json.dumps(entries))
    (folder / "raw.jsonl").write_text("\n".join(json.dumps(e, ensure_ascii=False) for e in entries) + f'\n{{"{EVIL}": {EVIL}\n')
    (folder / "table.csv").write_text(f"title,text,date,url\n\"A{EVIL}\",\"{texts[2]}\",{EVIL},http://{EVIL}\n")
    (folder / "front.md").write_text(f"---\ntitle: Talks{EVIL}\nsource: {EVIL}\ndate: {BARE}\n---\n{texts[0]}")
    (folder / "page.html").write_text(
        f"<html><head><title>Talks{EVIL}</title><meta property='og:site_name' content='N{EVIL}'>"
        f"<link rel=canonical href='https://example.org/{EVIL}'><meta name=date content='{EVIL}'>"
        f"</head><body><article><h1>Talks&#27;[31m{EVIL}</h1><p>{texts[0]}</p><p>{texts[1]}</p></article></body></html>")
    (folder / "feed.rss").write_text(f"<rss><channel><title>{BARE}</title><item><title>T&#x9b;31m{BARE}</title>"
                                     f"<pubDate>{BARE}</pubDate><description>{texts[1]}</description></item></channel></rss>")
    (folder / "mail.eml").write_text(f"From: m{BARE}@example.org\nSubject: T{BARE}\nDate: {BARE}\n\n{texts[2]}")
    (folder / f"empty{BARE}.txt").write_text("")
    (folder / f"broken{BARE}.zip").write_bytes(b"PK\3\4" + EVIL.encode())
    (folder / f"broken{BARE}.pdf").write_bytes(b"%PDF-1.4\n" + EVIL.encode())
    (folder / f"broken{BARE}.json").write_text("[" + EVIL)
    with open(os.path.join(os.fsencode(folder), b"bytes\xff\x1b[31m.txt"), "wb") as file:
        file.write(texts[0].encode())


TYPES = f"""
[[type]]
key = "sentence{EVIL}"
label = "{BARE}"
"""

CURATION = f"""
[[correction]]
what = "rename"
actor = "Nord{BARE}wind"
to = "Nord{BARE}wind AS"
note = "{BARE}"
"""


def commands():
    actors = ["lindqvist", "alvarez", "nordwind", f"no{EVIL}body"]
    events = ["e" + BARE, "xyz"]
    yield from (["build", "in", "-"], ["build", "in"], ["build", f"no{BARE}where"], ["build", "in", "--out", "out"], ["build", f"in/0{BARE}.txt"],
                ["build", "in", "--date", f"0.txt={BARE}"], ["build", "in", "--map", f"title={BARE}"], ["build", "in", "--types", f"{BARE}.toml"])
    yield from (["articles"], ["articles", "--long"], ["actors"], ["timeline"], ["timeline", "--long"], ["timeline", "--all"],
                ["timeline", "--type", BARE], ["timeline", "--since", BARE], ["timeline", BARE])
    for name in actors:
        yield from (["met", name], ["met", name, "--long"], ["show", name], ["timeline", name], ["path", name, actors[1]],
                    ["diagram", "--around", name])
    for event in events:
        yield ["show", event]
    for words in ("Oslo", f"Oslo {EVIL}", '"', "sue", "Nordwind AND"):
        yield ["search", words]
    yield from (["diff"], ["diff", "--all"], ["review", "--list"], ["diagram"], ["diagram", "--format", "dot"], ["export", "--format", BARE],
                ["curate", "list"], ["curate", "same", "lindqvist", f"A{BARE}"], ["curate", "rename", "lindqvist", f"Anna{EVIL}"],
                ["curate", "rename", "nordwind", "Nordwind AS", "--note", EVIL], ["curate", "kind", BARE, "person"],
                ["curate", "date", BARE, BARE], ["curate", "reject", BARE], ["curate", "undo", "7"], ["curate", "undo"], ["curate", "list"],
                ["review", "--list"], ["types"], ["types", "check", "own.toml"], ["types", "--types", "own.toml"], ["types", "check", f"{BARE}.toml"],
                ["analyze", "in/0.txt"], ["analyze", "in/page.html"], ["analyze", f"in/0{BARE}.txt"], ["analyze", f"in/{BARE}"],
                ["analyze", "--text", EVIL], [f"no{BARE}command"], ["met", "--no" + BARE], ["timeline", "--width", BARE])
    # Corrections that do not apply are told.
    yield "curation"
    yield from (["build", "in"], ["curate", "list"], ["curate", "apply"], ["timeline", "--long"])
    yield "broken curation"
    yield from (["build", "in"], ["curate", "list"], ["review", "--list"])
    yield "no database"
    yield from (["timeline", "--db", f"{BARE}.db"], ["met", "x", "--db", f"in/0{BARE}.txt"])


def main():
    parser = argparse.ArgumentParser()
    world.binary_argument(parser)
    options = parser.parse_args()
    w = world.World(options.binary, options.seed, 0)
    articles(w.folder)
    (w.root / "own.toml").write_text(TYPES)
    runs = wrong = silent = 0
    for command in commands():
        if command == "curation":
            (w.root / "curation.toml").write_text(CURATION.replace("\x1b", "\\u001b").replace("\x9b", "\\u009b"))
            continue
        if command == "broken curation":
            (w.root / "curation.toml").write_text(CURATION + BARE)
            continue
        if command == "no database":
            continue
        call = w.command(*command)[:-2] if "--db" in command else w.command(*command)
        run = __import__("subprocess").run(call, cwd=w.root, capture_output=True, timeout=120, input=EVIL.encode())
        runs += 1
        silent += not (run.stdout + run.stderr)
        for name, stream in (("stdout", run.stdout), ("stderr", run.stderr)):
            text = stream.decode(errors="surrogateescape")
            # A diagram's indentation is its own.
            steer = world.steering(text)
            lone = any("\udc80" <= c <= "\udcff" for c in text)
            if steer or lone or run.returncode not in (0, 1, 2) or "panicked" in text:
                wrong += 1
                line = next((l for l in text.splitlines() if world.steering(l)), text[:100])
                print(f"WRONG {command!r} {name} {run.returncode}: {steer!r} in {line[:160]!r}", flush=True)
    w.end()
    print(f"{runs} commands, {silent} of them silent, {wrong} outputs that steer a terminal")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
