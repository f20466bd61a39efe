#!/usr/bin/env python3
"""Tests what `cmake --install` makes of a build folder:  installed_test.py BUILD

It is installed into a folder of its own, which is moved away before anything is run: what runs there looks for nothing where it was built.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EACH_ITS_OWN = "0" + "abc0" * 9 + "abc"
PROGRAM = "import asyncio\nasync def main():\n    await asyncio.sleep(0)\n    print('ran')\nasyncio.run(main())\n"


class Installed(unittest.TestCase):
    build = None

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        subprocess.run(["cmake", "--install", cls.build, "--prefix", cls.folder / "first"], check=True, stdout=subprocess.DEVNULL)
        cls.prefix = (cls.folder / "first").rename(cls.folder / "where it is")

    def run_it(self, *words):
        """Runs the program as somebody who has no display; returns what it prints."""
        around = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH")}
        around |= {name: str(self.folder) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")}
        words = [self.prefix / "bin" / "loopscope", *words]
        done = subprocess.run([str(word) for word in words], cwd=self.folder, env=around, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, f"{words}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def test_runs_and_says_its_version(self):
        version = re.search(r"project\(loopscope VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]
        self.assertEqual(self.run_it("--version"), f"Loopscope {version}\n")
        self.assertEqual(self.run_it("run", "indication", "--storage", "contextvar").strip(), EACH_ITS_OWN)

    def test_records_a_program_and_draws_it(self):
        (self.folder / "app.py").write_text(PROGRAM, encoding="utf-8")
        self.assertEqual(self.run_it("record", "--python", sys.executable, "app.py"), "ran\n")
        self.run_it("open", "app.loopscope", "--png", "app.png", "--size", "800x600")
        self.assertEqual((self.folder / "app.png").read_bytes()[:4], b"\x89PNG")

    def test_has_what_a_desktop_shows_and_the_headers_of_the_recorder(self):
        for name in ("share/applications/loopscope.desktop", "share/icons/hicolor/scalable/apps/loopscope.svg", "include/loopscope/track.hpp"):
            self.assertTrue((self.prefix / name).is_file(), name)

    @unittest.skipUnless(shutil.which("g++"), "there is no g++ here")
    def test_headers_have_a_program_recorded(self):
        program = self.folder / "requests"
        source = ROOT / "examples" / "cpp" / "requests.cpp"
        subprocess.run(["g++", "-std=c++20", "-I", self.prefix / "include", source, "-o", program], check=True)
        self.run_it("record", program)
        self.run_it("convert", "requests.loopscope", "requests.txt")
        self.assertIn("bob", (self.folder / "requests.txt").read_text(encoding="utf-8"))


if __name__ == "__main__":
    Installed.build = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
