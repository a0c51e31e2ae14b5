#!/usr/bin/env python3
"""Expands a reader's short rows to label rows.

usage: expand.py SHORT.txt CONV.jsonl > ROWS.txt
A short line is `NN: e,f,types,lead e,f,types,lead …`, one group a customer turn in order; types are letters
(p pleasant, l lost, r resistant, s smart, b busy, f frustrated, n nervous, x relaxed, - none), lead a, c or s.
"""
import json, sys

names = dict(zip("plrsbfnx", ["pleasant", "lost", "resistant", "smart", "busy", "frustrated", "nervous", "relaxed"]))
leads = {"a": "agent", "c": "customer", "s": "shared"}
convs = {}
for line in open(sys.argv[2], encoding="utf-8"):
    c = json.loads(line)
    convs[c["id"].split("-")[-1]] = (c["id"], [i for i, t in enumerate(c["turns"]) if t["role"] == "customer"])
for n, line in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
    if ":" not in line:
        continue
    key, rest = line.split(":", 1)
    ident, turns = convs[key.strip()]
    groups = rest.split()
    if len(groups) != len(turns):
        print(f"line {n}: {ident} has {len(turns)} customer turns, {len(groups)} given", file=sys.stderr)
    for turn, group in zip(turns, groups):
        e, f, types, lead = group.split(",")
        named = "-" if types == "-" else ",".join(names[t] for t in types)
        print(ident, turn, int(e), int(f), named, leads[lead])
