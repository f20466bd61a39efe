#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes traces with the tools that others use, anew, and reads them: other_formats.py LOOPSCOPE

- Perfetto: random traces written by PyPI's `perfetto`, whose protobuf classes are Perfetto's own, and read back with as many slices,
  instants, flows and counts.
- tokio-console: a program that console-subscriber (crates.io) records; each spawned task is a resource, each entry of one a poll.
- Go: what runtime/trace writes is named.

Packages are pinned, and go into a folder that is removed. Prints a line of figures for each; ends with 1 if one is not as it should be.
Where pip, cargo or go is missing, its line says so.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PERFETTO = ("perfetto==0.59.1", "protobuf==7.36.2")
TOKIO = 'console-subscriber = "=0.5.0"\ntokio = { version = "=1.54.1", features = ["full", "tracing"] }\n'
TRACES = 30

WRITER = r"""
import json, random, sys, zlib
from perfetto.protos.perfetto.trace import perfetto_trace_pb2 as protos

def write(seed, path):
    rng = random.Random(seed)
    trace = protos.Trace()
    counts = dict(slice=0, slice_end=0, instant=0, count=0, flow=0)
    def add(**fields):
        packet = trace.packet.add(trusted_packet_sequence_id=1, **fields)
        return packet
    add(sequence_flags=1).clock_snapshot.clocks.add(clock_id=6, timestamp=1)
    threads, counters, operations = [], [], []
    for process in range(1, 4):
        descriptor = add().track_descriptor
        descriptor.uuid = process
        descriptor.process.pid = 100 * process
        for thread in range(3):
            descriptor = add().track_descriptor
            descriptor.uuid = 10 * process + thread
            descriptor.parent_uuid = process
            descriptor.thread.pid = 100 * process
            descriptor.thread.tid = 100 * process + thread + 1
            threads.append(descriptor.uuid)
        descriptor = add().track_descriptor
        descriptor.uuid = 10 * process + 5
        descriptor.name = "counter"
        descriptor.parent_uuid = process
        descriptor.counter.unit = rng.randrange(4)
        counters.append(descriptor.uuid)
        for operation in range(4):
            descriptor = add().track_descriptor
            descriptor.uuid = 1000 * process + operation
            descriptor.name = rng.choice(("request", "upload"))
            descriptor.parent_uuid = process
            descriptor.sibling_merge_behavior = rng.randrange(3)
            operations.append(descriptor.uuid)
    places = threads + operations
    open_at = {uuid: 0 for uuid in places}
    names = {}
    started, time = set(), 1000
    target = trace
    for _ in range(rng.randrange(50, 2000)):
        time += rng.randrange(1000)
        packet = trace.packet.add(trusted_packet_sequence_id=1, timestamp=time)
        event = packet.track_event
        what = rng.choice(("begin", "begin", "end", "end", "instant", "count"))
        if what == "count":
            event.type, event.track_uuid = 4, rng.choice(counters)
            if rng.random() < 0.5:
                event.counter_value = rng.randrange(-5, 1000)
            else:
                event.double_counter_value = rng.random()
            counts["count"] += 1
            continue
        event.track_uuid = rng.choice(places)
        if what == "end":
            if open_at[event.track_uuid] == 0:
                trace.packet.pop()
                continue
            event.type = 2
            open_at[event.track_uuid] -= 1
            counts["slice_end"] += 1
            continue
        event.type = 1 if what == "begin" else 3
        open_at[event.track_uuid] += what == "begin"
        counts["slice" if what == "begin" else "instant"] += 1
        name = rng.choice(("a", "b", "c", "d"))
        if rng.random() < 0.5:
            event.name = name
        else:
            if name not in names:
                names[name] = len(names) + 1
                packet.interned_data.event_names.add(iid=names[name], name=name)
            event.name_iid = names[name]
        if rng.random() < 0.2:
            annotation = event.debug_annotations.add(name="n")
            annotation.int_value = rng.randrange(-5, 5)
        if rng.random() < 0.2:
            flow = rng.randrange(1, 20)
            event.flow_ids.append(flow)
            counts["flow"] += 1
    packets = list(trace.packet)
    if rng.random() < 0.5:
        half = len(packets) // 2
        inner = protos.Trace()
        inner.packet.extend(packets[half:])
        del trace.packet[half:]
        trace.packet.add(trusted_packet_sequence_id=1).compressed_packets = zlib.compress(inner.SerializeToString())
    with open(path, "wb") as file:
        file.write(trace.SerializeToString())
    return counts

print(json.dumps([write(seed, f"{sys.argv[1]}/{seed}.pftrace") for seed in range(int(sys.argv[2]))]))
"""

