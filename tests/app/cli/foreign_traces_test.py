"""Traces of other tools: what is in them is shown, as counted in the files themselves, and what is passed over is said."""

import json
import pathlib
import random
import sys

from program import InSession, loopscope, program_path

TESTS = pathlib.Path(__file__).resolve().parents[2]
EXCHANGE = TESTS / "core" / "exchange"
sys.path.append(str(TESTS / "support"))
from count_chrome import count, shown

ROUNDS = 30


def invented(seed):
    """A trace of all kinds of records at random, in no order: as many begin as end only by chance."""
    choose = random.Random(seed)
    records = []
    for _ in range(choose.randrange(1, 300)):
        record = {"ph": choose.choice("XXXBEbenSFTpiIRstfCM"), "ts": choose.randrange(40), "pid": choose.randrange(2), "tid": choose.randrange(3)}
        record |= {"name": choose.choice("abc"), "cat": "c", "args": {"x": choose.randrange(9), "y": [1, {"z": "é\n"}]}}
        if record["ph"] == "X":
            record["dur"] = choose.randrange(20) / choose.choice((1, 4))
        if record["ph"] == "C":
            record["args"] = {"in": choose.random(), "out": 1}
        if record["ph"] in "benSFTpstf":
            record["id"] = choose.choice((1, 2, "0x1", "two"))
        if choose.random() < 0.1:
            record |= {"bind_id": "0x9", "flow_in": choose.random() < 0.6, "flow_out": choose.random() < 0.6}
        records.append(record)
    return records


class ForeignTraces(InSession):
    def path(self, name):
        return str(self.folder / name)

    def test_as_many_slices_and_instants_are_shown_as_are_in_real_traces(self):
        files = sorted((EXCHANGE / "real").glob("*.json"))
        self.assertGreaterEqual(len(files), 3)
        for path in files:
            with self.subTest(path.name):
                self.assertEqual(shown(program_path(), path), count(path))

    def test_as_many_slices_and_instants_are_shown_as_are_in_invented_traces(self):
        for seed in range(ROUNDS):
            records = invented(seed)
            path = self.folder / "t.json"
            whole = json.dumps(records) if seed % 3 else "\n".join(map(json.dumps, records))
            path.write_text(json.dumps({"traceEvents": records}) if seed % 3 == 2 else whole)
            with self.subTest(seed):
                expected = count(path)
                if any(expected.values()):
                    self.assertEqual(shown(program_path(), path), expected)

    def test_what_is_passed_over_is_listed_on_request(self):
        (self.folder / "t.json").write_text('[{"ph":"X","ts":1,"dur":2},\n{"ph":"?","ts":1},{"ph":"?","ts":2},{"ph":"X","ts":1,"dur":-2}]')
        done = loopscope("convert", self.path("t.json"), self.path("t.txt"), "--passed-over")
        self.assertEqual(done.returncode, 0)
        self.assertIn("3 of 4 records were passed over (2 records of an unknown phase \"?\", 1 record with a negative duration)", done.stderr)
        self.assertIn("       2 records of an unknown phase \"?\", the first at byte 28\n", done.stderr)
        self.assertIn("       1 record with a negative duration, the first at byte 64\n", done.stderr)
        drawn = loopscope("open", self.path("t.json"), "--png", self.path("t.png"), "--size", "640x480", "--passed-over")
        self.assertIn("the first at byte 28\n", drawn.stderr)

    def test_nothing_passed_over_is_said_too(self):
        (self.folder / "t.json").write_text('[{"ph":"X","ts":1,"dur":2}]')
        done = loopscope("convert", self.path("t.json"), self.path("t.txt"), "--passed-over")
        self.assertIn("nothing was passed over", done.stderr)

    def test_what_is_no_trace_is_refused(self):
        for text, why in (
            ('{"name":"package"}', "is JSON, but no trace"),
            ('{"traceEvents":5}', "its traceEvents is a number, where an array of records belongs"),
            ('[{"ph":"s","ts":1}]', "has nothing to show among its 1 records"),
        ):
            (self.folder / "t.json").write_text(text)
            done = loopscope("convert", self.path("t.json"), self.path("t.txt"))
            self.assert_one_line(done, 1)
            self.assertIn(why, done.stderr)
