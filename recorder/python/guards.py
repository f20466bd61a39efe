"""What keeps a program from being explored: what it does is refused, with a sentence that says what to do."""

import builtins
import socket

from loopscope_recorder.course import Course

NAMES = ("localhost", "ip6-localhost", "localhost.localdomain", "")


class Refusal(BaseException):
    """Leaves a program that cannot be explored."""


def refuse(sentence):
    """Raises Refusal. Whatever the program does then, the sentence is told."""
    taken = Course.now
    if not taken.refusal:
        taken.refusal = sentence
    raise Refusal(sentence)


def is_here(family, address):
    """Returns whether an address is one of this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
        return True
    host = address[0]
    if is_name_of_here(host):
        return True
    with socket.socket(family, socket.SOCK_DGRAM) as trial:
        try:
            trial.bind((host, 0))  # only an address of this machine can be bound
        except (OSError, TypeError, UnicodeError):
            return False
    return True


def is_name_of_here(host):
    """Returns whether a host's name says that it is this machine."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return text is None or text in NAMES or text == socket.gethostname()


def is_number(host):
    """Returns whether a host is an address, which nobody has to be asked for."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, str(text).partition("%")[0])
            return True
        except OSError:
            pass
    return False


def not_here(what):
    refuse(f"the program connects to {what}, another machine, which no schedule can order: let it talk to a server in the program itself, as a test does.")


def install():
    """Refuses from now on what cannot be explored."""
    own_connect, own_connect_ex, own_names, own_input = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo, builtins.input

    def connect(self, address):
        if not is_here(self.family, address):
            not_here(f"{address[0]}:{address[1]}")
        return own_connect(self, address)

    def connect_ex(self, address):
        if not is_here(self.family, address):
            not_here(f"{address[0]}:{address[1]}")
        return own_connect_ex(self, address)

    def getaddrinfo(host, port, *args, **options):
        if not is_name_of_here(host) and not is_number(host):
            not_here(host.decode("ascii", "replace") if isinstance(host, bytes) else host)
        return own_names(host, port, *args, **options)

    def ask(prompt="", /):
        refuse("the program asks for input at the terminal, which nobody answers while it is explored: give it what it needs as an argument.")

    for ours, own in ((connect, own_connect), (connect_ex, own_connect_ex), (getaddrinfo, own_names), (ask, own_input)):
        ours.__doc__ = own.__doc__
        ours.__name__ = own.__name__
    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex
    socket.getaddrinfo = getaddrinfo
    builtins.input = ask


def refuse_uvloop(module):
    """Refuses loops of uvloop, whose C code asks nobody."""

    def __init__(self, *_, **__):
        refuse("the program runs on uvloop, whose loop has no order that could be chosen: run it on asyncio's own, as without uvloop.install().")

    module.Loop.__init__ = __init__
