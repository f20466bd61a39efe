# SPDX-License-Identifier: MIT
"""Small files of text that ask for much: Chrome traces, lessons and demos as a stranger may write them. Used by small_files.py."""

import json

MILLION = 1_000_000
LESSON = "---\ntitle: T\nsummary: s\nprogram: indication\n---\n"
DEMO = "---\ntitle: T\nprogram: indication\n---\n"


def records(*each):
    return ("[" + ",\n".join(json.dumps(record) for record in each) + "]").encode()


def thread(number, name="work", **more):
    return {"ph": "X", "ts": number, "dur": 5, "pid": 1, "tid": number, "name": name} | more


def long_process_name(size, count):
    name = {"ph": "M", "name": "process_name", "pid": 1, "args": {"name": "p" * size}}
    return records(name, thread(0, pid=2), *(thread(each) for each in range(count)))


def long_names(size):
    return records(
        {"ph": "M", "name": "thread_name", "pid": 1, "tid": 0, "args": {"name": "t" * size}},
        thread(0, "s" * size),
        {"ph": "b", "ts": 1, "pid": 1, "id": "i" * size, "cat": "c" * size, "name": "a"},
    )


def overlapping(count):
    """Slices of as many threads, each of which outlasts those that begin after it."""
    return records(*(thread(each, dur=2 * count - 2 * each) for each in range(count)))


def nested(count):
    return records(*({"ph": "B", "ts": each, "pid": 1, "tid": 1, "name": "n"} for each in range(count)))


def lesson(stops):
    return (LESSON + stops).encode()


def demo(steps):
    return (DEMO + steps).encode()


def many_stops(count, ask):
    return lesson("".join(f"## {each}\n- run: indication\n- set: interval=1ms\n- set: duration=10\n- at: end\n- ask: {ask}\n" for each in range(count)))


def switched_stops(count):
    return lesson("## a\n- at: start\n- ask: how many leak\n" + "".join(f"## {each}\n- at: end\n- storage: {('global', 'contextvar')[each % 2]}\n" for each in range(count)))


def chrome(members):
    """Chrome's JSON of these records, each without its braces, and a slice at the end."""
    return ("[" + "".join(f"{{{each}}},\n" for each in members) + '{"ph":"X","ts":0,"dur":1}]').encode()


JSON = {
    "a process's name of 0.7 MB before 3,000 threads": lambda: long_process_name(700_000, 3000),
    "names of 0.2 MB": lambda: long_names(200_000),
    "12,500 slices over each other": lambda: overlapping(12_500),
    "17,000 slices inside each other, without ends": lambda: nested(17_000),
    "brackets, 1 MB of them": lambda: b"[" * MILLION,
    "arguments, 160,000 deep": lambda: b'[{"ph":"X","ts":1,"dur":1,"name":"n","args":' + b'{"a":' * 160_000 + b"1" + b"}" * 160_000 + b"}]",
    "a number of 1 MB": lambda: b'[{"ph":"X","name":"n","dur":1,"ts":' + b"1" * (MILLION - 100) + b"}]",
    "a key of 1 MB": lambda: b'{"' + b"k" * (MILLION - 100) + b'":1,"traceEvents":[{"ph":"X","ts":1,"dur":1,"name":"n"}]}',
    "a key without an end": lambda: b'{"' + b"k" * (MILLION - 2),
    "330,000 records of nothing": lambda: b"[" + b"{}," * 330_000 + b"]",
    "499,000 numbers": lambda: b"[" + b"1," * 499_000 + b"]",
    "16,000 ends of one flow": lambda: chrome(['"ph":"X","ts":0,"dur":9', '"ph":"s","ts":0,"id":1'] + ['"ph":"f","bp":"e","ts":1,"id":1'] * 16_000),
    "10,000 names of one operation": lambda: chrome(f'"ph":"{ph}","ts":{at},"id":1,"name":"{at}"' for at in range(10_000) for ph in "be"),
    "ends that name what is far outside": lambda: chrome(
        [f'"ph":"B","ts":{at},"name":"{at}"' for at in range(10_000)] + [f'"ph":"E","ts":10000,"name":"{at}"' for at in range(10_000)]
    ),
    "a line of 9,000 resources, each of the next": lambda: chrome(
        f'"ph":"b","ts":0,"cat":"node.async_hooks","id":{at},"name":"P","args":{{"triggerAsyncId":{at + 1}}}' for at in range(9000)
    ),
    "100,000 arguments": lambda: chrome(['"ph":"X","ts":0,"dur":1,"args":{' + ",".join(['"a":1'] * 100_000) + "}"]),
    "50,000 series of a counter": lambda: chrome(['"ph":"C","ts":0,"args":{' + ",".join(f'"{at}":1' for at in range(50_000)) + "}"]),
    "30,000 phases": lambda: chrome(f'"ph":"{at}","ts":0' for at in range(30_000)),
}

LESSONS = {
    "52,000 headings": lambda: lesson("".join(f"## {each}\n" for each in range(52_000))),
    "200 stops at the ends of long runs": lambda: many_stops(200, "whole output"),
    "199 switches of storage": lambda: switched_stops(199),
    "150,000 settings": lambda: ("---\n" + "a: b\n" * 150_000 + "---\n").encode(),
    "a list of 150,000 settings": lambda: lesson("## a\n" + "- at: start\n" * 80_000),
    "a word of 1 MB": lambda: lesson("## a\n- at: start\n- ask: next print\n\n" + "w" * (MILLION - 200)),
    "500,000 words": lambda: lesson("## a\n- at: start\n- ask: next print\n\n" + "w " * (MILLION // 2 - 100)),
    "300,000 lists": lambda: lesson("## a\n- at: start\n- ask: next print\n\nText.\n\n" + "- \n" * 300_000),
    "a parameter of 1 MB": lambda: lesson("## a\n- run: indication\n- set: symbols=" + "s" * 900_000 + "\n- at: start\n- ask: next print\n"),
    "2 MB": lambda: b"---\n" * (MILLION // 2),
}

DEMOS = {
    "30,000 lines '- do: 1000 times Next print'": lambda: demo("## a\n" + "- do: 1000 times Next print\n" * 30_000),
    "100,000 waits of a minute": lambda: demo("## a\n" + "- wait: 60\n" * 90_000),
    "52,000 steps": lambda: demo("".join(f"## {each}\n" for each in range(52_000))),
    "a caption of 1 MB": lambda: demo("## a\n" + "c" * (MILLION - 200)),
}
