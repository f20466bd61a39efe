// Does what `reference.py --batch` does, on the CPython that npm's pyodide has: node reference_pyodide.mjs FOLDER
// FOLDER is where npm installed it. The programs run in a worker, for a worker's stack can be made large.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const SPENT = 5;

// What reference.py's run_file does, for a program's text. Nothing is collected half-way, and what a program leaves is kept.
const driver = `
import asyncio, contextvars, gc, json, sys
sys.path.insert(0, "/loopscope/tests/conformance")
asyncio._set_running_loop(None)
gc.disable()
from operations import is_lacking
from reference import LACKING, TOO_DEEP, interpret

kept = []

class Elsewhere:
    """Stands where a task has its loop."""
    def call_soon(self, *arguments, **options): pass
    def get_debug(self): return False

async def nothing(): pass

def tasks_before():
    probe = asyncio.Task(nothing(), loop=Elsewhere())
    kept.append(probe)
    return int(probe.get_name().removeprefix("Task-"))

def run(text):
    program = json.loads(text)
    if is_lacking(program):
        return [LACKING, ""]
    output = contextvars.copy_context().run(interpret, program, tasks_before(), kept)
    return [TOO_DEEP, ""] if output is None else [0, output]
`;

async function work() {
    const { loadPyodide } = await import(pathToFileURL(join(workerData.folder, "node_modules/pyodide/pyodide.mjs")));
    const pyodide = await loadPyodide();
    pyodide.FS.mkdir("/loopscope");
    pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, "/loopscope");
    pyodide.runPython(driver);
    const run = pyodide.globals.get("run");
    parentPort.on("message", (path) => {
        const text = readFileSync(path, "utf8");
        try {
            const answer = run(text);
            parentPort.postMessage(answer.toJs());
            answer.destroy();
        } catch (error) {
            // The stack of the machine is at its end before that of Python is: this interpreter is of no use any more.
            if (!(error instanceof RangeError)) throw error;
            parentPort.postMessage([SPENT, ""]);
            parentPort.close();
        }
    });
}

function serve() {
    const worker = new Worker(fileURLToPath(import.meta.url), {
        workerData: { folder: process.argv[2] },
        resourceLimits: { stackSizeMb: 64 },
    });
    worker.on("message", ([status, output]) => {
        const bytes = Buffer.from(output);
        process.stdout.write(`${status} ${bytes.length}\n`);
        process.stdout.write(bytes);
    });
    worker.on("exit", () => process.exit(0));
    worker.on("error", (error) => {
        process.stderr.write(`${error}\n`);
        process.exit(1);
    });
    const lines = createInterface({ input: process.stdin });
    lines.on("line", (path) => worker.postMessage(path));
    lines.on("close", () => worker.terminate());
}

if (isMainThread) serve();
else await work();
