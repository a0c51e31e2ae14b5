#!/usr/bin/env python3
"""Draws the private briefs the corpus authors write from: seeded, balanced, in plain words (never the codebook's).

usage: draw_briefs.py LANGUAGE AUTHOR [COUNT] [PROFILE]     e.g. draw_briefs.py nl a01 50
Same arguments, same bytes. PROFILE "quiet" draws more quiet and uneasy customers, "turns" more changes of mood.
"""
import random, sys

TRADES = [
    "web shop for clothing", "shoe shop online", "telecom provider (mobile)", "internet and TV provider", "energy supplier", "water utility",
    "home insurer", "health insurer", "car insurer", "bank", "pension fund", "hotel chain", "campsite booking", "train company", "airline",
    "bus card service", "furniture shop", "kitchen appliances shop", "e-bike shop", "garage", "tyre service", "car rental", "parking app",
    "municipality help desk", "library", "swimming pool", "gym chain", "concert ticket seller", "theatre", "event registration desk",
    "evening school (course enrolment)", "school photo company", "photo book printer", "optician", "dental clinic", "pharmacy web shop",
    "pet food subscription", "garden centre", "plant shop online", "toy shop", "bookshop online", "streaming service", "accounting software",
    "in-house IT help desk", "printer and toner supplier (business customers)", "office chairs for companies", "grocery delivery", "meal boxes",
    "parcel carrier", "moving company", "solar panel installer", "heat pump maintenance", "housing association", "student housing",
    "charity (donor service)", "lottery", "newspaper subscription", "hearing-aid shop", "baby goods shop", "mattress shop", "phone repair",
    "second-hand platform", "jewellery shop", "sports club shop", "home care service desk", "holiday cottage rental", "hardware store",
    "DIY paint shop", "museum pass", "driving school",
]
PROBLEMS = [
    "something has not arrived", "wrong amount on the bill", "billed twice", "cannot get it to work", "wants to change an order or booking",
    "wants to stop or cancel", "needs to know something before a date", "a call-back that never came", "return and refund", "cannot log in",
    "follow-up after an earlier repair or visit", "a simple question for information", "wrong item received", "damage or warranty",
    "change of address or name", "a discount that was not applied", "an appointment that must move", "does not understand a letter or mail received",
    "missing part", "payment reminder although paid", "how to choose between two options", "lost card, key or code", "delivery to the wrong place",
    "a form that keeps coming back", "quality is less than expected", "order confirmed but not what was meant", "an account of a relative", "a gift",
]
START = {
    "loud-feeling": [
        "says straight out what this does to them and wants the agent to feel it", "worried, and presses the agent for an answer", "indignant; asks how this can be and who answers for it",
        "hurt, wants to be heard, exclaims", "upset about the matter but friendly to the person", "on edge, fires several questions about what will happen", "let down, and says so with some heat",
        "full of relief or joy, and tells the agent so"],
    "quiet-facts": [
        "dry: gives the data and little else", "an itemised, orderly report without any feeling", "answers what is asked, no more", "formal and businesslike, keeps distance",
        "short plain sentences, wants it settled", "calm and correct, lists dates and steps"],
    "open-facts": [
        "cheerful and talkative, but down to earth about the matter", "direct and forward; sets the direction, no drama", "talks to the agent as to a colleague, with a joke now and then",
        "brisk: says what should happen and why, no emotion", "curious, asks a lot, easy-going", "tells a side story with pleasure, then the facts", "challenges the agent in a level tone, arguing point by point"],
    "quiet-feeling": [
        "quiet and uneasy; few words, no story, a worry that shows once", "sad about it but makes nothing of it", "embarrassed at having to ask at all", "disappointed, says it in one small half-sentence",
        "gives in quickly though it clearly bothers them", "hesitant, does not finish the wish", "keeps it short because they do not trust their own voice", "long, careful letter that keeps making itself small",
        "swallows it: 'never mind', but one word betrays it", "afraid of being a nuisance; thankful for every answer"],
    "plain": ["nothing stands out: plain business", "polite, ordinary, hard to say anything about", "greets, asks, waits"],
}
START_W = {"loud-feeling": 23, "quiet-facts": 17, "open-facts": 22, "quiet-feeling": 31, "plain": 7}
MAIN = {
    "warm": ["has a warm word for the agent or for earlier help", "courteous with real attention to the other", "thanks with a reason, likes to compliment"],
    "astray": ["does not see how it works or what a word means", "cannot find the place, mixes things up", "does not know whom or what to ask for", "gives up halfway through the steps"],
    "unwilling": ["will not do what is asked (a form, a photo, a call)", "mocks the procedure", "turns down every offer", "rude in one remark", "says they will not pay or cooperate"],
    "knows": ["knows the rules or the specs and says so", "corrects the agent on a point", "works in the trade themself", "says how it ought to be done", "is sure, and turns out to be half wrong"],
    "no-time": ["is between two appointments", "needs it today, before some hour", "cuts off everything that is not an answer", "is standing somewhere (till, school gate, platform)", "does this during a short break"],
    "fed-up": ["not the first time; tells what was tried", "repeats the same point because it was missed", "was promised something that did not happen", "wants something in return for the trouble", "tired of waiting, still civil"],
    "uneasy": ["wonders whether they did it wrong", "asks whether it will be all right", "finds contacting companies hard", "fears costs or consequences", "asks twice for confirmation"],
    "at-ease": ["in no hurry at all", "makes a side remark or a joke", "leaves the choice to the agent", "takes a setback lightly", "uses first names, chats"],
    "nothing special": ["just the matter itself"],
}
MAIN_W = {"warm": 12, "astray": 13, "unwilling": 12, "knows": 12, "no-time": 12, "fed-up": 12, "uneasy": 12, "at-ease": 12, "nothing special": 8}
TURN = [
    ("cool-to-hot", "starts matter-of-fact; midway something the agent says or does makes feeling come up"),
    ("cool-to-hot", "stays businesslike until one answer disappoints; then it shows"),
    ("hot-to-cool", "starts with feeling; calms down once it is taken seriously and ends practical"),
    ("hot-to-cool", "feeling at first, then gathers themself and just sorts out dates and steps"),
    ("quiet-to-open", "holds back at first, warms up and starts to talk or joke"),
    ("quiet-to-open", "says little, until a careless answer makes them speak up and take over"),
    ("open-to-quiet", "begins open and lively, closes down after an answer: short, flat replies"),
    ("open-to-quiet", "pushes at first, then gives up and says as little as possible"),
    ("both", "two changes in the conversation: one after a poor answer, one after a good one"),
]
HABITS = ["typos and no capitals", "neat spelling", "older writer, formal", "young, an emoji now and then", "writes in a second language (simple words, small grammar slips)", "very terse", "rambling, long sentences",
          "regional words or spoken forms", "abbreviations", "dry understatement", "ordinary", "ordinary", "ordinary"]
