#!/usr/bin/env python3
"""Runs the tests of the window again and again beside processes that keep the machine busy: loaded_rounds.py PROGRAM [ROUNDS [BUSY]]

Ten rounds beside four busy processes, unless said.  A test that guesses how long something takes fails here sooner or later.  Says
what failed as soon as a round is over, goes on after it, and ends with 1 if any did.
"""

import concurrent.futures
import contextlib
import os
import pathlib
import subprocess
import sys
import time

PARTS = 3  # run side by side, as ctest runs them
TESTS = pathlib.Path(__file__).with_name("window_test.py")


@contextlib.contextmanager
def busy_processes(count):
    """Has so many processes do nothing but work."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def run_part(program, part):
    """Runs one part of the tests. Returns what it said if it failed, None if it passed."""
    done = subprocess.run([sys.executable, TESTS, program, "--part", f"{part}/{PARTS}"], capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"window.{part} ended with {done.returncode}:\n{done.stdout}{done.stderr}"


def run_round(program):
    """Runs all parts side by side. Returns what those said that failed."""
    with concurrent.futures.ThreadPoolExecutor(PARTS) as pool:
        said = pool.map(lambda part: run_part(program, part), range(1, PARTS + 1))
        return [each for each in said if each]


def main():
    program = os.path.abspath(sys.argv[1])
    rounds, busy = (int(sys.argv[place]) if len(sys.argv) > place else usual for place, usual in ((2, 10), (3, 4)))
    failed, seconds = 0, []
    with busy_processes(busy):
        for number in range(1, rounds + 1):
            begin = time.monotonic()
            said = run_round(program)
            seconds.append(time.monotonic() - begin)
            failed += len(said)
            print(f"round {number}: {'failed' if said else 'passed'}, {seconds[-1]:.0f} s", *said, sep="\n", flush=True)
    print(f"{rounds} rounds beside {busy} busy processes on {os.cpu_count()} cores, {failed} of {rounds * PARTS} parts failed; {min(seconds):.0f} to {max(seconds):.0f} s a round")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
