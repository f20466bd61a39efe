"""What a run prints, says and draws."""

import os
import pathlib
import re
import tempfile
from xml.etree import ElementTree

from program import EACH_ITS_OWN, ONLY_C, OUTPUTS, Program, loopscope


class Output(Program):
    def test_is_what_each_program_prints_under_each_storage(self):
        for program, outputs in OUTPUTS.items():
            for storage, output in outputs.items():
                with self.subTest(program=program, storage=storage):
                    done = loopscope("run", program, "--storage", storage)
                    self.assertEqual(done.stdout, output + "\n")
                    self.assertEqual(done.returncode, 0)

    def test_is_that_of_global_unless_told_otherwise(self):
        self.assertEqual(loopscope("run", "indication").stdout, ONLY_C + "\n")

    def test_is_the_same_for_names_with_underscores(self):
        for storage in ("thread_local", "context_shared", "context_copy", "context_chainmap"):
            with self.subTest(storage=storage):
                done = loopscope("run", "indication-main", "--storage", storage)
                self.assertEqual(done.stdout, OUTPUTS["indication-main"][storage.replace("_", "-")] + "\n")

    def test_ends_with_a_newline_also_if_nothing_is_printed(self):
        self.assertEqual(loopscope("run", "indication", "--until", "0").stdout, "\n")

    def test_stops_at_a_time_of_the_loop_s_clock(self):
        self.assertEqual(loopscope("run", "indication", "--until", "0.45").stdout, "c" * 20 + "\n")
        self.assertEqual(loopscope("run", "indication", "--until", "450ms", "--storage", "contextvar").stdout, "0abc" * 5 + "\n")
        self.assertEqual(loopscope("run", "indication", "--until", "100").stdout, ONLY_C + "\n")

    def test_changes_with_the_program_s_parameters(self):
        done = loopscope("run", "indication", "--set", "interval=0.25", "--set", "symbols=xyz", "--storage", "contextvar")
        self.assertEqual(done.stdout, "xyz" * 4 + "\n")
        self.assertEqual(loopscope("run", "indication", "--set", "symbols=日本", "--set", "duration=0.15").stdout, "本" * 4 + "\n")

    def test_changes_when_the_storage_is_switched_on_the_way(self):
        done = loopscope("run", "indication", "--switch", "0.45=contextvar")
        self.assertEqual(done.stdout, "c" * 20 + "0abc" * 5 + "\n")
        done = loopscope("run", "indication", "--switch", "250ms=contextvar", "--switch", "0.45=thread_local")
        self.assertEqual(done.stdout, "c" * 12 + "0abc" * 2 + "c" * 20 + "\n")
        self.assertEqual(done.returncode, 0)

    def test_is_not_mixed_with_what_is_said_to_people(self):
        done = loopscope("run", "indication")
        self.assertIn("40 prints", done.stderr)
        self.assertIn("30 leak", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)

    def test_counts_stale_prints_where_there_are_any(self):
        self.assertIn(" 4 prints, 0 leaks, 3 stale\n", loopscope("run", "pool-worker", "--storage", "contextvar").stderr)
        self.assertIn(" 4 prints, 3 leaks\n", loopscope("run", "pool-worker", "--storage", "global").stderr)

    def test_says_so_if_it_stopped_early(self):
        self.assertIn("before the program was over", loopscope("run", "indication", "--until", "0.2").stderr)
        self.assertNotIn("before the program was over", loopscope("run", "indication").stderr)


class Events(Program):
    def test_are_the_same_bytes_every_time(self):
        for storage in ("global", "contextvar"):
            first, second = (loopscope("run", "indication", "--events", "--storage", storage) for _ in range(2))
            self.assertEqual(first.stderr, second.stderr)
            self.assertEqual(first.stdout, second.stdout)
            self.assertGreater(first.stderr.count("\n"), 500)

    def test_are_numbered_lines_from_the_beginning_to_the_end(self):
        lines = loopscope("run", "indication", "--events").stderr.splitlines()
        self.assertEqual([int(line.split()[0]) for line in lines], list(range(len(lines))))
        self.assertEqual(lines[0].split()[2], "begin")
        self.assertEqual(lines[-1].split()[2:], ["end", "ok"])

    def test_tell_who_wrote_what_is_printed(self):
        events = loopscope("run", "indication", "--events").stderr
        self.assertEqual(len(re.findall(r"print_value .*'c' written at \d+", events)), 40)


class Picture(Program):
    def test_needs_no_display_and_leaves_the_output_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "picture.png"
            done = loopscope("run", "indication", "--png", str(path), "--size", "640x360")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout, ONLY_C + "\n")
            self.assertEqual(os.listdir(folder), ["picture.png"])
            data = path.read_bytes()
            self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
            self.assertEqual(data[16:24], (640).to_bytes(4, "big") + (360).to_bytes(4, "big"))

    def test_replaces_the_one_that_was_there(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "picture.png"
            path.write_bytes(b"old")
            self.assertEqual(loopscope("run", "indication", "--png", str(path), "--size", "320x320").returncode, 0)
            self.assertEqual(path.read_bytes()[:4], b"\x89PNG")
            self.assertEqual(os.listdir(folder), ["picture.png"])


class Slides(Program):
    def test_are_drawn_with_the_panels_for_a_projector_and_as_large_as_is_asked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            drawn = []
            for options in ((), ("--present",), ("--scale", "1.5"), ("--present", "--theme", "dark")):
                path = pathlib.Path(folder) / "picture.png"
                done = loopscope("run", "indication", "--png", str(path), "--size", "960x540", *options)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(path.read_bytes()[16:24], (960).to_bytes(4, "big") + (540).to_bytes(4, "big"))
                drawn.append(path.read_bytes())
            self.assertEqual(len(set(drawn)), 4)


class Drawing(Program):
    def test_has_a_text_for_each_symbol_that_is_printed(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "timeline.svg"
            done = loopscope("run", "indication", "--storage", "contextvar", "--svg", str(path), "--size", "1329x696")
            self.assertEqual((done.returncode, done.stdout), (0, EACH_ITS_OWN + "\n"))
            root = ElementTree.parse(path).getroot()
            self.assertEqual(root.get("width"), "1329")
            texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
            # Each in its lane; and in the output, at the bottom.
            self.assertEqual([texts.count(each) >= 10 for each in "0abc"], [True] * 4)
            self.assertEqual(texts.count("indication"), 4)
            # Nothing that somebody could take hold of: no choice of an axis, and no minimap at the lower edge.
            self.assertEqual((texts.count("sequence"), texts.count("time")), (1, 0))
            shapes = [each for each in root.iter("{http://www.w3.org/2000/svg}rect") if float(each.get("y")) > 696 - 46]
            self.assertTrue(all(float(each.get("y")) + float(each.get("height")) < 696 for each in shapes))
