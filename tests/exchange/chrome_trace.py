"""Chrome traces as those read them who show them: what catapult, Perfetto and speedscope make of a file, and trip over.

Written after the document "Trace Event Format". `faults` says in sentences what is wrong with a file; nothing, if nothing is.
"""

import collections
import json
from decimal import Decimal

NANOSECOND = Decimal("0.001")  # in microseconds
PHASES = "BEXiICstfbneM"


class Slice:
    def __init__(self, record, begin, end=None):
        self.name, self.begin, self.end = record.get("name", ""), begin, end
        self.category = record.get("cat", "")
        self.record = record

    def holds(self, time):
        return self.begin <= time and (self.end is None or time <= self.end)


def load(path):
    """Returns a file's records, with times that are exact. Fails if it is no JSON, which has no NaN and no raw control characters."""
    def refused(constant):
        raise ValueError(f"{constant} is no JSON")

    text = path.read_bytes().decode("utf-8")
    root = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=refused, strict=True)
    return root["traceEvents"] if isinstance(root, dict) else root


class Trace:
    """The tracks, slices and flows of some records."""

    def __init__(self, records):
        self.records = records
        self.faults = []
        self.slices = collections.defaultdict(list)  # by pid and tid
        self.names = {}  # of threads
        self.processes = {}
        self.flows = collections.defaultdict(list)
        self.counts = 0
        open_slices = collections.defaultdict(list)
        for record in sorted(records, key=lambda each: each.get("ts", 0)):  # stable, as all readers sort
            self._take(record, open_slices)
        self.unfinished = sum(len(each) for each in open_slices.values())
        self._check_slices()
        self._check_flows()

    def fault(self, sentence, record=None):
        self.faults.append(sentence + (f": {json.dumps(record, default=str)}" if record else ""))

    def _take(self, record, open_slices):
        phase = record.get("ph")
        if not isinstance(phase, str) or phase not in PHASES:
            return self.fault("a phase that the format does not have", record)
        if phase == "M":
            return self._take_metadata(record)
        track = (record.get("pid"), record.get("tid"))
        self._check_place(record, phase)
        time = record.get("ts")
        if not isinstance(time, Decimal):
            return self.fault("no time", record)
        if time < 0 or time % NANOSECOND != 0:
            self.fault("a time that is negative, or finer than a nanosecond", record)
        if phase == "X":
            duration = record.get("dur")
            if not isinstance(duration, Decimal) or duration < 0:
                return self.fault("no duration", record)
            self.slices[track].append(Slice(record, time, time + duration))
        elif phase == "B":
            open_slices[track].append(Slice(record, time))
            self.slices[track].append(open_slices[track][-1])
        elif phase == "E":
            if not open_slices[track]:
                return self.fault("an end of no slice", record)
            open_slices[track].pop().end = time
        elif phase in "bne":
            self._take_operation(record, phase, time, open_slices)
        elif phase in "stf":
            self.flows[record.get("cat"), record.get("name"), record.get("id")].append((phase, time, track, record))
        elif phase == "C":
            self.counts += 1
            if not all(isinstance(value, Decimal) for value in record.get("args", {"": None}).values()):
                self.fault("a counter that counts nothing", record)

    def _take_metadata(self, record):
        given = record.get("args", {}).get("name")
        if record.get("name") == "thread_name":
            self.names[record.get("pid"), record.get("tid")] = given
        elif record.get("name") == "process_name":
            self.processes[record.get("pid")] = given
        if record.get("name") not in ("process_name", "thread_name", "process_sort_index", "thread_sort_index"):
            self.fault("metadata that viewers warn of", record)

    def _take_operation(self, record, phase, time, open_slices):
        id2 = record.get("id2", {})
        key = (record.get("cat"), record.get("pid") if "local" in id2 else None, id2.get("local", record.get("id")), record.get("scope"))
        if key[2] is None:
            return self.fault("an operation without an id", record)
        if phase == "b":
            open_slices[key].append(Slice(record, time))
            self.slices[key].append(open_slices[key][-1])
        elif phase == "e":
            if not open_slices[key]:
                return self.fault("an end of no operation", record)
            ended = open_slices[key].pop()
            ended.end = time
            if ended.name != record.get("name"):
                self.fault("an operation that ends under another name", record)
        return None

    def _check_place(self, record, phase):
        for name in ("pid", "tid"):
            if name in record and not isinstance(record[name], (Decimal, str)):
                self.fault(f"a {name} that is no number", record)
        if phase in "BEXi" and record.get("tid") == 0:
            self.fault("tid 0, which Perfetto takes for none", record)

    def _check_slices(self):
        for track, slices in self.slices.items():
            whole = sorted((each for each in slices if each.end is not None), key=lambda each: (each.begin, -each.end))
            around = []
            for each in whole:
                while around and around[-1].end <= each.begin:
                    around.pop()
                if around and each.end > around[-1].end:
                    self.fault(f"on track {track} '{each.name}' from {each.begin} overlaps '{around[-1].name}' from {around[-1].begin}")
                around.append(each)

    def _check_flows(self):
        for key, points in self.flows.items():
            points.sort(key=lambda each: each[1])
            if points[0][0] != "s" or sum(each[0] == "s" for each in points) != 1 or sum(each[0] == "f" for each in points) > 1:
                self.fault(f"flow {key} does not go from one start to one end")
            for _, time, track, record in points:
                held = [each for each in self.slices[track] if each.holds(time)]
                if not held:
                    self.fault("a flow outside all slices", record)
                elif any(one.end == time == other.begin and one is not other for one in held for other in held):
                    self.fault("a flow where one slice ends and another begins", record)


def faults(path):
    return Trace(load(path)).faults
