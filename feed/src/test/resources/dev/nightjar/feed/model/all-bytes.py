"""Names of every byte there may be in one, and of the longest kind."""

import os

for byte in range(1, 256):
    if byte != ord("/"):
        name = bytes([byte]) * 3
        os.mkdir(name)
        with open(name + b"/" + name, "wb") as file:
            file.write(name)
        os.symlink(name + b"/" + name, name + b"-link")
for byte in range(1, 256, 3):
    if byte != ord("/"):
        name = bytes([byte]) * 3
        os.rename(name, name + b"-renamed")
        os.unlink(name + b"-link")
long = b"\xff" * 255
with open(long, "wb") as file:
    file.write(b"long")
os.rename(long, b"\xfe" * 255)
