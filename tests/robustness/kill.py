#!/usr/bin/env python3
"""Kills `tieline build` at random moments and checks that nothing is lost.

    tests/robustness/kill.py --binary target/release/tieline --kills 1000

Each round adds, changes and removes articles, starts a build and kills it
(SIGKILL) at a random moment. Then the database must open and be sound, hold the
story of the last whole build or of this one, and every article that was in it
before. Now and then a build may end: nothing that was stored before is read
again, no file is left behind, and the story is byte for byte that of a build
from nothing. A build that ends before its moment comes does not
count.
"""

import argparse
import collections
import subprocess
import sys
import time

import world


def main():
    parser = argparse.ArgumentParser()
    world.binary_argument(parser)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=170)
    options = parser.parse_args()
    w = world.World(options.binary, options.seed, options.articles)
    began = time.time()
    w.build()
    whole = time.time() - began
    story = w.export()
    stored = w.look()
    print(f"a build of {options.articles} articles takes {whole:.2f} s", flush=True)
    seen = collections.Counter()
    number = 0
    while seen["killed"] < options.kills:
        number += 1
        if w.rng.random() < 0.02:
            w.forget()
            story, stored = None, {}
            seen["first builds"] += 1
            expected = whole
        else:
            size = w.rng.choice([0, 1, 5, 20, 150])
            w.add(w.rng.randint(0, size))
            w.change(w.rng.randint(0, size))
            w.remove(max(0, len(w.here) - options.articles) + w.rng.randint(0, size // 5))
            expected = 0.8 * (whole * 0.35 + whole * size / options.articles)
        child = subprocess.Popen(w.command("build", "in"), cwd=w.root,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(w.rng.random() * expected)
        child.kill()
        told = child.communicate()[1]
        assert child.returncode in (-9, 0), (number, told)
        seen["killed" if child.returncode == -9 else "had ended"] += 1

        now = w.look()
        if child.returncode == -9 and set(now) - set(stored):
            seen["killed with new articles stored"] += 1
        after = w.export()
        if after != story:
            assert after == w.from_nothing(), f"round {number}: a story that is neither the old nor the new one"
            story = after
            seen["the new story"] += 1
        else:
            assert set(stored) <= set(now), f"round {number}: articles were lost"
            seen["the old story"] += 1
        stored = now

        if number % 10 == 0 or seen["killed"] == options.kills:
            start = time.time()
            done = w.build()
            whole = 0.5 * whole + 0.5 * max(3 * (time.time() - start), 0.3)
            assert done.returncode == 0, (number, done.stderr)
            assert not w.stray(), (number, w.stray())
            ended = w.look()
            again = [key for key, row in stored.items() if key in ended and ended[key] != row]
            assert not again, f"round {number}: read again: {again[:3]}"
            story, stored = w.export(), ended
            assert story == w.from_nothing(), f"round {number}: not the story of a build from nothing"
            seen["builds to the end"] += 1
        if number % 50 == 0:
            print(number, f"{time.time() - began:.0f} s", dict(seen), flush=True)
    w.end()
    print(f"{number} rounds in {time.time() - began:.0f} s, 0 lost, 0 corrupt:", dict(seen))


if __name__ == "__main__":
    sys.exit(main())
