"""Learns which blocks of a page are its article, and writes src/markup/article/weights.bin.

    cargo build --release --example article_features
    python training/article.py PAGES... [--work DIR] [--export] [--reuse STAGE]

PAGES are files of JSON lines (.xz or plain) with "html", "body", "url", and for some "paragraphs" and "optional" (the
numbers of paragraphs that may be left out). Needs numpy, scipy, scikit-learn and catboost; takes ten minutes on two cores.

Every block is labelled by whether its words stand in the body at their turn. Four scores come first: logistic regressions
on the words in the names of a block's elements and on its own words, of words seen on three sites or more. A first forest
judges a block by itself, a second one with its neighbours and the first one's opinion of them. What one stage gives the next
is always said by a model that did not see the site: five folds, split by site. The figures printed are of those models too,
never of the ones that are shipped.
"""

import argparse
import json
import lzma
import pickle
import re
import struct
import subprocess
import warnings
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import scipy.sparse as sp
from catboost import CatBoostClassifier
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
BINARY = ROOT / "target/release/examples/article_features"
FOLDS = 5
FIRST = {"iterations": 120, "depth": 5, "learning_rate": 0.15}
SECOND = {"iterations": 200, "depth": 6, "learning_rate": 0.08}
LEAST = 0.01  # As in src/markup/article/mod.rs: up to it, the second forest is not asked.
WORD = re.compile(r"\w+")


def site(url):
    parts = urlsplit(url).netloc.lower().split(".")
    country = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2
    return ".".join(parts[-3 if country else -2 :])


def read(paths, work):
    """The records of the files; their pages go to one file for the binary."""
    records = []
    with open(work / "pages.jsonl", "w", encoding="utf-8") as out:
        for path in paths:
            opened = lzma.open(path, "rt", encoding="utf-8") if path.endswith(".xz") else open(path, encoding="utf-8")
            for line in opened:
                record = json.loads(line)
                if record.get("body"):
                    out.write(json.dumps({"html": record.pop("html")}) + "\n")
                    record["set"] = Path(path).name.split(".")[0]
                    records.append(record)
    return records


def longest_chain(candidates, size):
    """Of (block, start, length) in the order of blocks, those of the heaviest chain whose starts never go back."""
    tree = [(0, -1)] * (size + 3)

    def best_up_to(at):
        at, best = at + 1, (0, -1)
        while at > 0:
            best, at = max(best, tree[at]), at - (at & -at)
        return best

    before, end, at = [], (0, -1), 0
    while at < len(candidates):
        block, found = candidates[at][0], []
        while at < len(candidates) and candidates[at][0] == block:
            _, start, length = candidates[at]
            weight, previous = best_up_to(start)
            found.append((start + length + 1, (weight + length, at)))
            before.append(previous)
            at += 1
        for place, value in found:
            end = max(end, value)
            while place < len(tree):
                tree[place] = max(tree[place], value)
                place += place & -place
    chain, at = [], end[1]
    while at >= 0:
        chain.append(candidates[at][0])
        at = before[at]
    return chain


def labels(blocks, record):
    """For each block whether it is part of the body, and how much that is worth learning."""
    words, starts = [], set()
    for line in record["body"].splitlines():
        starts.add(len(words))
        words += WORD.findall(line)
    ends = starts | {len(words)}
    pairs = defaultdict(list)
    for at in range(len(words)):
        pairs[tuple(words[at : at + 2])].append(at)
    grams = Counter(tuple(words[at : at + 4]) for at in range(len(words) - 3))
    label, weight, candidates = np.zeros(len(blocks)), np.ones(len(blocks)), []
    for index, block in enumerate(blocks):
        own = WORD.findall(block[0])
        size = len(own)
        at_start = [s for s in starts if words[s : s + 1] == own and s + 1 in ends] if size == 1 else pairs[tuple(own[:2])]
        found = [s for s in at_start if words[s : s + size] == own] if own else []
        if size <= 4:  # "Read more" may stand anywhere: a line of its own is meant.
            found = [s for s in found if s in starts and s + size in ends]
        candidates += [(index, s, size) for s in found[:20]]
        if not found and size >= 6:
            share = np.mean([tuple(own[i : i + 4]) in grams for i in range(size - 3)])
            label[index] = share >= 0.5
            weight[index] = 0.3 if 0.15 < share < 0.85 else 1.0
    label[longest_chain(candidates, len(words))] = 1
    optional = [WORD.findall(record["paragraphs"][i]) for i in record.get("optional") or []]
    for index, block in enumerate(blocks):
        if block[6] or WORD.findall(block[0]) in optional:
            weight[index] = 0
    return label, weight


