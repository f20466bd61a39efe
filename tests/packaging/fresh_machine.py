#!/usr/bin/env python3
"""Tests the first commands on a machine that has nothing yet:  fresh_machine.py RELEASE [CTEST OPTIONS]

Makes a minimal Debian of that name in a folder, which is removed again, copies the last commit into it, and gives it `./dev run` and `./dev test`, as root.
They install what they need, build, draw two pictures, and pass the tests. Takes root, debootstrap, 5 GB, and half an hour on two cores. Exits with 77 where
there can be no chroot. Prints all that is said there, and in its last line what was there and what passed.
"""

import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

import chroot

ROOT = pathlib.Path(__file__).resolve().parents[2]
EACH_ITS_OWN = "0" + "abc0" * 9 + "abc"
TOLD = {"g++": "GCC", "libimgui-dev": "Dear ImGui", "libglfw3": "GLFW", "libgl1-mesa-dri": "Mesa", "python3": "Python"}  # packages


def copy_of_last_commit(folder):
    """Puts the files of the last commit into a folder, without git's."""
    folder.mkdir()
    with subprocess.Popen(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE) as archive:
        subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
    if archive.returncode:
        sys.exit("git cannot say what the last commit has.")


def run(machine, *command, **environment):
    """Runs a command inside, prints what it says as it says it, and returns that. Exits where it fails."""
    said = []
    with machine.started("sh", "-c", 'cd /loopscope && exec "$0" "$@"', *command, **environment) as process:
        for line in process.stdout:
            said.append(line)
            print(line, end="", flush=True)
    if process.returncode:
        sys.exit(f"On a fresh machine, '{' '.join(command)}' ends with {process.returncode}; see above.")
    return "".join(said)


def check_pictures(folder):
    """Exits where one of the two pictures is none of the usual size."""
    for storage in ("global", "contextvar"):
        data = (folder / "build" / "pictures" / f"indication-{storage}.png").read_bytes()
        if data[:4] != b"\x89PNG" or struct.unpack(">II", data[16:24]) != (1920, 1080):
            sys.exit(f"The picture for the storage '{storage}' is none.")


def version(machine, package):
    """Returns the version of a package that is installed inside, without what is Debian's own."""
    said = machine.run("dpkg-query", "--show", "--showformat=${Version}", package)
    return re.sub(r"^\d+:|[+~-].*$", "", said)


def main():
    """Tests; returns the exit code."""
    release, *options = sys.argv[1:]
    if chroot.missing():
        print(chroot.missing(), file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory(prefix="loopscope-fresh-") as name:
        machine = chroot.Chroot(pathlib.Path(name, "root"), release)
        tree = machine.folder / "loopscope"
        copy_of_last_commit(tree)
        if EACH_ITS_OWN not in run(machine, "./dev", "run"):
            sys.exit("`./dev run` prints something else than it should.")
        check_pictures(tree)
        shutil.rmtree(tree / "build" / "release")
        tests = run(machine, "./dev", "test", *options, LOOPSCOPE_UNITY="ON")
        passed = re.findall(r"\d+% tests passed.*", tests)[-1]
        print(", ".join(f"{name} {version(machine, package)}" for package, name in TOLD.items()) + f": drawn; {passed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
