"""Records fresh random programs on CPython and compares their traces with the native loop's.

    python3 compare_recorded.py LOOPSCOPE RUNNER COUNT [FIRST_SEED] [--size SIZE]

Each program is run three times: on CPython, on CPython recorded, on the native loop.  What it
prints has to be the same, recorded or not, and the recorded trace has to tell what the native one
tells: iterations, steps, waits, wakes, timers, cancellations, values with their writers, and
prints, in their order.  `essence` says what is left out, and why.  Stops at the first difference,
which it shows, and exits with 1; without a Python 3.13 with 77, "skipped".
"""

import argparse
import difflib
import itertools
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from generate import DEFAULT_SIZE, format_program, generate
from reference import TOO_DEEP
from reference_process import NOT_FOUND, ReferenceProcess, find_python

SKIPPED = 77
SECONDS = 120
DIFF_LINES = 60
HERE = pathlib.Path(__file__).parent

# No part of what is compared: when it was, which thread, what a variable is called and where it is
# kept, which call copied a context, what an exception says, and how the process ended (recorded.py leaves by os._exit).
LEFT_OUT = {"begin", "clock", "storage", "variable", "thread", "file", "end", "stop", "message", "copy", "descriptor"}
# These end a handle; what it makes ready as it ends CPython does before, the native loop after it.
ENDS = {"finish", "callback_end", "suspend"}
BEGINS = {"step", "callback", "skip", "iteration", "timer_due"}
EVENT = re.compile(r" *(\d+)  [\d.]+  (\w+) *(.*)")


class Numbers:
    """Numbers what is named, in order of appearance: objects, which both sides number as they like."""

    def __init__(self):
        self._numbers = {}

    def of(self, name):
        return self._numbers.setdefault(name, len(self._numbers) + 1)


def essence(text):
    """The lines of a trace without what may differ."""
    objects, writers, sets, lines = Numbers(), {}, 0, []
    for line in text.splitlines():
        match = EVENT.match(line)
        if not match:
            continue
        number, kind, rest = match.groups()
        rest = re.sub(r"  line \d+$", "", rest)
        if kind in LEFT_OUT or kind == "name":
            continue
        if kind == "set":
            # What is written outside of tasks is the default: a global has none.
            task = rest.split("  ")[0]
            sets += task != "no task"
            writers[number] = f"set {sets}" if task != "no task" else "default"
            if task == "no task":
                continue
        if kind == "cancel" and rest.endswith("done"):
            # A recorder forgets a task that has ended.
            continue
        if kind == "get":
            rest = re.sub(r"written at (\d+)", lambda found: writers.get(found[1], "nobody"), rest)
        if kind in ("callback", "ready"):
            # Who is served, and what a callback is called, is not said by all; the native runner
            # stops its loop by a callback of its own.
            rest = rest.split(" ")[0].replace("stop", "user")
        if kind == "timer":
            rest = re.sub(r" for .*", "", rest)
        if kind == "spawn":
            rest = re.sub(r"'.*'", "", rest)
        if kind in ("suspend", "wake"):
            rest = re.sub(r"(?<!sleep)(?<!task)(?<!yield) (\d+)$", lambda found: f" {objects.of(found[1])}", rest)
        lines.append(f"{kind} {rest}".strip())
    return without_last_skips(without_idle_iterations(without_waits_for_oneself(ends_last(puts_first(joined_prints(lines))))))


def puts_first(lines):
    """The same lines where items are put and taken before those who wait for that are woken: of a queue that is no plain one the recorder tells an
    item as put_nowait or get_nowait returns."""
    result, woken = [], []
    for line in lines:
        if re.match(r"wake task \d+  queue_(get|put) ", line):
            woken.append(line)
            continue
        if not line.startswith(("put ", "take ")):
            result += woken
            woken = []
        result.append(line)
    return result + woken


def joined_prints(lines):
    """The same lines where what a task prints in pieces is printed at once: a recorder tells apart what stands in a text and was read before."""
    result = []
    for line in lines:
        match = re.fullmatch(r"print(?:_value)? (task \d+|no task)  '(.*)'(?: written at \d+| default)?", line, re.DOTALL)
        if not match:
            result.append(line)
            continue
        begin = f"print {match[1]}  '"
        if result and result[-1].startswith(begin):
            result[-1] = result[-1][:-1] + match[2] + "'"
        else:
            result.append(begin + match[2] + "'")
    return result


def without_waits_for_oneself(lines):
    """The same lines where a task that is woken within its step waits for "something", and one that awaits itself yields.

    What wakes a task before its step is over is done when the recorder looks at it, and no longer says what it was.  A task
    that awaits itself is not woken at all: CPython throws RuntimeError at its next step (task_step_handle_result_impl).
    """
    result, step = [], 0
    for line in lines:
        if line.startswith("step "):
            step = len(result)
        match = re.fullmatch(r"suspend (task (\d+)  \w+ (\d+))", line)
        woken = f"wake {match[1]}" if match else ""
        if woken in result[step:]:
            at = result.index(woken, step)
            if match[1] == f"task {match[2]}  task {match[2]}":
                del result[at]
                line = f"suspend task {match[2]}  yield"
            else:
                result[at] = f"wake task {match[2]}  something {match[3]}"
                line = f"suspend task {match[2]}  something {match[3]}"
        result.append(line)
    return result


