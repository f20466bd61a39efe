"""Reads a recorded trace as `loopscope convert TRACE TEXT` writes it: who printed which value, and who had written it."""

import collections
import re

EVENT = re.compile(r" *(\d+)  +([\d.]+)  (\w+) *(.*)")
TASK = re.compile(r"task (\d+)")
LINE = re.compile(r"  line (\d+)$")
TEXT = re.compile(r"'((?:[^'\\]|\\.)*)'")

Event = collections.namedtuple("Event", "number kind said file line")
Shown = collections.namedtuple("Shown", "value reader writer print set line")  # tasks are numbers, 0: none; print and set are Events; line: all of it


class Trace:
    """The events of a trace on one thread, or whose tasks are all on one."""

    def __init__(self, text):
        self.events, self.parents, self.coroutines = {}, {}, {}
        self.shown = []
        running, gets, lines, file = [], {}, collections.defaultdict(str), ""
        for line in text.splitlines():
            number, _, kind, said = EVENT.match(line).groups()
            task = TASK.match(said)
            task = int(task[1]) if task else 0
            if kind == "file":
                file = TEXT.search(said)[1].rpartition("/")[2]
            at = LINE.search(said)
            event = self.events[int(number)] = Event(int(number), kind, said, file, int(at[1]) if at else 0)
            if kind == "step":
                running.append(task)
            elif kind in ("suspend", "finish") and running:
                running.pop()
            elif kind == "spawn":
                self.parents[task] = running[-1] if running else 0
                self.coroutines[task] = TEXT.search(said)[1]
            elif kind == "get":
                gets[int(number)] = said
            elif kind in ("print", "print_value"):
                self._print(event, task, lines)
        for shown in self.shown:
            shown.line[0] = shown.line[0].rstrip("\n")

    def _print(self, event, task, lines):
        value = TEXT.search(event.said)[1].replace("\\n", "\n")
        whole = lines.setdefault(task, [""])
        whole[0] += value
        if event.kind == "print_value":
            wrote = re.search(r"written at (\d+)", event.said)
            wrote = self.events[int(wrote[1])] if wrote else None
            writer = TASK.match(wrote.said) if wrote else None
            self.shown.append(Shown(value, task, int(writer[1]) if writer else 0, event, wrote, whole))
        if value.endswith("\n"):
            del lines[task]

    def of_kind(self, *kinds):
        """Returns the events of these kinds."""
        return [event for event in self.events.values() if event.kind in kinds]

    def descends(self, task, ancestor):
        """Returns whether a task is another one or was created by it, or by one that it created."""
        while task and task != ancestor:
            task = self.parents.get(task, 0)
        return task == ancestor

    def lines_of_others(self):
        """Returns the lines of tasks that show a value which neither their task nor an ancestor of it has written."""
        return [shown.line[0] for shown in self.shown if shown.reader and shown.writer and not self.descends(shown.reader, shown.writer)]
