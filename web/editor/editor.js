// SPDX-License-Identifier: MIT
// The editor beside the window: a program that somebody types runs in a worker, and the window shows what it has done. The page (web/page.js)
// calls page.python; this module uses its `page`, `link`, `element` and emscripten's `Module`.
import {defaultKeymap, history, historyKeymap, indentWithTab} from '@codemirror/commands';
import {python} from '@codemirror/lang-python';
import {bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting} from '@codemirror/language';
import {lintGutter, setDiagnostics} from '@codemirror/lint';
import {EditorState} from '@codemirror/state';
import {drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers} from '@codemirror/view';
import {tags} from '@lezer/highlight';
import {packed, unpackedText, watchedIn, words} from './texts.js';
import {Runs} from './runs.js';

const parts = JSON.parse(document.getElementById('site-parts').textContent);
const MOST_OUTPUT = 100_000;  // characters that are shown

const pane = document.createElement('aside');
pane.id = 'editor';
pane.setAttribute('aria-label', 'A program of your own');
pane.innerHTML = `
  <div class="bar">
    <select id="begin" aria-label="Begin with"><option value="">Begin with …</option></select>
    <button id="run" type="button" title="Ctrl Enter">Run</button>
    <button id="stop" type="button" disabled>Stop</button>
  </div>
  <div class="bar">
    <label>watch <input id="watch" spellcheck="false" autocomplete="off" title="Globals and class attributes whose reads and writes are shown: names with commas between them"></label>
    <label>switch <input id="switches" spellcheck="false" autocomplete="off" placeholder="0.5=contextvar" title="From that time on reads are answered by another storage: TIME=STORAGE, with commas between them"></label>
  </div>
  <div id="text"></div>
  <p id="status" role="status"></p>
  <pre id="said" tabindex="0" aria-label="What the program prints"></pre>
  <p class="about">Runs in this page, under CPython ${parts.version}, recorded, with a virtual clock: no sockets and no threads.</p>`;

const show = Object.assign(document.createElement('button'), {id: 'program', type: 'button', textContent: 'Your own program'});
show.setAttribute('aria-controls', 'editor');
show.setAttribute('aria-expanded', 'false');
const find = id => pane.querySelector(`#${id}`);
let name = 'program.py', beside = {}, args = [];  // the program's file, those beside it, and its arguments
let begunWith = '';
let code = '';  // the text as a link has it
let forks = link.getAll('fork'), at = link.has('fork') || link.has('code') ? link.get('at') : null;  // what the first run of a link's program is to show
let out = '';

// --- The editor ---

const colours = HighlightStyle.define([
    {tag: [tags.keyword, tags.operatorKeyword], class: 'k'}, {tag: [tags.string, tags.special(tags.string)], class: 's'}, {tag: tags.comment, class: 'c'},
    {tag: [tags.number, tags.bool, tags.null], class: 'n'}, {tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], class: 'd'},
]);
const view = new EditorView({
    parent: find('text'),
    state: EditorState.create({
        extensions: [
            lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), highlightActiveLine(), lintGutter(), python(), indentUnit.of('    '),
            syntaxHighlighting(colours), EditorView.contentAttributes.of({'aria-label': 'The program'}),
            keymap.of([{key: 'Ctrl-Enter', mac: 'Cmd-Enter', run: () => { start(); return true; }}, ...defaultKeymap, ...historyKeymap, indentWithTab]),
            EditorView.updateListener.of(update => { if (update.docChanged) textChanged(); }),
        ],
    }),
});
const text = () => view.state.doc.toString();

function setText(what) {
    view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: what}});
    mark(null);
}

let packing = null;
function textChanged() {
    find('watch').placeholder = watchedIn(text()).join(', ');
    clearTimeout(packing);
    packing = setTimeout(pack, 300);
}

/** Has the link hold the program. */
async function pack() {
    code = text().trim() ? await packed(text()) : '';
    page.relink();
}

/** Shows an exception at its line. */
function mark(error) {
    const shown = [];
    if (error?.line && (error.file === `/program/${name}`) && error.line <= view.state.doc.lines) {
        const line = view.state.doc.line(error.line);
        const from = error.column ? Math.min(line.from + error.column - 1, line.to) : line.from + line.text.length - line.text.trimStart().length;
        shown.push({from, to: line.to, severity: 'error', message: error.words});
        view.dispatch({effects: EditorView.scrollIntoView(from)});
    }
    view.dispatch(setDiagnostics(view.state, shown));
}

// --- Runs ---

function status(sentence, isWrong = false) {
    find('status').textContent = sentence;
    find('status').classList.toggle('wrong', isWrong);
}

