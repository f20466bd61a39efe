# SPDX-License-Identifier: MIT
import unittest

import bench_against

OPENED = """\
| file | MB | M events | s | CPU s | MB of memory |
|---|---|---|---|---|---|
| 1000x10.loopscope | 0.1 | 2.0 | 0.08 | 0.10 | 44 |
| 1000x10.json | 80.0 | 5.0 | 0.64 | 0.90 | 93 |
"""


class BenchAgainst(unittest.TestCase):
    def test_a_figure_of_the_loop_has_its_unit(self):
        figures = bench_against.items_of('{"workload": "W1", "ns": 5.5}\n{"workload": "M", "bytes": 200}\n')
        self.assertEqual(figures, {"W1, ns": 5.5, "M, bytes": 200})

    def test_each_kind_of_file_has_figures_of_its_own(self):
        figures = bench_against.openings_of(OPENED)
        self.assertEqual(figures["open .loopscope, s"], 0.08)
        self.assertEqual(figures["open .json, MB"], 93)
        self.assertEqual(figures["open .json, s to the first picture"], 0.64)
        self.assertEqual(len(figures), 8)

    def test_a_long_file_has_a_picture_before_it_is_open(self):
        figures = bench_against.openings_of(OPENED.replace(" 44 |", " 44 | 0.02 |"))
        self.assertEqual(figures["open .loopscope, s to the first picture"], 0.02)
        self.assertEqual(figures["open .loopscope, s"], 0.08)

    def test_frames_count_by_their_median(self):
        self.assertEqual(bench_against.frames_of('{"events": 9, "still_p50_ms": 0.5, "still_p99_ms": 2}'), {"frame still, p50 ms": 0.5})

    def test_what_is_worse_than_allowed_is_named(self):
        samples = {"W1, ns": ([10, 10, 10], [10.2, 10.1, 10.2]), "W2, ns": ([10, 10, 10], [12, 10, 12])}
        lines, worse = bench_against.table(samples, "0123456789abcdef", 3)
        self.assertEqual(worse, ["W2, ns"])
        self.assertIn("| W1, ns | 10 | 10.2 | 1.020 | 1.010 to 1.020 |", lines)

    def test_one_round_that_was_disturbed_does_not_decide(self):
        lines, worse = bench_against.table({"W1, ns": ([10, 10, 10], [10, 10, 90])}, "0123456789abcdef", 3)
        self.assertEqual(worse, [])

    def test_a_commit_that_is_not_there_is_said(self):
        with self.assertRaises(SystemExit) as ended:
            bench_against.commit_of("no-such-commit")
        self.assertIn("there is no commit", str(ended.exception))


if __name__ == "__main__":
    unittest.main()
