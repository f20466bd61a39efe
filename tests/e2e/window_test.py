#!/usr/bin/env python3
"""The program in a real window, driven with keys and mouse: window_test.py PROGRAM [--part N/M] [UNITTEST OPTIONS]

--part 2/3: every third test, from the second one on.
Needs Xvfb, xdotool and ImageMagick's `convert`; exits with 77 where they are missing.
"""

import os
import shutil
import signal
import subprocess
import sys
import unittest

import window
import x11
from window_files import Files  # noqa: F401
from window_finding import Finding  # noqa: F401
from window_hands import Hands  # noqa: F401
from window_home import FileMenu, Settings  # noqa: F401
from window_keys import Keys  # noqa: F401
from window_live import Live  # noqa: F401
from window_mouse import Mouse  # noqa: F401
from window_signals import Signals  # noqa: F401
from window_teaching import Teaching  # noqa: F401
from window_tracks import Tracks  # noqa: F401


class Part(unittest.TestLoader):
    """Finds every so manieth test: most of the time they wait, so several parts at once take less."""

    def __init__(self, part="1/1"):
        super().__init__()
        self.first, self.step = (int(number) for number in part.split("/"))

    def getTestCaseNames(self, case):
        return super().getTestCaseNames(case)[self.first - 1 :: self.step]


def main():
    missing = [tool for tool in ("Xvfb", "xdotool", "convert") if not shutil.which(tool)]
    if missing:
        print(f"Not tested, for want of {', '.join(missing)}.", file=sys.stderr)
        return 77
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would stay ignored, also in the windows
    window.LOOPSCOPE = os.path.abspath(sys.argv.pop(1))
    loader = Part()
    if sys.argv[1:2] == ["--part"]:
        loader = Part(sys.argv[2])
        del sys.argv[1:3]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-noreset", "-r", "-nolisten", "tcp", "-screen", "0", "1920x1080x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        window.DISPLAY = ":" + server.stdout.readline().decode().strip()
        window.PINGER = x11.Pinger(window.DISPLAY)
        return 0 if unittest.main(exit=False, testLoader=loader).result.wasSuccessful() else 1
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
