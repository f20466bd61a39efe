"""A minimal Debian in a folder, for tests of what a machine has that has nothing else."""

import os
import pathlib
import shutil
import subprocess
import sys

SETTINGS = pathlib.Path("/etc/apt/apt.conf.d")  # of apt, where a machine says how it reaches the mirror
# What programs look for there is mounted for one command only, so nothing has to be taken away again.
ENTER = """
mkdir -p "$0/dev/shm" "$0/dev/pts"
mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm" && mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts" || exit
exec chroot "$0" "$@"
"""


def missing():
    """Returns why there can be no chroot here, or nothing."""
    return "" if os.geteuid() == 0 and shutil.which("debootstrap") else "A chroot takes root and debootstrap."


class Chroot:
    """A minimal Debian, by the name of its release."""

    def __init__(self, folder, release):
        self.folder = folder
        subprocess.run(["debootstrap", "--variant=minbase", release, folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in (pathlib.Path("/etc/resolv.conf"), *SETTINGS.iterdir()):
            if path.is_file():
                shutil.copy(path, folder / path.relative_to("/"))

    def inside(self, command, environment):
        """Returns how a command is started inside, as arguments of subprocess."""
        around = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "HOME": "/root"} | environment
        return {"args": ["unshare", "--mount", "sh", "-c", ENTER, self.folder, *command], "env": around, "text": True, "errors": "replace"}

    def started(self, *command, **environment):
        """Returns a command inside, just started; all that it says comes by its stdout."""
        return subprocess.Popen(**self.inside(command, environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, *command, **environment):
        """Runs a command inside; returns what it prints. Exits where it fails."""
        done = subprocess.run(**self.inside(command, environment), capture_output=True, check=False)
        if done.returncode:
            sys.exit(f"In the chroot, '{' '.join(command)}' failed:\n{done.stdout}{done.stderr}")
        return done.stdout
