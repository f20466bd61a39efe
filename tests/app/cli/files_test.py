"""Files that are written, opened and converted."""

import csv
import json
import pathlib
import resource
import tempfile

from program import EACH_ITS_OWN, Program, loopscope
from terminal_test import LONG


class Files(Program):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def path(self, name):
        return str(self.folder / name)

    def record(self, *options):
        done = loopscope("run", "indication", "--storage", "contextvar", "--save", self.path("t.loopscope"), *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, EACH_ITS_OWN + "\n")

    def convert(self, one, other):
        done = loopscope("convert", self.path(one), self.path(other))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "")
        return (self.folder / other).read_bytes()

    def test_a_recording_converts_to_what_the_run_itself_writes(self):
        self.record("--chrome", self.path("run.json"), "--perfetto", self.path("run.pftrace"))
        self.assertEqual(self.convert("t.loopscope", "t.json"), (self.folder / "run.json").read_bytes())
        self.assertEqual(self.convert("t.loopscope", "t.pftrace"), (self.folder / "run.pftrace").read_bytes())
        self.assertEqual(self.convert("t.loopscope", "again.loopscope"), (self.folder / "t.loopscope").read_bytes())
        lines = loopscope("run", "indication", "--storage", "contextvar", "--events").stderr
        self.assertEqual(self.convert("t.loopscope", "t.txt").decode(), lines)
        self.assertEqual(len(list(csv.DictReader(self.convert("t.loopscope", "t.csv").decode().splitlines()))), lines.count("\n"))

    def test_a_name_in_the_place_of_a_command_is_opened(self):
        self.record()
        trace = self.path("t.loopscope")
        for name, words in (("open", ("open", trace)), ("alone", (trace,)), ("after", ("--theme", "dark", trace)), ("joined", ("--theme=dark", trace))):
            done = loopscope(*words, "--png", self.path(f"{name}.png"), "--size", "640x360")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual((self.folder / f"{name}.png").read_bytes(), (self.folder / "open.png").read_bytes())

    def test_a_name_of_nothing_is_neither_a_command_nor_a_file(self):
        done = loopscope(self.path("t.loopscope"))
        self.assert_one_line(done, 2)
        self.assertIn("neither a command nor a file", done.stderr)

    def test_a_chrome_trace_is_json_with_a_thread_for_each_task(self):
        self.record("--chrome", self.path("t.json"))
        records = json.loads((self.folder / "t.json").read_text())["traceEvents"]
        threads = {each["tid"]: each["args"]["name"] for each in records if each["name"] == "thread_name"}
        self.assertEqual(sorted(threads.values()), ["event loop"] + ["indication"] * 4 + ["sleep"] * 4)
        self.assertNotIn(0, threads, "viewers take 0 for the idle task")
        flows = {phase: sorted(each["id"] for each in records if each["ph"] == phase) for phase in "sf"}
        self.assertTrue(set(flows["f"]) <= set(flows["s"]))
        self.assertEqual(len([each for each in records if each["ph"] == "i" and each["cat"] == "print"]), 40)

    def test_another_tool_s_trace_becomes_one_of_ours(self):
        (self.folder / "t.json").write_text('[{"ph":"X","ts":5,"dur":3,"pid":1,"tid":2,"name":"work"},')
        self.convert("t.json", "t.loopscope")
        self.assertIn(b"'work'", self.convert("t.loopscope", "t.txt"))

    def test_opening_one_draws_a_picture_without_a_display(self):
        self.record()
        done = loopscope("open", self.path("t.loopscope"), "--png", self.path("t.png"), "--size", "640x360")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "t.png").read_bytes()[:4], b"\x89PNG")

    def test_opening_one_draws_its_timeline_for_slides(self):
        self.record()
        done = loopscope("open", self.path("t.loopscope"), "--svg", self.path("t.svg"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((self.folder / "t.svg").read_text().startswith("<svg "))
        self.assert_one_line(loopscope("open", self.path("t.loopscope"), "--svg", "/nowhere/t.svg"), 1)

    def test_a_note_is_kept_and_said(self):
        self.record("--note", "look at c")
        self.convert("t.loopscope", "again.loopscope")
        done = loopscope("open", self.path("again.loopscope"), "--png", self.path("t.png"), "--size", "640x360")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Note: look at c\n", done.stderr)
        self.assert_one_line(loopscope("run", "indication", "--note", "nowhere"), 2)

    def test_a_recording_that_was_cut_opens_and_says_so(self):
        self.record()
        whole = (self.folder / "t.loopscope").read_bytes()
        (self.folder / "cut.loopscope").write_bytes(whole[:-10])
        done = loopscope("convert", self.path("cut.loopscope"), self.path("t.txt"))
        self.assertEqual(done.returncode, 0)
        self.assertIn("without an end, as when recording was interrupted", done.stderr)

    def test_what_cannot_be_done_is_one_sentence(self):
        self.record()
        self.assert_one_line(loopscope("open", self.path("none.loopscope")), 1)
        self.assert_one_line(loopscope("open", str(self.folder)), 1)
        self.assert_one_line(loopscope("convert", self.path("t.loopscope"), self.path("t.doc")), 2)
        self.assert_one_line(loopscope("open", self.path("t.loopscope"), "--png", "p.png", "--at", "99999"), 2)
        self.assert_one_line(loopscope("run", "indication", "--save", "/nowhere/t.loopscope"), 1)

    def test_a_full_disk_is_one_sentence_and_leaves_what_there_was_room_for(self):
        (self.folder / "t.loopscope").write_bytes(b"old")
        limited = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        done = loopscope(*LONG, "--save", self.path("t.loopscope"), preexec_fn=limited)
        self.assert_one_line(done, 1)
        growing = self.folder / "t.recording.loopscope"
        self.assertIn(f"what was recorded until then is in {growing}", done.stderr)
        self.assertEqual((self.folder / "t.loopscope").read_bytes(), b"old")
        self.assertEqual(len(growing.read_bytes()), 20_000)
        self.assertIn(b"iteration", self.convert(growing.name, "t.txt"))
