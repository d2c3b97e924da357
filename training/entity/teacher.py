"""A teacher for the shipped model: a small transformer (all-MiniLM-L6-v2, Apache-2.0, taken from a registry package) fine-tuned on the
gold records, which then labels the free news text anew. It is used in training only and never shipped.

    python training/entity/teacher.py train RECORDS MODEL_DIR OUT.npz
    python training/entity/teacher.py label RECORDS MODEL_DIR OUT.npz TEXTS.jsonl LABELLED.jsonl

The weights read no capitals, so a learned vector for the case of the word is added to the input. Words it is unsure of become X.
"""

import json
import random
import re
import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from tokenizers import Tokenizer

TAGS = ["O"] + [f"{p}-{k}" for k in ("PER", "ORG", "LOC", "NORP") for p in "BI"]
WORD = re.compile(r"[^\W\d_]+(?:['’.&](?=\w)[^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_")
HEADS, LAYERS = 12, 6
TRAIN = {"gum-train": 1, "wikigold": 1, "wnut17-train": 1, "uner-ewt-dev": 1, "re3d-dev": 2, "own": 3, "tables": 1}


def load(folder):
    raw = (Path(folder) / "model.safetensors").read_bytes()
    size = int.from_bytes(raw[:8], "little")
    head, p = json.loads(raw[8:8 + size]), {}
    for name, about in head.items():
        if name != "__metadata__" and about["dtype"] == "F32" and "pooler" not in name:
            start, end = about["data_offsets"]
            p[name] = jnp.array(np.frombuffer(raw[8 + size + start:8 + size + end], np.float32).reshape(about["shape"]))
    r = np.random.default_rng(0)
    p["shape"] = jnp.array(r.normal(0, .02, (12, 384)).astype(np.float32))
    p["out.w"] = jnp.array(r.normal(0, .02, (384, len(TAGS))).astype(np.float32))
    p["out.b"] = jnp.zeros(len(TAGS))
    return p


def norm(x, w, b):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * w + b


