"""Makes the training records of the name model: one JSON document a line, {"set", "id", "text", "spans": [[start, end, label], ...]}.

    python training/entity/prepare.py DATA OUT    # DATA: a folder with entity/*.jsonl[.xz]; OUT: where the records go

Labels are PER, ORG, LOC, NORP, and X for words that say nothing either way (a role taken for a person, a stretch that the source
leaves open). Gold sets differ in their guidelines; here they are brought to one: no title and no article in a name, and
nationalities marked everywhere.
"""

import json
import lzma
import random
import re
import sys
from collections import Counter
from pathlib import Path

import tables

HERE = Path(__file__).parent
MARK = re.compile(r"\{([POGLFNED]) ([^{}]*)\}")
KIND = {"P": "PER", "O": "ORG", "G": "LOC", "L": "LOC", "F": "LOC", "N": "NORP"}
ROLE = re.compile(
    r"\b(?:president|chancellor|secretary|minister|premier|senator|king|queen|prince|princess|pope|general|colonel|major|captain|"
    r"admiral|professor|sheikh|justice|judge|governor|mayor|mr|mrs|ms|miss|dr|prof|sir|lord|lady|dame|rev|sen|rep|gov|gen|lt|maj|col|"
    r"capt|sgt|cmdr|adm|envoy|commissioner|representative|ambassador|director|chief|chair|chairman|spokesman|spokeswoman|leader|"
    r"correspondent|officer|reporter|president-elect|state|affairs|defence|defense|for|of|the|and)\b\.?", re.I)
PARTICLE = {"de", "la", "le", "von", "van", "der", "den", "da", "dos", "di", "del", "al", "el", "bin", "bint", "ibn", "abu", "du", "y", "and", "&", "ten", "ter"}
NO_NORP = {"wikigold", "wnut17-train", "uner-ewt-dev", "politics-dev", "wnut17-dev"}
# re3d calls a country that acts an organisation; here it stays a place.
STATES = {"UK", "US", "U.S.", "United Kingdom", "United States", "Iraq", "Syria", "Iran", "Russia", "Turkey", "France", "Australia", "Jordan"}
GOLD = ("gum-train", "wikigold", "wnut17-train", "uner-ewt-dev", "re3d-dev")
SILVER = ("voa-silver",)


def records(data, name):
    plain = data / "entity" / f"{name}.jsonl"
    opened = plain.open(encoding="utf8") if plain.exists() else lzma.open(f"{plain}.xz", "rt", encoding="utf8")
    with opened as lines:
        return [json.loads(line) for line in lines]


def person(text, start, end):
    """The span without the role before the name; None where nothing is left."""
    name = text[start:end]
    last = None
    for found in ROLE.finditer(name):
        if found.end() < len(name):
            last = found
    words = name.split()
    # "Minister for the Middle East" is an office, and so is "the Minister".
    if re.fullmatch(r".*\b(?:for|of)(?: the)?", name[:last.end()] if last else "", re.I) or (len(words) == 1 and ROLE.fullmatch(name)):
        return None
    odd = [w for w in words if w[:1].islower() and w.lower() not in PARTICLE and not re.match(r"(al|el|ad|ar|as|an|ash)-", w)]
    if ROLE.fullmatch(words[-1]) and words[-1][0].isupper() and len(words) > 1 and words[-1].lower() not in ("king", "prince", "major", "judge", "pope"):
        return None
    if last is None and not odd:
        return start, end
    if last is None:
        return None
    rest = name[last.end():]
    skip = len(rest) - len(rest.lstrip())
    return (start + last.end() + skip, end) if rest.strip()[:1].isupper() else None


def unified(name, record):
    text, spans = record["text"], []
    for start, end, label in record["spans"]:
        label = label.split("|")[0] if "LOC" not in label.split("|") else "LOC"
        article = re.match(r"(?:the|an?)\s+", text[start:end], re.I)
        start += article.end() if article and article.end() < end - start else 0
        tail = re.search(r"(?:['’]s?|\s+)$", text[start:end])
        if tail and tail.start() > 0:
            end = start + tail.start()
        if label == "PER":
            kept = person(text, start, end)
            if kept is None:
                spans.append([start, end, "X"])
                continue
            if kept[0] > start:
                spans.append([start, kept[0], "X"])
            start, end = kept
        if name == "re3d-dev" and label == "ORG" and text[start:end] in STATES:
            label = "X"
        if name.startswith("wnut") and text[start:end].islower():
            label = "X"
        spans.append([start, end, label])
    for start, end, *_ in record["ignore"]:
        if end - start < 60 and text[start:end][:1].isupper() and not any(s[0] < end and start < s[1] for s in spans):
            spans.append([start, end, "X"])
    return sorted(spans)


def demonyms(silver):
    """Words that the silver labels call a nationality nearly always."""
    norp, other = Counter(), Counter()
    for record in silver:
        for start, end, label in record["spans"]:
            (norp if label == "NORP" else other)[record["text"][start:end]] += 1
    return {w for w, n in norp.items() if n >= 4 and n > 6 * other[w] and " " not in w and w[0].isupper()}


