# SPDX-License-Identifier: MIT
"""Headless Chromium, driven by its own protocol (chromedevtools.github.io/devtools-protocol) over a pipe, which needs nothing but Python.

    with Chromium() as browser:
        page = browser.open(url, 1280, 720)
        page.key("ArrowRight")
        page.settled()
        page.state()["at"]

No test guesses a time: settled() waits until the page has asked the browser for no more frames.
"""

import base64
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Nothing is fetched, and nothing but this page runs; the picture is drawn by the processor, on any machine.
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe",
    "--allow-file-access-from-files", "--hide-scrollbars",
)  # fmt: skip
PATIENCE = 240  # seconds until a test that hangs says so

# KeyboardEvent.code: (key, text). Those of letters and digits are made.
KEYS = {
    "Space": (" ", " "), "Enter": ("Enter", "\r"), "Escape": ("Escape", ""), "Backspace": ("Backspace", ""), "Tab": ("Tab", ""),
    "ArrowLeft": ("ArrowLeft", ""), "ArrowRight": ("ArrowRight", ""), "ArrowUp": ("ArrowUp", ""), "ArrowDown": ("ArrowDown", ""),
    "Home": ("Home", ""), "End": ("End", ""), "Slash": ("/", "/"), "Period": (".", "."), "F1": ("F1", ""), "F2": ("F2", ""), "F10": ("F10", ""),
    "ShiftLeft": ("Shift", ""), "ControlLeft": ("Control", ""),
}  # fmt: skip
SHIFT, CONTROL = 8, 2  # as the protocol counts modifiers
VIRTUAL = {"Enter": 13, "Escape": 27, "Backspace": 8, "Tab": 9, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Home": 36, "End": 35, "Space": 32}


class Failed(Exception):
    """The browser or the page has said so."""


class Chromium:
    """A browser with a fresh profile, which is gone with it."""

    def __init__(self, *flags):
        self.profile = tempfile.mkdtemp(prefix="loopscope-chromium-")
        to_browser, self.writing = os.pipe()
        self.reading, from_browser = os.pipe()

        for each in (to_browser, from_browser):
            os.set_inheritable(each, True)
        # It takes commands at 3 and answers at 4, whatever those are here.
        command = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(
            ["bash", "-c", command, "chromium", PROGRAM, *FLAGS, *flags, f"--user-data-dir={self.profile}", "about:blank"],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.number = 0
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (Failed, OSError):
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.writing)
        os.close(self.reading)
        shutil.rmtree(self.profile, ignore_errors=True)

    def processor_seconds(self):
        """Returns how long the browser's processes have worked so far, those that draw among them; other work of the machine does not count."""
        ticks = 0
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            if int(fields[3]) == self.process.pid:  # of the same session
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def receive(self):
        """Returns the next message."""
        while b"\0" not in self.buffer:
            some = os.read(self.reading, 1 << 16)
            if not some:
                raise Failed("the browser has ended")
            self.buffer += some
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        """Calls a method of the protocol and returns what it does."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise Failed(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, url, width=1280, height=720, ratio=1, touch=False, offline=False, wants_picture=True):
        """Opens a page in a tab of this size and waits for its first picture."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=ratio, mobile=touch)
        if touch:
            page.call("Emulation.setTouchEmulationEnabled", enabled=True, maxTouchPoints=3)
        if offline:
            page.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=-1, uploadThroughput=-1)
        page.call("Page.navigate", url=url)
        if wants_picture:
            page.until("typeof page !== 'undefined' && (page.began || page.failed)", "the first picture")
            if failed := page.evaluate("page.failed"):
                raise Failed(failed)
            page.settled()
        return page


