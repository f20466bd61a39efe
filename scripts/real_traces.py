#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes traces with other tools: real_traces.py [node] [clang] [chromium] [viztracer] [tokio] [--into FOLDER]

Each runs a small program of its own, and writes NAME-VERSION.json into tests/core/exchange/real, in the place of the one of an earlier
version. The first three are checked in, and made if none is named, by the tool that is installed. The others need PyPI and crates.io, for
`./dev nightly`; their versions are pinned below. What is not about the program, such as the tool's command line, is left out; what is left
out of Chromium's, which would be megabytes, is said below.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "core" / "exchange" / "real"
SECONDS = 600  # that a tool may take
VIZTRACER = "1.1.1"
TRACING_CHROME = "0.7.2"
TOKIO = "1.54.1"

NODE_PROGRAM = """
const { connect, createServer } = require("node:net");
const { setTimeout: sleep } = require("node:timers/promises");
const { Worker } = require("node:worker_threads");

async function ask(milliseconds) {
    await sleep(milliseconds);
    return milliseconds;
}
const server = createServer((socket) => socket.end("hello")).listen(0, () => {
    connect(server.address().port).on("data", () => {}).on("end", () => server.close());
});
Promise.all([ask(2), ask(4)]).then(() => new Worker("setTimeout(() => {}, 3)", { eval: true }));
"""

CLANG_PROGRAM = """
#include <string>
template <int N> struct Sum { static constexpr int value = N + Sum<N - 1>::value; };
template <> struct Sum<0> { static constexpr int value = 0; };
int main() { return static_cast<int>(std::string(Sum<50>::value, 'x').size()); }
"""

PYTHON_PROGRAM = """
import asyncio


async def ask(number):
    await asyncio.sleep(number / 1000)
    return number


async def main():
    await asyncio.gather(ask(1), ask(2), ask(3))


asyncio.run(main())
"""

RUST_PROGRAM = """
use std::time::Duration;
use tracing::{info, instrument};
use tracing_chrome::{ChromeLayerBuilder, TraceStyle};
use tracing_subscriber::prelude::*;

#[instrument]
async fn ask(number: u64) -> u64 {
    tokio::time::sleep(Duration::from_millis(number)).await;
    info!(number, "asked");
    number
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let spans = std::env::args().any(|each| each == "spans");
    let style = if spans { TraceStyle::Async } else { TraceStyle::Threaded };
    let (layer, _guard) = ChromeLayerBuilder::new().file("trace.json").include_args(true).trace_style(style).build();
    tracing_subscriber::registry().with(layer).init();
    let tasks: Vec<_> = (1..6).map(|number| tokio::spawn(ask(number))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}
"""
CARGO = f"""
[package]
name = "traced"
version = "0.1.0"
edition = "2021"

[dependencies]
tokio = {{ version = "={TOKIO}", features = ["rt-multi-thread", "macros", "time"] }}
tracing = "0.1"
tracing-subscriber = {{ version = "0.3", default-features = false, features = ["registry"] }}
tracing-chrome = "={TRACING_CHROME}"
"""

PAGE = (
    "<title>Tick</title><script>let n = 0; const timer = setInterval(() => { performance.mark('tick' + n);"
    " document.body.textContent = n; if (++n > 5) clearInterval(timer); }, 20)</script>"
)
CHROMIUM_CATEGORIES = "blink.user_timing,cc,devtools.timeline,loading,toplevel,flow"
CHROMIUM_RECORDS = 250  # that are kept: those from the first mark of the page on


