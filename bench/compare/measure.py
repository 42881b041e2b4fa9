"""Clocks and tables. Everything the scripts read of a process comes from wait4(2) or /proc."""
import json
import os
import statistics
import subprocess
import sys
import time

DATA = os.environ.get("MEASURE_DATA", "/var/tmp/nightjar-measure")
RESULTS = f"{DATA}/results"


def drop_caches():
    os.sync()
    with open("/proc/sys/vm/drop_caches", "w") as f:
        f.write("3")


def run(argv, env):
    """Runs a command to its end: wall and CPU seconds, peak memory, bytes read by system calls. Its output goes to a log."""
    os.makedirs(RESULTS, exist_ok=True)
    log = f"{RESULTS}/commands.log"
    # through a small process: a child's peak memory never reads lower than its parent's at the fork
    small = subprocess.run([sys.executable, "-S", "-E", __file__, log, *argv], env={**os.environ, **env},
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    figures = json.loads(small.stdout)
    if figures.pop("exit") != 0:
        raise RuntimeError(f"failed: {' '.join(argv)}; see {log}")
    return figures


def run_here(log, argv):
    with open(log, "ab") as out:
        out.write(f"\n$ {' '.join(argv)}\n".encode())
        out.flush()
        began = time.monotonic()
        to_log = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)]
        pid = os.posix_spawnp(argv[0], argv, os.environ, file_actions=to_log)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        wall = time.monotonic() - began
        read = io_of(pid)["rchar"]
        _, status, used = os.wait4(pid, 0)
    print(json.dumps(dict(exit=os.waitstatus_to_exitcode(status), wall=wall, cpu=used.ru_utime + used.ru_stime,
                          rss_mb=used.ru_maxrss / 1024, read_mb=read / 1e6)))


def io_of(pid):
    with open(f"/proc/{pid}/io") as f:
        return {key: int(value) for key, value in (line.split(": ") for line in f)}


def session(leader):
    """The processes of the session that `leader` began."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as f:
                if int(f.read().rsplit(")", 1)[1].split()[3]) == leader:
                    found.append(int(pid))
        except OSError:
            pass  # ended meanwhile
    return found


def cpu_of(pid):
    """User and system seconds, with those of children waited for."""
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def rss_of(pid):
    with open(f"/proc/{pid}/status") as f:
        return next(int(line.split()[1]) / 1024 for line in f if line.startswith("VmRSS"))


def wakeups_of(pid):
    """Context switches of all its threads so far, by will or not."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/status") as f:
            total += sum(int(line.split()[1]) for line in f if "ctxt_switches" in line)
    return total


def medians(rows):
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def remove(path):
    """Puts a tree aside; deleting it now would make the next creates on ext4 many times slower."""
    if os.path.lexists(path):
        os.makedirs(f"{DATA}/trash", exist_ok=True)
        os.rename(path, f"{DATA}/trash/{os.path.basename(path)}.{time.time_ns()}")


def save(name, rows):
    os.makedirs(RESULTS, exist_ok=True)
    with open(f"{RESULTS}/{name}.json", "w") as f:
        json.dump(dict(date=time.strftime("%FT%TZ", time.gmtime()), kernel=os.uname().release, cores=os.cpu_count(),
                       argv=sys.argv, rows=rows), f, indent=1)


def table(title, rows, columns):
    def cell(value):
        if not isinstance(value, float):
            return "-" if value is None else str(value)
        return f"{value:.2f}" if abs(value) < 10 else f"{value:,.0f}"
    lines = [columns] + [[cell(row.get(c)) for c in columns] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    lines.insert(1, ["-" * w for w in widths])
    print(f"\n{title}\n")
    for line in lines:
        print("| " + " | ".join(text.ljust(w) for text, w in zip(line, widths)) + " |")


if __name__ == "__main__":
    run_here(sys.argv[1], sys.argv[2:])
