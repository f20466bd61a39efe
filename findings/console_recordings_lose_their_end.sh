#!/bin/sh
# Expected: a recording of tokio's console (console-subscriber, Builder::recording_path) has all that the program did until it ended, and says of
# each task where it was spawned, as the console itself shows.
# What happens: a thread writes the file and nobody waits for it when the program ends, so what was recorded last is lost: tasks that have ended stay
# without an end. Where a task was spawned is not in the file at all, for it was taken out of the fields that are written.
# Versions: console-subscriber 0.5.0 with tokio 1.54.1.
# Matters to: whoever shows such recordings. A task without an end looks like one that hangs; it helps to sleep at the end of main.
#
# Needs cargo and crates.io; builds in a temporary folder, which takes some minutes. Ends with 77 where there is no cargo.
set -eu

command -v cargo >/dev/null || {
    echo "There is no cargo here." >&2
    exit 77
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat >Cargo.toml <<'END'
[package]
name = "recorded"
version = "0.1.0"
edition = "2021"
[dependencies]
console-subscriber = "=0.5.0"
tokio = { version = "=1.54.1", features = ["full", "tracing"] }
END
cat >src/main.rs <<'END'
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    console_subscriber::ConsoleLayer::builder().recording_path("recording").init();
    let mut tasks = vec![];
    for _ in 0..4 {
        tasks.push(tokio::spawn(async {
            for _ in 0..3 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}
END
RUSTFLAGS="--cfg tokio_unstable" cargo build --quiet || {
    echo "cargo cannot build the program here." >&2
    exit 77
}

lost=0
for _ in 1 2 3 4 5; do
    ./target/debug/recorded
    ended=0
    grep '^{"Spawn"' recording | grep -o '"id":[0-9]*' >spawned
    while read -r id; do
        if grep '^{"Close"' recording | grep -q "{$id,"; then ended=$((ended + 1)); fi
    done <spawned
    echo "4 tasks have ended; of $(grep -c '^{"Spawn"' recording) that the recording has, $ended end in it"
    [ "$ended" -eq 4 ] || lost=$((lost + 1))
    if grep -q 'main\.rs' recording; then
        echo "The recording says where something was spawned: the behaviour has changed." >&2
        exit 1
    fi
done
if [ "$lost" -eq 0 ]; then
    echo "Five recordings have their ends: the behaviour has changed." >&2
    exit 1
fi
echo "As described: of 5 recordings $lost lack the ends of tasks, and none says where a task was spawned."
