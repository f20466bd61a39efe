# SPDX-License-Identifier: MIT
"""What keeps a program from being explored: what it does is refused, with a sentence that says what to do."""

import builtins
import os
import socket

from loopscope_recorder import recorder
from loopscope_recorder.course import Course

NAMES = ("localhost", "ip6-localhost", "localhost.localdomain", "")


class Refusal(BaseException):
    """Leaves a program that cannot be explored."""


def refuse(sentence):
    """Raises Refusal. Whatever the program does then, the sentence is told."""
    taken = Course.now
    if not taken.refusal:
        taken.refusal = sentence
        taken.most = 0  # the loop goes no further
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
    """Refuses a connection to another machine."""
    refuse(f"the program connects to {what}, another machine, which no schedule can order: let it talk to a server in the program itself, as a test does.")


def install():
    """Refuses from now on what cannot be explored."""
    own_names = socket.getaddrinfo

    def guarded(own):
        def method(self, *args):
            if args and not is_here(self.family, args[-1]):
                not_here(f"{args[-1][0]}:{args[-1][1]}")
            return own(self, *args)

        return named(method, own)

    def getaddrinfo(host, port, *args, **options):
        if not is_name_of_here(host) and not is_number(host):
            not_here(host.decode("ascii", "replace") if isinstance(host, bytes) else host)
        return own_names(host, port, *args, **options)

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    socket.getaddrinfo = named(getaddrinfo, own_names)
    os.dup2 = named(dup2, os.dup2)
    builtins.input = named(ask, builtins.input)


own_dup2 = os.dup2


def dup2(fd, fd2, inheritable=True):
    """Duplicate file descriptor."""
    if fd2 < 3:
        recorder.Recording.backend.lead_nowhere(False)  # the program looks at what it prints
    return own_dup2(fd, fd2, inheritable)


def named(ours, own):
    """Returns a function of ours with the name and documentation of the one that it stands for."""
    ours.__name__, ours.__doc__ = own.__name__, own.__doc__
    return ours


def ask(*_, **__):
    """Refuses to ask the user."""
    refuse("the program asks for input at the terminal, which nobody answers while it is explored: give it what it needs as an argument.")


def refuse_getpass(module):
    """Refuses to ask for a password."""
    module.getpass = ask


def refuse_uvloop(module):
    """Refuses loops of uvloop, whose C code asks nobody."""

    def __init__(self, *_, **__):
        refuse("the program runs on uvloop, whose loop has no order that could be chosen: run it on asyncio's own, as without uvloop.install().")

    module.Loop.__init__ = __init__