def without_idle_iterations(lines):
    """The same lines where what iterations pass over that run nothing is passed over by the next one: a recorder does not see such iterations."""
    result, held, number = [], 0, 0
    for at, line in enumerate(lines):
        match = re.fullmatch(r"iteration \d+ with (\d+) ready", line)
        if match:
            handles = int(match[1])
            if lines[at + 1 : at + 1 + handles] == ["skip"] * handles:
                held += handles
                continue
            number += 1
            result += [f"iteration {number} with {held + handles} ready", *["skip"] * held]
            held = 0
        elif line != "skip" or not held:
            result.append(line)
    return result


def without_last_skips(lines):
    """The same lines up to what happens last: a recorder learns of the handles that are passed over from the one that runs after them."""
    return list(itertools.dropwhile(lambda line: line == "skip", reversed(lines)))[::-1]


def ends_last(lines):
    """The same lines with what ends a handle behind all that the handle did."""
    result, end = [], []
    for line in lines:
        kind = line.split(" ", 1)[0]
        if kind in BEGINS:
            result += end
            end = []
        (end if kind in ENDS else result).append(line)
    return result + end


class Comparison:
    """Compares program after program."""

    def __init__(self, loopscope, runner, python, size, folder):
        self._loopscope, self._runner, self._python, self._size = loopscope, runner, python, size
        self._folder = folder

    def path(self, suffix):
        """Where a file of the program under way is kept."""
        return self._folder / f"program.{suffix}"

    def compare(self, seed, reference):
        """What differs, as two lists of lines with their names; nothing if nothing does; None for a program that is skipped."""
        program = generate(seed, self._size, wide=seed % 2 == 0)
        self.path("json").write_text(format_program(program), encoding="utf-8")
        status, expected = reference.run(self.path("json"))
        if status == TOO_DEEP:
            return None
        self._record(program)
        lines = self.path("lines").read_text(encoding="utf-8")
        if lines != expected.decode():
            return ("CPython", expected.decode().splitlines()), ("recorded CPython", lines.splitlines())
        native = self._run(self._runner, "--events", self.path("json"))
        self._run(self._loopscope, "convert", self.path("loopscope"), self.path("txt"))
        recorded = self.path("txt").read_text(encoding="utf-8")
        one, other = essence(native), essence(recorded)
        return None if one == other else (("native", one), ("recorded", other))

    def _record(self, program):
        storage = program["storage"].replace("_", "-")
        self._run(self._loopscope, "record", "--python", self._python, "--lines", "none", "--watch", "symbol",
                  "--switch", f"0={storage}", "-o", self.path("loopscope"), HERE / "recorded.py", self.path("json"),
                  self.path("lines"))

    @staticmethod
    def _run(*command):
        """What a command prints; it has to end well."""
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, encoding="utf-8", errors="replace")
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} {command[1]} ended with {done.returncode}: {done.stderr}")
        if "wrong" in done.stderr:
            raise RuntimeError(done.stderr)
        return done.stdout


def report(seed, difference):
    """Show how two sides of a seed differ."""
    (one, one_lines), (other, other_lines) = difference
    diff = difflib.unified_diff(one_lines, other_lines, one, other, lineterm="", n=8)
    print("\n".join(itertools.islice(diff, DIFF_LINES)))
    print(f"seed {seed} differs")


def main():
    """Read the command line, and compare."""
    parser = argparse.ArgumentParser(description="Compare recorded CPython with the native loop.")
    parser.add_argument("loopscope", help="the path of loopscope")
    parser.add_argument("runner", help="the path of conformance_runner")
    parser.add_argument("count", type=int, help="how many programs")
    parser.add_argument("first_seed", type=int, nargs="?", default=1)
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help="of each program")
    parser.add_argument("--go-on", action="store_true", help="compare all, whatever differs")
    options = parser.parse_args()
    python = find_python()
    if python is None:
        print(NOT_FOUND, file=sys.stderr)
        return SKIPPED
    folder = pathlib.Path(tempfile.mkdtemp(prefix="loopscope-recorded-"))
    failed = 0
    comparison = Comparison(options.loopscope, options.runner, python, options.size, folder)
    with ReferenceProcess(python) as reference:
        for seed in range(options.first_seed, options.first_seed + options.count):
            difference = comparison.compare(seed, reference)
            if difference is None:
                continue
            report(seed, difference)
            failed += 1
            if not options.go_on:
                print(f"the program and its traces: {folder}")
                return 1
    shutil.rmtree(folder)
    print(f"{options.count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
