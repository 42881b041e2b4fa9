"""The tools, one class each: the commands that make a repository, a backup, a restore, a check."""
import os

NIGHTJAR = os.environ.get("NIGHTJAR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../nightjar"))


class Contestant:
    env = {}

    def __init__(self, place):
        """`place` is an empty directory for repository, cache and state."""
        self.place, self.repository, self.password = place, f"{place}/repository", f"{place}/password"
        os.makedirs(place)
        with open(self.password, "w") as f:
            f.write("secret")


class Restic(Contestant):
    def __init__(self, place):
        super().__init__(place)
        self.env = dict(RESTIC_REPOSITORY=self.repository, RESTIC_PASSWORD_FILE=self.password,
                        RESTIC_CACHE_DIR=f"{place}/cache", RESTIC_PROGRESS_FPS="0.1")

    def init(self): return ["restic", "init", "--repository-version", "2"]
    def backup(self, source): return ["restic", "backup", source]
    def restore(self, into): return ["restic", "restore", "latest", "--target", into]
    def check(self): return ["restic", "check", "--read-data"]


class Borg(Contestant):
    count = 0

    def __init__(self, place):
        super().__init__(place)
        self.env = dict(BORG_BASE_DIR=f"{place}/base", BORG_PASSPHRASE="secret", BORG_REPO=self.repository)

    def init(self): return ["borg", "init", "-e", "repokey"]

    def backup(self, source):
        self.count += 1
        return ["borg", "create", "-C", "zstd,3", f"::{self.count}", source]

    def restore(self, into): return ["sh", "-c", f"mkdir '{into}' && cd '{into}' && exec borg extract ::{self.count}"]
    def check(self): return ["borg", "check", "--verify-data"]


class Nightjar(Contestant):
    def __init__(self, place):
        super().__init__(place)
        self.secret = ["--password-file", self.password]
        self.state = ["--state", f"{place}/state"]

    def init(self): return [NIGHTJAR, "init", "--to", self.repository, *self.secret]
    def backup(self, source): return [NIGHTJAR, "backup", source, "--to", self.repository, *self.secret, *self.state]
    def restore(self, into): return [NIGHTJAR, "restore", "latest", "--into", into, "-r", self.repository, *self.secret]
    def check(self): return [NIGHTJAR, "check", "--read-data", "-r", self.repository, *self.secret]

    def watch(self, source, watcher):
        return [NIGHTJAR, "run", source, "--to", self.repository, *self.secret, *self.state, "--every", "0s", "--json",
                *(["--watcher", watcher] if watcher else [])]


CONTESTANTS = {"nightjar": Nightjar, "restic": Restic, "borg": Borg}
