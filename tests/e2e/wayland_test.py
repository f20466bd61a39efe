#!/usr/bin/env python3
"""The window on Wayland alone: wayland_test.py PROGRAM

Where GLFW knows Wayland. The compositor is Weston, whose screen is a window of Xvfb, so that xdotool can press keys. Exits with 77 where something of that is missing.
"""

import ctypes
import ctypes.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import window

OUTSIDE = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
SOCKET = "loopscope-test"


def missing():
    """Returns what is missing here, or nothing."""
    name = ctypes.util.find_library("glfw")
    if not name:
        return "GLFW"
    glfw = ctypes.CDLL(name)
    glfw.glfwGetVersionString.restype = ctypes.c_char_p
    if b"Wayland" not in glfw.glfwGetVersionString():
        return f"a GLFW that knows Wayland, which {glfw.glfwGetVersionString().decode()} does not"
    return ", ".join(tool for tool in ("weston", "Xvfb", "xdotool") if not shutil.which(tool))


class Wayland(unittest.TestCase):
    program = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.folder.chmod(0o700)  # Weston wants nobody else to come in
        self.screen = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x800x24"]
        server = self.start(*self.screen, stdout=subprocess.PIPE)
        self.display = ":" + server.stdout.readline().decode().strip()
        self.addCleanup(server.stdout.close)
        self.start("weston", "--backend=x11", "--renderer=pixman", "--width=1280", "--height=800", f"--socket={SOCKET}", "--idle-time=0", DISPLAY=self.display)
        self.wait_for(lambda: (self.folder / SOCKET).exists(), "Weston does not start")

    def start(self, *command, stdout=subprocess.DEVNULL, pass_fds=(), **environment):
        """Starts a program that ends with the test."""
        around = OUTSIDE | {"XDG_RUNTIME_DIR": str(self.folder)} | environment
        process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL, env=around, cwd=self.folder, pass_fds=pass_fds)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        return process

    def wait_for(self, is_so, otherwise):
        until = time.monotonic() + window.PATIENCE
        while not is_so():
            self.assertLess(time.monotonic(), until, otherwise)
            time.sleep(0.05)

    def loopscope(self, *words):
        subprocess.run([self.program, *words], cwd=self.folder, env=OUTSIDE, check=True, capture_output=True)

    def test_window_opens_takes_keys_and_saves(self):
        state = window.Rest()
        self.addCleanup(state.close)
        self.start(self.program, pass_fds=[state.its], LOOPSCOPE_REST=str(state.its), LOOPSCOPE_SETTINGS="off", LIBGL_ALWAYS_SOFTWARE="1", WAYLAND_DISPLAY=SOCKET)
        state.close_its()
        self.assertTrue(state.wait(window.PATIENCE), "the window does not settle")
        hands = OUTSIDE | {"DISPLAY": self.display}
        subprocess.run(["xdotool", "mousemove", "700", "400"], env=hands, check=True)
        subprocess.run(["xdotool", "key", "c", "ctrl+s", "Return"], env=hands, check=True)
        self.wait_for((self.folder / "indication.loopscope").exists, "the keys do not have the run saved")
        self.loopscope("convert", "indication.loopscope", "run.txt")
        self.assertIn("contextvar", (self.folder / "run.txt").read_text(encoding="utf-8"))


if __name__ == "__main__":
    if missing():
        print(f"Not tested, for want of {missing()}.", file=sys.stderr)
        sys.exit(77)
    Wayland.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
