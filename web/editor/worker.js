// SPDX-License-Identifier: MIT
// The worker in which a program of the editor's runs: one for each run, for an interpreter runs one program. It is asked with
// {folder, recorder} to get ready, answers {ready}, and runs what it is sent then ({wish}, see python.js); what comes of it is told as it comes, and {done} at last.
import {prepare, run} from './python.js';

let python = null;
let wished = null;

/** Has the browser keep what is fetched: CPython is large, and of a version that never changes. */
async function fetchOnce(kept, own, request) {
    const found = await kept.match(request);
    if (found) return found;
    const answer = await own(request);
    if (answer.ok) await kept.put(request, answer.clone()).catch(() => {});  // there may be no room
    return answer;
}

/** Takes away what a program could reach other machines by: it may have come with a link. */
function closeNetwork() {
    for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'importScripts', 'Worker', 'caches', 'indexedDB'])
        Object.defineProperty(self, name, {value: undefined, configurable: false, writable: false});
}

async function begin({folder, recorder}) {
    const own = self.fetch.bind(self);
    const kept = await self.caches?.open(folder).catch(() => null);
    if (kept) self.fetch = (request, options) => (String(request?.url ?? request).includes(folder) ? fetchOnce(kept, own, request) : own(request, options));
    const [{loadPyodide}, files] = await Promise.all([import(new URL(`${folder}pyodide.mjs`, self.location)), own(new URL(recorder, self.location)).then(answer => answer.json())]);
    const loaded = await loadPyodide({indexURL: new URL(folder, self.location).href, env: {PYTHONHASHSEED: '0', HOME: '/program'}});
    prepare(loaded, files);
    closeNetwork();
    python = loaded;
    postMessage({ready: true});
    go();
}

function go() {
    if (!python || !wished) return;
    const wish = wished;
    wished = null;
    const told = run(python, wish, what => postMessage(what, what.records ? [what.records.buffer, what.head.buffer] : []));
    postMessage({done: told});
}

self.onmessage = ({data}) => {
    if (data.wish) {
        wished = data.wish;
        go();
    } else {
        begin(data).catch(error => postMessage({failed: String(error.message ?? error)}));
    }
};
