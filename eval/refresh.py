#!/usr/bin/env python3
"""Writes what `tuntuma evaluate` says into SCORECARD.md and scorecard.json; the prose around the tables stays.

usage: eval/refresh.py TUNTUMA [OTHER-SET] [WORD-LISTS]
       TUNTUMA is the built program; without OTHER-SET the tables of the other-hands set are left as they are;
       without WORD-LISTS the rows of the word lists fall away
"""
import pathlib, subprocess, sys

HERE = pathlib.Path(__file__).parent
PAGE = HERE / "SCORECARD.md"
AIMS = {"energy": 0.70, "feeling": 0.75, "colour": 0.60, "situations": 0.60, "shift": 0.50, "lead": 0.60}
COLUMNS = {"energy": "energy ρ", "feeling": "feeling ρ", "colour": "colour", "situations": "situations", "shift": "shift", "lead": "lead"}
NAMES = {"dev nl": "Dutch", "dev en": "English", "dev fi": "Finnish", "dev tw": "public messages"}


def tables(text, start, end, new):
    """Replaces everything from the first table after `start` up to `end`."""
    at = text.index("\n| ", text.index(start)) + 1
    return text[:at] + new[new.index("| ") :].replace("\n## ", "\n### ").rstrip() + "\n\n" + text[text.index(end) :]


def rows(printed):
    lines = [l.strip("| \n").split(" | ") for l in printed[printed.index("| ") :].split("\n\n")[0].split("\n")]
    return {(r[0], r[1].strip("*")): dict(zip(lines[0], r)) for r in lines[2:]}


def number(cell):
    return 0.0 if cell == "–" else float(cell)


def summary(found):
    out = ["| row | met | missed |", "| --- | --- | --- |"]
    for name, title in NAMES.items():
        own = found[name, "tuntuma"]
        parts = {True: [], False: []}
        for row, aim in AIMS.items():
            parts[float(own[COLUMNS[row]]) >= aim].append(f"{row} {own[COLUMNS[row]]}")
        parts[float(own["cal. error"]) <= 0.05].append(f"calibration {own['cal. error']}")
        out.append(f"| {title} | {', '.join(parts[True]) or '–'} | {', '.join(parts[False]) or '–'} |")
    return "\n".join(out)


def share(found):
    out = ["| share of the way from the best baseline to one reader | " + " | ".join(COLUMNS.values()) + " |", "| --- " * 7 + "|"]
    for name in sorted(NAMES):
        cells = []
        for column in COLUMNS.values():
            base = max(number(v[column]) for (n, who), v in found.items() if n == name and who not in ("tuntuma", "one reader"))
            own, reader = (float(found[name, who][column]) for who in ("tuntuma", "one reader"))
            cells.append(f"{(own - base) / (reader - base):.2f}")
        out.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(out)


def main():
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    program, other, lists = (sys.argv[1:] + [None, None])[:3]
    evaluate = lambda *args: subprocess.run([program, "evaluate", *args], check=True, stdout=subprocess.PIPE, text=True).stdout
    words = ["--lexicons", lists] if lists else []
    corpus = str(HERE.parent / "corpus")
    (HERE / "scorecard.json").write_text(evaluate(corpus, "--format", "json"))
    text = tables(PAGE.read_text(), "## Our own corpus", "## Another set", evaluate(corpus, *words))
    if other:
        printed = evaluate(other, *words)
        text = tables(text, "## Another set", "The forty worst turns", printed)
        for first, new in (("| row | met |", summary(rows(printed))), ("| share of the way", share(rows(printed)))):
            at = text.index(first)
            text = text[:at] + new + text[text.index("\n\n", at) :]
    PAGE.write_text(text)


main()
