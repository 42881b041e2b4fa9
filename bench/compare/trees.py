#!/usr/bin/env python3
"""Makes a directory tree to measure on; the same arguments make the same names, sizes and bytes.

  trees.py small DEST     20,000 files of 48 KB on average in 2,000 directories, 1 GB; DEST/part0 holds nine tenths
  trees.py big DEST       1,000,000 files of up to 2 KB in 100,000 directories
  trees.py tenth DEST     100,000 such files in 10,000 directories
  trees.py few DEST       1,000 files of up to 2 KB in 100 directories, to try the scripts
  trees.py noise DEST     one file of 4 GiB that cannot be compressed
  trees.py text DEST      one file of 4 GiB of text

Three fifths of the files are text (compressible), the others are noise. No two files share a long run of bytes, so that
deduplication finds nothing by accident.
"""
import math
import multiprocessing
import os
import random
import sys
import time

TREES = {
    "small": dict(files=20_000, directories=2_000, shares=[0.9, 0.1], median=4096, mean=50_000, limit=64 << 20),
    "big": dict(files=1_000_000, directories=100_000, shares=[0.1] * 10, limit=2048),
    "tenth": dict(files=100_000, directories=10_000, shares=[0.5, 0.5], limit=2048),
    "few": dict(files=1_000, directories=100, shares=[0.5, 0.5], limit=2048),
}
LARGE_FILES = {"noise": ("bin", 4 << 30), "text": ("txt", 4 << 30)}
PIECE = 16 << 20
TEXT_SHARE = 0.6
DEEPEST = 6


class Content:
    """Bytes of a wanted size."""

    def __init__(self):
        r = random.Random("content")
        words = ["".join(r.choices("etaoinshrdlucmfwypvbgkjqxz", k=r.randint(2, 10))) for _ in range(4000)]
        often = [1 / (i + 1) for i in range(len(words))]
        self.paragraphs = [(" ".join(r.choices(words, often, k=r.randint(60, 200))) + "\n").encode() for _ in range(1024)]

    def text(self, r, size):
        parts, length = [], 0
        while length < size:
            # a word of its own before each paragraph keeps long files free of repeats
            parts.append(b"%x " % r.getrandbits(64) + r.choice(self.paragraphs))
            length += len(parts[-1])
        return b"".join(parts)[:size]


def size_of(r, tree):
    if "median" not in tree:
        return r.randint(0, tree["limit"])
    sigma = math.sqrt(2 * math.log(tree["mean"] / tree["median"]))
    return min(int(r.lognormvariate(math.log(tree["median"]), sigma)), tree["limit"])


def make_part(job):
    name, destination, part = job
    tree, r, content = TREES[name], random.Random(f"{name}/{part}"), Content()
    files = round(tree["files"] * tree["shares"][part])
    directories = [(f"{destination}/part{part}", 0)]
    os.makedirs(directories[0][0])
    while len(directories) < tree["directories"] * tree["shares"][part]:
        parent, depth = directories[int(r.random() * min(len(directories), 4000))]
        if depth < DEEPEST:
            directories.append((f"{parent}/d{len(directories):x}", depth + 1))
            os.mkdir(directories[-1][0])
    total = 0
    for n in range(files):
        # the first files go one into each directory: none stays empty
        directory, _ = directories[n] if n < len(directories) else r.choice(directories)
        size, text = size_of(r, tree), r.random() < TEXT_SHARE
        with open(f"{directory}/f{n:x}.{'txt' if text else 'bin'}", "xb") as f:
            f.write(content.text(r, size) if text else r.randbytes(size))
        total += size
    return total


def make_large_file(name, destination):
    (suffix, size), r, content = LARGE_FILES[name], random.Random(name), Content()
    os.makedirs(destination)
    with open(f"{destination}/large.{suffix}", "xb") as f:
        for _ in range(size // PIECE):
            f.write(content.text(r, PIECE) if suffix == "txt" else r.randbytes(PIECE))
    return size


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in TREES | LARGE_FILES:
        sys.exit(__doc__)
    name, destination = sys.argv[1:]
    began = time.monotonic()
    if name in LARGE_FILES:
        files, total = 1, make_large_file(name, destination)
    else:
        os.makedirs(destination)
        jobs = [(name, destination, i) for i in range(len(TREES[name]["shares"]))]
        with multiprocessing.Pool() as pool:
            files, total = TREES[name]["files"], sum(pool.map(make_part, jobs, chunksize=1))
    print(f"{destination}: {files:,} files, {total / 1e6:,.0f} MB, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
