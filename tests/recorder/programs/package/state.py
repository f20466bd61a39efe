"""Has a global that its module and others read and write."""

current = "initial"


def change(value):
    global current
    current = value


def read():
    return current