class Blocks:
    """All blocks of all pages, side by side."""

    def __init__(self, records, work):
        self.records, self.work = records, work
        self.names = subprocess.check_output([BINARY, "names"], text=True).split()
        subprocess.check_call([BINARY, "tokens", work / "pages.jsonl", work / "tokens.jsonl"])
        with open(work / "tokens.jsonl", encoding="utf-8") as lines:
            self.pages = [json.loads(line) for line in lines]
        sites = sorted({site(r["url"]) for r in records})
        fold = {name: int(k) % FOLDS for name, k in zip(sites, np.random.RandomState(5).permutation(len(sites)))}
        both = [labels(page, record) for page, record in zip(self.pages, records)]
        self.label = np.concatenate([label for label, _ in both]) > 0.5
        known = np.concatenate([weight for _, weight in both])
        self.blocks = [block for page in self.pages for block in page]
        counts = [len(page) for page in self.pages]
        self.page = np.repeat(np.arange(len(records)), counts)
        self.fold = np.repeat([fold[site(r["url"])] for r in records], counts)
        self.site = np.repeat([sites.index(site(r["url"])) for r in records], counts)
        size = np.array([len(WORD.findall(block[0])) for block in self.blocks])
        # News pages, whose bodies were read by a parser written for each publisher, are worth more than those marked by hand.
        news = np.repeat([2.0 if r.get("paragraphs") else 1.0 for r in records], counts)
        self.weight = known * (0.4 + np.log1p(size) / 2) * news

    def __len__(self):
        return len(self.blocks)

    def run(self, stage, columns, *inputs):
        """Features from the binary."""
        out = self.work / f"{stage}.f32"
        paths = []
        for name, values in zip(("scores", "p"), inputs):
            values.astype("<f4").tofile(self.work / f"{name}.f32")
            paths.append(self.work / f"{name}.f32")
        subprocess.check_call([BINARY, stage, self.work / "pages.jsonl", *paths, out])
        return np.fromfile(out, "<f4").reshape(len(self), columns)

    def matrix(self, lists):
        """Counts of words that are seen on three sites or more."""
        seen = defaultdict(set)
        for index, words in enumerate(lists):
            for word in words:
                seen[word].add(self.site[index])
        column = {word: k for k, word in enumerate(sorted(w for w, sites in seen.items() if len(sites) >= 3))}
        indices, starts = [], [0]
        for words in lists:
            indices += [column[word] for word in words if word in column]
            starts.append(len(indices))
        ones = np.ones(len(indices), np.float32)
        matrix = sp.csr_matrix((ones, indices, starts), shape=(len(lists), len(column)))
        matrix.sum_duplicates()
        return matrix, list(column)

    def train(self, fold, among=True):
        """Blocks to learn from: all but those of the fold; none is left out for None."""
        return np.where((self.weight > 0) & among & (True if fold is None else self.fold != fold))[0]


def regress(blocks, matrix, rows, c):
    model = LogisticRegression(C=c, max_iter=60)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It stops before it has converged: that is a regularisation too.
        return model.fit(matrix[rows], blocks.label[rows], sample_weight=blocks.weight[rows])


def word_scores(blocks):
    """The four scores of each block, of models that did not see its site; and the models of all sites."""
    names = [[(level, word) for level, column in enumerate((3, 4, 5)) for word in block[column]] for block in blocks.blocks]
    names, name_words = blocks.matrix(names)
    words, word_words = blocks.matrix([block[2] for block in blocks.blocks])
    level = np.array([level for level, _ in name_words])

    def fit(fold):
        rows = blocks.train(fold)
        return regress(blocks, names, rows, 0.03), regress(blocks, words, rows, 0.1)

    scores = np.zeros((len(blocks), 4), np.float32)
    for fold in range(FOLDS):
        rows = np.where(blocks.fold == fold)[0]
        by_name, by_word = fit(fold)
        for part in range(3):
            scores[rows, part] = names[rows] @ (by_name.coef_[0] * (level == part))
        scores[rows, 3] = words[rows] @ by_word.coef_[0] + by_word.intercept_[0]
    by_name, by_word = fit(None)
    tables = [{w: c for (lv, w), c in zip(name_words, by_name.coef_[0]) if lv == part} for part in range(3)]
    return scores, [*tables, dict(zip(word_words, by_word.coef_[0]))], by_word.intercept_[0]


def grow(blocks, rows, features, shape, seed=0):
    model = CatBoostClassifier(
        **shape, l2_leaf_reg=6, border_count=64, rsm=0.4, bootstrap_type="Bernoulli", subsample=0.8, boosting_type="Plain",
        leaf_estimation_iterations=3, verbose=0, thread_count=2, random_seed=seed, allow_writing_files=False,
    )
    return model.fit(features[rows], blocks.label[rows], sample_weight=blocks.weight[rows])


