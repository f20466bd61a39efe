// SPDX-License-Identifier: MIT
// The runs of the editor's program: workers, of which one is prepared ahead, and the spools in which the window looks for what they record.

const LIMIT = {milliseconds: 10_000, bytes: 32_000_000};  // what a program may take: time, and room for what is recorded
const PATIENCE = 4_000;  // ms: how long a program that was asked to end may go on
const HEAD = 4096;  // bytes: recorder/spool.h

/** The runs, of which one goes on at most. `tell` is called with what comes: {stream, text}, {ready}, {done}, {stopped}, {failed}. */
export class Runs {
    constructor(parts, tell) {
        this.parts = parts;  // {worker, folder, recorder}: addresses
        this.tell = tell;
        this.over = [null];  // by number: 0, it goes on; 1, it has ended; 2, it was stopped
        this.now = null;
        this.spare = null;
        this.last = null;
        this.limit = {...LIMIT};
    }

    /** Has a worker be ready for the next run. */
    prepare() {
        this.spare ??= this.made();
    }

    made() {
        const worker = new Worker(this.parts.worker, {type: 'module'});
        worker.isReady = false;
        worker.onmessage = ({data}) => { if (data.ready) { worker.isReady = true; this.tell({ready: true}); } else if (data.failed) this.fails(data.failed); };
        worker.onerror = event => this.fails(event.message ?? 'its worker does not load');
        worker.postMessage({folder: this.parts.folder, recorder: this.parts.recorder});
        return worker;
    }

    fails(why) {
        this.spare?.terminate();
        this.spare = null;
        this.stop();
        this.tell({failed: why});
    }

    /** Begins a run, and ends the one before. Returns its number. */
    begins(wish) {
        this.end(2);
        this.last = wish;
        const number = this.over.push(0) - 1;
        if (!Module.FS.analyzePath('/spool').exists) { Module.FS.mkdir('/spool'); Module.FS.mkdir('/program'); }
        for (const [name, text] of Object.entries({...wish.files, [wish.name]: wish.text})) Module.FS.writeFile(`/program/${name}`, text);
        this.prepare();
        const worker = this.spare;
        this.spare = null;
        this.now = {number, worker, stream: Module.FS.open(`/spool/${number}`, 'w+'), bytes: HEAD, begun: false};
        worker.onmessage = ({data}) => this.take(number, data);
        worker.postMessage({wish: {...wish, ...this.limit}});
        if (worker.isReady) this.watch();
        this.tell({begun: true, isReady: worker.isReady});
        return number;
    }

    /** Ends a run that does not end itself when it is asked to. */
    watch() {
        this.now.watch = setTimeout(() => this.stop(true), this.limit.milliseconds + PATIENCE);
    }

    take(number, said) {
        if (this.now?.number !== number) return;
        if (said.records) {
            Module.FS.write(this.now.stream, said.records, 0, said.records.length, this.now.bytes);
            this.now.bytes += said.records.length;
            Module.FS.write(this.now.stream, said.head, 0, HEAD, 0);
        } else if (said.ready) {
            this.watch();
            this.tell({begun: true, isReady: true});
        } else if (said.failed) {
            this.fails(said.failed);
        } else if (said.done) {
            this.end(1);
            this.tell(said);
            this.prepare();
        } else {
            this.tell(said);
        }
        Module._loopscope_wake();
    }

    /** Stops the run that goes on, wherever it stands. */
    stop(isOver = false) {
        if (!this.now) return;
        this.end(2);
        this.tell({stopped: true, isOver});
        this.prepare();
        Module._loopscope_wake();
    }

    end(how) {
        if (!this.now) return;
        const {number, worker, stream, watch} = this.now;
        clearTimeout(watch);
        worker.terminate();
        Module.FS.close(stream);
        this.over[number] = how;
        this.now = null;
    }

    isOver(number) { return this.over[number]; }

    isLeft(number) {
        if (this.now?.number === number) this.end(2);
        Module.FS.truncate(`/spool/${number}`, 0);  // the trace keeps the file open
        Module.FS.unlink(`/spool/${number}`);
    }
}
