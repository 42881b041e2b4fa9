#!/usr/bin/env python3
"""One-shot backups of one tree, step by step, each tool with one repository.

  backup.py TREE [--tools nightjar,restic,borg] [--steps initial,change:1x3,rename:part0,restore]

  initial      the first backup
  change:N     rewrite N random files, then back up; xK repeats K times and takes medians
  cold:N       the same, with empty caches
  rename:DIR   rename TREE/DIR, then back up (it is renamed back at the end)
  check        check the repository, reading all data
  restore      restore all and compare with the source (diff -r); `differences` must be 0
"""
import argparse
import os
import random
import re
import subprocess
from contestants import CONTESTANTS
from measure import DATA, drop_caches, medians, remove, run, save, table


def files_of(tree):
    return [os.path.join(directory, name) for directory, _, names in os.walk(tree) for name in names]


def change(files, count, r):
    for file in r.sample(files, count):
        with open(file, "wb") as f:
            f.write(r.randbytes(r.randint(1, 2048)))


def parse(spec):
    kind, argument, times = re.fullmatch(r"([a-z]+)(?::([^x]+))?(?:x(\d+))?", spec).groups()
    return kind, argument, int(times or 1)


def contest(name, tree, steps):
    place = f"{DATA}/work-{name}"
    remove(place)
    tool, r, files, rows, moved = CONTESTANTS[name](place), random.Random(name), files_of(tree), [], None
    run(tool.init(), tool.env)
    try:
        for spec in steps:
            kind, argument, times = parse(spec)
            figures = []
            for _ in range(times):
                if kind in ("change", "cold"):
                    change(files, int(argument), r)
                elif kind == "rename":
                    moved = f"{tree}/{argument}"
                    os.rename(moved, moved + ".renamed")
                    files = files_of(tree)
                drop_caches() if kind == "cold" else os.sync()
                if kind == "restore":
                    into = f"{place}/restored"
                    figures.append(run(tool.restore(into), tool.env))
                    differences = subprocess.run(["diff", "-rq", "--no-dereference", tree, into + tree], stdout=subprocess.PIPE)
                    figures[-1]["differences"] = len(differences.stdout.splitlines())
                elif kind == "check":
                    figures.append(run(tool.check(), tool.env))
                else:
                    figures.append(run(tool.backup(tree), tool.env))
            rows.append(dict(tool=name, step=spec, **medians(figures)))
            print(f"  {rows[-1]}", flush=True)
    finally:
        if moved:
            os.rename(moved + ".renamed", moved)
        remove(place)
    return rows


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("tree", type=os.path.abspath)
    p.add_argument("--tools", default="nightjar,restic")
    p.add_argument("--steps", default="initial,change:1x3,restore")
    a = p.parse_args()
    rows = []
    for name in a.tools.split(","):
        rows += contest(name, a.tree, a.steps.split(","))
    save(f"backup-{os.path.basename(a.tree)}", rows)
    table(a.tree, rows, ["tool", "step", "wall", "cpu", "rss_mb", "read_mb", "differences"])


if __name__ == "__main__":
    main()
