"""Files that have no name yet, or none any more, or are written by other means than write()."""

import mmap
import os

here = os.open(".", os.O_DIRECTORY)
for i in range(10):
    fd = os.open(".", os.O_TMPFILE | os.O_RDWR, 0o644)
    os.write(fd, b"before it had a name")
    # linkat() with AT_SYMLINK_FOLLOW, which Python calls only when a directory is given
    os.link(f"/proc/self/fd/{fd}", f"named{i}", src_dir_fd=here, follow_symlinks=True)
    os.write(fd, b", and after")
    os.close(fd)

    fd = os.open(f"unlinked{i}", os.O_CREAT | os.O_RDWR, 0o644)
    os.link(f"unlinked{i}", f"left{i}")
    os.unlink(f"unlinked{i}")
    os.write(fd, b"through a name that is gone")
    os.close(fd)

    with open(f"mapped{i}", "w+b") as file:
        file.truncate(8192)
        with mmap.mmap(file.fileno(), 8192) as memory:
            memory[100:104] = b"\0\1\2\3"

    source = os.open(f"named{i}", os.O_RDONLY)
    into = os.open(f"copied{i}", os.O_CREAT | os.O_WRONLY, 0o644)
    os.sendfile(into, source, 0, 10)
    os.posix_fallocate(into, 0, 5000)
    os.pwrite(into, b"sparse", 1 << 20)
    os.ftruncate(into, 1 << 21)
    os.close(into)
    os.close(source)
    os.utime(f"copied{i}", ns=(1, 1_000_000_001))
