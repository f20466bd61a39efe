"""Perfetto traces as the documentation of the format describes them: a decoder of the wire format, and what is wrong with a file.

The numbers of fields are those of protos/perfetto/trace/*.proto, written down by hand; nothing of Loopscope's own code is used.
"""

import collections
import struct

PACKET, TIMESTAMP, SEQUENCE, EVENT, INTERNED, FLAGS, DESCRIPTOR = 1, 8, 10, 11, 12, 13, 60
UUID, NAME, PROCESS, THREAD, PARENT, COUNTER, SIBLING_MERGE = 1, 2, 3, 4, 5, 8, 15
MERGE_NONE = 2
BEGIN, END, INSTANT, COUNT = 1, 2, 3, 4


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return value, at


def fields(data):
    """Returns the fields of a message: number -> values, in order."""
    found = collections.defaultdict(list)
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 1:
            value, at = struct.unpack_from("<Q", data, at)[0], at + 8
        elif tag & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
            if len(value) != size:
                raise ValueError("a field is cut off")
        else:
            raise ValueError(f"wire type {tag & 7}")
        found[tag >> 3].append(value)
    return found


class Slice:
    def __init__(self, name, category, begin):
        self.name, self.category, self.begin, self.end = name, category, begin, None


class Trace:
    """The tracks and slices of a file, and its faults."""

    def __init__(self, path):
        self.faults = []
        self.tracks = {}  # by uuid: the fields of their descriptors
        self.slices = collections.defaultdict(list)  # by uuid of their tracks
        self.flows = collections.defaultdict(list)
        self.texts = {}
        self.events = []
        for number, values in fields(path.read_bytes()).items():
            if number != PACKET:
                self.faults.append(f"field {number} of Trace is no packet")
            for packet in values:
                self._take(fields(packet))
        self._follow()

    def name_of(self, uuid):
        descriptor = self.tracks[uuid]
        for field, name in ((THREAD, 5), (PROCESS, 6)):
            if field in descriptor:
                return fields(descriptor[field][0])[name][0].decode()
        return descriptor[NAME][0].decode()

    def _take(self, packet):
        if packet[SEQUENCE] != [1]:
            self.faults.append("a packet without the sequence")
        for interned in packet[INTERNED]:
            for kind, entries in fields(interned).items():
                for entry in map(fields, entries):
                    self.texts[kind, entry[1][0]] = entry[2][0].decode("utf-8")
        for descriptor in map(fields, packet[DESCRIPTOR]):
            self._describe(descriptor)
        for event in packet[EVENT]:
            self.events.append((packet[TIMESTAMP][0], fields(event)))

    def _describe(self, descriptor):
        uuid = descriptor[UUID][0]
        self.tracks[uuid] = descriptor
        if descriptor[PARENT] and descriptor[PARENT][0] not in self.tracks:
            self.faults.append(f"track {uuid} is in a track that comes later")
        if PROCESS not in descriptor and THREAD not in descriptor and descriptor[SIBLING_MERGE] != [MERGE_NONE]:
            self.faults.append(f"track {uuid} would be merged with others of its name")
        if THREAD in descriptor and fields(descriptor[THREAD][0])[2] == [0]:
            self.faults.append("a thread of tid 0, the idle thread")

    def _follow(self):
        open_slices = collections.defaultdict(list)
        for time, event in sorted(self.events, key=lambda each: each[0]):  # stable, as trace_processor sorts
            uuid = event[11][0]
            if uuid not in self.tracks:
                self.faults.append(f"an event on track {uuid}, which nothing describes")
            kind = event[9][0]
            if kind == BEGIN:
                name, category = self.texts[2, event[10][0]], self.texts.get((1, event[3][0])) if event[3] else ""
                open_slices[uuid].append(Slice(name, category, time))
                self.slices[uuid].append(open_slices[uuid][-1])
            elif kind == END:
                if not open_slices[uuid]:
                    self.faults.append(f"an end of no slice on track {uuid}")
                    continue
                open_slices[uuid].pop().end = time
            for flow in event[47]:
                self.flows[flow].append((time, "goes on"))
            for flow in event[48]:
                self.flows[flow].append((time, "ends"))
        for flow, points in self.flows.items():
            if points[0][1] == "ends":
                self.faults.append(f"flow {flow} ends before it begins")
        self.unfinished = sum(map(len, open_slices.values()))
