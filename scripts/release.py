#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Says whether this tree can be released, and what is to be tagged:  release.py

`./dev release` is how to start it: that builds the package and the wheel first. Looked at are all files that say a version, what was built, and git.
Prints a sentence for each that disagrees, and exits with 1; or else the tag, and what has changed since the one before: the notes of the release.
"""

import dataclasses
import datetime
import email.parser
import gzip
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
HEADING = re.compile(r"^## \[([^\]]+)\](?: - (.+))?$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Said:
    """A version, or the day of a release, that something says."""

    where: str
    what: str


class Tree:
    """The files of a checkout that say a version."""

    def __init__(self, root):
        self.root = root
        self.version = self._found("CMakeLists.txt", r"project\(loopscope VERSION ([\d.]+)")
        self.changes = self._text("CHANGELOG.md")
        heading = HEADING.search(self.changes)
        self.newest = heading[1] if heading else ""
        self.date = (heading[2] or "") if heading else ""

    def _text(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def _found(self, name, pattern):
        """Returns what a file says, or nothing where it says nothing of the kind."""
        found = re.search(pattern, self._text(name), re.MULTILINE)
        return found[1] if found else ""

    def versions(self):
        """Returns what the files beside CMakeLists.txt say."""
        yield Said("CHANGELOG.md", self.newest)
        yield Said("vcpkg.json", json.loads(self._text("vcpkg.json"))["version"])
        yield Said("recorder/pytest/pyproject.toml", self._found("recorder/pytest/pyproject.toml", r'^version = "([^"]+)"'))
        metainfo = self._found("packaging/metainfo.xml.in", r'<release version="([^"]+)"')
        yield Said("packaging/metainfo.xml.in", metainfo.replace("@PROJECT_VERSION@", self.version))
        # What was measured by night is of that night's version.
        for page in (self.root / "README.md", *sorted((self.root / "docs").glob("*.md"))):
            if page.name != "nightly.md":
                for version in re.findall(r"\bloopscope[ _-]v?(\d+\.\d+\.\d+)", page.read_text(encoding="utf-8"), re.IGNORECASE):
                    yield Said(str(page.relative_to(self.root)), version)

    def notes(self):
        """Returns what has changed, as the top entry of CHANGELOG.md has it, without its heading."""
        parts = HEADING.split(self.changes)
        return parts[3].strip() if len(parts) > 3 else ""


def day(text):
    """Returns the day that a text names as CHANGELOG.md does, or None."""
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def complaints_of_files(tree, today):
    """Returns a sentence for each file that cannot be released as it is."""
    if not tree.version:
        yield "CMakeLists.txt says no version: `project(loopscope VERSION …)` is where the others take it from."
        return
    for said in tree.versions():
        if said.what != tree.version:
            what = f"says {said.what}" if said.what else "says no version"
            yield f"{said.where} {what}, and CMakeLists.txt {tree.version}: write the one that is released into both."
    dated = day(tree.date)
    if dated is None:
        yield f"CHANGELOG.md: {tree.newest or 'the top entry'} is not dated yet; write the day of the release, YYYY-MM-DD, behind its heading: ## [{tree.version}] - {today}"
    elif dated > today:
        yield f"CHANGELOG.md dates {tree.newest} on {dated}, which is to come; write the day of the release."
    if not tree.notes():
        yield "CHANGELOG.md says nothing below its top heading; say there what users get."


def deb(path):
    """Returns what a Debian package says."""
    control = subprocess.run(["dpkg-deb", "--field", path, "Version"], capture_output=True, text=True, check=True).stdout
    yield Said(f"{path.name}: the package", control.strip())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run(["dpkg-deb", "--extract", path, folder], check=True)
        yield from installed(folder / "usr", path.name)


def archive(path):
    """Returns what a tarball says."""
    with tempfile.TemporaryDirectory() as name:
        with tarfile.open(path) as packed:
            packed.extractall(name, filter="data") if hasattr(tarfile, "data_filter") else packed.extractall(name)
        (folder,) = pathlib.Path(name).iterdir()
        yield Said(f"{path.name}: its folder", re.sub(r"^loopscope-([\d.]+).*", r"\1", folder.name))
        yield from installed(folder / "usr" if (folder / "usr").is_dir() else folder, path.name)


def installed(prefix, package):
    """Returns what is said by files that are installed."""
    share = prefix / "share"
    yield Said(f"{package}: loopscope --version", version_of_program(prefix / "bin" / "loopscope"))
    page = gzip.decompress((share / "man/man1/loopscope.1.gz").read_bytes()).decode()
    heading = re.search(r'^\.TH LOOPSCOPE 1 "([^"]*)" "Loopscope ([^"]*)"', page, re.MULTILINE)
    yield Said(f"{package}: the manual page", heading[2])
    release = xml.etree.ElementTree.parse(share / "metainfo/org.loopscope.Loopscope.metainfo.xml").find(".//release")
    yield Said(f"{package}: the metadata for software centres", release.get("version"))
    parts = json.loads((share / "doc/loopscope/loopscope.spdx.json").read_text(encoding="utf-8"))["packages"]
    yield Said(f"{package}: the bill of materials", next(part["versionInfo"] for part in parts if part["name"] == "Loopscope"))
    changes = gzip.decompress((share / "doc/loopscope/changelog.gz").read_bytes()).decode()
    yield Said(f"{package}: Debian's changelog", re.match(r"loopscope \(([^)]*)\)", changes)[1])
    yield Said(f"{package}: the date of the manual page", heading[1])
    yield Said(f"{package}: the date of the metadata for software centres", release.get("date"))


def wheel(path):
    """Returns what a wheel says."""
    yield Said(f"{path.name}: its name", path.name.split("-")[1])
    with zipfile.ZipFile(path) as packed, tempfile.TemporaryDirectory() as name:
        (info,) = (entry for entry in packed.namelist() if entry.endswith(".dist-info/METADATA"))
        yield Said(f"{path.name}: its metadata", email.parser.Parser().parse(io.StringIO(packed.read(info).decode()))["Version"])
        program = pathlib.Path(packed.extract("loopscope/loopscope", name))
        program.chmod(0o755)
        yield Said(f"{path.name}: loopscope --version", version_of_program(program))


def version_of_program(program):
    """Returns what a program says of its version, or how it ends."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.fullmatch(r"Loopscope (\S+)\n", done.stdout)
    return found[1] if found else f"{done.stdout}{done.stderr}".strip() or f"nothing, and ends with {done.returncode}"


