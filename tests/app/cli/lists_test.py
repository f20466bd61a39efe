"""What there is: programs, their parameters, options."""

import json
import re

from program import DOCUMENT, OUTPUTS, PROGRAMS, Program, STORAGES, loopscope


class Lists(Program):
    def output_of(self, *arguments):
        done = loopscope(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_of_programs_have_a_line_for_each(self):
        lines = self.output_of("programs").splitlines()
        self.assertEqual(tuple(line.split()[0] for line in lines)[: len(PROGRAMS)], PROGRAMS, "programs of one's own come behind")
        for line in lines:
            self.assertRegex(line, r"^[a-z-]+ +\S.*\S$")
            self.assertLessEqual(len(line), 100)

    def test_of_a_program_tell_its_parameters_and_what_it_prints_and_why(self):
        for program in PROGRAMS:
            with self.subTest(program=program):
                text = self.output_of("programs", program)
                self.assertTrue(text.startswith(f"{program}: "))
                self.assertRegex(text, r"(?m)^  --set step-cost=1us +loop time that each handle takes; 0 to 1 s$")
                self.assertTrue(all(storage in text for storage in STORAGES) or "every storage" in text)
                for output in set(OUTPUTS.get(program, {}).values()):
                    self.assertIn(f"    {output}\n", text)
                for line in text.splitlines():
                    self.assertLessEqual(len(line), 120, line)
        text = self.output_of("programs", "lock-fairness")
        self.assertRegex(text, r"(?m)^  --set rounds=3 +how often each takes the lock; 1 to 1000$")

    def test_of_programs_in_markdown_are_the_page_of_the_manual(self):
        self.assertEqual(self.output_of("programs", "--markdown"), DOCUMENT.read_text(encoding="utf-8"),
                         f"Write it anew: loopscope programs --markdown > {DOCUMENT.relative_to(DOCUMENT.parents[1])}")

    def test_of_one_program_in_markdown_are_its_section(self):
        section = self.output_of("programs", "child-set", "--markdown")
        self.assertIn("## child-set", section)
        self.assertIn(section, DOCUMENT.read_text(encoding="utf-8"))

    def test_of_keys_in_markdown_are_the_page_of_the_manual(self):
        page = DOCUMENT.parent / "keys.md"
        self.assertEqual(self.output_of("keys", "--markdown"), page.read_text(encoding="utf-8"), "Write it anew: loopscope keys --markdown > docs/keys.md")

    def test_of_keys_say_what_each_does(self):
        lines = self.output_of("keys").splitlines()
        self.assertIn("  Shift P           Previous print", lines)
        self.assertIn("  →                 One handle forward", lines)
        self.assertTrue(any(line.startswith("  Wheel ") for line in lines))

    def test_of_one_version_says_the_same_everywhere(self):
        root = DOCUMENT.parents[1]
        version = re.search(r"project\(loopscope VERSION (\S+)", (root / "CMakeLists.txt").read_text(encoding="utf-8"))[1]
        self.assertEqual(self.output_of("--version"), f"Loopscope {version}\n")
        self.assertEqual(json.loads((root / "vcpkg.json").read_text(encoding="utf-8"))["version"], version)

    def test_of_options_are_given_by_help(self):
        for arguments, words in ((("--help",), ("run", "programs", "--storage")), (("run", "--help"), ("--png", "--until", "--set", "--events"))):
            done = loopscope(*arguments)
            self.assertEqual(done.returncode, 0)
            self.assertEqual(done.stderr, "")
            for word in words:
                self.assertIn(word, done.stdout)
