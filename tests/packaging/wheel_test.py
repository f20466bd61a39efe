#!/usr/bin/env python3
"""Tests the wheel:  wheel_test.py WHEEL

Each test is run in a new environment of the oldest and of the newest Python that the wheel is for and that is found here, with nothing else installed.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "support"))
import pythons

PROGRAM = "import asyncio\nasync def main():\n    await asyncio.sleep(0)\n    print('ran')\nasyncio.run(main())\n"
WHEEL = pathlib.Path()


class Environment:
    """A new environment with the wheel in it."""

    def __init__(self, python, folder):
        self.folder = folder
        subprocess.run([python, "-m", "venv", folder / "environment"], check=True)
        self.run("pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", WHEEL)

    def run(self, name, *words):
        """Runs a program of the environment's, by its path; returns what it says."""
        outside = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY", "LOOPSCOPE")}
        outside.update(XDG_CACHE_HOME=str(self.folder / "cache"), XDG_RUNTIME_DIR=str(self.folder))
        done = subprocess.run([self.folder / "environment" / "bin" / name, *map(str, words)], cwd=self.folder, env=outside, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"{name} {words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


def in_each(test):
    """Makes a test of one environment a test of all."""

    def tests(self):
        found = pythons.all_pythons((3, 8))
        for python in dict.fromkeys([found[0], found[-1]]):
            with self.subTest(python=python), tempfile.TemporaryDirectory() as name:
                test(self, Environment(python, pathlib.Path(name)), python)

    return tests


class Wheel(unittest.TestCase):
    @in_each
    def test_is_installed_and_runs_records_and_draws(self, environment, python):
        self.assertTrue(environment.run("loopscope", "--version").startswith("Loopscope "))
        self.assertEqual(environment.run("loopscope", "run", "indication", "--storage", "contextvar").strip(), "0" + "abc0" * 9 + "abc")
        script = environment.folder / "app.py"
        script.write_text(PROGRAM)
        said = environment.run("python", "-m", "loopscope", "record", "--python", environment.folder / "environment" / "bin" / "python", script)
        self.assertEqual(said, "ran\n")
        environment.run("loopscope", "open", "app.loopscope", "--png", "app.png")
        self.assertEqual((environment.folder / "app.png").read_bytes()[:4], b"\x89PNG")

    @in_each
    def test_has_the_plugin_for_pytest(self, environment, python):
        listed = environment.run("python", "-c", "import importlib.metadata as m; d = m.distribution('loopscope'); print([(e.group, e.value) for e in d.entry_points])")
        self.assertIn("('pytest11', 'loopscope_pytest')", listed)
        source = environment.run("python", "-c", "import loopscope; print(loopscope.program())").strip()
        self.assertTrue(os.access(source, os.X_OK))

    def test_needs_nothing_but_the_system_s_own_libraries(self):
        with tempfile.TemporaryDirectory() as name:
            subprocess.run([sys.executable, "-m", "zipfile", "-e", WHEEL, name], check=True)
            said = subprocess.run(["readelf", "-d", pathlib.Path(name, "loopscope", "loopscope")], capture_output=True, text=True, check=True).stdout
        needed = {line.partition("[")[2].rstrip("]") for line in said.splitlines() if "(NEEDED)" in line}
        self.assertLessEqual(needed, {"libc.so.6", "libm.so.6", "libX11.so.6", "ld-linux-x86-64.so.2"})
        self.assertIn("manylinux", WHEEL.name)


if __name__ == "__main__":
    WHEEL = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
