#!/usr/bin/env python3
"""Measures the corpus for its data card: sizes, slices, agreement of the two labelling passes, variety of the words.

usage: measure.py          run anywhere; prints Markdown tables
"""
import collections, glob, json, os, random, re

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TYPES = ["pleasant", "lost", "resistant", "smart", "busy", "frustrated", "nervous", "relaxed"]
NAMES = {"nl": "Dutch", "fi": "Finnish", "en": "English"}


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def sign(x):
    return (x > 0) - (x < 0)


def kappa(pairs):
    """Cohen's kappa."""
    n = len(pairs)
    left, right = collections.Counter(a for a, _ in pairs), collections.Counter(b for _, b in pairs)
    seen, chance = sum(a == b for a, b in pairs) / n, sum(left[k] * right[k] for k in left) / n**2
    return (seen - chance) / (1 - chance)


def ranks(values):
    """Mean ranks, ties shared."""
    places = collections.defaultdict(list)
    for place, i in enumerate(sorted(range(len(values)), key=lambda i: values[i])):
        places[values[i]].append(place)
    return [sum(places[v]) / len(places[v]) for v in values]


def rho(pairs):
    """Spearman's rank correlation."""
    a, b = (ranks(list(side)) for side in zip(*pairs))
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    cov = sum((x - ma) * (y - mb) for x, y in zip(a, b))
    return cov / (sum((x - ma) ** 2 for x in a) * sum((y - mb) ** 2 for y in b)) ** 0.5


def labelled(lang):
    """Every conversation with its two passes: (conversation, {turn: (first, second)})."""
    for path in sorted(glob.glob(f"{HERE}/{lang}/*.jsonl")):
        author = os.path.basename(path)[:-6]
        passes = [{c["id"]: {t["turn"]: t for t in c["labels"]} for c in rows(p)} for p in sorted(glob.glob(f"{HERE}/labels/{author}.*.jsonl"))]
        for conv in rows(path):
            first, second = (p.get(conv["id"], {}) for p in passes[:2])
            yield conv, {t: (first[t], second[t]) for t in first if t in second}


def colour(pair):
    energy, feeling = (sum(x[axis] for x in pair) for axis in ("energy", "feeling"))
    if not energy or not feeling:
        return "none"
    return {(1, 1): "red", (1, -1): "yellow", (-1, 1): "green", (-1, -1): "blue"}[sign(energy), sign(feeling)]


def shifts(pairs, axis):
    """Changes of sign of the mean label along a conversation: (up, down)."""
    last, count = 0, [0, 0]
    for turn in sorted(pairs):
        now = sign(sum(x[axis] for x in pairs[turn]))
        if now and last and now != last:
            count[now < 0] += 1
        last = now or last
    return count


def table(head, body):
    print("| " + " | ".join(head) + " |\n|" + " --- |" * len(head))
    for row in body:
        print("| " + " | ".join(str(c) for c in row) + " |")
    print()


def main():
    data = {lang: list(labelled(lang)) for lang in NAMES}
    pairs = {lang: [p for _, turns in data[lang] for p in turns.values()] for lang in NAMES}
    size, slices, spread, agree, by_type, variety = [], [], [], [], [], []
    for lang, name in NAMES.items():
        convs, both = [c for c, _ in data[lang]], pairs[lang]
        strong = sum(c["meta"].get("strength") == "strong" for c in convs)
        size.append([name, len(convs), sum(t["role"] == "customer" for c in convs for t in c["turns"]), len(both), f"{100 * strong / len(convs):.0f} %"])
        for what in ("region", "channel"):
            counts = collections.Counter(c.get(what) or c["meta"].get(what) for c in convs)
            slices.append([name, what, ", ".join(f"{k} {n}" for k, n in counts.most_common())])
        colours = collections.Counter(colour(p) for p in both)
        moved = [sum(s) for s in zip(*(shifts(t, "energy") + shifts(t, "feeling") for _, t in data[lang]))]
        spread.append([name, *(colours[c] for c in ("red", "blue", "yellow", "green", "none")), *moved])
        axis = lambda key: [(a[key], b[key]) for a, b in both]
        poles = lambda key: [(sign(a), sign(b)) for a, b in axis(key)]
        agree.append([name, *(f"{x:.2f}" for x in (rho(axis("energy")), kappa(poles("energy")), rho(axis("feeling")), kappa(poles("feeling")), kappa(axis("lead"))))])
        named = {t: [(t in a["types"], t in b["types"]) for a, b in both] for t in TYPES}
        by_type.append([name, *(f"{kappa(v):.2f} ({sum(a or b for a, b in v)}, {sum(a and b for a, b in v)})" for v in named.values())])
        words = [re.findall(r"[\w'’-]+", t["text"].lower()) for c in convs for t in c["turns"] if t["role"] == "customer"]
        random.Random(1).shuffle(words)
        flat = [w for ws in words for w in ws]
        five = collections.Counter(g for c in convs for g in {tuple(w[i : i + 5]) for t in c["turns"] for w in [re.findall(r"[\w'’-]+", t["text"].lower())] for i in range(len(w) - 4)})
        variety.append([name, len(flat), len(set(flat)), f"{len(set(flat[:10000])) / 10000:.2f}", "; ".join(f"“{' '.join(g)}” {n}" for g, n in sorted(five.items(), key=lambda kv: (-kv[1], kv[0]))[:3])])
    table(["language", "conversations", "customer turns", "labelled twice", "strong"], size)
    table(["language", "slice", "conversations"], slices)
    table(["language", "red", "blue", "yellow", "green", "no colour", "to extravert", "to introvert", "to emotional", "to rational"], spread)
    table(["language", "energy ρ", "energy pole κ", "feeling ρ", "feeling pole κ", "lead κ"], agree)
    table(["language", *TYPES], by_type)
    table(["language", "customer words", "different words", "type–token, 10,000 words", "most repeated 5-grams (conversations)"], variety)


if __name__ == "__main__":
    main()
