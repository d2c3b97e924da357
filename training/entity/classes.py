"""Classes of words by what en_core_web_md's vectors say of them and what the teacher takes them for: word-classes.tsv.

    python training/entity/classes.py MODEL_FOLDER RECORDS    # RECORDS: with words.tsv and kinds.tsv; writes word-classes.tsv there

k-means over the vector (its 64 greatest directions, of length one) beside the square roots of the chances that the teacher gives to each kind
of name. Words without a vector go by the teacher alone. The 4,096 classes are joined to 1,024, these to 256 and to 64.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import spacy

LEVELS = 4096, 1024, 256, 64
TEACHER = 1.5


def unit(rows):
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def vectors(folder, words):
    vocab = spacy.load(folder, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "ner"]).vocab
    row = np.array([vocab.vectors.key2row.get(vocab.strings[word], -1) for word in words])
    used = unit(vocab.vectors.data.astype(np.float32))
    used -= used[np.unique(row[row >= 0])].mean(0)
    _, _, directions = np.linalg.svd(used[np.unique(row[row >= 0])], full_matrices=False)
    near = unit(used @ directions[:64].T)
    return np.where(row[:, None] >= 0, near[row], 0)


def nearest(rows, centres):
    sizes = (centres**2).sum(1)
    return np.concatenate([(sizes - 2 * part @ centres.T).argmin(1) for part in np.array_split(rows, len(rows) // 4096 + 1)])


def means(rows, weights, count, rounds, draw):
    """k-means: the class of each row, the centres, and what each weighs."""
    pick = lambda number: rows[draw.choice(len(rows), number, replace=False, p=weights / weights.sum())]
    centres = pick(count).copy()
    for _ in range(rounds):
        own = nearest(rows, centres)
        mass = np.bincount(own, weights, count)
        total = np.stack([np.bincount(own, weights * column, count) for column in rows.T], 1)
        centres = (total / np.maximum(mass, 1e-9)[:, None]).astype(np.float32)
        centres[mass == 0] = pick(int((mass == 0).sum()))
    own = nearest(rows, centres)
    return own, centres, np.bincount(own, weights, count)


def main(folder, records):
    records = Path(records)
    told = [line.split("\t") for line in (records / "kinds.tsv").read_text(encoding="utf8").splitlines()]
    words, chances = [word for word, *_ in told], np.array([row[1:] for row in told], dtype=np.float32) + 0.002
    seen = Counter()
    with (records / "texts.jsonl").open(encoding="utf8") as lines:
        for line in lines:
            seen.update(re.findall(r"[^\W_]+(?:['’.][^\W_]+)*", json.loads(line)["text"]))
    weights = np.minimum(np.sqrt(1.0 + np.array([seen[word] for word in words])), 12)
    draw = np.random.default_rng(0)
    kinds = np.sqrt(chances / chances.sum(1, keepdims=True))
    own, centres, mass = means(np.hstack([vectors(folder, words), TEACHER * kinds]).astype(np.float32), weights, LEVELS[0], 7, draw)
    levels = [own]
    for count in LEVELS[1:]:
        joined, centres, mass = means(centres, mass + 1e-6, count, 30, draw)
        levels.append(joined[levels[-1]])
    rows = ("\t".join([word, *map(str, four)]) + "\n" for word, four in zip(words, zip(*levels[::-1])))
    (records / "word-classes.tsv").write_text("".join(rows), encoding="utf8")


if __name__ == "__main__":
    main(*sys.argv[1:])
