"""What differs between versions of asyncio does so on every Python that is found, as docs/asyncio.md says."""

import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "support"))
import pythons

import versions

OLDEST = (3, 8)
# What each program prints, from which version on.
EXPECTED = {
    "wait_for_runs_a_coroutine_in_the_callers_task": {OLDEST: "False", (3, 12): "True"},
    "hops_of_a_gather_of_done_futures": {OLDEST: "1", (3, 12): "0"},
    "uncancel_takes_back_what_has_not_been_thrown": {
        OLDEST: "no uncancel", (3, 11): "False", (3, 13): "True",
    },
    "a_released_semaphore_is_free_for_others_than_those_who_wait": {OLDEST: "True", (3, 10): "False"},
    "who_is_notified_when_the_notified_one_is_cancelled": {OLDEST: "nobody", (3, 13): "second"},
    "wait_takes_coroutines": {OLDEST: "True", (3, 11): "False"},
    "cancellation_says_what_cancel_said": {
        OLDEST: "no message", (3, 9): "lost on the way", (3, 11): "why",
    },
    "as_completed_can_be_iterated_by_async_for": {OLDEST: "False", (3, 13): "True"},
    "as_completed_begins_at_the_call": {OLDEST: "False", (3, 13): "True"},
    "callbacks_of_a_shielded_future": {OLDEST: "1", (3, 14): "2"},
    "names_use_up_a_number": {OLDEST: "True", (3, 13): "False"},
    "a_generator_whose_close_was_cancelled": {OLDEST: "is running", (3, 13): "is over"},
    "the_end_of_an_executor_has_a_timer": {OLDEST: "no time", (3, 12): "False", (3, 13): "True"},
    "queues_can_be_shut_down": {OLDEST: "False", (3, 13): "True"},
    "tasks_can_be_eager": {OLDEST: "False", (3, 12): "True"},
    "there_are_groups_timeouts_barriers_and_runners": {OLDEST: "False", (3, 11): "True"},
}


def expected(name, version):
    """What a program has to print on a version."""
    return EXPECTED[name][max(since for since in EXPECTED[name] if since <= version)]


class Versions(unittest.TestCase):
    """Each program on each Python."""

    def test_differ_where_the_page_says_so(self):
        commands = pythons.all_pythons(OLDEST)
        if not commands:
            self.skipTest(f"no Python from 3.8 on was found {pythons.WHERE}")
        for command in commands:
            asked = [command, "-W", "ignore", versions.__file__]
            done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=True)
            printed = dict(line.split(" ", 1) for line in done.stdout.splitlines())
            self.assertEqual(set(printed), set(EXPECTED))
            version = pythons.version_of(command)
            for name, result in printed.items():
                with self.subTest(version=version, program=name):
                    self.assertEqual(result, expected(name, version))

    def test_are_on_the_page(self):
        page = (ROOT / "docs" / "asyncio.md").read_text(encoding="utf-8")
        for name, by_version in EXPECTED.items():
            row = next((line for line in page.splitlines() if f"`{name}`" in line), "")
            for major, minor in by_version:
                if (major, minor) != OLDEST:
                    self.assertIn(f"{major}.{minor}", row, name)


if __name__ == "__main__":
    unittest.main()
