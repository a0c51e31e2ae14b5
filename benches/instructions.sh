#!/usr/bin/env bash
# Counts the instructions that reading the examples takes beyond starting up, by callgrind: the same on every run, whatever else the machine does.
# usage: benches/instructions.sh [--check | --write]     the committed count is benches/instructions.txt
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v valgrind >/dev/null; then
  echo "skipped: no valgrind here"
  [ -z "${TUNTUMA_REQUIRE_ALL:-}" ] && exit 0 || exit 1
fi
cargo build --release --quiet --bin tuntuma
count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null target/release/tuntuma read --format json "$@" 2>&1 >/dev/null | awk '/Collected/ {print $4}'
}
small=$(mktemp -d); trap 'rm -rf "$small"' EXIT
head -n 40 corpus/nl/nl-a03.jsonl >"$small/forty.jsonl"
head -n 10 corpus/nl/nl-a03.jsonl >"$small/ten.jsonl"
turns() { grep -o '"role"' "$1" | wc -l; }
many=$(count "$small/forty.jsonl"); few=$(count "$small/ten.jsonl")
each=$(( (many - few) / ($(turns "$small/forty.jsonl") - $(turns "$small/ten.jsonl")) ))
echo "start-up and ten conversations: $few instructions; each further utterance: $each"
case "${1:-}" in
  --write) echo "$each" >benches/instructions.txt ;;
  --check)
    before=$(cat benches/instructions.txt)
    if [ "$each" -gt $(( before * 110 / 100 )) ]; then echo "more than a tenth above the committed $before"; exit 1; fi ;;
esac
