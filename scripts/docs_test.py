# SPDX-License-Identifier: MIT
"""What the pages say about the code is there."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).parent.parent


def squeezed(text):
    """Without spaces, and with no difference between a reference and none in a capture."""
    return re.sub(r"\s+", "", text).replace("[&]", "[]")


class Asyncio(unittest.TestCase):
    PAGE = (ROOT / "docs/asyncio.md").read_text()
    SOURCE = squeezed((ROOT / "tests/core/task/vocabulary_test.cpp").read_text())

    def test_each_line_of_cpp_is_compiled_and_run_by_a_test(self):
        rows = [line.split(" | ") for line in self.PAGE.splitlines() if line.startswith("| `")]
        self.assertGreater(len(rows), 40)
        for row in rows:
            self.assertEqual(len(row), 2, row)
            for code in re.findall(r"`([^`]*)`", row[1]):
                with self.subTest(code=code):
                    self.assertIn(squeezed(code), self.SOURCE)


if __name__ == "__main__":
    unittest.main()
