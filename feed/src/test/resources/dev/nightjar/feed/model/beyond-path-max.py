"""Directories so deep that no system call takes their path as a whole."""

import os

DEPTH = 30
top = os.getcwd()
for letter in "ab":
    os.mkdir("deep-" + letter)
    os.chdir("deep-" + letter)
    for level in range(DEPTH):
        name = letter * 240
        os.mkdir(name)
        os.chdir(name)
    with open("bottom", "w") as file:
        file.write("first")
    os.chdir(top)

os.rename("deep-a", "renamed")
os.chdir("renamed")
for level in range(DEPTH):
    os.chdir("a" * 240)
with open("bottom", "a") as file:
    file.write(", and again after the top was renamed")
os.rename("bottom", "b" * 255)
os.mkdir("one more")
os.chdir(top)

os.mkdir("in")
os.rename("deep-b", "in/deeper")
