#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what small files of strangers cost: small_files.py LOOPSCOPE [--markdown] [--only TEXT] [FILE…]

Writes files of at most 1 MB that ask for much (hostile_traces.py, hostile_formats.py, hostile_texts.py), gives each to the commands that open such files,
and says how it ended, how much time the processor took and how much memory there was at most. What holds is in docs/reliability.md: 2
seconds and 300 MB, and for each event 100 ns and 20 bytes. FILE: another trace to be measured.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import hostile_formats
import hostile_texts
import hostile_traces

SECONDS = 2
MEGABYTES = 300
EVENT_SECONDS = 100e-9
EVENT_MEGABYTES = 20e-6


@dataclasses.dataclass
class Case:
    name: str
    ending: str
    make: object  # gives the bytes

    @property
    def commands(self):
        """What opens such a file: `{0}` stands for it, `{1}` for a file that is written."""
        if self.ending == "lesson.md":
            return ("lesson {0}",)
        if self.ending == "demo.md":
            return ("play {0}",)
        return ("convert {0} {1}.loopscope", "open {0} --png {1}.png --size 1280x720")


def cases():
    for ending, table in (
        ("loopscope", hostile_traces.CASES),
        ("json", hostile_texts.JSON),
        ("gz", hostile_formats.PACKED),
        ("pftrace", hostile_formats.PERFETTO),
        ("speedscope.json", hostile_formats.SPEEDSCOPE),
        ("log", hostile_formats.TOKIO_CONSOLE),
        ("lesson.md", hostile_texts.LESSONS),
        ("demo.md", hostile_texts.DEMOS),
    ):
        for name, make in table.items():
            yield Case(name, ending, make)


@dataclasses.dataclass
class Result:
    code: int
    said: str  # on stderr
    seconds: float
    megabytes: float

    @property
    def events(self):
        """Those that were read, as far as the program says so."""
        found = re.search(r"(\d+) events$", self.said) or re.search(r"up to event (\d+)", self.said)
        return int(found[1]) if found else 0

    @property
    def within(self):
        if self.code < 0:
            return False
        seconds = SECONDS + EVENT_SECONDS * self.events
        return self.seconds <= seconds and self.megabytes <= MEGABYTES + EVENT_MEGABYTES * self.events

    @property
    def outcome(self):
        if self.code < 0:
            return f"killed by signal {-self.code}"
        if self.code != 0:
            return "refused"
        return "opened up to what is not sound" if "is not sound" in self.said else "opened"


def run(program, command, timeout=600, prepare=None):
    """Runs the program where there is no display; gives what became of it."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [program, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=environment, preexec_fn=prepare
        )
        try:
            usage = wait(child, timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            usage = wait(child, None)
        said.seek(0)
        text = said.read().decode(errors="replace").strip()
    return Result(child.returncode, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def wait(child, timeout):
    """Waits for a process; gives what it used."""
    if timeout is not None:
        # Leaves the process to be collected by wait4 below.
        poll = os.pidfd_open(child.pid)
        try:
            import select

            if not select.select([poll], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(child.args, timeout)
        finally:
            os.close(poll)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage


def attempts(program, folder, case, commands=None, **options):
    """Gives a case to each of its commands: for each the command, the size of the file and a Result."""
    path = folder / f"small.{case.ending}"
    # In a process of its own: what this one takes counts for those that it starts.
    writer = os.fork()
    if writer == 0:
        path.write_bytes(case.make())
        os._exit(0)
    os.waitpid(writer, 0)
    for command in commands or case.commands:
        yield command, path.stat().st_size, run(program, command.format(path, folder / "out").split(), **options)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("files", nargs="*", help="more traces to be measured")
    parser.add_argument("--markdown", action="store_true", help="a table for docs/reliability.md")
    parser.add_argument("--only", default="", help="only cases whose names have this in them")
    parser.add_argument("--timeout", type=float, default=600, help="seconds after which a command is killed")
    arguments = parser.parse_args()
    all_cases = list(cases()) + [Case(pathlib.Path(file).name, "loopscope", pathlib.Path(file).read_bytes) for file in arguments.files]
    if arguments.markdown:
        print("| what it holds | command | bytes | what became of it | events | s | MB |\n|---|---|---|---|---|---|---|")
    beyond = 0
    program = os.path.abspath(arguments.program)
    with tempfile.TemporaryDirectory() as temporary:
        for case in all_cases:
            if arguments.only not in case.name:
                continue
            events = 0
            for command, size, result in attempts(program, pathlib.Path(temporary), case, timeout=arguments.timeout):
                events = max(events, result.events)  # `open` does not say it
                if not result.within and dataclasses.replace(result, said=f"{events} events").within:
                    result = dataclasses.replace(result, said=result.said + f"\n{events} events")
                beyond += not result.within
                word = command.split()[0]
                row = (case.name, word, f"{size:,}", result.outcome, f"{events:,}", f"{result.seconds:.2f}", f"{result.megabytes:.0f}")
                if arguments.markdown:
                    print("| " + " | ".join(row) + " |")
                else:
                    print("  ".join(row), "" if result.within else "  BEYOND", f"\n    {result.said[:300]}")
                sys.stdout.flush()
    print(f"{beyond} beyond 2 s, 300 MB, and 100 ns and 20 bytes for each event", file=sys.stderr)
    return beyond > 0


if __name__ == "__main__":
    sys.exit(main())