let ending = '';  // what to say once the window has the trace
const runs = new Runs(parts, said => {
    if (said.text) {
        if (out.length < MOST_OUTPUT) find('said').append(Object.assign(document.createElement('span'), {className: said.stream, textContent: said.text}));
        out += said.text;
    } else if (said.begun) {
        find('stop').disabled = false;
        status(said.isReady ? 'It runs.' : `CPython ${parts.version} is loaded: about 12 MB, which the browser keeps.`);
    } else if (said.done) {
        const {error, code: exit, isOver} = said.done;
        mark(error);
        const where = error?.line ? `line ${error.line}: ` : '';
        ended(isOver ? `Stopped after ${runs.limit.milliseconds / 1000} s of work, as by Ctrl C: ${where}the program has no end, or takes longer than this page lets it.`
            : error ? `${where}${error.words}` : exit ? `It has ended, with exit code ${exit}.` : 'It has ended.', Boolean(error || exit));
    } else if (said.stopped) {
        ended(said.isOver ? `Stopped after ${runs.limit.milliseconds / 1000} s of work: the program has no end, or takes longer than this page lets it.` : 'Stopped.', true);
    } else if (said.failed) {
        ended(`CPython cannot be loaded: ${said.failed}`, true);
    }
});

function ended(sentence, isWrong) {
    ending = sentence;
    find('stop').disabled = true;
    status(sentence, isWrong);
}

/** What is to be run, as it is typed. */
function wish() {
    const watch = words(find('watch').value);
    return {name, text: text(), files: beside, arguments: args, watch: watch.length > 0 ? watch : watchedIn(text()), switches: words(find('switches').value)};
}

function start() {
    if (!page.began) return status('The window is not there yet.', true);
    runs.stop();
    Module.ccall('loopscope_run', null, ['string', 'string', 'number'], [name, forks.join('\n'), Number(at) || 0]);
    forks = [];
    at = null;
}

page.python = {
    begins(switches, again) {
        mark(null);
        find('said').textContent = out = '';
        pack();
        return runs.begins({...(again ? runs.last : wish()), after: switches});
    },
    isOver: number => runs.isOver(number),
    isLeft: number => runs.isLeft(number),
    hasRun(hasTrace) {
        if (!hasTrace) status(`${/[.!?]$/.test(ending) ? ending : `${ending}.`} Nothing ran on a loop of asyncio’s, so the window shows what it showed.`, true);
    },
    /** Writes into a link what brings the program back, and, where the window shows it, how it was forked. */
    link(params, now) {
        if (!code || pane.hidden) return;
        params.set('code', code);
        if (name !== 'program.py') params.set('name', name);
        for (const [key, value] of [['watch', find('watch').value], ['times', find('switches').value]]) if (value.trim()) params.set(key, value.trim());
        if (begunWith) params.set('begin', begunWith);
        for (const each of now.forks ?? []) params.append('fork', each);
        if (now.forks) params.set('at', now.at);
    },
    output: () => out,
    text, setText, start, runs,
};

// --- Beginnings ---

async function begin(which) {
    const answer = await fetch(`${parts.data}${which}.json`);
    if (!answer.ok) return status(`There is no beginning called ‘${which}’.`, true);
    const found = await answer.json();
    begunWith = which;
    name = found.program.name;
    beside = found.program.files ?? {};
    args = found.program.arguments ?? [];
    find('watch').value = (found.program.watch ?? []).join(', ');
    find('switches').value = (found.program.switches ?? []).join(', ');
    find('begin').value = which;
    setText(found.program.text);
    status(found.summary);
    return found;
}

for (const group of parts.beginnings) {
    const options = Object.assign(document.createElement('optgroup'), {label: group.title});
    for (const each of group.all) options.append(Object.assign(document.createElement('option'), {value: each.name, textContent: each.title}));
    find('begin').append(options);
}
find('begin').onchange = async event => {
    const found = await begin(event.target.value);
    if (found?.lesson) Module.ccall('loopscope_lesson', null, ['string'], [found.lesson]);
};

// --- The pane ---

function open() {
    if (!pane.hidden) return;
    pane.hidden = false;
    element('canvas').parentElement.classList.add('beside');
    show.setAttribute('aria-expanded', 'true');
}

function close() {
    pane.hidden = true;
    element('canvas').parentElement.classList.remove('beside');
    show.setAttribute('aria-expanded', 'false');
    page.relink();
}

find('run').onclick = start;
find('stop').onclick = () => runs.stop();
find('watch').onchange = find('switches').onchange = () => page.relink();
show.onclick = () => {
    if (!pane.hidden) return close();
    open();
    runs.prepare();  // asked for: it is large
    view.focus();
    if (!text().trim()) begin(parts.beginnings[0].all[0].name);
};
pane.hidden = true;
element('canvas').parentElement.prepend(pane);
document.querySelector('nav').prepend(show);
if (link.has('code')) {
    open();
    name = link.get('name') ?? name;
    find('watch').value = link.get('watch') ?? '';
    find('switches').value = link.get('times') ?? '';
    const hasBegun = link.has('begin') ? begin(link.get('begin')) : Promise.resolve();  // what is beside it
    hasBegun.then(() => unpackedText(link.get('code'))).then(setText).then(() => status('A program from a link: Run runs it.'),
        () => status('The link’s program cannot be read: it was cut off, or changed.', true));
} else if (link.has('begin')) {
    open();
    begin(link.get('begin'));
}