class Page:
    """A tab."""

    def __init__(self, browser, session):
        self.browser = browser
        self.session = session

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def evaluate(self, expression):
        """Returns the value of an expression of JavaScript, also of one that has to be awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Failed(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def until(self, expression, what):
        """Waits until an expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > end:
                raise Failed(f"{what} did not come in {PATIENCE} s")
            time.sleep(0.02)

    def settled(self):
        """Waits until nothing is left to draw."""
        self.until("Module._loopscope_rests()", "rest")

    def state(self):
        """Returns where the page is, as it says itself."""
        return self.evaluate("page.state()")

    def output(self):
        """Returns what is printed up to the cursor."""
        now = self.state()
        return "".join(each["text"] for each in now["prints"] if each["event"] <= now["at"])

    def link(self):
        return self.evaluate("location.hash")

    # --- What a user does ---

    def key(self, code, modifiers=0, times=1):
        """Presses a key so many times, each once the window rests."""
        key, text = KEYS.get(code, (code[-1].lower(), code[-1].lower()))
        if modifiers & SHIFT and len(key) == 1:
            key = text = {"/": "?"}.get(key, key.upper())
        if modifiers & CONTROL:
            text = ""
        held = [each for each, bit in (("ShiftLeft", SHIFT), ("ControlLeft", CONTROL)) if modifiers & bit]
        for each in held:
            self.call("Input.dispatchKeyEvent", type="rawKeyDown", code=each, key=KEYS[each][0], modifiers=modifiers)
        virtual = VIRTUAL.get(code, ord(code[-1]) if code[:3] in ("Key", "Dig") else 0)
        for _ in range(times):
            self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", code=code, key=key, text=text, modifiers=modifiers, windowsVirtualKeyCode=virtual)
            self.call("Input.dispatchKeyEvent", type="keyUp", code=code, key=key, modifiers=modifiers, windowsVirtualKeyCode=virtual)
            self.settled()
        for each in held:
            self.call("Input.dispatchKeyEvent", type="keyUp", code=each, key=KEYS[each][0])
        self.settled()

    def type(self, text):
        for letter in text:
            self.call("Input.dispatchKeyEvent", type="keyDown", key=letter, text=letter, code="")
            self.call("Input.dispatchKeyEvent", type="keyUp", key=letter, code="")
            self.settled()

    def mouse(self, kind, x, y, **more):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def click(self, x, y, button="left"):
        self.mouse("mouseMoved", x, y)
        self.settled()
        self.mouse("mousePressed", x, y, button=button, buttons=1, clickCount=1)
        self.mouse("mouseReleased", x, y, button=button, clickCount=1)
        self.settled()

    def drag(self, start, end):
        self.mouse("mouseMoved", *start)
        self.mouse("mousePressed", *start, button="left", buttons=1, clickCount=1)
        for part in range(1, 5):
            self.mouse("mouseMoved", *(a + (b - a) * part / 4 for a, b in zip(start, end)), button="left", buttons=1)
            self.settled()
        self.mouse("mouseReleased", *end, button="left", clickCount=1)
        self.settled()

    def wheel(self, x, y, turns):
        self.mouse("mouseWheel", x, y, deltaX=0, deltaY=-100 * turns)
        self.settled()

    def touch(self, kind, *fingers):
        self.call("Input.dispatchTouchEvent", type=kind, touchPoints=[{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)])
        self.settled()

    # --- What is seen ---

    def picture(self, path):
        """Writes a picture of the tab as a PNG file."""
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
        return path

    def said(self):
        """Returns what the page wrote to the console, and the errors that nobody caught."""
        texts = []
        for event in self.browser.events:
            parameters = event.get("params", {})
            if event.get("sessionId") != self.session:
                continue
            if event["method"] == "Runtime.consoleAPICalled":
                texts.append(" ".join(str(each.get("value", each.get("description"))) for each in parameters["args"]))
            elif event["method"] == "Runtime.exceptionThrown":
                texts.append(parameters["exceptionDetails"]["exception"].get("description", "an exception"))
            elif event["method"] == "Log.entryAdded" and parameters["entry"]["level"] == "error":
                texts.append(parameters["entry"]["text"])
        return texts

    def requests(self):
        """Returns the addresses that were asked for, but for what the page has in its memory."""
        asked = [event["params"]["request"]["url"] for event in self.browser.events if event.get("sessionId") == self.session and event["method"] == "Network.requestWillBeSent"]
        return [each for each in asked if not each.startswith(("data:", "blob:"))]
