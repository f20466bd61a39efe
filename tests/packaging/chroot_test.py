#!/usr/bin/env python3
"""Tests a package where nothing else is:  chroot_test.py PACKAGE.deb

Installs it into a minimal Debian 12, in a folder of its own that is removed, runs it there, draws a picture, shows its manual page, and removes it: nothing of
it is left. Takes root, debootstrap, and a minute or two. Exits with 77 where one of these is missing. Prints what it saw.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

EACH_ITS_OWN = "0" + "abc0" * 9 + "abc"
FILES = "find / -xdev -type f -not -path '/proc/*' -not -path '/var/*' -not -path '/tmp/*' -not -path '/root/*'"


class Chroot:
    """A minimal Debian in a folder."""

    def __init__(self, folder):
        self.folder = folder
        subprocess.run(["debootstrap", "--variant=minbase", "bookworm", folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name in ("etc/resolv.conf", *(f"etc/apt/apt.conf.d/{path.name}" for path in pathlib.Path("/etc/apt/apt.conf.d").iterdir())):
            if pathlib.Path("/", name).is_file():
                shutil.copy(pathlib.Path("/", name), folder / name)

    def run(self, *command):
        """Runs a command inside; returns what it prints. Exits where it fails."""
        around = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "HOME": "/root"}
        done = subprocess.run(["chroot", self.folder, *command], capture_output=True, text=True, check=False, env=around)
        if done.returncode:
            sys.exit(f"In the chroot, '{' '.join(command)}' failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def files(self):
        """Returns the paths of its files, without those of the packages' own book-keeping."""
        return set(self.run("sh", "-c", FILES).splitlines())


def expect(found, wanted, what):
    """Exits where something is not as it should be."""
    if found != wanted:
        sys.exit(f"{what}: {found!r}, and not {wanted!r}")


def check(chroot, package):
    """Installs the package, uses it, and removes it. Returns what was seen."""
    shutil.copy(package, chroot.folder / "tmp" / "loopscope.deb")
    chroot.run("apt-get", "update", "-q")
    # What it takes to draw without a screen, and to show a manual page, is there before: it is not the package's.
    chroot.run("apt-get", "install", "-yq", "--no-install-recommends", "man-db", "libgl1-mesa-dri", "libegl-mesa0", "libegl1")
    needs = re.sub(r"\s*\([^)]*\)", "", subprocess.run(["dpkg-deb", "-f", package, "Depends"], capture_output=True, text=True, check=True).stdout).strip()
    chroot.run("apt-get", "install", "-yq", "--no-install-recommends", *needs.split(", "))
    before = chroot.files()
    chroot.run("dpkg", "--install", "/tmp/loopscope.deb")
    added = len(chroot.files() - before)
    expect(chroot.run("loopscope", "run", "indication", "--storage", "contextvar"), EACH_ITS_OWN + "\n", "what the program prints")
    chroot.run("loopscope", "run", "indication", "--save", "/tmp/a.loopscope")
    chroot.run("loopscope", "open", "/tmp/a.loopscope", "--png", "/tmp/a.png")
    expect((chroot.folder / "tmp/a.png").read_bytes()[:4], b"\x89PNG", "the picture")
    if "--storage" not in chroot.run("man", "loopscope"):
        sys.exit("The manual page says nothing of --storage.")
    chroot.run("dpkg", "--purge", "loopscope")
    chroot.run("mandb", "-q")
    left = {path for path in chroot.files() - before if "loopscope" in path}
    expect(left, set(), "what is left of it")
    return f"{added} files installed, run, drawn, its manual page shown, removed without a trace"


def main():
    """Tests; exits with 77 where that cannot be done here."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        print("A chroot takes root and debootstrap.", file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory(prefix="loopscope-chroot-") as folder:
        print(check(Chroot(pathlib.Path(folder)), pathlib.Path(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
