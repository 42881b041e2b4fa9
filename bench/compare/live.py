#!/usr/bin/env python3
"""A watching Nightjar: what one change costs, from close() to the committed snapshot, and what no change costs.

  live.py TREE [--tests ready,change:1x5,change:100,rename:part0,idle:60,restart] [--watcher fanotify|inotify]
  live.py TREE --beside SMALLER [--rounds 20]     one change in each, in turns: the ratio of their medians

  ready        start to the line "watching", first backup included
  restart      stop, start again on the same state, to "watching"
  change:N     rewrite N random files; to the line of their commit; directories and files are Nightjar's own counts
  rename:NAME  rename TREE/NAME, a directory or a file; until `nightjar backup` beside it says that all is saved (it is
               renamed back at the end)
  chmod:DIR    take read permission from others below TREE/DIR (chmod -R o-r), likewise; given back at the end
  idle:S       S seconds of nothing: CPU, wake-ups, bytes read from and written to disk, memory
"""
import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import threading
import time
from backup import change, files_of, parse
from contestants import NIGHTJAR, Nightjar
from measure import DATA, cpu_of, io_of, medians, remove, rss_of, save, session, table, wakeups_of

COUNTED = ("directories_listed", "files_read", "bytes_read", "bytes_written")


class Watching:
    """`nightjar run --json` on one tree."""

    def __init__(self, tree, watcher):
        self.tree, self.files, self.watcher = tree, files_of(tree), watcher
        place = f"{DATA}/work-live-{os.path.basename(tree)}"
        remove(place)
        self.tool, self.heard, self.news = Nightjar(place), [], threading.Condition()

    def start(self):
        self.began = time.monotonic()
        self.process = subprocess.Popen(self.tool.watch(self.tree, self.watcher), stdin=subprocess.DEVNULL, text=True,
                                        stdout=subprocess.PIPE, stderr=open(f"{self.tool.place}/log", "ab"), start_new_session=True)
        threading.Thread(target=self.listen, args=(self.process.stdout,), daemon=True).start()

    def listen(self, lines):
        for line in lines:
            with self.news:
                self.heard.append((time.monotonic(), json.loads(line)))
                self.news.notify_all()

    def wait_for(self, kind, since):
        """Seconds from `since` to the first line of that kind after it, and the line."""
        with self.news:
            while True:
                for at, said in self.heard:
                    if at > since and said["message_type"] == kind:
                        return at - since, said
                if self.process.poll() is not None:
                    raise RuntimeError(f"nightjar ended with {self.process.returncode}; see {self.tool.place}/log")
                if time.monotonic() > since + 900:
                    raise RuntimeError(f"no line '{kind}' within 900 s")
                self.news.wait(1)

    def total(self, figure):
        return sum(map(figure, session(self.process.pid)))

    def one(self, act):
        """Does something, waits for its commit, and accounts for it."""
        cpu = self.total(cpu_of)
        act()
        wall, said = self.wait_for("commit", time.monotonic())
        time.sleep(0.5)  # what the commit leaves to be done is its cost, too
        return dict(wall=wall, cpu=self.total(cpu_of) - cpu, rss_mb=self.total(rss_of), **{k: said[k] for k in COUNTED})

    def all_of(self, act):
        """Does something, asks for it to be saved, and accounts for all commits."""
        cpu, before = self.total(cpu_of), len(self.heard)
        began = time.monotonic()
        act()
        acted = time.monotonic()
        subprocess.run([NIGHTJAR, "backup", self.tree, *self.tool.state, *self.tool.secret], check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait_for("commit", began)
        with self.news:
            said = [line for _, line in self.heard[before:] if line["message_type"] == "commit"]
        return dict(wall=time.monotonic() - acted, cpu=self.total(cpu_of) - cpu, rss_mb=self.total(rss_of),
                    **{k: sum(line[k] for line in said) for k in COUNTED})

    def change(self, count, r):
        return self.one(lambda: change(self.files, count, r))

    def idle(self, seconds):
        def now():
            io = [io_of(pid) for pid in session(self.process.pid)]
            return dict(cpu=self.total(cpu_of), wakeups=self.total(wakeups_of),
                        disk_read=sum(i["read_bytes"] for i in io), disk_written=sum(i["write_bytes"] for i in io))
        before = now()
        time.sleep(seconds)
        after = now()
        return dict(wall=float(seconds), rss_mb=self.total(rss_of), **{k: after[k] - before[k] for k in before})

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def contest(tree, tests, watcher):
    live, r, rows, undo = Watching(tree, watcher), random.Random(11), [], []
    live.start()
    try:
        for spec in tests:
            kind, argument, times = parse(spec)
            figures = []
            for _ in range(times):
                if kind in ("ready", "restart"):
                    if kind == "restart":
                        live.stop()
                        live.start()
                    wall, _ = live.wait_for("watching", live.began)
                    figures.append(dict(wall=wall, cpu=live.total(cpu_of), rss_mb=live.total(rss_of)))
                elif kind == "idle":
                    figures.append(live.idle(int(argument)))
                elif kind == "rename":
                    moved = f"{tree}/{argument}"
                    undo.append(["mv", moved + ".renamed", moved])
                    figures.append(live.all_of(lambda: os.rename(moved, moved + ".renamed")))
                    live.files = files_of(tree)
                elif kind == "chmod":
                    closed = f"{tree}/{argument}"
                    undo.append(["chmod", "-R", "o+r", closed])
                    figures.append(live.all_of(lambda: subprocess.run(["chmod", "-R", "o-r", closed], check=True)))
                else:
                    figures.append(live.change(int(argument), r))
            rows.append(dict(test=spec, **medians(figures)))
            print(f"  {rows[-1]}", flush=True)
    finally:
        live.stop()
        for command in reversed(undo):
            subprocess.run(command, check=True)
        remove(live.tool.place)
    return rows


def beside(trees, rounds, watcher):
    lives, r = [Watching(tree, watcher) for tree in trees], random.Random(12)
    figures = [[] for _ in lives]
    try:
        for live in lives:
            live.start()
            live.wait_for("watching", live.began)
        for _ in range(rounds):
            for live, rows in zip(lives, figures):
                rows.append(live.change(1, r))
    finally:
        for live in lives:
            live.stop()
            remove(live.tool.place)
    rows = [dict(test=f"{tree}, {rounds} times", **medians(f)) for tree, f in zip(trees, figures)]
    walls = [statistics.median(row["wall"] for row in f) for f in figures]
    cpus = [statistics.median(row["cpu"] for row in f) for f in figures]
    rows.append(dict(test="ratio", wall=walls[0] / walls[1], cpu=cpus[0] / cpus[1] if cpus[1] else None))
    return rows


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("tree", type=os.path.abspath)
    p.add_argument("--tests", default="ready,change:1x5,change:100,idle:60,restart")
    p.add_argument("--beside", type=os.path.abspath)
    p.add_argument("--rounds", type=int, default=20)
    p.add_argument("--watcher")
    a = p.parse_args()
    if a.beside:
        name, rows = f"beside-{os.path.basename(a.tree)}", beside([a.tree, a.beside], a.rounds, a.watcher)
    else:
        name, rows = f"live-{os.path.basename(a.tree)}", contest(a.tree, a.tests.split(","), a.watcher)
    save(name, rows)
    table(a.tree, rows, ["test", "wall", "cpu", "rss_mb", *COUNTED, "wakeups", "disk_read", "disk_written"])


if __name__ == "__main__":
    main()