AGENTS = ["good", "good", "average", "average", "scripted and vague", "kind but slow", "good, with one clear mistake", "apologises too often", "short and efficient", "asks for what was already given", "promises an exact time"]
CHANNELS = [("chat", 34), ("email", 19), ("phone", 20), ("ticket", 12), ("social", 15)]
REGIONS = {"nl": [("NL", 65), ("BE", 35)], "fi": [("FI", 100)], "en": [("GB", 45), ("IE", 12), ("US", 18), ("NL", 13), ("FI", 12)]}
TZ = {"NL": (1, 2), "BE": (1, 2), "FI": (2, 3), "GB": (0, 1), "IE": (0, 1), "US": (-5, -4)}


def pick(rng, weighted):
    items = list(weighted.items()) if isinstance(weighted, dict) else weighted
    return rng.choices([i for i, _ in items], [w for _, w in items])[0]


def started(rng, region, channel):
    """A start between January and October 2026, in office hours for phone, with the offset that holds on that day."""
    month, day = rng.randint(1, 10), rng.randint(1, 28)
    hour = rng.randint(9, 16) if channel == "phone" else rng.randint(7, 21)
    summer = (3, 29) <= (month, day) <= (10, 24)
    off = TZ[region][summer]
    sign = "+" if off >= 0 else "-"
    return f"2026-{month:02}-{day:02}T{hour:02}:{rng.randint(0, 59):02}:00{sign}{abs(off):02}:00"


def brief(rng, lang, ident, profile):
    start_w = dict(START_W)
    if profile == "quiet":
        start_w.update({"quiet-feeling": 55, "quiet-facts": 20, "loud-feeling": 10, "open-facts": 12})
    start = pick(rng, start_w)
    main = pick(rng, MAIN_W)
    second = pick(rng, MAIN_W) if rng.random() < 0.45 else None
    turn = rng.choice(TURN) if rng.random() < (0.85 if profile == "turns" else 0.55) else None
    channel = pick(rng, CHANNELS)
    region = pick(rng, REGIONS[lang])
    lines = [f"## {ident}", f"region {region} | channel {channel} | starts {started(rng, region, channel)} | customer turns {rng.choices(range(3, 9), [1, 3, 4, 4, 3, 2])[0]}",
             f"trade: {rng.choice(TRADES)} | matter: {rng.choice(PROBLEMS)}", f"customer at the start [{start}]: {rng.choice(START[start])}", f"also [{main}]: {rng.choice(MAIN[main])}"]
    if second and second != main:
        lines.append(f"and a little [{second}]: {rng.choice(MAIN[second])}")
    if turn:
        lines.append(f"course [{turn[0]}]: {turn[1]}")
    extras = [f"strength {'strong' if rng.random() < 0.2 else 'mild'}", f"habit: {rng.choice(HABITS)}", f"age about {rng.choice([17, 22, 27, 31, 36, 42, 48, 55, 63, 71, 79])}", f"agent: {rng.choice(AGENTS)}"]
    if rng.random() < 0.12:
        extras.append("one sarcastic remark")
    elif rng.random() < 0.12:
        extras.append("understates what they feel")
    if rng.random() < 0.3:
        extras.append("lets drop a small personal thing")
    lines.append(" | ".join(extras))
    return "\n".join(lines)


def main():
    lang, author = sys.argv[1], sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    profile = sys.argv[4] if len(sys.argv) > 4 else ""
    rng = random.Random(f"tuntuma-{lang}-{author}")
    print("\n\n".join(brief(rng, lang, f"{lang}-{author}-{n:02}", profile) for n in range(1, count + 1)))


if __name__ == "__main__":
    main()
