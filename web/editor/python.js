// SPDX-License-Identifier: MIT
// CPython in WebAssembly (npm's pyodide), prepared to run one program that is recorded. Knows neither a page nor a worker: worker.js and
// tests call it.

const DELIVERS_EVERY = 100;  // ms
const INSISTS_EVERY = 500;  // ms: asyncio's runner cancels the main task at the first SIGINT, and only a second one is an exception at once
const SIGINT = 2, SIGALRM = 14;

/** Puts the recorder into an interpreter that has run nothing. `files` has the texts of recorder/python by name, and run_program.py. */
export function prepare(python, files) {
    python.FS.mkdirTree('/loopscope/loopscope_recorder');
    python.FS.mkdirTree('/program');
    for (const [name, text] of Object.entries(files))
        python.FS.writeFile(name === 'run_program.py' ? `/loopscope/${name}` : `/loopscope/loopscope_recorder/${name}`, text);
    python.FS.writeFile('/loopscope/loopscope_recorder/__init__.py', '');
    python.runPython(`
import sys
sys.path.insert(0, "/loopscope")
import loopscope_recorder
from run_program import run as _loopscope_run
sys.path.remove("/loopscope")`);
}

/**
 * What Python looks at now and then: where a signal would be. It has records be handed over while a handle runs, and ends a program that works
 * longer than `milliseconds`: as Ctrl C would.
 */
class Signals {
    constructor(milliseconds, delivers) {
        this.end = Date.now() + milliseconds;
        this.next = Date.now() + DELIVERS_EVERY;
        this.delivers = delivers;
        this.isOver = false;
    }

    get 0() {
        const now = Date.now();
        if (now > this.end) {
            this.isOver = true;
            this.end = now + INSISTS_EVERY;
            return SIGINT;
        }
        if (now < this.next || !this.delivers()) return 0;
        this.next = now + DELIVERS_EVERY;
        return SIGALRM;
    }

    set 0(_) {}  // Python says that it has taken it
}

/**
 * Runs a program. `wish` has `name` and `text`, and may have `arguments`, `files` (texts by name, beside it), `watch`, `switches` (as --watch and --switch have
 * them), `after` (switches after so many handles), `milliseconds` and `bytes` (how long it may work, and how much it may record). `tell` is called with what comes of it: {head,
 * records}, {stream, text}. Returns {error, code, isOver}: the exception that has left it (file, line, column, words), the exit
 * code, whether it was stopped because it took too long.
 */
export function run(python, wish, tell) {
    for (const [name, text] of Object.entries(wish.files ?? {})) python.FS.writeFile(`/program/${name}`, text);
    python.FS.writeFile(`/program/${wish.name}`, wish.text);
    for (const [stream, set] of [['out', 'setStdout'], ['err', 'setStderr']]) {
        const decoder = new TextDecoder();
        python[set]({write: bytes => { tell({stream, text: decoder.decode(bytes, {stream: true})}); return bytes.length; }});
    }
    python.setStdin({stdin: () => null});
    let begun = false;
    const take = (head, records) => {
        begun = true;
        if (records) tell({head: head.toJs().slice(), records: records.toJs().slice()});
    };
    const signals = new Signals(wish.milliseconds, () => begun);
    python.setInterruptBuffer(signals);
    const options = [...(wish.watch ?? []).flatMap(each => ['--watch', each]), ...(wish.switches ?? []).flatMap(each => ['--switch', each])];
    if (wish.bytes) options.push('--limit', String(wish.bytes));
    const [error, code] = python.globals.get('_loopscope_run')([wish.name, ...(wish.arguments ?? [])], options, wish.after ?? [], take).toJs();
    python.setInterruptBuffer(undefined);
    return {error: error ? {file: error[0], line: error[1], column: error[2], words: error[3]} : null, code, isOver: signals.isOver};
}
