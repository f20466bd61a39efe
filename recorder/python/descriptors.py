# SPDX-License-Identifier: MIT
"""Who else could make one of a loop's descriptors ready: only this process, so that nothing comes while it stands, or somebody outside."""

import fcntl
import os
import socket
import stat

NOBODY, KERNEL, OTHERS = range(3)  # who could make a descriptor ready: the kernel has what this process has sent, and brings it
BYTES_UNDER_WAY = 0x5411  # SIOCOUTQ of ioctl(2)


def who_writes(descriptors):
    """Returns who could make one of these descriptors ready while this process stands. Nobody connects to a server from outside while schedules are
    explored."""
    ours, who = None, NOBODY
    for descriptor in descriptors:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISSOCK(mode):
            peer = peer_of(descriptor)
            if peer is None:
                continue
            ours = names_of_sockets() if ours is None else ours
            if peer not in ours:
                return OTHERS
            if is_sending(descriptor):
                who = KERNEL
        elif not stat.S_ISFIFO(mode) or not has_other_end(descriptor):
            return OTHERS
    return who


def is_sending(descriptor):
    """Returns whether a socket has sent what its peer's side has not acknowledged yet."""
    try:
        return int.from_bytes(fcntl.ioctl(descriptor, BYTES_UNDER_WAY, bytes(4)), "little") > 0
    except OSError:
        return False


def peer_of(descriptor):
    """Returns the name of a socket's peer; None if it has none, or one of this process."""
    with_descriptor = socket.socket(fileno=descriptor)
    try:
        if with_descriptor.family == socket.AF_UNIX:
            credentials = with_descriptor.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
            return None if int.from_bytes(credentials[:4], "little") in (0, os.getpid()) else credentials
        return with_descriptor.getpeername()
    except OSError:
        return None  # it listens, or is not connected yet
    finally:
        with_descriptor.detach()


def names_of_sockets():
    """Returns the names of all sockets of this process."""
    names = set()
    for entry in os.listdir("/proc/self/fd"):
        try:
            if not stat.S_ISSOCK(os.fstat(int(entry)).st_mode):
                continue
            each = socket.socket(fileno=int(entry))
        except OSError:
            continue
        try:
            names.add(each.getsockname())
        except OSError:
            pass
        finally:
            each.detach()
    return names


def has_other_end(descriptor):
    """Returns whether this process has another descriptor of a pipe."""
    wanted = os.fstat(descriptor)
    for entry in os.listdir("/proc/self/fd"):
        try:
            other = os.fstat(int(entry))
        except OSError:
            continue
        if int(entry) != descriptor and (other.st_dev, other.st_ino) == (wanted.st_dev, wanted.st_ino):
            return True
    return False
