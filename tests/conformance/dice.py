"""Chance that comes out the same for a seed on every version of Python."""

import random


class Dice:
    """Draws from `Random.random()`, the one method whose sequence Python promises to keep."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def chance(self, probability):
        """True as often as the probability says."""
        return self._random.random() < probability

    def between(self, first, last):
        """An integer from first to last, both included."""
        return first + int(self._random.random() * (last - first + 1))

    def pick(self, choices):
        """One of a sequence."""
        return choices[self.between(0, len(choices) - 1)]

    def weighted(self, weights):
        """A key of a dictionary from key to weight, as often as its weight says."""
        rest = self._random.random() * sum(weights.values())
        for key, weight in weights.items():
            rest -= weight
            if rest < 0:
                return key
        return key

    def several(self, choices, count):
        """Some of a sequence, each drawn anew, so that one may come twice."""
        return [self.pick(choices) for _ in range(count)]
