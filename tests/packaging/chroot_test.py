#!/usr/bin/env python3
"""Tests a package where nothing else is:  chroot_test.py PACKAGE.deb

Installs it into a minimal Debian 12, in a folder of its own that is removed, runs it there, draws a picture, shows its manual page, and removes it: nothing of
it is left. Takes root, debootstrap, and a minute or two. Exits with 77 where one of these is missing. Prints what it saw.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import chroot

EACH_ITS_OWN = "0" + "abc0" * 9 + "abc"
FILES = "find / -xdev -type f -not -path '/proc/*' -not -path '/var/*' -not -path '/tmp/*' -not -path '/root/*'"


def files(machine):
    """Returns the paths of its files, without those of the packages' own book-keeping."""
    return set(machine.run("sh", "-c", FILES).splitlines())


def expect(found, wanted, what):
    """Exits where something is not as it should be."""
    if found != wanted:
        sys.exit(f"{what}: {found!r}, and not {wanted!r}")


def check(machine, package):
    """Installs the package, uses it, and removes it. Returns what was seen."""
    shutil.copy(package, machine.folder / "tmp" / "loopscope.deb")
    machine.run("apt-get", "update", "-q")
    # What it takes to draw without a screen, and to show a manual page, is there before: it is not the package's.
    machine.run("apt-get", "install", "-yq", "--no-install-recommends", "man-db", "libgl1-mesa-dri", "libegl-mesa0", "libegl1")
    needs = re.sub(r"\s*\([^)]*\)", "", subprocess.run(["dpkg-deb", "-f", package, "Depends"], capture_output=True, text=True, check=True).stdout).strip()
    machine.run("apt-get", "install", "-yq", "--no-install-recommends", *needs.split(", "))
    before = files(machine)
    machine.run("dpkg", "--install", "/tmp/loopscope.deb")
    added = len(files(machine) - before)
    expect(machine.run("loopscope", "run", "indication", "--storage", "contextvar"), EACH_ITS_OWN + "\n", "what the program prints")
    machine.run("loopscope", "run", "indication", "--save", "/tmp/a.loopscope")
    machine.run("loopscope", "open", "/tmp/a.loopscope", "--png", "/tmp/a.png")
    expect((machine.folder / "tmp/a.png").read_bytes()[:4], b"\x89PNG", "the picture")
    if "--storage" not in machine.run("man", "loopscope"):
        sys.exit("The manual page says nothing of --storage.")
    machine.run("dpkg", "--purge", "loopscope")
    machine.run("mandb", "-q")
    left = {path for path in files(machine) - before if "loopscope" in path}
    expect(left, set(), "what is left of it")
    return f"{added} files installed, run, drawn, its manual page shown, removed without a trace"


def main():
    """Tests; exits with 77 where that cannot be done here."""
    if chroot.missing():
        print(chroot.missing(), file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory(prefix="loopscope-chroot-") as folder:
        print(check(chroot.Chroot(pathlib.Path(folder), "bookworm"), pathlib.Path(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