def net(p, ids, shape, mask, key=None):
    def drop(x):
        nonlocal key
        if key is None:
            return x
        key, k = jax.random.split(key)
        return jnp.where(jax.random.bernoulli(k, .9, x.shape), x / .9, 0.)
    e = "embeddings."
    x = p[e + "word_embeddings.weight"][ids] + p[e + "position_embeddings.weight"][None, :ids.shape[1]] + p[e + "token_type_embeddings.weight"][0]
    x = drop(norm(x + p["shape"][shape], p[e + "LayerNorm.weight"], p[e + "LayerNorm.bias"]))
    b, t, c = x.shape
    bias = jnp.where(mask, 0., -1e9)[:, None, None, :]
    for i in range(LAYERS):
        layer = f"encoder.layer.{i}."
        lin = lambda y, n: y @ p[layer + n + ".weight"].T + p[layer + n + ".bias"]
        heads = lambda y: y.reshape(b, t, HEADS, c // HEADS).transpose(0, 2, 1, 3)
        q, k, v = (heads(lin(x, "attention.self." + n)) for n in ("query", "key", "value"))
        a = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(c // HEADS) + bias, -1)
        o = drop(lin((a @ v).transpose(0, 2, 1, 3).reshape(b, t, c), "attention.output.dense"))
        x = norm(x + o, p[layer + "attention.output.LayerNorm.weight"], p[layer + "attention.output.LayerNorm.bias"])
        o = drop(lin(jax.nn.gelu(lin(x, "intermediate.dense"), approximate=True), "output.dense"))
        x = norm(x + o, p[layer + "output.LayerNorm.weight"], p[layer + "output.LayerNorm.bias"])
    return x @ p["out.w"] + p["out.b"]


def shape_of(word, first, capitals):
    if word[0].isdigit():
        return 5
    if not word[0].isalpha():
        return 6
    if word.islower():
        return 1
    if capitals:
        return 9
    if len(word) == 1:
        return 7
    if word.isupper():
        return 3
    return (8 if first else 2) if word[1:].islower() else 4


def lines_of(record, hold=None):
    """(text of the line, words with spans, tags or None) a line."""
    at = 0
    for line in record["text"].split("\n"):
        words = [m.span() for m in WORD.finditer(line)]
        if words:
            tags = ["O"] * len(words)
            for start, end, label in record.get("spans", ()):
                inside = [i for i, (a, b) in enumerate(words) if a + at < end and start < b + at]
                for n, i in enumerate(inside):
                    tags[i] = None if label == "X" else ("B-" if n == 0 else "I-") + label
            yield line, at, words, tags
        at += len(line) + 1


def encode(tok, line, words, tags=None, upper=False):
    ids, shapes, y, head = [101], [0], [-1], [0]
    letters = [c for c in line if c.isalpha()]
    capitals = upper or (len(letters) > 5 and sum(c.isupper() for c in letters) > .8 * len(letters))
    pieces = tok.encode_batch([line[a:b] for a, b in words], add_special_tokens=False)
    for i, ((a, b), piece) in enumerate(zip(words, pieces)):
        if len(ids) > 180:
            break
        word = line[a:b].upper() if upper else line[a:b]
        for n, wid in enumerate(piece.ids[:8] or [100]):
            ids.append(wid); shapes.append(shape_of(word, i == 0, capitals) if n == 0 else 10)
            y.append(TAGS.index(tags[i]) if tags and n == 0 and tags[i] is not None else -1)
            head.append(i + 1 if n == 0 else 0)
    return ids + [102], shapes + [0], y + [-1], head + [0]


def batches(rows, budget, r=None):
    size_of = lambda i: next(w for w in (16, 24, 32, 48, 64, 192) if w >= len(rows[i][0]))
    order = sorted(range(len(rows)), key=lambda i: (size_of(i), r.random() if r else i))
    groups, group, width = [], [], 0
    for i in order:
        size = size_of(i)
        if group and size * (len(group) + 1) > budget or (group and size != width):
            groups.append((width, group)); group = []
        group.append(i); width = size
    groups.append((width, group))
    if r:
        r.shuffle(groups)
    for width, group in groups:
        n = max(1, budget // width)
        out = [np.zeros((n, width), np.int32) for _ in range(3)]
        out[2] -= 1
        mask = np.zeros((n, width), bool)
        for j, i in enumerate(group):
            k = len(rows[i][0])
            for c in range(3):
                out[c][j, :k] = rows[i][c]
            mask[j, :k] = True
        mask[len(group):, 0] = True
        yield group, out, mask


def read(folder, name):
    return [json.loads(line) for line in (Path(folder) / f"{name}.jsonl").open(encoding="utf8")]


def held_out(name, n):
    return (name == "re3d-dev" and n % 3 == 0) or (name == "uner-ewt-dev" and n % 4 == 0)


def train(folder, model, out, start=None, limit=None, epochs=3, peak=1.5e-4, budget=1024):
    """`start`: weights to go on from; `limit`: lines of the news records to mix in, for one last epoch that comes to rest."""
    tok, p, r = Tokenizer.from_file(f"{model}/tokenizer.json"), load(model), random.Random(1)
    tok.no_padding(); tok.no_truncation()
    if start:
        p.update({k: jnp.array(v) for k, v in np.load(start).items()})
    data = [(line, words, tags) for name, times in TRAIN.items() for n, record in enumerate(read(folder, name)) if not held_out(name, n)
            for line, _, words, tags in lines_of(record) for _ in range(times)]
    if limit:
        news = [(line, words, tags) for record in read(folder, "voa-silver")[::7] for line, _, words, tags in lines_of(record)]
        data = r.sample(data, len(data) * 2 // 5) + r.sample(news, int(limit))
        epochs = 1
    print(len(data), "lines", flush=True)
    frozen = {"embeddings.word_embeddings.weight"}
    still = {k: v for k, v in p.items() if k in frozen}
    p = {k: v for k, v in p.items() if k not in frozen}
    m = {k: jnp.zeros_like(v) for k, v in p.items()}
    v2 = {k: jnp.zeros_like(v) for k, v in p.items()}

    def loss(p, ids, shape, mask, y, key):
        lp = jax.nn.log_softmax(net({**p, **still}, ids, shape, mask, key))
        known = y >= 0
        return -(jnp.take_along_axis(lp, jnp.maximum(y, 0)[..., None], -1)[..., 0] * known).sum() / jnp.maximum(known.sum(), 1)

    @jax.jit
    def step(p, m, v2, ids, shape, mask, y, key, rate, t):
        value, g = jax.value_and_grad(loss)(p, ids, shape, mask, y, key)
        m = {k: .9 * m[k] + .1 * g[k] for k in p}
        v2 = {k: .98 * v2[k] + .02 * g[k] ** 2 for k in p}
        new = {k: p[k] - rate * (10 if k in ("shape", "out.w", "out.b") else 1) * ((m[k] / (1 - .9 ** t)) / (jnp.sqrt(v2[k] / (1 - .98 ** t)) + 1e-6) + .01 * p[k]) for k in p}
        return new, m, v2, value

    t, began = 0, time.time()
    total = None
    for epoch in range(epochs):
        rows = [encode(tok, *row, upper=r.random() < .06)[:3] for row in data]
        groups = list(batches(rows, budget, r))
        total = total or epochs * len(groups)
        seen = 0.
        for _, (ids, shape, y), mask in groups:
            t += 1
            rate = peak * min(1, t / 80) * max(0.02, 1 - t / total)
            p, m, v2, value = step(p, m, v2, ids, shape, mask, y, jax.random.key(t), rate, float(t))
            seen = .99 * seen + .01 * float(value)
            if t % 25 == 0:
                print(t, total, f"{seen / (1 - .99 ** min(t, 400)):.4f}", f"{time.time() - began:.0f} s", flush=True)
        np.savez(out, **{k: np.array(v) for k, v in p.items()})
        for name in ("re3d-dev", "uner-ewt-dev"):
            check(tok, {**p, **still}, [x for n, x in enumerate(read(folder, name)) if held_out(name, n)], name)


def label_records(tok, p, records, sure=.6, budget=2048):
    forward = jax.jit(lambda ids, shape, mask: jax.nn.softmax(net(p, ids, shape, mask)))
    rows, where = [], []
    for n, record in enumerate(records):
        for line, at, words, _ in lines_of(record):
            rows.append(encode(tok, line, words)); where.append((n, at, words))
    found = [[] for _ in records]
    for group, (ids, shape, _), mask in batches([r[:3] for r in rows], budget):
        probs = np.array(forward(ids, shape, mask))
        for j, i in enumerate(group):
            n, at, words = where[i]
            heads = [(k, h - 1) for k, h in enumerate(rows[i][3]) if h]
            found[n] += spans_of(probs[j], heads, words, at, sure)
    return found


def spans_of(probs, heads, words, at, sure):
    spans, open_ = [], None
    for k, w in heads:
        q = probs[k]
        best = int(q.argmax())
        if open_ and best % 2 == 1 and TAGS[best][2:] == open_[2] and q[best + 1] > .4 * q[best]:
            pass
        kind = TAGS[best][2:] if best else None
        start, end = words[w][0] + at, words[w][1] + at
        total = q[0] if best == 0 else q[best] + (q[best + 1] if best % 2 else q[best - 1])
        if total < sure:
            open_ = None
            spans.append([start, end, "X"])
        elif best == 0:
            open_ = None
        elif best % 2 == 0 and open_ and open_[2] == kind:
            open_[1] = end
        else:
            open_ = [start, end, kind]
            spans.append(open_)
    return spans


def check(tok, p, records, name):
    found = label_records(tok, p, records, 0.)
    hit = pred = gold = 0
    for record, spans in zip(records, found):
        g = {tuple(s) for s in record["spans"] if s[2] not in ("X", "NORP")}
        open_ = [s for s in record["spans"] if s[2] == "X"]
        q = {tuple(s) for s in spans if s[2] not in ("X", "NORP") and not any(x[0] < s[1] and s[0] < x[1] for x in open_)}
        hit += len(g & q); pred += len(q); gold += len(g)
    print(name, "F1", round(200 * hit / max(1, pred + gold), 2), flush=True)


def label(folder, model, weights, texts, out):
    tok, p = Tokenizer.from_file(f"{model}/tokenizer.json"), load(model)
    tok.no_padding(); tok.no_truncation()
    p.update({k: jnp.array(v) for k, v in np.load(weights).items()})
    records = [json.loads(line) for line in open(texts, encoding="utf8")]
    began = time.time()
    with open(out, "w", encoding="utf8") as file:
        for at in range(0, len(records), 200):
            part = records[at:at + 200]
            for record, spans in zip(part, label_records(tok, p, part)):
                file.write(json.dumps({**record, "spans": spans}, ensure_ascii=False) + "\n")
            file.flush()
            print(at + len(part), len(records), f"{time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    {"train": train, "label": label}[sys.argv[1]](*sys.argv[2:])