BUILT = {"*.deb": (deb, "./dev package"), "loopscope-*.tar.gz": (archive, "./dev package"), "loopscope-*.whl": (wheel, "./dev wheel")}


def complaints_of_built(tree, folder):
    """Returns a sentence for each thing that was built and is not what is to be released."""
    for pattern, (read, command) in BUILT.items():
        paths = sorted(folder.glob(pattern))
        if len(paths) != 1:
            yield f"build/ has {len(paths) or 'no'} files {pattern}, and one is released: {'remove them, and ' if paths else ''}run {command}."
            continue
        for said in read(paths[0]):
            wanted = tree.date if "the date of" in said.where else tree.version
            if said.what != wanted and (day(wanted) or "the date of" not in said.where):
                yield f"{said.where} says {said.what}, and not {wanted}; commit what is to be released on the day that CHANGELOG.md says, and run {command}."


def git(root, *words):
    """Returns what git says, or nothing where it cannot."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def complaints_of_git(tree):
    """Returns a sentence for each thing that keeps the commit from being tagged."""
    changed = git(tree.root, "status", "--porcelain").splitlines()
    if changed:
        rest = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        yield f"{changed[0].split(maxsplit=1)[1]}{rest} differ from what is committed: commit what is to be released, and put aside the rest."
    tag = f"v{tree.version}"
    if git(tree.root, "tag", "--list", tag) and git(tree.root, "rev-list", "-n", "1", tag) != git(tree.root, "rev-parse", "HEAD"):
        yield f"{tag} is another commit's tag: what was released does not change, so the next release takes another version."


def main():
    """Checks; prints sentences, or the tag and the notes."""
    tree = Tree(ROOT)
    complaints = [*complaints_of_files(tree, datetime.datetime.now(datetime.timezone.utc).date()), *complaints_of_git(tree)]
    complaints += complaints_of_built(tree, ROOT / "build")
    for complaint in complaints:
        print(f"release: {complaint}", file=sys.stderr)
    if complaints:
        return 1
    print(f"All say {tree.version}, of {tree.date}. To be tagged: v{tree.version}, commit {git(ROOT, 'rev-parse', '--short', 'HEAD')}:", file=sys.stderr)
    print(f"    git tag --annotate v{tree.version} --message 'Loopscope {tree.version}'", file=sys.stderr)
    print("Its notes:\n", file=sys.stderr)
    print(tree.notes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