TOKIO_PROGRAM = r"""
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    console_subscriber::ConsoleLayer::builder().recording_path("tokio.log").init();
    let mut tasks = vec![];
    for number in 0..20 {
        let work = async move {
            for _ in 0..number {
                tokio::time::sleep(Duration::from_millis(2)).await;
                tokio::task::yield_now().await;
            }
        };
        tasks.push(tokio::task::Builder::new().name(&format!("worker-{number}")).spawn(work).unwrap());
    }
    for task in tasks {
        task.await.unwrap();
    }
    // The recording is written by a thread that nobody waits for.
    std::thread::sleep(Duration::from_millis(500));
}
"""

GO_PROGRAM = """package main

import (
	"os"
	"runtime/trace"
)

func main() {
	file, _ := os.Create("go.trace")
	trace.Start(file)
	done := make(chan bool)
	go func() { done <- true }()
	<-done
	trace.Stop()
	file.Close()
}
"""


class Wrong(Exception):
    pass


def run(*command, folder, **environment):
    done = subprocess.run(list(map(str, command)), cwd=folder, env=os.environ | environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(f"{command[0]} ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


def read(loopscope, path):
    """Returns what `convert` makes of a trace: how many events of each kind there are, and what is said."""
    out = path.with_suffix(".csv")
    done = subprocess.run([loopscope, "convert", path, out], capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(done.stderr.strip())
    kinds = {}
    for line in out.read_text().splitlines()[1:]:
        found = re.match(r'\d+,-?\d+,(\w+),', line)
        if found:
            kinds[found[1]] = kinds.get(found[1], 0) + 1
    return kinds, done.stderr


def perfetto(loopscope, folder):
    run(sys.executable, "-m", "venv", folder / "venv", folder=folder)
    python = folder / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", *PERFETTO, folder=folder)
    expected = json.loads(run(python, "-c", WRITER, folder, TRACES, folder=folder))
    for seed, counts in enumerate(expected):
        kinds, said = read(loopscope, folder / f"{seed}.pftrace")
        for kind, count in counts.items():
            if kinds.get(kind, 0) != count:
                raise Wrong(f"trace {seed} has {kinds.get(kind, 0)} events of kind {kind}, and not {count}: {said.strip()}")
    return f"{TRACES} traces of {PERFETTO[0]}, {sum(each['slice'] for each in expected)} slices and all else as written"


def tokio(loopscope, folder):
    (folder / "src").mkdir()
    (folder / "src" / "main.rs").write_text(TOKIO_PROGRAM)
    (folder / "Cargo.toml").write_text(f'[package]\nname = "recorded"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n{TOKIO}')
    run("cargo", "build", "--quiet", folder=folder, RUSTFLAGS="--cfg tokio_unstable")
    run(folder / "target" / "debug" / "recorded", folder=folder)
    lines = [json.loads(line) for line in (folder / "tokio.log").read_text().splitlines()]
    tasks = {line["Spawn"]["id"] for line in lines if "Spawn" in line}
    polls = sum(line["Enter"]["id"] in tasks for line in lines if "Enter" in line)
    wakes = sum(isinstance(line["Waker"]["op"], dict) for line in lines if "Waker" in line and line["Waker"]["id"] in tasks)
    kinds, _ = read(loopscope, folder / "tokio.log")
    found = (kinds["track"], kinds["slice"], kinds.get("instant", 0))
    if found != (len(tasks), len(tasks) + polls, wakes):
        raise Wrong(f"{found} tracks, slices and instants of {len(tasks)} tasks, {polls} polls and {wakes} wakes")
    return f"console-subscriber 0.5.0: {len(tasks)} tasks, {polls} polls, {wakes} wakes"


def go(loopscope, folder):
    (folder / "main.go").write_text(GO_PROGRAM)
    run("go", "run", "main.go", folder=folder, GOFLAGS="-mod=mod", GO111MODULE="off", GOCACHE=str(folder / "cache"))
    done = subprocess.run([loopscope, "convert", folder / "go.trace", folder / "out.csv"], capture_output=True, text=True)
    if done.returncode != 1 or "is a trace of Go's runtime" not in done.stderr:
        raise Wrong(f"ended with {done.returncode}: {done.stderr.strip()}")
    return f"{run('go', 'version', folder=folder).split()[2]}: named"


def main():
    loopscope = pathlib.Path(sys.argv[1]).resolve()
    wrong = 0
    for part, tool in ((perfetto, sys.executable), (tokio, "cargo"), (go, "go")):
        if not shutil.which(tool):
            print(f"{part.__name__}: there is no {tool} here")
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                print(part(loopscope, pathlib.Path(folder)), flush=True)
            except Wrong as error:
                wrong += 1
                print(f"{part.__name__}: {error}", flush=True)
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
