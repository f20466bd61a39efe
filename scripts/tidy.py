#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs clang-tidy on the sources of some folders that are new or changed: tidy.py CLANG_TIDY BUILD JOBS FOLDER…

Most of its time goes into the headers that every file includes. So files of one folder are looked at together, as one source that
includes them. Where that does not compile (two of them use one name), halves of it are; only where clang-tidy complains are they looked at one
by one, and what counts is what it says then, until all that was said of them together has been said again. What was clean stays so as long as
its text, all headers and the settings are the same.

Prints each complaint once, and exits with 1 if there are any.
"""

import collections
import concurrent.futures
import hashlib
import json
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOGETHER = 24  # files
# As HeaderFilterRegex in .clang-tidy, and the sources that are included.
OURS = r"/(core|app|tests|bench|fuzz)/([a-z0-9_]+/)*[a-z0-9_]+\.[hc]pp$"
# What is built by a project of its own, on other libraries, or by GCC alone.
ELSEWHERE = ("bench/peers", "bench/recorder", "tests/library", "tests/compilers", "tests/recorder/cpp/asio_threads.cpp")


def sources(suffix, folders):
    """Returns the files of that kind below some folders."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(f"*.{suffix}"))
    return sorted(path for path in found if not any((ROOT / each) in (path, *path.parents) for each in ELSEWHERE))


def digest(*parts):
    found = hashlib.sha256()
    for part in parts:
        found.update(hashlib.sha256(part).digest())
    return found.hexdigest()


class Tidy:
    def __init__(self, program, build, folders):
        self.program = program
        self.build = pathlib.Path(build).resolve()
        self.stamps = self.build / ".stamps"
        self.known = set()  # complaints that count
        self.commands = {pathlib.Path(entry["file"]): entry for entry in json.loads((self.build / "compile_commands.json").read_text())}
        version = subprocess.run([program, "--version"], capture_output=True, check=True).stdout
        settings = [path.read_bytes() for path in (self.build / "compile_commands.json", *(ROOT / folder / ".clang-tidy" for folder in (".", "tests", "fuzz")))]
        self.all = digest(version, *settings, *(path.read_bytes() for path in sources("hpp", folders))).encode()

    def flags(self, path):
        """The compiler's options for a file, without the file and what it becomes."""
        words = shlex.split(self.commands[path]["command"])[1:]
        if words[0].endswith("clang++") or words[0].endswith("c++"):  # behind a launcher
            words = words[1:]
        kept = []
        skip = False
        for word in words:
            if not skip and word not in ("-o", "-c", "-MD", "-MT", "-MF") and word != str(path):
                kept.append(word)
            skip = word in ("-o", "-MT", "-MF") and not skip
        return kept

    def stamp(self, path):
        return self.stamps / path.relative_to(ROOT)

    def key(self, path):
        return digest(self.all, path.read_bytes())

    def is_clean(self, path):
        stamp = self.stamp(path)
        return stamp.exists() and stamp.read_text() == self.key(path)

    def remember(self, path):
        self.stamp(path).parent.mkdir(parents=True, exist_ok=True)
        self.stamp(path).write_text(self.key(path))

    def run(self, *arguments):
        return subprocess.run([self.program, "--quiet", *map(str, arguments)], capture_output=True, text=True, check=False)

    def check_one(self, path):
        """What clang-tidy says about a file; nothing if it is clean."""
        done = self.run("-p", self.build, path)
        if done.returncode == 0:
            self.remember(path)
            return ""
        return done.stdout or f"{path}: error: clang-tidy stopped without a word; run: {self.program} -p {self.build} {path}\n"

    def check_together(self, name, paths):
        """Looks at files as one. Returns which of them are to be looked at by themselves, and what was said."""
        together = self.build / "together" / f"{name}.cpp"
        together.parent.mkdir(parents=True, exist_ok=True)
        together.write_text("".join(f'#include "{path}"\n' for path in paths))
        done = self.run(f"--header-filter={OURS}", "--checks=-bugprone-suspicious-include", together, "--", *self.flags(paths[0]))
        complaints = set(filter(is_complaint, done.stdout.splitlines()))
        # What it says of a file may be about it alone, or about two that have a name in common. What it says of a header is about all.
        places = {pathlib.Path(complaint.partition(":")[0]) for complaint in complaints}
        is_known = done.returncode == 0 or (places and places <= set(paths))
        return [path for path in paths if not is_known or path in places], complaints

    def check(self, batch):
        """What clang-tidy says about files that are compiled alike."""
        name, paths = batch
        complaints = set()
        if len(paths) > 1:
            suspects, complaints = self.check_together(name, paths)
            # Two that have a name in common do not compile together; in halves they come apart sooner or later.
            if len(paths) > 3 and any("[clang-diagnostic-error" in complaint for complaint in complaints):
                half = len(paths) // 2
                return self.check((f"{name}_1", paths[:half])) + self.check((f"{name}_2", paths[half:]))
            for path in paths:
                if path not in suspects:
                    self.remember(path)
            paths = suspects
        said = ""
        for path in paths:
            if complaints and complaints <= self.known:
                break
            said += (one := self.check_one(path))
            self.known.update(filter(is_complaint, one.splitlines()))
        return said

    def batches(self, paths):
        """Files that are compiled alike, a few at a time, with a name for each lot."""
        alike = collections.defaultdict(list)
        for path in paths:
            alike[path.parent, tuple(self.flags(path))].append(path)
        for (folder, _), group in alike.items():
            name = "_".join(folder.relative_to(ROOT).parts)
            for at in range(0, len(group), TOGETHER):
                yield f"{name}_{group[at].stem}", group[at : at + TOGETHER]


def is_complaint(line):
    return ": error: " in line or ": warning: " in line


def first_of_each(text):
    """What is wrong in a header is found with each file that includes it: once is enough."""
    known = set()
    show = True
    for line in text.splitlines():
        if is_complaint(line):
            show = line not in known
            known.add(line)
        if show:
            print(line)


def main():
    program, build, jobs, *folders = sys.argv[1:]
    tidy = Tidy(program, build, folders)
    for path in sources("cpp", folders):
        if path not in tidy.commands:
            sys.exit(f"{path.relative_to(ROOT)} is compiled by no target; name it in the CMakeLists.txt of its folder, or delete it.")
    work = [path for path in sources("cpp", folders) if not tidy.is_clean(path)]
    print(f"Running clang-tidy on {len(work)} files that are new or changed", file=sys.stderr, flush=True)
    with concurrent.futures.ThreadPoolExecutor(int(jobs)) as pool:
        said = "".join(pool.map(tidy.check, tidy.batches(work)))
    first_of_each(said)
    return 1 if said or tidy.known else 0


if __name__ == "__main__":
    sys.exit(main())
