#!/usr/bin/env python3
"""Bursts of changes under a watcher: what is lost, peak memory, seconds until quiet, and how much slower the writer gets.

  bursts.py [--tools nightjar,inotifywait,lsyncd] [--bursts files,directories,renames,names] [--rounds 3]

  files         a million writes (each open, write, close) to ten files
  directories   50,000 files in 1,000 new nested directories, each filled as soon as it is made
  renames       20,000 renames of directories in a tree of 100,000 entries
  names         a million names in one directory

`slowdown` is the writer's seconds beside the tool, over its seconds alone, medians of interleaved rounds. `lost` are names
that are there at the end and that the tool did not tell (nightjar: `changes` since the cursor from before the burst;
inotifywait: its output; lsyncd: its copy). `quiet` are the seconds after the last write until the tool rests.
"""
import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import time
from contestants import NIGHTJAR
from measure import DATA, cpu_of, remove, save, session, table

BURSTS = {}


def burst(function):
    BURSTS[function.__name__] = function
    return function


def put(path, data):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    os.write(fd, data)
    os.close(fd)


@burst
def files(top):
    for i in range(1_000_000):
        put(f"{top}/file{i % 10}", b"%d" % i)


@burst
def directories(top):
    for d in range(1_000):
        directory = f"{top}/x{d // 100}/y{d // 10 % 10}/z{d}"
        os.makedirs(directory)
        for i in range(50):
            put(f"{directory}/n{i}", b"new")


@burst
def renames(top):
    r = random.Random(1)
    for i in range(20_000):
        a = r.randrange(1_000)
        old = f"{top}/d{a}" if os.path.exists(f"{top}/d{a}") else f"{top}/m{a}"
        os.rename(old, f"{top}/{'m' if old.endswith(f'/d{a}') else 'd'}{a}")


@burst
def names(top):
    for i in range(1_000_000):
        put(f"{top}/n{i}", b"")


def before(kind, top):
    """What is there when the tool starts."""
    os.makedirs(top)
    if kind == "renames":
        for d in range(1_000):
            os.makedirs(f"{top}/d{d}")
            for i in range(99):
                put(f"{top}/d{d}/f{i}", b"")


def there(top):
    found = set()
    for directory, subdirectories, names in os.walk(top):
        found.update(os.path.join(directory, name) for name in subdirectories + names)
    return found


def write(kind, top):
    """The writer is a process of its own, so that a tool that blocks it is seen."""
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        BURSTS[kind](top)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        raise RuntimeError(f"the writer of {kind} failed")
    return time.monotonic() - began


