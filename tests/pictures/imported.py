"""A trace as other tools write it: a browser and the server that it asks, in Chrome's format. Writes imported.json:

    python3 imported.py >imported.json

Threads with nested slices, async operations that overlap, resources as Node's async_hooks tell them, flows, instants, counters.
"""

import json

BROWSER, MAIN, WORKER = 4711, 1, 17
SERVER = 812

events = []


def add(ph, ts, pid, tid, name=None, **more):
    event = {"ph": ph, "ts": ts, "pid": pid, "tid": tid, **more}
    if name is not None:
        event["name"] = name
    events.append(event)


def named(pid, tid, what, name):
    add("M", 0, pid, tid, what, args={"name": name})


def complete(begin, end, pid, tid, name, **args):
    add("X", begin, pid, tid, name, dur=end - begin, cat="browser" if pid == BROWSER else "node", args=args)


def operation(number, begin, end, name, **args):
    add("b", begin, BROWSER, MAIN, name, id=number, cat="net", args=args)
    add("e", end, BROWSER, MAIN, name, id=number, cat="net")


def resource(number, cause, begin, end, name, *runs):
    more = {"cat": "node,node.async_hooks", "id": number}
    add("b", begin, SERVER, SERVER, name, **more, args={"data": {"executionAsyncId": 1, "triggerAsyncId": cause}})
    for run_begin, run_end in runs:
        add("b", run_begin, SERVER, SERVER, f"{name}_CALLBACK", **more)
        add("e", run_end, SERVER, SERVER, f"{name}_CALLBACK", **more)
    if end:
        add("e", end, SERVER, SERVER, name, **more)


def flow(number, begin, from_, end, to):
    add("s", begin, *from_, "ipc", id=number, cat="flow")
    add("f", end, *to, "ipc", id=number, cat="flow", bp="e")


named(BROWSER, MAIN, "process_name", "Browser")
named(BROWSER, MAIN, "thread_name", "CrBrowserMain")
named(BROWSER, WORKER, "thread_name", "ThreadPoolForegroundWorker")
named(SERVER, SERVER, "process_name", "node server.js")
named(SERVER, SERVER, "thread_name", "JavaScriptMainThread")

complete(0, 500, BROWSER, MAIN, "RunTask", src_func="content::BrowserMainLoop::Run", posted=12)
complete(40, 420, BROWSER, MAIN, "NavigationRequest::BeginNavigation", url="https://example.org/index.html")
complete(60, 140, BROWSER, MAIN, "URLLoader::Start")
complete(145, 160, BROWSER, MAIN, "Cookies")
complete(520, 900, BROWSER, MAIN, "RunTask")
complete(540, 700, BROWSER, MAIN, "ParseHTML", bytes=48213)
complete(700, 860, BROWSER, MAIN, "Layout")
for each in range(60):
    complete(860 + each * 0.6, 860.3 + each * 0.6, BROWSER, MAIN, "Style" if each % 3 else "Paint")
add("B", 950, BROWSER, MAIN, "RunTask")
complete(180, 330, BROWSER, WORKER, "DecodeImage")
complete(200, 260, BROWSER, WORKER, "Inflate")
complete(560, 640, BROWSER, WORKER, "CompileScript")
operation(1, 100, 400, "HTTP request", url="/index.html")
operation(2, 150, 300, "HTTP request", url="/style.css")
operation(3, 450, 620, "HTTP request", url="/script.js")
for ts, name in ((300, "firstPaint"), (610, "DOMContentLoaded"), (860, "load")):
    add("i", ts, BROWSER, MAIN, name, s="t", cat="blink")
for each in range(40):
    add("C", each * 25, BROWSER, MAIN, "memory", args={"MB": 80 + 40 * (each % 9) - each})

complete(170, 190, SERVER, SERVER, "RunTimers")
complete(210, 280, SERVER, SERVER, "callback")
complete(220, 270, SERVER, SERVER, "parse")
complete(480, 560, SERVER, SERVER, "callback")
resource(12, 1, 200, 600, "HTTPINCOMINGMESSAGE", (210, 280))
resource(13, 12, 230, 540, "PROMISE", (480, 520))
resource(14, 13, 260, 490, "Timeout", (480, 482))
resource(15, 1, 400, None, "HTTPINCOMINGMESSAGE", (530, 560))
for ts, count in ((0, 0), (200, 3), (260, 4), (600, 1)):
    add("C", ts, SERVER, SERVER, "open handles", args={"count": count})
flow(1, 130, (BROWSER, MAIN), 190, (BROWSER, WORKER))
flow(2, 320, (BROWSER, WORKER), 600, (BROWSER, MAIN))
flow(3, 135, (BROWSER, MAIN), 215, (SERVER, SERVER))
add("i", 1000, BROWSER, MAIN, "end of trace", s="g")

print("[\n" + ",\n".join(json.dumps(event) for event in events) + "\n]")
