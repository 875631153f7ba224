#!/usr/bin/env python3
"""What can happen to a build besides being killed: a full disk, a disk or file
that may not be written to, a second build, readers and corrections at the same
time, Ctrl-C.

    tests/robustness/trouble.py --binary target/release/tieline [NAME...]

After each, the database is sound and holds the old story or the new one, and the
next build gives what a build from nothing gives. A check that the system does
not allow is skipped and says so.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import time

import world


class Skip(Exception):
    pass


def settled(w, *, story=None):
    """The database is sound, and a build brings it to where it should be."""
    w.look()
    if story is not None:
        assert w.export() in (story, w.from_nothing()), "a story that is neither the old nor the new one"
    done = w.build()
    assert done.returncode == 0, done.stderr
    w.look()
    assert w.export() == w.from_nothing(), "not the story of a build from nothing"
    assert not w.stray(), w.stray()


def told(run):
    """It failed in words, with advice."""
    assert run.returncode == 2, (run.returncode, run.stderr)
    assert b"error:" in run.stderr and b"hint:" in run.stderr, run.stderr
    assert b"panicked" not in run.stderr, run.stderr


def disk_full_by_limit(w):
    """No file may grow over so many bytes, from nearly nothing to enough."""
    assert w.build().returncode == 0
    size, story = (w.root / "tieline.db").stat().st_size, w.export()
    failed = 0
    for part in range(1, 25):
        w.change(20), w.add(5), w.remove(5)
        if part % 6 == 0:
            w.forget()
        limit = size * part // 8

        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        run = w.build(preexec_fn=limited)
        if run.returncode:
            told(run)
            failed += 1
        settled(w, story=story if part % 6 else None)
        story = w.export()
    return f"{failed} of 24 builds failed, each in words"


def mounted(w, size):
    disk = w.root / "disk"
    disk.mkdir()
    try:
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], capture_output=True)
    except FileNotFoundError:
        made = None
    if made is None or made.returncode:
        disk.rmdir()
        raise Skip("no file system may be mounted here")
    return disk


def unmounted(disk):
    subprocess.run(["umount", disk], check=True)
    disk.rmdir()


def disk_full(w):
    """A disk of a few hundred kilobytes, with room made afterwards."""
    disk = mounted(w, "4m")
    try:
        failed = 0
        for room in (0, 16, 64, 128, 256, 400):
            for old in disk.glob("*"):
                old.unlink()
            (disk / "ballast").write_bytes(bytes(2 << 20))
            with open(disk / "ballast2", "wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(1024))
                except OSError:
                    pass
            os.truncate(disk / "ballast2", max(0, (disk / "ballast2").stat().st_size - room * 1024))
            run = w.build(db="disk/t.db")
            if run.returncode:
                told(run)
                assert b"full" in run.stderr or b"space" in run.stderr or b"opened or written" in run.stderr, run.stderr
                failed += 1
            (disk / "ballast").unlink(), (disk / "ballast2").unlink()
            run = w.build(db="disk/t.db")
            assert run.returncode == 0, run.stderr
            assert w.export("disk/t.db") == w.from_nothing()
            assert [p.name for p in disk.iterdir()] == ["t.db"], list(disk.iterdir())
        return f"{failed} of 6 builds failed, each in words"
    finally:
        unmounted(disk)


def read_only_disk(w):
    """The database lies on a disk that may be read alone."""
    disk = mounted(w, "8m")
    try:
        assert w.build(db="disk/t.db").returncode == 0
        story = w.export("disk/t.db")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert w.export("disk/t.db") == story
        w.change(3)
        told(w.build(db="disk/t.db"))
        told(w.build(db="disk/new.db"))
        assert w.export("disk/t.db") == story
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert w.build(db="disk/t.db").returncode == 0
        assert w.export("disk/t.db") == w.from_nothing()
        return "answers go on, a build is refused in words"
    finally:
        unmounted(disk)


def read_only_file(w):
    """The database alone may not be written to."""
    assert w.build().returncode == 0
    story = w.export()
    mark = subprocess.run(["chattr", "+i", w.root / "tieline.db"], capture_output=True) if shutil.which("chattr") else None
    if mark is None or mark.returncode:
        raise Skip("permissions do not bind root, and no file can be made immutable here")
    try:
        w.change(3)
        told(w.build())
        assert w.export() == story
    finally:
        subprocess.run(["chattr", "-i", w.root / "tieline.db"], check=True)
    settled(w, story=story)
    return "answers go on, a build is refused in words"


def two_builds(w):
    """Two builds at once, twenty times."""
    story, refused = None, 0
    for _ in range(20):
        w.change(40), w.add(5), w.remove(5)
        both = []
        for _ in range(2):
            both.append(subprocess.Popen(w.command("build", "in"), cwd=w.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE))
            time.sleep(w.rng.random() * 0.2)
        for child in both:
            said = child.communicate()[1]
            assert child.returncode in (0, 2), (child.returncode, said)
            refused += child.returncode == 2
            assert child.returncode == 0 or b"another build is writing" in said, said
        settled(w, story=story)
        story = w.export()
    return f"40 builds, {refused} refused because another one did not end in time"


def readers(w):
    """Questions while builds run: each is answered from the old story or the new one."""
    w.build()
    answers = 0
    for _ in range(10):
        old = w.export()
        w.change(60), w.add(5), w.remove(5)
        child = subprocess.Popen(w.command("build", "in"), cwd=w.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        seen = []
        while child.poll() is None:
            seen.append(w.export())
            for question in (["timeline"], ["met", "Lindqvist"], ["search", "Oslo"], ["diff"]):
                run = w.run(*question)
                assert run.returncode in (0, 1), (question, run.stderr)
            answers += 5
        said = child.communicate()[1]
        assert child.returncode == 0, said
        new = w.export()
        assert all(s in (old, new) for s in seen), "a story that is neither the old nor the new one"
        settled(w, story=new)
    return f"{answers} answers during 10 builds"


def curating(w):
    """Corrections while builds run: kept in the file, and in the story in the end."""
    w.build()
    refused = 0
    for number in range(10):
        actor = w.rng.choice(json.loads(w.export())["actors"])["id"]
        w.change(60), w.add(5), w.remove(5)
        child = subprocess.Popen(w.command("build", "in"), cwd=w.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(w.rng.random() * 0.4)
        run = w.run("curate", "rename", actor, f"Nordwind {number} AS")
        # The build may have taken out the last article that names the actor.
        assert run.returncode in (0, 1, 2), run.stderr
        refused += run.returncode != 0
        words = (b"build has changed", b"another build", b"no actor fits")
        assert run.returncode == 0 or any(w in run.stderr for w in words), run.stderr
        said = child.communicate()[1]
        assert child.returncode == 0, said
        assert f"Nordwind {number} AS" in (w.root / "curation.toml").read_text() or run.returncode
        done = w.build()
        assert done.returncode == 0, done.stderr
        # The file of corrections is found by the name of the database.
        (w.root / "fresh.curation.toml").write_bytes((w.root / "curation.toml").read_bytes())
        assert w.export() == w.from_nothing()
        (w.root / "fresh.curation.toml").unlink()
        w.look()
        assert not w.stray(), w.stray()
    return f"10 corrections, {refused} refused as a build had changed the database meanwhile"


def ctrl_c(w):
    """SIGINT at sixty moments: what was read is kept, and the exit code says it."""
    began = time.time()
    w.build()
    whole = time.time() - began
    story, codes = w.export(), []
    for number in range(60):
        first = number % 3 == 0
        if first:
            w.forget()
            story = None
        w.change(60), w.add(5), w.remove(5)
        before = set(w.look())
        child = subprocess.Popen(w.command("build", "in"), cwd=w.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(0.03 + w.rng.random() * whole * (1 if first else 0.5))
        child.send_signal(signal.SIGINT)
        said = child.communicate()[1]
        codes.append(child.returncode)
        # Before it listens, the signal ends it as it ends any program.
        assert child.returncode in (0, 130, -2), (child.returncode, said)
        if child.returncode == 130:
            assert b"stopped; " in said and b"to go on" in said, said
            assert not w.stray(), w.stray()
            assert before <= set(w.look()), "articles were lost"
            assert w.export() == story, "the story has changed"
        settled(w)
        story = w.export()
    return ", ".join(f"{codes.count(c)} ended with {c}" for c in sorted(set(codes)))


CHECKS = [disk_full_by_limit, disk_full, read_only_disk, read_only_file, two_builds, readers, curating, ctrl_c]


def main():
    parser = argparse.ArgumentParser()
    world.binary_argument(parser)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    for check in CHECKS:
        if options.names and check.__name__ not in options.names:
            continue
        w = world.World(options.binary, options.seed, 170)
        try:
            print(f"{check.__name__}: {check(w)}", flush=True)
        except Skip as why:
            print(f"{check.__name__}: skipped: {why}", flush=True)
        w.end()


if __name__ == "__main__":
    sys.exit(main())
