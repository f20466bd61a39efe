# SPDX-License-Identifier: MIT
"""Makes the dictionary that small chunks of events are compressed with: train_dictionary.py LOOPSCOPE OUTPUT.

The samples are what the programs here record, under every storage, as they are and changed. Needs `zstd`. Files that were saved with a
dictionary can only be read with it: once there has been a release, a new one needs a new ID, and the reader needs both.
"""

import pathlib
import struct
import subprocess
import sys
import tempfile

ID = 0x4C53  # "LS"
BYTES = 4096
HEADER = 16
CHUNK_HEADER = struct.Struct("<4sIIIQ")
STORAGES = "argument global thread-local context-shared context-copy context-chainmap contextvar".split()
CHANGES = [[], ["--set", "step-cost=3us"], ["--until", "0.25"], ["--schedule", "ready"]]


def output_of(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def frames(path):
    """The compressed frames of a file's chunks of events."""
    data = path.read_bytes()
    at = HEADER
    while at < len(data):
        kind, _, stored, _, _ = CHUNK_HEADER.unpack_from(data, at)
        at += CHUNK_HEADER.size
        if kind == b"EVTS":
            yield data[at : at + stored]
        at += stored


def decompressed(frame, dictionary):
    command = ["zstd", "--decompress", "--stdout"] + (["-D", dictionary] if dictionary.exists() else [])
    return subprocess.run(command, check=True, input=frame, stdout=subprocess.PIPE).stdout


def samples(program, dictionary, folder):
    """What the programs record, a file for each run. `program`: the loopscope to run."""
    trace = folder / "trace.loopscope"
    listing = output_of([program, "programs"]).decode().splitlines()
    for name in (line.split()[0] for line in listing if line and not line.startswith(" ")):
        for storage in STORAGES:
            for change in CHANGES:
                output_of([program, "run", name, "--storage", storage, "--save", trace, *change])
                for frame in frames(trace):
                    yield decompressed(frame, dictionary)


def main(program, output):
    output = pathlib.Path(output)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        paths = []
        for sample in samples(program, output, folder):
            paths.append(folder / f"{len(paths)}.sample")
            paths[-1].write_bytes(sample)
        trained = folder / "trained"
        subprocess.run(["zstd", "-q", "--train", *paths, f"--maxdict={BYTES}", f"--dictID={ID}", "-o", trained], check=True)
        output.write_bytes(trained.read_bytes())
    print(f"{len(paths)} samples, {output.stat().st_size} bytes in {output}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
