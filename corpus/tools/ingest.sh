#!/usr/bin/env bash
# Converts every raw file that is complete and has not been converted yet, and makes its label sheet.
cd "$(dirname "$0")/.." || exit 1
mkdir -p raw sheets
for raw in raw/*.txt; do
  author=$(basename "$raw" .txt); lang=${author%%-*}
  [ -s "sheets/$author.txt" ] && continue
  [ "$(grep -c '^## ' "$raw")" -ge "$(grep -c '^## ' "briefs/$author.md")" ] || continue
  echo "$author: $(python3 tools/pages.py convert "$raw" "briefs/$author.md" "$lang/$author.jsonl")"
  python3 tools/pages.py sheet "$lang/$author.jsonl" "sheets/$author.txt"
done