def unseen(blocks, features, shape, among=True):
    """How likely each block is, said by a forest that did not see its site."""
    p = np.zeros(len(blocks), np.float32)
    for fold in range(FOLDS):
        rows = (blocks.fold == fold) & among
        p[rows] = grow(blocks, blocks.train(fold, among), features, shape).predict_proba(features[rows])[:, 1]
    return p


def grams(text):
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def report(blocks, p, title, least=0.5):
    """F1 of mean precision and mean recall over pages, in runs of four words; pages exactly right; paragraphs."""
    found = defaultdict(list)
    start = 0
    for record, page in zip(blocks.records, blocks.pages):
        kept = [b[0] for b, q in zip(page, p[start : start + len(page)]) if q > least and not b[6]]
        start += len(page)
        paragraphs = record.get("paragraphs") or []
        optional = set(record.get("optional") or [])
        short = "\n\n".join(x for i, x in enumerate(paragraphs) if i not in optional)
        rows = []
        for body in [record["body"]] + ([short] if optional else []):
            a, b = grams(body), grams("\n\n".join(kept))
            common = sum((a & b).values())
            rows.append((common / max(1, sum(b.values())), common / sum(a.values()), WORD.findall(body) == WORD.findall("\n".join(kept))))
        found[record["set"]].append(max(rows, key=lambda row: row[0] * row[1] / max(1e-9, row[0] + row[1])))
    for name, rows in found.items():
        precision, recall, exact = np.array(rows, float).mean(0)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{title} {name}: F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}  exact {exact:.3f}", flush=True)


def pack_table(table):
    rows = sorted((word, round(value * 256)) for word, value in table.items() if abs(value) >= 0.04)
    rows = [(word, max(-32768, min(32767, value))) for word, value in rows]
    return struct.pack("<I", len(rows)) + b"".join(struct.pack("<Ih", *row) for row in rows)


def pack_forest(model, columns, work):
    model.save_model(str(work / "model.json"), format="json")
    saved = json.loads((work / "model.json").read_text())
    trees, (scale, bias) = saved["oblivious_trees"], saved["scale_and_bias"]
    borders = [set() for _ in range(columns)]
    for split in (split for tree in trees for split in tree["splits"]):
        borders[split["float_feature_index"]].add(split["border"])
    borders = [sorted(column) for column in borders]
    step = scale * max(abs(leaf) for tree in trees for leaf in tree["leaf_values"]) / 32000
    out = struct.pack("<H", columns)
    for column in borders:
        out += struct.pack(f"<B{len(column)}f", len(column), *column)
    out += struct.pack("<Hff", len(trees), bias[0] if isinstance(bias, list) else bias, step)
    for tree in trees:
        out += struct.pack("<B", len(tree["splits"]))
        for split in tree["splits"]:
            column = split["float_feature_index"]
            out += struct.pack("<BB", column, borders[column].index(split["border"]))
        out += struct.pack(f"<{len(tree['leaf_values'])}h", *(round(leaf * scale / step) for leaf in tree["leaf_values"]))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--work", type=Path, default=Path("/tmp/article"))
    parser.add_argument("--export", action="store_true", help="write the weights")
    parser.add_argument("--reuse", action="store_true", help="take the word scores of the last run")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    blocks = Blocks(read(options.pages, options.work), options.work)
    saved = options.work / "scores.pickle"
    if not options.reuse:
        saved.write_bytes(pickle.dumps(word_scores(blocks)))
    scores, tables, none = pickle.loads(saved.read_bytes())
    report(blocks, blocks.label, "labels themselves")
    local = blocks.run("local", blocks.names.index("p"), scores)
    p = unseen(blocks, local, FIRST)
    report(blocks, p, "first forest")
    context = blocks.run("context", len(blocks.names), scores, p)
    near = p > LEAST
    q = unseen(blocks, context, SECOND, near)
    for least in (0.4, 0.55, 0.7):
        report(blocks, q, f"second forest at {least}", least)
    np.save(options.work / "unseen.npy", q)
    if options.export:
        out = b"".join(map(pack_table, tables)) + struct.pack("<f", none)
        out += pack_forest(grow(blocks, blocks.train(None), local, FIRST), local.shape[1], options.work)
        out += pack_forest(grow(blocks, blocks.train(None, near), context, SECOND), context.shape[1], options.work)
        (ROOT / "src/markup/article/weights.bin").write_bytes(out)
        print(len(out), "bytes written")


if __name__ == "__main__":
    main()
