# SPDX-License-Identifier: MIT
"""The tables of events in the docs are those of the source."""

import unittest

import kinds_table

SOURCE = '''
// LOOPSCOPE_KIND(name, number, places)
#define LOOPSCOPE_KIND(...)
LOOPSCOPE_KIND(begin, 0, at_start, zero, string, zero, NoTag, handle, nothing,
               "the first event (of all). "
               "a: name | of the program")
LOOPSCOPE_KIND(track, 129, anywhere, zero, zero, zero, NoTag, anybody, nothing, "a lane")
LOOPSCOPE_WAIT(sleep, 1, timer, "a timer")
'''


class KindsTable(unittest.TestCase):
    def page(self, tables):
        return f"before\n{kinds_table.BEGIN}{tables}{kinds_table.END}after\n"

    def test_docs_say_what_the_source_says(self):
        page = (kinds_table.ROOT / kinds_table.PAGE).read_text()
        self.assertIsNone(kinds_table.complaint(page, (kinds_table.ROOT / kinds_table.SOURCE).read_text()))

    def test_each_row_of_the_source_is_a_row_of_the_page(self):
        lines = kinds_table.tables(SOURCE).splitlines()
        self.assertIn("| 0 | `begin` | first | the first event (of all). a: name \\| of the program |", lines)
        self.assertIn("| 129 | `track` | anywhere | a lane |", lines)
        self.assertIn("| Wait | 1 | `sleep` | a timer; `a`: timer |", lines)
        self.assertEqual(len(lines), 8)

    def test_what_stands_around_the_tables_stays(self):
        page = kinds_table.with_tables(self.page("old"), SOURCE)
        self.assertEqual((page[:7], page[-6:]), ("before\n", "after\n"))
        self.assertIsNone(kinds_table.complaint(page, SOURCE))

    def test_a_page_that_says_something_else_is_told_how_to_write_it(self):
        self.assertIn("python3 scripts/kinds_table.py --write", kinds_table.complaint(self.page("old"), SOURCE))
        self.assertIn("has lost the two lines", kinds_table.complaint("nothing", SOURCE))


if __name__ == "__main__":
    unittest.main()
