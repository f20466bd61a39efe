// SPDX-License-Identifier: MIT
'use strict';
// What of the page is not the window: what it has inside is unpacked, the link follows what one does, files come and go, and what the
// run prints stands in a table. web/main.cpp calls `page`; `Module` is emscripten's.
const element = id => document.getElementById(id);
const inside = element('contents').textContent;
element('contents').textContent = 'null';
const copy = document.documentElement.cloneNode(true);  // before anything else is changed
for (const each of copy.querySelectorAll('[data-site]')) each.remove();  // what a site has beside the page
const emptyPage = '<!doctype html>\n' + copy.outerHTML;
element('contents').textContent = inside;

/** Returns the bytes that an element holds as Base64. */
const bytesOf = text => Uint8Array.from(atob(text.trim()), each => each.charCodeAt(0));

/** Returns the bytes that an element holds, compressed with gzip, as Base64. */
async function unpacked(id) {
    const stream = new Blob([bytesOf(element(id).textContent)]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Shows a sentence in the place of the window. */
function sorry(sentence) {
    const wait = element('wait') ?? element('canvas').parentElement.appendChild(document.createElement('p'));
    wait.className = 'sorry';
    wait.setAttribute('role', 'alert');
    wait.textContent = sentence;
    element('canvas').hidden = true;
    page.failed = sentence;
}

const contents = JSON.parse(inside);
const link = new URLSearchParams(location.hash.slice(1));
let written = location.hash;  // the link as it was written last
let state = null;

/** Returns the names of files that the module sees: in the root, where nothing else is. */
const placeOf = name => '/' + (name || 'trace').replace(/[\/\0]/g, '_');

/** The link to where one is. */
function linkTo(now) {
    const params = new URLSearchParams();
    const isInside = contents?.trace && now.run === page.firstRun;  // what the page has inside goes without saying
    if (now.lesson && !contents?.lesson) params.set('lesson', now.lesson);
    else if (now.program && !isInside && !contents?.lesson && !contents?.demo) {
        params.set('program', now.program);
        params.set('storage', now.storage);
        for (const each of now.settings) params.append('set', each);
        if (now.schedule) params.set('schedule', now.schedule);
        for (const each of now.switches) params.append('switch', each);
    }
    if (now.program || isInside) params.set('at', now.at);
    page.python?.link(params, now);
    params.set('theme', now.theme);
    return '#' + params.toString().replaceAll('%3A', ':').replaceAll('%3D', '=').replaceAll('%2C', ',');
}

function row(print, at) {
    const line = document.createElement('tr');
    const whose = print.leak ? 'another’s: a leak' : print.stale ? 'another request’s: stale' : print.writer ? 'its own' : '';
    const event = document.createElement('a');
    event.href = '#' + new URLSearchParams({...Object.fromEntries(new URLSearchParams(written.slice(1))), at: print.event});
    event.textContent = print.event;
    const texts = [event, print.time, print.task, print.text, print.writer ?? '', whose];
    for (const text of texts) line.insertCell().append(text);
    line.classList.toggle('wrong', Boolean(print.leak || print.stale));
    line.classList.toggle('later', print.event > at);
    return line;
}

function table(now) {
    const leaks = now.prints.filter(each => each.leak).length;
    const stales = now.prints.filter(each => each.stale).length;
    const all = now.count > now.prints.length ? `the first ${now.prints.length} of ${now.count} prints` : `${now.count} prints`;
    element('counts').textContent = now.count === 0 ? 'Nothing so far.'
        : `${now.title}, read from ${now.selected}: ${all}, of which ${leaks} leak${leaks === 1 ? 's' : ''}${stales ? ` and ${stales} are stale` : ''}. `
          + 'What is printed after the event that the window shows is pale.';
    element('rows').replaceChildren(...now.prints.map(print => row(print, now.at)));
}

const page = {
    state: () => state,
    python: null,  // the editor beside the window, where there is one (web/editor/editor.js)
    firstRun: null,
    frames: 0,
    // --- What the module asks ---
    wish(name) {
        if (name === 'trace') return contents?.trace && !link.has('program') ? placeOf(contents.file) : '';
        if (name === 'lesson') return contents?.lesson ? placeOf(contents.file) : link.get('lesson') ?? /^lesson-(.+)/.exec(link.get('begin'))?.[1] ?? '';
        if (name === 'demo') return contents?.demo ? placeOf(contents.file) : link.get('demo') ?? '';
        if (name === 'at' && link.has('code') && !link.has('program')) return '';  // of the program that is in the link
        const all = link.getAll(name);
        return all.length > 0 ? all.join('\n') : String(contents?.[name] ?? '');
    },
    waits(done) { element('wait').textContent = `Opening … ${Math.round(100 * done)} %`; },
    begins() {
        listen();
        element('wait').remove();
        page.began = performance.now();
        element('canvas').focus({preventScroll: true});
    },
    told(now) {
        page.firstRun ??= now.run;
        state = now;
        const isOfContents = contents?.lesson || contents?.demo || now.run === page.firstRun;
        element('title').textContent = contents?.title && isOfContents ? contents.title : now.title;
        document.title = `${element('title').textContent} – Loopscope`;
        element('note').textContent = element('note').title = now.note || contents?.note || '';
        document.documentElement.classList.toggle('light', now.theme !== 'dark');
        page.relink();
        table(now);
    },
    /** Has the address bar say where one is. */
    relink() {
        if (!state) return;
        written = linkTo(state);
        try {
            history.replaceState(null, '', written);
        } catch {
            location.replace(written);  // some browsers forbid the other for files
        }
    },
    hasRun: hasTrace => page.python.hasRun(hasTrace),
    downloads(path) {
        const file = new Blob([Module.FS.readFile(path)], {type: 'application/octet-stream'});
        const a = document.createElement('a');
        a.href = URL.createObjectURL(file);
        a.download = path.slice(path.lastIndexOf('/') + 1);
        a.click();
        setTimeout(() => URL.revokeObjectURL(a.href), 60000);
        Module.FS.unlink(path);
    },
    asksForFile() { element('file').click(); },
    togglesFullscreen() {
        if (document.fullscreenElement) document.exitFullscreen();
        else element('canvas').requestFullscreen();
    },
    copies(text) {
        navigator.clipboard?.writeText(text).catch(() => {});
    },
    cannot: sorry,
};

/** Opens a file that the user has chosen or dropped. */
async function open(file) {
    const path = placeOf(file.name);
    Module.FS.writeFile(path, new Uint8Array(await file.arrayBuffer()));
    Module.ccall('loopscope_open', null, ['string'], [path]);
    element('canvas').focus({preventScroll: true});
}

function listen() {
    const main = element('canvas').parentElement;
    new ResizeObserver(() => Module._loopscope_wake()).observe(element('canvas'));
    element('canvas').addEventListener('pointerdown', event => {
        if (event.pointerType === 'mouse') element('canvas').setPointerCapture(event.pointerId);  // a drag may end anywhere
    });
    element('canvas').addEventListener('contextmenu', event => event.preventDefault());
    addEventListener('paste', event => {
        if (document.activeElement === element('canvas'))
            Module.ccall('loopscope_type', null, ['string'], [event.clipboardData.getData('text').replace(/[\r\n]+/g, ' ')]);
    });
    element('open').onclick = () => page.asksForFile();
    element('file').onchange = event => { if (event.target.files[0]) open(event.target.files[0]); event.target.value = ''; };
    element('download').onclick = () => Module._loopscope_download();
    element('copy').onclick = async () => {
        await navigator.clipboard?.writeText(location.href).catch(() => {});
        element('copy').textContent = 'Copied';
        setTimeout(() => { element('copy').textContent = 'Copy link'; }, 2000);
    };
    addEventListener('dragover', event => { event.preventDefault(); main.classList.add('drop'); });
    addEventListener('dragleave', event => { if (!event.relatedTarget) main.classList.remove('drop'); });
    addEventListener('drop', event => {
        event.preventDefault();
        main.classList.remove('drop');
        if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
    });
    addEventListener('keydown', event => { if (event.key === 'Tab') document.body.classList.add('tabbed'); }, true);
    addEventListener('hashchange', () => { if (location.hash !== written && location.hash.includes('=')) location.reload(); });
    addEventListener('beforeprint', () => {
        Module._loopscope_picture();  // a canvas keeps its picture no longer than it is shown
        element('paper').src = element('canvas').toDataURL();
    });
}

async function start() {
    if (typeof DecompressionStream === 'undefined' || typeof WebAssembly === 'undefined')
        return sorry('This browser is too old for Loopscope, which needs WebAssembly with exceptions, WebGL 2 and DecompressionStream: Chrome or Edge 95, '
            + 'Firefox 113 or Safari 16.4, or a newer one, have them.');
    const [wasm, glue] = await Promise.all([unpacked('wasm'), unpacked('glue')]);
    page.unpacked = performance.now();
    const original = HTMLCanvasElement.prototype.getContext;
    element('canvas').getContext = function (kind, wanted) {
        const gl = original.call(this, kind, wanted);
        if (gl) rememberState(gl);
        return gl;
    };
    element('canvas').addEventListener('webglcontextlost', () => sorry('The browser has taken the picture away (its graphics process has ended): load the page again.'));
    globalThis.Module = {
        canvas: element('canvas'),
        wasmBinary: wasm.buffer,
        noExitRuntime: true,
        emptyPage,
        preRun: [() => {
            for (const name of ['trace', 'lesson', 'demo']) {
                if (!contents?.[name]) continue;
                Module.FS.writeFile(placeOf(contents.file), name === 'trace' ? bytesOf(contents.trace) : contents[name]);
            }
        }],
        print: text => console.log(text),
        printErr: text => console.error(text),
        onAbort: what => sorry(`Loopscope has stopped: ${what}. Load the page again.`),
    };
    globalThis.page = page;
    const script = document.createElement('script');
    script.textContent = new TextDecoder().decode(glue);
    document.body.append(script);
}

start().catch(error => sorry(`Loopscope cannot start: ${error.message ?? error}`));
