"""What Loopscope writes for other tools, as they read it: exported_traces_test.py PROGRAM"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.dom.minidom

import chrome_trace
import perfetto_trace

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parent / "core" / "exchange" / "cases"
HANDLES = ("step", "callback")
LOOPSCOPE = ""


def loopscope(*arguments):
    done = subprocess.run([LOOPSCOPE, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
    return done


class Exported(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def programs(self):
        return [line.split()[0] for line in loopscope("programs").stdout.splitlines() if re.match(r"[a-z]", line)]

    def both(self, *arguments):
        chrome, perfetto = self.folder / "t.json", self.folder / "t.pftrace"
        done = loopscope("run", *arguments, "--chrome", chrome, "--perfetto", perfetto)
        self.assertTrue(chrome.exists() and perfetto.exists(), done.stderr)
        return chrome_trace.Trace(chrome_trace.load(chrome)), perfetto_trace.Trace(perfetto)

    def test_programs_have_no_faults_and_no_handle_without_length(self):
        self.assertGreater(len(self.programs()), 12)
        for program in self.programs():
            for cost in ("1us", "0"):
                with self.subTest(program=program, cost=cost):
                    chrome, perfetto = self.both(program, "--set", f"step-cost={cost}")
                    self.assertEqual(chrome.faults, [])
                    self.assertEqual(perfetto.faults, [])
                    counts = []
                    for trace in (chrome, perfetto):
                        self.assertEqual(trace.unfinished, 0)
                        handles = [each for track in trace.slices.values() for each in track if each.category in HANDLES]
                        self.assertEqual([each.name for each in handles if each.end <= each.begin], [])
                        counts.append(len(handles))
                    self.assertEqual(counts[0], counts[1])
                    self.assertGreater(counts[0], 0)

    def test_tasks_of_one_name_are_tracks_of_their_own_and_the_loop_is_the_main_thread(self):
        chrome, perfetto = self.both("indication")
        names = sorted(chrome.names.values())
        self.assertEqual(names, ["event loop"] + 4 * ["indication"] + 4 * ["sleep"])
        self.assertEqual(chrome.names[1, 1], "event loop")
        self.assertTrue(all(tid != 0 and (tid != pid or name == "event loop") for (pid, tid), name in chrome.names.items()))
        self.assertEqual(sorted(perfetto.name_of(uuid) for uuid in perfetto.slices), names)

    def test_imported_traces_have_no_faults_and_are_the_same_again(self):
        written = 0
        for case in sorted(CASES.glob("*.json")):
            first, second = self.folder / "first" / case.name, self.folder / "second" / case.name
            for path in (first, second):
                path.parent.mkdir(exist_ok=True)
            if loopscope("convert", case, first).returncode != 0:
                continue
            written += 1
            with self.subTest(case=case.name):
                trace = chrome_trace.Trace(chrome_trace.load(first))
                self.assertEqual(trace.faults, [])
                self.assertEqual(loopscope("convert", first, second).returncode, 0)
                self.assertEqual(first.read_text(), second.read_text())
                perfetto = self.folder / "t.pftrace"
                self.assertEqual(loopscope("convert", case, perfetto).returncode, 0)
                self.assertEqual(perfetto_trace.Trace(perfetto).faults, [])
        self.assertGreater(written, 12)

    def test_names_that_are_no_utf8_and_no_xml_are_written_harmlessly(self):
        name = "a<b>&\"'\x01\ufffe]]>\n\t\u202e"
        source = self.folder / "odd.json"
        records = [{"ph": "X", "pid": 1, "tid": 7, "ts": 0, "dur": 1000, "name": name, "cat": name, "args": {name: name}}]
        source.write_bytes(json.dumps(records).encode().replace(b"]]>", b"\xff]]>"))
        out = {ending: self.folder / f"out.{ending}" for ending in ("json", "pftrace", "txt", "csv", "svg")}
        for ending in ("json", "pftrace", "txt", "csv"):
            self.assertEqual(loopscope("convert", source, out[ending]).returncode, 0)
        self.assertEqual(chrome_trace.faults(out["json"]), [])
        self.assertEqual(perfetto_trace.Trace(out["pftrace"]).faults, [])
        drawn = loopscope("open", source, "--svg", out["svg"])
        self.assertEqual(drawn.returncode, 0, drawn.stderr)
        xml.dom.minidom.parse(str(out["svg"]))


if __name__ == "__main__":
    LOOPSCOPE = sys.argv.pop(1)
    unittest.main()
