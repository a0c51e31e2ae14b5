"""The corpus's English customer utterances, repeated to 20,000: one a line, and as neutral conversations."""
import json, pathlib, sys

texts = []
for path in sorted(pathlib.Path("corpus/en").glob("*.jsonl")):
    for line in path.open(encoding="utf-8"):
        texts += [t["text"].replace("\n", " ") for t in json.loads(line)["turns"] if t["role"] == "customer"]
texts = (texts * (20000 // len(texts) + 1))[:20000]
with open(sys.argv[1], "w", encoding="utf-8") as plain, open(sys.argv[2], "w", encoding="utf-8") as neutral:
    for i in range(0, len(texts), 5):
        plain.write("\n".join(texts[i:i + 5]) + "\n")
        turns = [{"role": "customer", "text": t} for t in texts[i:i + 5]]
        neutral.write(json.dumps({"id": f"c{i}", "lang": "en", "turns": turns}, ensure_ascii=False) + "\n")