def with_demonyms(text, spans, words):
    taken = list(spans)
    for found in re.finditer(r"\b[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*s?\b", text):
        start, end = found.span()
        if found.group() in words and not any(s[0] < end and start < s[1] for s in taken):
            spans.append([start, end, "NORP"])
    return sorted(spans)


def read_marks(line, at):
    text, spans, last = "", [], 0
    for found in MARK.finditer(line):
        text += line[last:found.start()]
        if found.group(1) in KIND:
            name, start = found.group(2), at + len(text)
            article = re.match(r"(?:the|an?)\s+", name, re.I)
            spans.append([start + (article.end() if article else 0), start + len(name), KIND[found.group(1)]])
        text += found.group(2)
        last = found.end()
    return text + line[last:], spans


def marked(name, number, lines):
    text, spans = "", []
    for line in lines:
        plain, found = read_marks(line, len(text))
        text += plain + "\n"
        spans += found
    return {"set": name, "id": f"{name}-{number}", "text": text, "spans": spans}


def own():
    """The lines of gold/*.txt, each by itself; in docs-*.txt an empty line ends a document."""
    made = []
    for file in sorted((HERE / "gold").glob("*.txt")):
        text = file.read_text(encoding="utf8")
        documents = text.split("\n\n") if file.stem.startswith("docs-") else text.split("\n")
        made += [marked(f"own-{file.stem}", n, held.splitlines()) for n, held in enumerate(documents) if held.strip()]
    return made


def corrected(silver):
    """The lines that were labelled by hand (gold/voa.tsv: document, line, start:end:label ...), each by itself; `silver` takes them over."""
    by_id, made = {record["id"]: record for record in silver}, []
    for row in (HERE / "gold" / "voa.tsv").read_text(encoding="utf8").splitlines():
        name, number, *told = row.split("\t")
        record, lines = by_id[name], by_id[name]["text"].split("\n")
        start, line = sum(len(other) + 1 for other in lines[: int(number)]), lines[int(number)]
        spans = [[int(a), int(b), label] for a, b, label in (span.split(":") for span in told[0].split())]
        made.append({"set": "corrected", "id": f"{name}/{number}", "text": line, "spans": spans})
        record.setdefault("by_hand", []).append([start, start + len(line)])
        others = [span for span in record["spans"] if not start <= span[0] < start + len(line)]
        record["spans"] = sorted(others + [[start + a, start + b, label] for a, b, label in spans])
    return made


def person_names():
    """First names and surnames by locale, from the providers of the package `faker` (MIT)."""
    import importlib
    import pkgutil

    import faker.providers.person as people

    found = []
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        def take(*keys):
            names = set()
            for key in keys:
                held = getattr(provider, key, None)
                names |= set(held) if isinstance(held, (list, tuple, dict)) else set()
            return sorted(n for n in names if isinstance(n, str) and re.fullmatch(r"[A-ZÀ-Þ][\w'’ -]+", n) and n[0].isascii() | ("À" <= n[0] <= "Þ"))
        first = take("first_names", "first_names_male", "first_names_female", "first_romanized_names")
        last = take("last_names", "last_names_male", "last_names_female", "last_romanized_names")
        if first and last:
            found.append((module.name, first, last))
    return found


def main(data, out):
    out.mkdir(parents=True, exist_ok=True)
    silver = [r for name in SILVER for r in records(data, name)]
    words = demonyms(silver)
    made = {}
    for name in GOLD + ("politics-dev", "wnut17-dev"):
        made[name] = []
        for record in records(data, name):
            spans = unified(name, record)
            spans = with_demonyms(record["text"], spans, words) if name in NO_NORP else spans
            made[name].append({"set": name, "id": record["id"], "text": record["text"], "spans": spans})
    made["voa-silver"] = [{"set": "voa-silver", "id": r["id"], "text": r["text"], "spans": unified("voa-silver", r)} for r in silver]
    made["corrected"] = corrected(made["voa-silver"])
    pages = map(json.loads, (out / "pages.jsonl").open(encoding="utf8"))
    made["pages-silver"] = [r | {"set": "pages-silver", "spans": unified("pages-silver", r | {"ignore": []})} for r in pages]
    made["own"] = own()
    people = person_names()
    def names(r):
        _, first, last = r.choice(people)
        return r.choice(first), r.choice(last)
    made["tables"] = [marked("tables", n, lines) for n, lines in enumerate(tables.documents(names, 700))]
    for name, rows in made.items():
        with (out / f"{name}.jsonl").open("w", encoding="utf8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        counts = Counter(s[2] for row in rows for s in row["spans"])
        print(name, len(rows), dict(counts))
    (out / "demonyms.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf8")
    with (out / "people.json").open("w", encoding="utf8") as file:
        json.dump(people, file, ensure_ascii=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
