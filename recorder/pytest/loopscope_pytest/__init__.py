# SPDX-License-Identifier: MIT
"""Loopscope's plugin for pytest: tests of asyncio code that fail leave a recording; marked tests run under many schedules.

    pytest --loopscope=fail                   a test that fails leaves a .loopscope file, which its failure names
    pytest --loopscope=explore:200            tests marked with `loopscope` run under 200 schedules, and fail with the shortest that breaks them
    pytest --loopscope=schedule:SCHEDULE      marked tests run under one schedule, and are recorded

Here is what every pytest pays for: two options and a marker. All else is imported where it is asked for."""

HELP = "fail: record failing tests; explore:N: run marked tests under N schedules; schedule:SCHEDULE: under this one"
MARKER = "loopscope(jitter=SECONDS, freedoms='ties,io,…', seed=N): explored by --loopscope=explore:N"


def pytest_addoption(parser):
    """Adds the plugin's options."""
    group = parser.getgroup("loopscope", "Loopscope: recordings of asyncio tests")
    group.addoption("--loopscope", metavar="HOW", default=None, help=HELP)
    group.addoption("--loopscope-folder", metavar="FOLDER", default=".loopscope", help="where recordings are put; .loopscope, unless said")


def pytest_configure(config):
    """Makes the marker known, and begins what is asked for. Raises pytest.UsageError where that makes no sense or cannot be done."""
    config.addinivalue_line("markers", MARKER)
    if config.getoption("--loopscope") is not None:
        from loopscope_pytest import session

        session.begin(config)
