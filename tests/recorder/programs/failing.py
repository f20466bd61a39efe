"""Fails as it is imported."""

x = 1


def fail():
    return x / 0


fail()
