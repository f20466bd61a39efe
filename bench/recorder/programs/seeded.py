# SPDX-License-Identifier: MIT
"""The post's program under N seeds of a tester:  seeded.py TESTER PROGRAM N

Each tester as its own documentation runs a coroutine function under seeds. Prints how many different outputs there were.
"""

import asyncio
import contextlib
import io
import sys


def coroutine_of(path):
    """Returns the program as a coroutine function: these testers make the loop, so what the file's last statement gives to one is awaited."""
    with open(path, encoding="utf-8") as file:
        definitions = file.read().partition("\nloop = ")[0]
    names = {}
    exec(compile(definitions, path, "exec"), names)
    sleep = names["sleep"]

    async def main():
        await asyncio.gather(*(sleep(1, 0.1, symbol) for symbol in "0abc"))

    return main


def run_simloop(main, count):
    """https://pypi.org/project/simloop: explore(fn, seeds)."""
    import simloop

    return simloop.explore(main, range(count)) is None


def run_simloom(main, count):
    """https://pypi.org/project/simloom: explore(main, runs=…)."""
    import simloom

    return not simloom.explore(main, runs=count).failed


def run_seedloop(main, count):
    """https://pypi.org/project/seedloop: check(scenario, seeds=…), whose scenario gets a world."""
    import seedloop

    return seedloop.check(lambda world: main(), seeds=count).failing_seed is None


def main(tester, path, count):
    """Runs the program; exits with 1 if a seed failed."""
    program, outputs = coroutine_of(path), set()

    async def printed():
        with contextlib.redirect_stdout(io.StringIO()) as output:
            await program()
        outputs.add(output.getvalue())

    passed = {"simloop": run_simloop, "simloom": run_simloom, "seedloop": run_seedloop}[tester](printed, count)
    print(f"{len(outputs)} different outputs")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
