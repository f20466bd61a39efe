#!/bin/sh
# Expected: slices of one name are one frame in speedscope, whose times are added up, as its page says of flamegraphs.
# What happens: speedscope 1.25.0 makes the arguments of a Chrome trace's X and B records a part of the frame's name, so two slices called 'job' whose args are
# {"n":1} and {"n":2} are two frames, 'job {"n":1}' and 'job {"n":2}', and nothing is added up. Chrome and Perfetto show arguments beside the name.
# Matters to: whoever writes Chrome traces of event loops. Arguments that differ with each slice, such as ids, times or the events of a step, make every
# step a frame of its own; what is to be kept with a slice has to stand beside `args`.
#
# Installs speedscope 1.25.0 from npm into a folder that is removed, and shows two traces in headless Chromium. Ends with 77 without Chromium, npm or Python 3.
set -eu

for needed in chromium npm python3 tar; do
    command -v "$needed" >/dev/null || {
        echo "$needed is not installed." >&2
        exit 77
    }
done
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm pack --silent speedscope@1.25.0 >/dev/null || exit 77
tar xzf speedscope-1.25.0.tgz

PYTHONPATH=$here/../tests/exchange PYTHONDONTWRITEBYTECODE=1 python3 - <<'END'
import functools, http.server, json, pathlib, shutil, sys, threading
import devtools, viewers

site = pathlib.Path("package/dist/release")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(viewers.Quiet, directory=site))
threading.Thread(target=server.serve_forever, daemon=True).start()

def frames(args):
    records = [{"ph": "X", "pid": 1, "tid": 1, "ts": 10 * n, "dur": 5, "name": "job", **({"args": {"n": n}} if args else {})} for n in (1, 2)]
    (site / "t.json").write_text(json.dumps(records))
    with devtools.Page(shutil.which("chromium"), f"http://127.0.0.1:{server.server_port}/index.html#profileURL=t.json") as page:
        return viewers.frames_of(page)[0]

without, with_args = frames(False), frames(True)
print(f"two slices called job: {without} frame without args, {with_args} frames with args that differ")
sys.exit(0 if (without, with_args) == (1, 2) else 1)
END
