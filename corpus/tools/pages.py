#!/usr/bin/env python3
"""Raw conversations to JSON Lines, and label sheets to labels.

usage: pages.py convert RAW.txt BRIEF.md OUT.jsonl    checks the form, dates the turns, keeps the brief's facts as `meta`
       pages.py sheet CONV.jsonl OUT.txt              a page for a reader: numbered customer turns to label
       pages.py labels SHEET.txt CONV.jsonl OUT.jsonl checks and converts a reader's rows (`id turn energy feeling types lead`)
"""
import datetime as dt, json, re, sys

TYPES = ["pleasant", "lost", "resistant", "smart", "busy", "frustrated", "nervous", "relaxed"]


def briefs(path):
    out = {}
    for block in open(path, encoding="utf-8").read().split("## ")[1:]:
        lines = block.strip().split("\n")
        head = dict(p.strip().split(" ", 1) for p in lines[1].split(" | ") if not p.startswith("customer turns"))
        turns = int(re.search(r"customer turns (\d+)", lines[1]).group(1))
        last = lines[-1]
        habit = re.search(r"habit: ([^|]+)", last).group(1).strip()
        out[lines[0].strip()] = {
            "region": head["region"], "channel": head["channel"], "started_at": head["starts"], "turns": turns,
            "strength": "strong" if "strength strong" in last else "mild", "habit": habit,
            "sarcasm": "one sarcastic remark" in last, "understated": "understates" in last or habit == "dry understatement",
            "second_language": "second language" in habit or (lines[0].startswith("en-") and head["region"] in ("NL", "FI")),
        }
    return out


def convert(raw, brief_path, out):
    meta, convs, problems = briefs(brief_path), [], []
    for block in re.split(r"(?m)^## ", open(raw, encoding="utf-8").read())[1:]:
        ident, _, body = block.partition("\n")
        ident = ident.strip()
        m = meta[ident]
        start = dt.datetime.fromisoformat(m["started_at"])
        turns, last = [], start
        for line in body.split("\n"):
            head = re.match(r"([CA]) (?:\+(\d+)d )?(\d{1,2})[:.](\d\d)(?: (.*))?$", line)
            if head:
                role, day, hh, mm, text = head.groups()
                at = (start + dt.timedelta(days=int(day or 0))).replace(hour=int(hh), minute=int(mm), second=0)
                while at < last.replace(second=0) and at + dt.timedelta(days=1) > last and not day:
                    at += dt.timedelta(days=1)
                if at < last:
                    at = last
                if turns and at.replace(second=0) == last.replace(second=0):
                    at = last + dt.timedelta(seconds=20)
                last = at
                turns.append({"role": "customer" if role == "C" else "agent", "at": at.isoformat(), "text": text or ""})
            elif line.startswith("  ") and turns:
                turns[-1]["text"] += "\n" + line[2:]
            elif line.strip() == "" and turns:
                pass
            elif line.strip():
                problems.append(f"{ident}: odd line {line[:60]!r}")
        merged = []
        for t in turns:  # A turn is all one side says before the other speaks.
            t["text"] = t["text"].strip()
            if merged and merged[-1]["role"] == t["role"]:
                merged[-1]["text"] += "\n" + t["text"]
            elif t["text"]:
                merged.append(t)
        n = sum(t["role"] == "customer" for t in merged)
        if n != m["turns"]:
            problems.append(f"{ident}: {n} customer turns, the brief says {m['turns']}")
        lang = ident.split("-")[0]
        facts = {k: m[k] for k in ("strength", "habit", "sarcasm", "understated", "second_language")}
        convs.append({"id": ident, "lang": lang, "region": m["region"], "channel": m["channel"], "started_at": m["started_at"], "turns": merged, "meta": {"author": "-".join(ident.split("-")[:2]), **facts}})
    missing = set(meta) - {c["id"] for c in convs}
    if missing:
        problems.append(f"missing: {sorted(missing)}")
    with open(out, "w", encoding="utf-8") as f:
        for c in convs:
            f.write(json.dumps(c, ensure_ascii=False) + "\n")
    print(len(convs), "conversations,", sum(t["role"] == "customer" for c in convs for t in c["turns"]), "customer turns")
    print("\n".join(problems))


def sheet(conv, out):
    with open(out, "w", encoding="utf-8") as f:
        for line in open(conv, encoding="utf-8"):
            c = json.loads(line)
            f.write(f"## {c['id']} ({c['channel']}, {c['region']})\n")
            for i, t in enumerate(c["turns"]):
                text = t["text"].replace("\n", " / ")
                f.write(f"[{i}] CUSTOMER: {text}\n" if t["role"] == "customer" else f"    agent: {text}\n")
            f.write("\n")


def labels(path, conv, out):
    convs = {json.loads(l)["id"]: json.loads(l) for l in open(conv, encoding="utf-8")}
    rows, bad = {}, []
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        p = line.split()
        if not p or line.startswith("#"):
            continue
        try:
            ident, turn, e, f, types, lead = p[0], int(p[1]), int(p[2]), int(p[3]), p[4], p[5]
            lead = {"a": "agent", "c": "customer", "s": "shared"}.get(lead, lead)
            types = [] if types == "-" else types.split(",")
            assert -2 <= e <= 2 and -2 <= f <= 2 and lead in ("agent", "customer", "shared") and all(t in TYPES for t in types)
            assert convs[ident]["turns"][turn]["role"] == "customer"
            rows.setdefault(ident, {})[turn] = {"turn": turn, "energy": e, "feeling": f, "types": [t for t in TYPES if t in types], "lead": lead}
        except Exception as x:
            bad.append(f"line {n}: {line.strip()!r} ({type(x).__name__})")
    missing = [(i, k) for i, c in convs.items() for k, t in enumerate(c["turns"]) if t["role"] == "customer" and k not in rows.get(i, {})]
    with open(out, "w", encoding="utf-8") as f:
        for i in convs:
            f.write(json.dumps({"id": i, "labels": [rows[i][k] for k in sorted(rows.get(i, {}))]}) + "\n")
    print("bad:", bad[:10], "missing:", len(missing), missing[:10])


{"convert": convert, "sheet": sheet, "labels": labels}[sys.argv[1]](*sys.argv[2:])
