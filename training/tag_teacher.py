"""Has a transformer read what two taggers say of the free text, and label that text again: the teacher of `src/tag`.

    pip install torch tokenizers safetensors numpy
    python training/tag_teacher.py MODEL tags.tsv taught.tsv        # two minutes of a large GPU

MODEL is a folder with the weights of all-mpnet-base-v2 (Apache-2.0), `tags.tsv` what training/tags.py wrote. No set with gold parts of
speech is at hand. So the teacher learns where both taggers agree, and nothing where they differ; what one of them gets wrong here and
right there it has seen right more often. It labels no line that it has learned from: two teachers have one half of the text
each. A word of which it is not sure is left open.
"""

import argparse
import random
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent / "entity"))
import teacher as names  # noqa: E402

TAGS = ("noun", "nouns", "name", "adjective", "adverb", "determiner", "pronoun", "base", "third", "past",
        "participle", "gerund", "modal", "preposition", "conjunction", "wh")  # fmt: skip
NUMBER = {tag: number for number, tag in enumerate(TAGS)} | {"number": 3}
# Lines of one half, then of the other, so that a text is not learned from and asked.
BLOCK = 400
SURE = 0.6


class Line:
    """A line as pieces, with what both taggers say of its words."""

    def __init__(self, words, encoding):
        self.words = words
        word = np.array(encoding.word_ids[: names.WINDOW], dtype=np.int64)
        self.pieces = np.array(encoding.ids[: names.WINDOW], dtype=np.int64)
        first = np.ones(len(word), dtype=bool)
        first[1:] = word[1:] != word[:-1]
        kinds = np.array([names.shape(text) for text, *_ in words], dtype=np.int64)
        self.shapes = kinds[word] * 4 + 2 * ~first + 1
        self.asked, self.places = word[first], np.flatnonzero(first)
        self.tags = np.full(len(word), names.OPEN, dtype=np.int64)
        for place, number in zip(self.places, self.asked):
            _, one, other = words[number]
            if one == other and one in NUMBER:
                self.tags[place] = NUMBER[one]
        self.hints = np.zeros(len(word), dtype=np.int64)
        self.lines = [0, len(word)]


def read(path, tokenizer, limit):
    with open(path, encoding="utf8") as file:
        pieces = file.read().strip("\n").split("\n\n")[:limit]
    lines = [[line.split("\t") for line in piece.split("\n")] for piece in pieces]
    encodings = tokenizer.encode_batch([[word for word, *_ in line] for line in lines], is_pretokenized=True, add_special_tokens=False)
    return [Line(words, encoding) for words, encoding in zip(lines, encodings)]


@torch.no_grad()
def chances(model, lines, budget=65536):
    """For each line the likeliest tag of its words, and how likely it is."""
    stretches = [(line, 0, len(line.pieces)) for line in lines]
    device = model.head.weight.device
    out = [None] * len(lines)
    model.eval()
    for numbers in names.batches(stretches, budget):
        pieces, shapes, hints, _ = names.collate(stretches, numbers, device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            told = model(pieces, shapes, torch.zeros(len(numbers), dtype=torch.long, device=device), hints).float()
        best = F.softmax(told, -1).max(-1)
        chance, tag = best.values.cpu().numpy(), best.indices.cpu().numpy()
        for row, number in enumerate(numbers):
            places = 1 + lines[number].places
            out[number] = tag[row, places], chance[row, places]
    return out


def write(path, lines, told):
    with open(path, "w", encoding="utf8") as file:
        for line, (tags, chance) in zip(lines, told):
            labels = dict(zip(line.asked.tolist(), zip(tags.tolist(), chance.tolist())))
            for number, (word, one, _) in enumerate(line.words):
                tag, sure = labels.get(number, (None, 0.0))
                label = one if one not in NUMBER else TAGS[tag] if sure >= SURE else "?"
                file.write(f"{word}\t{label}\n")
            file.write("\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("tags", type=Path)
    parser.add_argument("taught", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--limit", type=int, help="lines, to try the script")
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer, weights, config = names.base(options.model)
    lines = read(options.tags, tokenizer, options.limit)
    halves = [[n for n in range(len(lines)) if n // BLOCK % 2 == half] for half in (0, 1)]
    told = [None] * len(lines)
    for half, (learned, asked) in enumerate((halves, halves[::-1])):
        torch.manual_seed(1 + half)
        model = names.Teacher(weights, config)
        model.head = nn.Linear(config["hidden_size"], len(TAGS))
        model = model.to(device)
        names.fit(model, [(lines[n], 0, 1.0) for n in learned], options.epochs, (5e-5, 1e-3), random.Random(1 + half), blind=1.0, budget=16384)
        for number, answer in zip(asked, chances(model, [lines[n] for n in asked])):
            told[number] = answer
    write(options.taught, lines, told)
    known = [(tags == line.tags[line.places])[line.tags[line.places] != names.OPEN] for line, (tags, _) in zip(lines, told)]
    print(f"as both taggers say: {100 * np.concatenate(known).mean():.2f} %", flush=True)


if __name__ == "__main__":
    main()
