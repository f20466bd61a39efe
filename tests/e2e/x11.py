"""What a window manager and a file manager tell a window, by Xlib: Xvfb has neither, and xdotool cannot."""

import contextlib
import ctypes
import itertools
import pathlib
import select
import time

Z_PIXMAP, ALL_PLANES = 2, 0xFFFFFFFF
CLIENT_MESSAGE, SELECTION_REQUEST, SELECTION_NOTIFY = 33, 30, 31
SUBSTRUCTURE_NOTIFY_MASK = 1 << 19
PATIENCE = 120  # seconds for an answer


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
    ]


class SelectionRequest(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("owner", ctypes.c_ulong),
        ("requestor", ctypes.c_ulong),
        ("selection", ctypes.c_ulong),
        ("target", ctypes.c_ulong),
        ("property", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
    ]


class SelectionNotify(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("requestor", ctypes.c_ulong),
        ("selection", ctypes.c_ulong),
        ("target", ctypes.c_ulong),
        ("property", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
    ]


class Image(ctypes.Structure):
    """The beginning of an XImage."""

    _fields_ = [
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
        ("bits_per_pixel", ctypes.c_int),
    ]


class Event(ctypes.Union):
    _fields_ = [
        ("type", ctypes.c_int),
        ("message", ClientMessage),
        ("request", SelectionRequest),
        ("notify", SelectionNotify),
        ("all", ctypes.c_long * 24),
    ]


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
def pass_over_error(_display, _error):
    """For requests about a window that has gone: Xlib's own handler would end the tests. Whoever waits for the window notices."""
    return 0


class Client:
    """A program on a display."""

    def __init__(self, display):
        xlib = self.xlib = ctypes.CDLL("libX11.so.6")
        xlib.XSetErrorHandler(pass_over_error)
        pointer, number, text = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_char_p
        xlib.XOpenDisplay.restype = pointer
        xlib.XDefaultRootWindow.argtypes, xlib.XDefaultRootWindow.restype = [pointer], number
        xlib.XInternAtom.argtypes, xlib.XInternAtom.restype = [pointer, text, ctypes.c_int], number
        xlib.XCreateSimpleWindow.argtypes = [pointer, number, *[ctypes.c_int] * 5, number, number]
        xlib.XCreateSimpleWindow.restype = number
        xlib.XSetSelectionOwner.argtypes = [pointer, number, number, number]
        xlib.XSendEvent.argtypes = [pointer, number, ctypes.c_int, ctypes.c_long, pointer]
        xlib.XChangeProperty.argtypes = [pointer, number, number, number, ctypes.c_int, ctypes.c_int, text, ctypes.c_int]
        xlib.XSelectInput.argtypes = [pointer, number, ctypes.c_long]
        xlib.XGetGeometry.argtypes = [pointer, number, *[pointer] * 7]
        xlib.XGetImage.argtypes = [pointer, number, ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint, number, ctypes.c_int]
        xlib.XGetImage.restype = ctypes.POINTER(Image)
        xlib.XDestroyImage.argtypes = [ctypes.POINTER(Image)]
        xlib.XConvertSelection.argtypes = [pointer, number, number, number, number, number]
        xlib.XGetWindowProperty.argtypes = [pointer, number, number, ctypes.c_long, ctypes.c_long, ctypes.c_int, number, *[pointer] * 5]
        xlib.XFree.argtypes = [pointer]
        for function in (xlib.XPending, xlib.XFlush, xlib.XConnectionNumber, xlib.XCloseDisplay):
            function.argtypes = [pointer]
        xlib.XNextEvent.argtypes = [pointer, pointer]
        self.display = xlib.XOpenDisplay(display.encode())
        if not self.display:
            raise RuntimeError(f"there is no display {display}")

    def close(self):
        self.xlib.XCloseDisplay(self.display)

    def atom(self, name):
        return self.xlib.XInternAtom(self.display, name.encode(), 0)

    def root(self):
        return self.xlib.XDefaultRootWindow(self.display)

    def own_window(self):
        return self.xlib.XCreateSimpleWindow(self.display, self.root(), 0, 0, 1, 1, 0, 0, 0)

    def size(self, window):
        """The width and the height of a window, in pixels."""
        root, x, y, width, height, border, depth = (ctypes.c_ulong(), *(ctypes.c_uint() for _ in range(6)))
        found = self.xlib.XGetGeometry(self.display, window, *map(ctypes.byref, (root, x, y, width, height, border, depth)))
        assert found, "there is no such window"
        return width.value, height.value

    def picture(self, window):
        """The width and the height of a window, and its pixels: red, green and blue, a byte each."""
        width, height = self.size(window)
        image = self.xlib.XGetImage(self.display, window, 0, 0, width, height, ALL_PLANES, Z_PIXMAP)
        assert image, "the window gives no picture"
        shape = image.contents
        assert (shape.bits_per_pixel, shape.byte_order, shape.bytes_per_line) == (32, 0, 4 * width), "the display has other pixels than Xvfb's"
        data = ctypes.string_at(shape.data, 4 * width * height)
        self.xlib.XDestroyImage(image)
        pixels = bytearray(3 * width * height)
        for channel in range(3):
            pixels[channel::3] = data[2 - channel :: 4]
        return width, height, bytes(pixels)

    def tell(self, window, kind, *data):
        """Sends a client message of up to five numbers."""
        numbers = (*data, 0, 0, 0, 0, 0)[:5]
        event = Event(message=ClientMessage(CLIENT_MESSAGE, 0, 1, self.display, window, self.atom(kind), 32, numbers))
        self.send(window, event)

    def send(self, window, event):
        self.xlib.XSendEvent(self.display, window, 0, 0, ctypes.byref(event))
        self.xlib.XFlush(self.display)

    def property(self, window, name):
        """What a property of a window says: bytes, or a list of numbers; none, if it has no such property."""
        kind, form, count, left, data = (ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_void_p())
        everything, any_kind = 1 << 24, 0
        places = map(ctypes.byref, (kind, form, count, left, data))
        self.xlib.XGetWindowProperty(self.display, window, self.atom(name), 0, everything, 0, any_kind, *places)
        if not data:
            return None
        size = {8: 1, 16: ctypes.sizeof(ctypes.c_short), 32: ctypes.sizeof(ctypes.c_long)}.get(form.value, 0)
        said = ctypes.string_at(data, count.value * size)
        self.xlib.XFree(data)
        return said if form.value == 8 else list(memoryview(said).cast("l" if form.value == 32 else "h"))

    def clipboard(self):
        """The text that was copied."""
        asks = self.own_window()
        target = self.atom("UTF8_STRING")
        self.xlib.XConvertSelection(self.display, self.atom("CLIPBOARD"), target, self.atom("COPIED"), asks, 0)
        self.xlib.XFlush(self.display)
        for event in self.events():
            if event.type == SELECTION_NOTIFY:
                return self.property(asks, "COPIED") or b""

    def events(self, is_there=lambda: True):
        """What comes, until nothing has for too long, or the one that it should come from is no longer there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and is_there():
            if not self.xlib.XPending(self.display):
                select.select([self.xlib.XConnectionNumber(self.display)], [], [], 1)
                continue
            event = Event()
            self.xlib.XNextEvent(self.display, ctypes.byref(event))
            yield event
        raise TimeoutError("the window does not answer")

    def wait_for(self, kind, is_there=lambda: True):
        wanted = self.atom(kind)
        for event in self.events(is_there):
            if event.type == CLIENT_MESSAGE and event.message.message_type == wanted:
                return event.message

    def answer_request(self, text):
        """Gives a selection to the one who asks for it."""
        for event in self.events():
            if event.type == SELECTION_REQUEST:
                break
        asked = event.request
        self.xlib.XChangeProperty(self.display, asked.requestor, asked.property, asked.target, 8, 0, text, len(text))
        answer = SelectionNotify(SELECTION_NOTIFY, 0, 1, self.display, asked.requestor, asked.selection, asked.target, asked.property, asked.time)
        self.send(asked.requestor, Event(notify=answer))


@contextlib.contextmanager
def client_of(display):
    client = Client(display)
    try:
        yield client
    finally:
        client.close()


class Pinger(Client):
    """Asks a window whether it still answers, as a window manager does (_NET_WM_PING, Extended Window Manager Hints).

    A window answers between two frames, and after all input that was there before. So the second of two answers says that a frame
    is on the screen which has taken that input.
    """

    def __init__(self, display):
        super().__init__(display)
        self.pings = itertools.count(1)
        self.kind = self.atom("_NET_WM_PING")
        self.xlib.XSelectInput(self.display, self.root(), SUBSTRUCTURE_NOTIFY_MASK)  # where answers go

    def ping(self, window, is_there):
        """Returns once the window has answered. `is_there` says whether it still may."""
        this = next(self.pings)
        self.tell(window, "WM_PROTOCOLS", self.kind, this, window)
        while True:
            answer = self.wait_for("WM_PROTOCOLS", is_there).data
            if answer[0] == self.kind and answer[1] == this:
                return


def ask_to_close(display, window):
    """What a window manager sends when a window's cross is clicked."""
    with client_of(display) as client:
        client.tell(window, "WM_PROTOCOLS", client.atom("WM_DELETE_WINDOW"))


def drop_file(display, window, path):
    """Drags a file over a window and lets it fall, as the XDND protocol says (version 5)."""
    with client_of(display) as client:
        source = client.own_window()
        client.xlib.XSetSelectionOwner(client.display, client.atom("XdndSelection"), source, 0)
        client.tell(window, "XdndEnter", source, 5 << 24, client.atom("text/uri-list"))
        client.tell(window, "XdndPosition", source, 0, 300 << 16 | 300, 0, client.atom("XdndActionCopy"))
        accepted = client.wait_for("XdndStatus").data[1] & 1
        assert accepted, "the window takes no files"
        client.tell(window, "XdndDrop", source)
        client.answer_request(pathlib.Path(path).absolute().as_uri().encode() + b"\r\n")
        client.wait_for("XdndFinished")
