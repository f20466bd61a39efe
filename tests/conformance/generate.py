"""Writes a random conformance program.

    python3 generate.py SEED [SIZE] [--wide | --rim]

The same seed and size give the same program on every version of Python.  SIZE, 6 unless
given, is about how many coroutines there are and how many operations each of them has.
--wide: with the operations of the wide vocabulary among the others.  --rim: with those at the
rim of asyncio as well, such as messages, contexts, tokens, generators, eager tasks, its end.
"""

import json
import sys

from bodies import Scene, Writer
from dice import Dice

DEFAULT_SIZE = 6
STORAGES = [
    "global", "thread_local", "context_shared", "context_copy", "context_chainmap", "contextvar",
]
STORAGES_OF_NO_FACTORY = {"global", "thread_local", "contextvar"}


def generate(seed, size=DEFAULT_SIZE, wide=False, rim=False):
    """The program of a seed, as a document; what is at the rim is wide as well."""
    wide = wide or rim
    dice = Dice(seed)
    step_cost = dice.pick([0, 1, 1, 1, 2, 5])
    count = dice.between(1, size)
    roots = [[f"c{dice.between(0, (count - 1) // 2)}", f"r{index}"]
             for index in range(dice.between(1, 5))]
    unit = dice.pick([1, max(step_cost, 1), 5, 10])
    storage = dice.pick(STORAGES) if rim else None
    eager = rim and storage in STORAGES_OF_NO_FACTORY and dice.chance(0.3)
    scene = Scene(dice, unit, roots, count, wide, rim, storage, eager)
    coroutines = {}
    for index in reversed(range(count)):
        coroutines[f"c{index}"] = _coroutine(scene, index, size)
    program = {
        "step_cost": step_cost,
        "storage": storage or dice.pick(STORAGES),
        "default": ".",
        "permits": dice.pick([0, 1, 1, 1, 1, 1, 2, 2, 2, 3]),
        "queue_size": dice.pick([0, 0, 1, 1, 2]),
        "roots": roots,
        "coroutines": dict(sorted(coroutines.items())),
    }
    if wide:
        program = {"parties": dice.pick([1, 2, 2, 2, 3, 3]), **program}
    if rim:
        program = {"eager": eager, "closes": dice.chance(0.5), **program}
    return program


def _coroutine(scene, index, size):
    """The body of one coroutine: a few sections, most in a `try`, and now and then a failure."""
    dice = scene.dice
    writer = Writer(scene, index, limit=20 * size)
    body = writer.opening()
    for _ in range(dice.between(1, 4)):
        section = writer.body(dice.between(2, size + 1), dice.between(1, 4))
        body += [writer.in_try(section)] if dice.chance(0.75) else section
    if index > 0 and dice.chance(0.25):
        body += writer.failure()
    scene.costs[f"c{index}"] = writer.cost + 1
    return body


def format_program(program):
    """The text of a program: one line for each coroutine's operation at the top."""
    head = [f"{json.dumps(key)}: {json.dumps(value)}"
            for key, value in program.items() if key != "coroutines"]
    coroutines = [f"  {json.dumps(name)}: [{_format_body(body)}]"
                  for name, body in program["coroutines"].items()]
    joined = ",\n".join(coroutines)
    return "{" + ",\n ".join(head) + ',\n "coroutines": {\n' + joined + "}}\n"


def _format_body(body):
    return "".join("\n    " + json.dumps(operation) + "," for operation in body)[:-1]


def main():
    """Read the command line and print the program."""
    try:
        words = [word for word in sys.argv[1:] if word not in ("--wide", "--rim")]
        seed, size = (int(word) for word in [*words, DEFAULT_SIZE][:2])
        if size < 1 or len(words) > 2:
            raise ValueError
    except ValueError:
        sys.exit("Use it as: python3 generate.py SEED [SIZE] [--wide | --rim], with whole numbers, SIZE from 1.")
    sys.stdout.write(format_program(generate(seed, size, "--wide" in sys.argv, "--rim" in sys.argv)))


if __name__ == "__main__":
    main()
