# SPDX-License-Identifier: MIT
import pathlib
import tempfile
import unittest

import nightly

ROW = nightly.Row("fuzz", "the fuzzers", "2026-01-02 03:04", "abc", "2", "1.5", "passed", "reader 12 inputs")


class Page(unittest.TestCase):
    def test_keeps_the_last_result_of_each_part_in_the_order_of_the_parts(self):
        tsan = nightly.Row("tsan", "threads", "2026-01-01 00:00", "old", "2", "9.0", "FAILED", "2 of 3 | more")
        page = nightly.merged("", [ROW, tsan])
        newer = nightly.Row("fuzz", "the fuzzers", "2026-02-02 03:04", "def", "4", "2.5", "passed", "reader 99 inputs")
        page = nightly.merged(page, [newer])
        self.assertEqual(page, nightly.BEGINNING + tsan.line() + newer.line())
        self.assertIn("2 of 3 / more", page)

    def test_of_a_checkout_has_no_lines_of_parts_that_are_not_there(self):
        page = nightly.PAGE.read_text()
        self.assertEqual(nightly.merged(page, []), page)


class Parts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = pathlib.Path(folder.name) / "log"

    def test_say_what_they_do(self):
        for part in nightly.PARTS.values():
            self.assertTrue(part.__doc__)

    def test_that_fail_have_their_last_words_as_their_figure(self):
        with self.assertRaisesRegex(nightly.Failed, "^the end$"):
            nightly.run(self.log, "sh", "-c", "echo much; echo the end; echo; exit 3")
        self.assertIn("much", self.log.read_text())

    def test_that_pass_give_what_they_said(self):
        self.assertEqual(nightly.run(self.log, "sh", "-c", "echo fine >&2"), "fine\n")
        self.assertEqual(nightly.last_line("1 passed, 0\n2 passed, 0\nend\n", "passed,"), "2 passed, 0")
