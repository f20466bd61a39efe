"""A module of the program's, with a state."""

counter = 0
