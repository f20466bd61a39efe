#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a recording costs a program of C++, by step: cpp.py PROGRAM [--steps N] [--rounds N]; a table in Markdown.

PROGRAM is Loopscope, which records. Each figure is the lowest of the rounds, which are taken by turns.
"""

import argparse
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = pathlib.Path(__file__).resolve().parent / "cpp_steps.cpp"
WORKLOADS = {"own": "a coroutine of one's own, resumed from a deque", "asio": "co_await asio::post", "handlers": "asio::post from a handler"}
TRACKED = ["-DLOOPSCOPE_TRACKED", "-DBOOST_ASIO_CUSTOM_HANDLER_TRACKING=<loopscope/asio.hpp>"]


def build(folder):
    """Builds the program without the recorder, and with it; returns both."""
    (folder / "loopscope").symlink_to(ROOT / "recorder")
    common = ["g++", "-std=c++20", "-O2", "-pthread", "-I", folder, SOURCE]
    for name, options in (("plain", []), ("tracked", TRACKED)):
        subprocess.run([*common, *options, "-o", folder / name], check=True)
    return folder / "plain", folder / "tracked"


def figure(command, folder):
    """Returns what a run says of itself, in ns for a step."""
    done = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True, check=True)
    return float(done.stdout)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench cpp", description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--steps", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        plain, tracked = build(folder)
        print("| a step | plain | with the recorder, not recorded | recorded |\n|---|---:|---:|---:|")
        for workload, title in WORKLOADS.items():
            rest = [workload, arguments.steps]
            ways = ([plain, *rest], [tracked, *rest], [arguments.program.resolve(), "record", tracked, *rest])
            rounds = [[figure(way, folder) for way in ways] for _ in range(arguments.rounds)]
            best = [min(figures) for figures in zip(*rounds)]
            print(f"| {title} | {best[0]:.0f} ns | {best[1]:.0f} ns | {best[2]:.0f} ns |", flush=True)


if __name__ == "__main__":
    main()
