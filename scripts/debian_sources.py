# SPDX-License-Identifier: MIT
"""Fetches sources of Debian's packages, for builds that link libraries in (./dev wheel, ./dev web): fetch(FOLDER, NAMES).

They come from where this machine has its packages, whose signatures apt checks. The machine's lists stay as they are: all that apt
knows of sources is in the folder.
"""

import subprocess
import sys

TOOL = "apt-get"


def run(*command, folder=None, check=True):
    """Runs a command; returns its exit code and what it says. Exits, with the end of that, where it fails and `check` is true."""
    done = subprocess.run([str(word) for word in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if check and done.returncode:
        sys.exit(f"'{' '.join(map(str, command))}' failed:\n" + "\n".join(done.stdout.splitlines()[-30:]))
    return done.returncode, done.stdout


def sources():
    """Returns the lines of a list of sources: those of the archive, and those of its updates for security."""
    _, known = run(TOOL, "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Identifier: Packages", "Origin: Debian")
    lines = sorted({f"deb-src {line}" for line in known.splitlines() if line.endswith(" main")})
    if not lines:
        sys.exit("apt knows no packages of Debian's, and so no sources; add a source of Debian's to its list.")
    return [line for line in lines if "-security" not in line], [line for line in lines if "-security" in line]


def fetch(folder, names):
    """Fetches the newest sources of some packages into a folder, unpacked. Not every mirror has the sources of updates for security: then
    those of the archive are taken, which are of the same version of whoever wrote the library."""
    folder = folder.resolve()
    archive, security = sources()
    for each in ("lists/partial", "cache/archives/partial"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    where = {"Dir::Etc::sourcelist": folder / "sources.list", "Dir::Etc::sourceparts": "/dev/null", "Dir::State::lists": folder / "lists", "Dir::Cache": folder / "cache"}
    options = [word for name, value in where.items() for word in ("-o", f"{name}={value}")]
    left = list(names)
    for is_last, lines in ((False, archive + security), (True, archive)):
        (folder / "sources.list").write_text("\n".join(lines) + "\n", encoding="utf-8")
        run(TOOL, *options, "update")
        left = [name for name in left if run(TOOL, *options, "source", name, folder=folder, check=is_last)[0]]
        if not left:
            return
