"""Invented articles, and how the checks run the program and look at its database.

Nothing but Python's own library. Every check takes `--binary`, the program to
try, and `--seed`; the same seed gives the same articles and the same moments.
"""

import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import tempfile

PEOPLE = [f"{first} {last}" for first, last in zip(
    "Anna Pedro Mette Jonas Ingrid Tomas Helena Viktor Clara Rasmus Lucia Henrik".split(),
    "Lindqvist Alvarez Dahl Berger Solheim Novak Varga Petrov Moreau Holm Ferrante Strand".split())]
BODIES = ["Nordwind", "Helio Marine", "Harbour Council", "Baltic Freight", "Sol Energi", "Lakeside Bank"]
PLACES = ["Oslo", "Bergen", "Lisbon", "Tallinn", "Santiago", "Nairobi"]
MONTHS = "January February March April May June July August September October November December".split()
SENTENCES = [
    "{a} met {b} in {place} on {month} {day}, {year}.",
    "{body} bought {other} for {n} million euros in {month} {year}.",
    "{a} accused {body} of fraud on {month} {day}, {year}.",
    "{body} appointed {a} chief executive on {month} {day}, {year}.",
    "{a} and {b} will sign an agreement in {place} on {month} {day}, {year}.",
    "{body} sued {other} in {place} in {month} {year}.",
    "\"We shall see,\" {a} said on {month} {day}, {year}.",
]


def article(rng):
    """A headline, a day and a sentence or two."""
    def sentence():
        a, b = rng.sample(PEOPLE, 2)
        body, other = rng.sample(BODIES, 2)
        return rng.choice(SENTENCES).format(
            a=a, b=b, body=body, other=other, place=rng.choice(PLACES), n=rng.randint(2, 900),
            month=rng.choice(MONTHS), day=rng.randint(1, 28), year=rng.randint(2018, 2022))
    body = " ".join(sentence() for _ in range(rng.randint(1, 2)))
    return f"{sentence()[:-1]}\n\n{rng.choice(MONTHS)} {rng.randint(1, 28)}, 2023\n\n{body}\n"


class World:
    """A folder with articles in `in`, a database beside it, and the program."""

    def __init__(self, binary, seed, articles):
        self.binary = str(pathlib.Path(binary).resolve())
        self.rng = random.Random(seed)
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="tieline-robustness-"))
        self.folder = self.root / "in"
        self.folder.mkdir()
        self.names = 0
        self.here = []
        self.add(articles)

    def add(self, count):
        for _ in range(count):
            name = f"a{self.names:05}.txt"
            self.names += 1
            (self.folder / name).write_text(article(self.rng))
            self.here.append(name)

    def change(self, count):
        for name in self.rng.sample(self.here, min(count, len(self.here))):
            (self.folder / name).write_text(article(self.rng))

    def remove(self, count):
        for name in self.rng.sample(self.here, min(count, len(self.here) - 1)):
            (self.folder / name).unlink()
            self.here.remove(name)

    def command(self, *arguments, db="tieline.db"):
        return [self.binary, *arguments, "--db", db]

    def run(self, *arguments, db="tieline.db", **options):
        options.setdefault("timeout", 120)
        return subprocess.run(self.command(*arguments, db=db), cwd=self.root,
                              capture_output=True, **options)

    def build(self, db="tieline.db", **options):
        return self.run("build", "in", db=db, **options)

    def export(self, db="tieline.db"):
        """The story as JSON; `None` where there is none."""
        run = self.run("export", "--format", "json", db=db)
        if run.returncode == 0:
            return run.stdout
        assert b"there is no database" in run.stderr or b"there is no story yet" in run.stderr, run.stderr
        return None

    def from_nothing(self):
        """What an uninterrupted build of the folder as it is now gives."""
        self.forget("fresh.db")
        done = self.build(db="fresh.db")
        assert done.returncode == 0, done.stderr
        story = self.export("fresh.db")
        self.forget("fresh.db")
        return story

    def forget(self, db="tieline.db"):
        for path in self.root.glob(db + "*"):
            path.unlink()

    def stray(self):
        """What lies there that nobody asked for."""
        return sorted(p.name for p in self.root.iterdir() if p.name not in ("in", "tieline.db", "curation.toml"))

    def look(self):
        """Checks a copy of the database, so that the program finds what the killed
        one left. Gives the articles in it, with the numbers of their sentences."""
        copy = pathlib.Path(tempfile.mkdtemp(prefix="tieline-copy-"))
        try:
            for name in ("tieline.db", "tieline.db-wal", "tieline.db-journal"):
                if (self.root / name).exists():
                    shutil.copy(self.root / name, copy / name)
            if not (copy / "tieline.db").exists():
                return {}
            db = sqlite3.connect(copy / "tieline.db")
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
            if "words" not in tables:
                return {}
            db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
            rows = db.execute(
                "SELECT a.path, a.hash, a.number, min(s.number), count(s.number) FROM articles a "
                "LEFT JOIN sentences s ON s.article = a.number GROUP BY a.number").fetchall()
            db.close()
            return {(path, digest): tuple(rest) for path, digest, *rest in rows}
        finally:
            shutil.rmtree(copy)

    def end(self):
        shutil.rmtree(self.root)


def binary_argument(parser):
    parser.add_argument("--binary", default=os.environ.get("TIELINE", "target/release/tieline"))
    parser.add_argument("--seed", type=int, default=1)


def steering(text):
    """The first characters that could steer a terminal or turn its writing."""
    bad = [c for c in text if c != "\n" and (ord(c) < 0x20 or 0x7f <= ord(c) < 0xa0
           or c in "\u061c\u200e\u200f\u2028\u2029\ufeff" or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069")]
    return "".join(bad[:5])
