"""Runs fresh random programs on the native loop and on CPython and compares what they print.

    python3 compare.py RUNNER COUNT [FIRST_SEED] [--asyncio VERSION] [--size SIZE] [--jobs JOBS]

Stops at the first difference: it keeps the program and both outputs, shows the beginning of
their diff, and exits with 1.  Smaller sizes make differences easier to understand.  Programs
that nest too deep for CPython are skipped, and so are those that use what the version has not.
Every second program has the wide vocabulary (`generate.py SEED --wide`), and every second of
those what is at the rim (`--rim`).  Without a Python of the version, which is 3.13 unless said,
it exits with 77, "skipped"; for 3.14, `--pyodide FOLDER` names where npm has installed one.
"""

import argparse
import concurrent.futures
import difflib
import itertools
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

from generate import DEFAULT_SIZE, format_program, generate
from reference import LACKING, TOO_DEEP
from reference_process import USUAL, VERSIONS, find_reference, pythons

SKIPPED = 77
RUNNER_SECONDS = 120  # more than any program needs on any machine
DIFF_LINES = 40
PROGRESS_EVERY = 100


class Comparison:
    """Compares program after program, on several threads if asked, until two outputs differ."""

    def __init__(self, runner, start_reference, options, folder):
        self._runner = [runner, "--asyncio", options.asyncio]
        self._start_reference = start_reference
        self._size = options.size
        self._folder = folder
        self._lock = threading.Lock()
        self._stopped = False
        self.passed = 0
        self.skipped = {TOO_DEEP: 0, LACKING: 0}  # how many, by the status of the reference
        self.differing = None  # the seed of the first difference found

    def run(self, seeds):
        """Take seeds from a shared iterator until it ends or a difference is found."""
        with self._start_reference() as reference:
            try:
                while not self._stopped:
                    with self._lock:
                        seed = next(seeds, None)
                    if seed is None:
                        return
                    self._count(seed, self._compare(seed, reference))
            finally:
                self._stopped = True

    def path(self, seed, suffix):
        """Where a file of a seed is kept."""
        return self._folder / f"{seed}.{suffix}"

    def _compare(self, seed, reference):
        """Whether the outputs are equal, or the status for which a program is skipped."""
        program = self.path(seed, "json")
        document = generate(seed, self._size, wide=seed % 2 == 0, rim=seed % 4 == 0)
        program.write_text(format_program(document), encoding="utf-8")
        status, expected = reference.run(program)
        if status in self.skipped:
            program.unlink()
            return status
        if status != 0:
            raise RuntimeError(f"The reference failed on {program} with status {status}.")
        actual = self._run_native(program)
        if actual == expected:
            program.unlink()
            return True
        self.path(seed, "expected").write_bytes(expected)
        self.path(seed, "actual").write_bytes(actual)
        return False

    def _run_native(self, program):
        """What the native loop prints; a failure of its own is added to it."""
        try:
            done = subprocess.run(
                [*self._runner, program], stdout=subprocess.PIPE, timeout=RUNNER_SECONDS
            )
        except subprocess.TimeoutExpired as expired:
            return (expired.stdout or b"") + b"the runner did not end\n"
        failure = f"the runner ended with status {done.returncode}\n" if done.returncode else ""
        return done.stdout + failure.encode()

    def _count(self, seed, equal):
        with self._lock:
            if equal is True:
                self.passed += 1
            elif equal is not False:
                self.skipped[equal] += 1
            elif self.differing is None:
                self.differing = seed
                self._stopped = True
            skipped = sum(self.skipped.values())
            done = self.passed + skipped
            if done % PROGRESS_EVERY == 0 and not self._stopped:
                print(f"{done} programs, {skipped} of them skipped", file=sys.stderr)


def report_difference(comparison):
    """Show how the outputs of the differing seed differ, and where they are kept."""
    seed = comparison.differing
    texts = [comparison.path(seed, suffix).read_text(encoding="utf-8", errors="replace")
             for suffix in ("expected", "actual")]
    diff = difflib.unified_diff(*(text.splitlines() for text in texts), "CPython", "native",
                                lineterm="")
    for line in itertools.islice(diff, DIFF_LINES):
        print(line)
    print(f"seed {seed} differs; the program and both outputs: {comparison.path(seed, '*')}")


def compare(options, start_reference):
    """Compare as the command line says; return the exit status."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="loopscope-conformance-"))
    comparison = Comparison(options.runner, start_reference, options, folder)
    seeds = iter(range(options.first_seed, options.first_seed + options.count))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for worker in [pool.submit(comparison.run, seeds) for _ in range(options.jobs)]:
            worker.result()
    if comparison.differing is not None:
        report_difference(comparison)
        print(f"{comparison.passed} passed, 1 failed")
        return 1
    folder.rmdir()
    print(f"{comparison.skipped[TOO_DEEP]} programs were too deep for CPython and were skipped, "
          f"{comparison.skipped[LACKING]} used what {options.asyncio} has not", file=sys.stderr)
    print(f"{comparison.passed} passed, 0 failed")
    return 0


def main():
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Compare the native loop with CPython.")
    parser.add_argument("runner", help="the path of conformance_runner")
    parser.add_argument("count", type=int, help="how many programs")
    parser.add_argument("first_seed", type=int, nargs="?", default=1)
    parser.add_argument("--asyncio", choices=VERSIONS, default=USUAL, help="the version of asyncio")
    parser.add_argument("--pyodide", help="the folder with the CPython 3.14 that runs under node")
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help="of each program")
    parser.add_argument("--jobs", type=int, default=1, help="how many to run at once")
    options = parser.parse_args()
    if shutil.which(options.runner) is None:
        print(f"There is no runner {options.runner}: build conformance_runner first.",
              file=sys.stderr)
        return 1
    start_reference = find_reference(options.asyncio, options.pyodide)
    if start_reference is None:
        print(f"No Python {options.asyncio} was found {pythons.WHERE}.", file=sys.stderr)
        return SKIPPED
    try:
        return compare(options, start_reference)
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