def run(folder, *command):
    """Runs a command in a folder. Returns what it says."""
    return subprocess.run(command, cwd=folder, check=True, timeout=SECONDS, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def version_in(text):
    return re.search(r"\d+(\.\d+)+", text).group()


def node(folder):
    (folder / "program.js").write_text(NODE_PROGRAM)
    run(folder, "node", "--trace-event-categories", "node.async_hooks", "--trace-event-file-pattern", "trace.json", "program.js")
    trace = json.loads((folder / "trace.json").read_text())
    trace["traceEvents"] = [record for record in trace["traceEvents"] if record["name"] != "node"]  # versions of its libraries
    return version_in(run(folder, "node", "--version")), trace


def clang(folder):
    (folder / "program.cpp").write_text(CLANG_PROGRAM)
    run(folder, "clang++-14", "-std=c++20", "-O1", "-c", "-ftime-trace", "-ftime-trace-granularity=2000", "program.cpp", "-o", "program.o")
    return version_in(run(folder, "clang++-14", "--version")), json.loads((folder / "program.json").read_text())


def is_around(slice, flow):
    """Whether a flow's record lies in a slice."""
    return (
        slice["ph"] == "X" and slice["pid"] == flow["pid"] and slice["tid"] == flow["tid"] and slice["ts"] <= flow["ts"] <= slice["ts"] + slice.get("dur", 0)
    )


def chromium(folder):
    run(
        folder,
        *("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"),
        *(f"--trace-startup={CHROMIUM_CATEGORIES}", "--trace-startup-format=json", f"--trace-startup-file={folder / 'trace.json'}"),
        *("--trace-startup-duration=3", "--virtual-time-budget=2000", "--dump-dom", f"data:text/html,{PAGE}"),
    )
    records = json.loads((folder / "trace.json").read_text())["traceEvents"]
    first = next(record for record in records if record["name"] == "tick0")
    # What happens in the page's process from there on, and what its flows come from and lead to.
    ours = {(record["name"], record.get("id")) for record in records if record["pid"] == first["pid"] and record["ph"] in "sf"}
    theirs = [record for record in records if record["ph"] in "sf" and record["pid"] != first["pid"] and (record["name"], record["id"]) in ours]
    around = {id(slice) for flow in theirs for slice in records if is_around(slice, flow)}
    events = [record for record in records if record["pid"] == first["pid"] or record in theirs or id(record) in around]
    kept = sorted((record for record in events if record["ph"] != "M" and record["ts"] >= first["ts"]), key=lambda record: record["ts"])[:CHROMIUM_RECORDS]
    threads = {(record["pid"], record["tid"]) for record in kept}
    processes = {record["pid"] for record in kept}
    names = [
        record
        for record in records
        if record["ph"] == "M" and ((record["pid"], record["tid"]) in threads or (record["pid"] in processes and record["name"].startswith("process_")))
    ]
    return version_in(run(folder, "chromium", "--version")), {"traceEvents": names + kept}


def viztracer(folder):
    (folder / "program.py").write_text(PYTHON_PROGRAM)
    run(folder, sys.executable, "-m", "venv", "environment")
    run(folder, "environment/bin/pip", "install", "--quiet", f"viztracer=={VIZTRACER}")
    run(folder, "environment/bin/viztracer", "--log_async", "--max_stack_depth", "12", "-o", "trace.json", "program.py")
    return VIZTRACER, {"traceEvents": json.loads((folder / "trace.json").read_text())["traceEvents"]}


def tokio(folder):
    """Both styles of tracing-chrome: slices of the threads, and of the spans."""
    (folder / "src").mkdir()
    (folder / "src" / "main.rs").write_text(RUST_PROGRAM)
    (folder / "Cargo.toml").write_text(CARGO)
    run(folder, "cargo", "build", "--quiet")
    records = []
    for style in ("threads", "spans"):
        run(folder, "target/debug/traced", style)
        records += [record | {"pid": style} for record in json.loads((folder / "trace.json").read_text())]
    return TRACING_CHROME, {"traceEvents": records}


INSTALLED = {"node": node, "clang": clang, "chromium": chromium}
FROM_REGISTRIES = {"viztracer": viztracer, "tokio": tokio}
TOOLS = INSTALLED | FROM_REGISTRIES


def without_folder(trace, folder):
    """The trace, as a record a line, without the name of the folder in which it was made."""
    lines = ",\n".join(json.dumps(record, separators=(",", ":")) for record in trace.pop("traceEvents"))
    rest = "".join(f",{json.dumps(key)}:{json.dumps(value)}" for key, value in trace.items())
    return ('{"traceEvents":[\n' + lines + "\n]" + rest + "}\n").replace(str(folder), "/tmp/trace")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tool", nargs="*", default=list(INSTALLED), help=f"which of {', '.join(TOOLS)}")
    parser.add_argument("--into", type=pathlib.Path, default=FOLDER)
    options = parser.parse_args()
    for name in options.tool:
        if name not in TOOLS:
            sys.exit(f"real_traces: there is no tool called '{name}'; known are {', '.join(TOOLS)}")
        with tempfile.TemporaryDirectory() as folder:
            version, trace = TOOLS[name](pathlib.Path(folder))
            text = without_folder(trace, folder)
        options.into.mkdir(parents=True, exist_ok=True)
        for earlier in options.into.glob(f"{name}-*.json"):
            earlier.unlink()
        path = options.into / f"{name}-{version}.json"
        path.write_text(text)
        print(f"{path.name}: {len(text) // 1000} KB")


if __name__ == "__main__":
    main()
