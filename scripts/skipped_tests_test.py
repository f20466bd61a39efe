# SPDX-License-Identifier: MIT
import unittest

import skipped_tests

REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="(empty)" tests="5" failures="1" disabled="0" skipped="4">
    <testcase name="fine" status="run"><system-out>Not tested, it says.
</system-out></testcase>
    <testcase name="wrong" status="fail"><failure message=""/><system-out></system-out></testcase>
    <testcase name="window" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out>Some words.
Not tested, for want of &lt;Xvfb&gt;.

</system-out></testcase>
    <testcase name="Golden.why" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/><system-out>[ RUN      ] Golden.why
../why_golden_test.cpp:61: Skipped
approved: why.txt

[  SKIPPED ] Golden.why (0 ms)
[==========] 1 test from 1 test suite ran. (0 ms total)
</system-out></testcase>
    <testcase name="record" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/><system-out>test_it (record_test.Recorded) ... skipped 'No Python 3.13 was found.'

OK (skipped=1)
</system-out></testcase>
    <testcase name="mute" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out></system-out></testcase>
</testsuite>
"""


class SkippedTests(unittest.TestCase):
    def test_are_named_with_the_reason_each_in_the_words_of_its_framework(self):
        self.assertEqual(
            skipped_tests.skipped_in(REPORT),
            [
                ("window", "Not tested, for want of <Xvfb>."),
                ("Golden.why", "approved: why.txt"),
                ("record", "No Python 3.13 was found."),
                ("mute", "it does not say why"),
            ],
        )
