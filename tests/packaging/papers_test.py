#!/usr/bin/env python3
"""Tests what a package has beside the program:  papers_test.py LOOPSCOPE"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
sys.path.append(str(PACKAGING))
import completions
import help_model
import man_page

HELP = """does a thing, and
Usage: loopscope thing [OPTIONS] FILE [NAME]

Positionals:
  FILE TEXT REQUIRED          what is read
  NAME TEXT                   what it is called, which takes more words
                              than a line has

Options:
  -h,--help                   Print this help message and exit
  -o,--output TEXT=a.txt      where it goes
  --with-a-name-that-is-long-enough UINT
                              how often

Behind the options: more.
"""


class Help(unittest.TestCase):
    def test_is_read_with_all_that_it_says(self):
        command = help_model.command_of("thing", HELP)
        self.assertEqual(command.text, "does a thing, and")
        self.assertEqual(command.usage, "loopscope thing [OPTIONS] FILE [NAME]")
        self.assertEqual([option.names for option in command.positionals], [["FILE"], ["NAME"]])
        self.assertEqual(command.positionals[1].text, "what it is called, which takes more words than a line has")
        self.assertEqual([(option.names, option.value, option.default) for option in command.options],
                         [(["-h", "--help"], "", ""), (["-o", "--output"], "TEXT", "a.txt"), (["--with-a-name-that-is-long-enough"], "UINT", "")])  # fmt: skip
        self.assertEqual(command.options[2].text, "how often")
        self.assertEqual(command.notes, ["Behind the options: more."])


class Presets(unittest.TestCase):
    def test_what_can_be_configured_can_be_built(self):
        presets = json.loads((ROOT / "CMakePresets.json").read_text())
        shown = {preset["name"] for preset in presets["configurePresets"] if not preset.get("hidden")}
        self.assertEqual({preset["configurePreset"] for preset in presets["buildPresets"]}, shown)


class Licences(unittest.TestCase):
    def test_each_source_names_its_licence(self):
        """As https://spdx.dev asks. Programs that are shown as examples have it from REUSE.toml."""
        folders = ("app", "bench", "cmake", "core", "fuzz", "packaging", "recorder", "scripts", "shaders")
        endings = (".c", ".cmake", ".cpp", ".frag", ".h", ".hpp", ".py", ".sh", ".vert")
        sources = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in endings]
        self.assertGreater(len(sources), 1000)
        shown = ROOT / "core" / "programs"
        silent = [str(path.relative_to(ROOT)) for path in sources
                  if shown not in path.parents and "SPDX-License-Identifier: MIT" not in path.read_text()[:200]]  # fmt: skip
        self.assertEqual(silent, [])


class Papers(unittest.TestCase):
    program = None

    @classmethod
    def setUpClass(cls):
        cls.main, cls.commands = help_model.read(cls.program)
        cls.words = completions.Words(cls.program)

    def test_manual_page_names_every_command_and_option(self):
        page = man_page.page(self.main, self.commands, "1.2.3", "2026-11-30")
        for command in self.commands:
            self.assertIn(f"loopscope {command.name}", page)
            for option in command.options[1:]:
                self.assertIn(man_page.escaped(option.names[-1]), page)
        self.assertIn("Loopscope 1.2.3", page)
        if not shutil.which("man"):
            self.skipTest("there is no man here")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "loopscope.1"
            path.write_text(page, encoding="utf-8")
            shown = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", path], capture_output=True, text=True, check=True)
        self.assertEqual(shown.stderr, "")
        self.assertIn("--chrome", shown.stdout)

    def complete(self, *words):
        """Returns what bash offers for the last of some words."""
        script = completions.bash(self.main, self.commands, self.words)
        line = f"COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}; _loopscope; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        return subprocess.run(["bash", "-c", script + line], capture_output=True, text=True, check=True, cwd=PACKAGING).stdout.split()

    def test_bash_completes_commands_options_names_and_files(self):
        self.assertEqual(self.complete("loopscope", "exp"), ["explore"])
        self.assertEqual(self.complete("loopscope", "run", "pool"), ["pool-worker"])
        self.assertEqual(self.complete("loopscope", "run", "pool-worker", "--storage", "thr"), ["thread-local"])
        self.assertEqual(self.complete("loopscope", "run", "pool-worker", "--chr"), ["--chrome"])
        self.assertEqual(self.complete("loopscope", "open", "loopscope."), ["loopscope.xml"])
        self.assertEqual(self.complete("loopscope", "--theme", "pro"), ["projector"])

    def test_zsh_and_fish_take_theirs(self):
        for shell, write in (("zsh", completions.zsh), ("fish", completions.fish)):
            text = write(self.main, self.commands, self.words)
            for command in self.commands:
                self.assertIn(command.name, text)
            self.assertIn("pool-worker", text)
            if shutil.which(shell):
                subprocess.run([shell, "-n"], input=text, text=True, check=True)

    def test_file_type_is_known_by_the_first_bytes_of_a_trace(self):
        types = xml.etree.ElementTree.parse(PACKAGING / "loopscope.xml")
        name = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}
        magic = types.find(".//mime:match", name).get("value").encode().decode("unicode_escape").encode("latin-1")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "t.loopscope"
            subprocess.run([self.program, "run", "indication", "--save", path], capture_output=True, check=True)
            self.assertEqual(path.read_bytes()[: len(magic)], magic)
        kind = types.find(".//mime:mime-type", name).get("type")
        desktop = (ROOT / "assets" / "loopscope.desktop").read_text(encoding="utf-8")
        self.assertIn(f"MimeType={kind};", desktop)
        self.assertIn("Exec=loopscope %f", desktop)
        self.assertIn(kind, (PACKAGING / "metainfo.xml.in").read_text(encoding="utf-8"))


if __name__ == "__main__":
    Papers.program = sys.argv.pop(1)
    unittest.main()