class Tool:
    def __init__(self, place, top):
        self.place, self.top, self.out = place, top, f"{place}/out"

    def begin(self, argv):
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=open(self.out, "ab"),
                                        stderr=open(f"{self.place}/log", "ab"), start_new_session=True)

    def wait(self, condition, what):
        end = time.monotonic() + 600
        while not condition():
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.process.args[0]} ended with {self.process.returncode}; see {self.place}/log")
            if time.monotonic() > end:
                raise RuntimeError(f"{self.process.args[0]}: not {what} within 600 s")
            time.sleep(0.05)

    def said(self, what, file="log"):
        with open(f"{self.place}/{file}", errors="replace") as f:
            return what in f.read()

    def cpu(self):
        total = 0
        for pid in session(self.process.pid):
            try:
                total += cpu_of(pid)
            except OSError:
                pass  # ended meanwhile; its seconds are its parent's from then on
        return total

    def rest(self):
        """Waits until its processes use no more CPU; returns how long that took."""
        began = last = time.monotonic()
        used = self.cpu()
        while time.monotonic() - last < 2:
            time.sleep(0.1)
            now = self.cpu()
            if now - used > 0.02:
                used, last = now, time.monotonic()
        return last - began

    def peak(self):
        """The largest resident memory so far of any of its processes, in MB."""
        peaks = [0]
        for pid in session(self.process.pid):
            with open(f"/proc/{pid}/status") as f:
                peaks += [int(line.split()[1]) / 1024 for line in f if line.startswith("VmHWM")]
        return max(peaks)

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Nightjar(Tool):
    def start(self):
        with open(f"{self.place}/password", "w") as f:
            f.write("secret")
        self.state = ["--state", f"{self.place}/state"]
        self.begin([NIGHTJAR, "run", self.top, "--to", f"{self.place}/repository", "--password-file", f"{self.place}/password",
                    *self.state, "--every", "1h", "--json"])
        self.wait(lambda: self.said('"watching"', "out"), "watching")
        self.told()

    def told(self):
        changes = [NIGHTJAR, "changes", self.top, *self.state, "--cursor-file", f"{self.place}/cursor", "--null"]
        return subprocess.run(changes, stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")

    def lost(self, added):
        below = [name for name in self.told() if name]
        exact, whole = {name.rstrip("/") for name in below}, {name for name in below if name.endswith("/")}
        return sum(name not in exact and not any(above in whole for above in directories_above(name)) for name in added)


def directories_above(name):
    return [name[:i + 1] for i, letter in enumerate(name) if letter == "/"]


class Inotifywait(Tool):
    def start(self):
        self.begin(["inotifywait", "-m", "-r", "--format", "%w%f", self.top])
        self.wait(lambda: self.said("Watches established."), "watching")

    def lost(self, added):
        with open(self.out) as f:
            return len(added - {line.rstrip("\n") for line in f})


class Lsyncd(Tool):
    def start(self):
        os.makedirs(f"{self.place}/copy")
        with open(f"{self.place}/conf", "w") as f:
            f.write(f'''settings {{ nodaemon = true, inotifyMode = "CloseWrite or Modify" }}
sync {{ default.rsync, source = "{self.top}", target = "{self.place}/copy", delay = 1 }}''')
        self.begin(["lsyncd", f"{self.place}/conf"])
        self.wait(lambda: self.said("recursive startup rsync", "out") and self.said("finished", "out"), "watching")

    def lost(self, added):
        return len({name[len(self.top):] for name in added} - {name[len(self.place) + 5:] for name in there(f"{self.place}/copy")})


TOOLS = {"nightjar": Nightjar, "inotifywait": Inotifywait, "lsyncd": Lsyncd}


def one(kind, name):
    place, top = f"{DATA}/work-{name}", f"{DATA}/burst"
    remove(place)
    remove(top)
    os.makedirs(place)
    before(kind, top)
    if name == "alone":
        return dict(wall=write(kind, top))
    had = there(top)
    tool = TOOLS[name](place, top)
    tool.start()
    try:
        cpu = tool.cpu()
        wall = write(kind, top)
        quiet = tool.rest()
        figures = dict(wall=wall, quiet=quiet, cpu=tool.cpu() - cpu, peak_mb=tool.peak(), lost=tool.lost(there(top) - had))
    finally:
        tool.stop()
    return figures


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--tools", default="nightjar,inotifywait,lsyncd")
    p.add_argument("--bursts", default=",".join(BURSTS))
    p.add_argument("--rounds", type=int, default=3)
    a = p.parse_args()
    rows = []
    for kind in a.bursts.split(","):
        figures = {name: [] for name in ["alone", *a.tools.split(",")]}
        for _ in range(a.rounds):
            for name, found in figures.items():
                found.append(one(kind, name))
                print(f"  {kind} {name} {found[-1]}", flush=True)
        alone = statistics.median(f["wall"] for f in figures.pop("alone"))
        for name, found in figures.items():
            rows.append(dict(burst=kind, tool=name, slowdown=statistics.median(f["wall"] for f in found) / alone,
                             **{key: statistics.median(f[key] for f in found) for key in ("quiet", "cpu", "peak_mb")},
                             lost=max(f["lost"] for f in found)))
    remove(f"{DATA}/burst")
    for name in a.tools.split(","):
        remove(f"{DATA}/work-{name}")
    shutil.rmtree(f"{DATA}/trash", ignore_errors=True)
    save("bursts", rows)
    table("bursts", rows, ["burst", "tool", "slowdown", "quiet", "cpu", "peak_mb", "lost"])


if __name__ == "__main__":
    main()
