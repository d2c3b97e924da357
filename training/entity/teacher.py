"""Fine-tunes a transformer on the gold records, and has it label the free text: the teacher of the name model.

    pip install torch tokenizers safetensors numpy
    python training/entity/teacher.py MODEL RECORDS [--hold set:every ...]    # five minutes of a large GPU

MODEL is a folder with the weights of all-mpnet-base-v2 (Apache-2.0), RECORDS the folder that prepare.py wrote into. For every
`SET-silver.jsonl` there it writes a `SET-taught.jsonl`. The encoder knows no capitals: how a word is written is an embedding of its
own, and so are the source of a line (each has its guideline) and the name that en_core_web_md sees (`hints`, see label.py).

First it learns what en_core_web_md says of the free text, which gives it the capitals; then gold, in several trainings whose probabilities
are multiplied. `--hold` keeps every so-many-th document of a set out and says how well they are read.
"""

import argparse
import json
import math
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

KINDS = ("PER", "ORG", "LOC", "NORP")
# O, then begin, inside, last, whole of each kind.
TAGS = 1 + 4 * len(KINDS)
OPEN = -100
START, PAD, BREAK, MASK = 0, 1, 2, 30526
WINDOW = 254
# The guideline that a set goes by; the last is the project's own.
SOURCES = {"silver": 1, "gum": 2, "wikigold": 3, "wnut17": 4, "uner": 5, "re3d": 6, "own": 7, "corrected": 7, "tables": 7}
OWN = 7
# What is learned from, and how much it counts.
WEIGHTS = {"own": 1.5, "corrected": 1.5, "re3d-dev": 1.5, "gum-train": 1.0, "wikigold": 1.0, "uner-ewt-dev": 1.0, "wnut17-train": 0.6, "tables": 0.3}
SILVER = ("voa-silver", "pages-silver")
UNSEEN = ("politics-dev", "wnut17-dev")
# 0: not told, 1: no name, then begin and inside of each.
HINTS = {"PER": 2, "ORG": 4, "LOC": 6, "NORP": 8, "X": 10}
# A name is taken if each of its words is this sure; a word outside of names is open if a name is this likely.
SURE, DOUBT = 0.6, 0.25


def shape(word):
    """0 small, 1 Title, 2 CAPITALS, 3 one capital, 4 mixed, 5 with digits, 6 no letters."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5 if any(c.isdigit() for c in word) else 6
    if any(c.isdigit() for c in word):
        return 5
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 0
    if upper == len(letters):
        return 2 if len(letters) > 1 else 3
    return 1 if letters[0].isupper() and upper == 1 else 4


class Doc:
    """A document as pieces: a break between lines, and for each piece its word."""

    def __init__(self, record, encodings):
        self.record = record
        self.words = []  # start, end
        pieces, word, shapes, lines = [], [], [], [0]
        at = 0
        text = record["text"]
        for line, encoding in encodings:
            last = None
            for piece, number, (start, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets):
                first = number != last
                if first:
                    self.words.append([at + start, at + end])
                    last = number
                else:
                    self.words[-1][1] = at + end
                pieces.append(piece)
                word.append(len(self.words) - 1)
                shapes.append((not first, at + start == 0 or text[at + start - 1].isspace()))
            at += len(line) + 1
            pieces.append(BREAK)
            word.append(-1)
            shapes.append((False, True))
            lines.append(len(pieces))
        kinds = [shape(text[a:b]) for a, b in self.words]
        self.pieces = np.array(pieces, dtype=np.int64)
        self.word = np.array(word, dtype=np.int64)
        self.shapes = np.array([(kinds[w] if w >= 0 else 6) * 4 + 2 * more + space for w, (more, space) in zip(word, shapes)], dtype=np.int64)
        self.lines = lines
        self.first = np.array([w >= 0 and (n == 0 or word[n - 1] != w) for n, w in enumerate(word)], dtype=bool)
        self.tags = self.on_pieces(self.marked(record["spans"], tag=True), OPEN)
        hints = record.get("hints", record["spans"])  # silver is what en_core_web_md says
        self.hints = self.on_pieces(self.marked(hints, tag=False), 1)

    def on_pieces(self, words, other):
        out = np.full(len(self.pieces), other, dtype=np.int64)
        out[self.first] = words
        return out

    def marked(self, spans, tag):
        out = np.full(len(self.words), 0 if tag else 1, dtype=np.int64)
        starts = np.array([w[0] for w in self.words] or [0])
        ends = np.array([w[1] for w in self.words] or [0])
        for start, end, kind, *_ in spans:
            a, b = np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left")
            if a >= b or not self.words:
                continue
            if not tag:
                out[a:b] = HINTS[kind] + 1
                out[a] = HINTS[kind]
                continue
            exact = self.words[a][0] >= start and self.words[b - 1][1] <= end
            if kind not in KINDS or not exact:
                out[a:b] = OPEN
                continue
            base = 1 + 4 * KINDS.index(kind)
            out[a:b] = base + 1
            out[a], out[b - 1] = base, base + 2
            if b - a == 1:
                out[a] = base + 3
        return out


def read(path, tokenizer):
    with path.open(encoding="utf8") as file:
        records = [json.loads(line) for line in file]
    lines = [record["text"].split("\n") for record in records]
    flat = tokenizer.encode_batch([line for doc in lines for line in doc], add_special_tokens=False)
    docs, at = [], 0
    for record, own in zip(records, lines):
        docs.append(Doc(record, list(zip(own, flat[at : at + len(own)]))))
        at += len(own)
    return docs


def windows(doc, shift):
    """Stretches of at most WINDOW pieces that end where lines end if they can; `shift` is the length of the first."""
    out, start, room = [], 0, max(8, shift)
    n = len(doc.pieces)
    ends = doc.lines
    at = 0
    while start < n:
        stop = min(n, start + room)
        while at + 1 < len(ends) and ends[at + 1] <= stop:
            at += 1
        if stop < n and ends[at] > start:
            stop = ends[at]
        out.append((start, stop))
        start, room = stop, WINDOW
    return out


class Attention(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(size, size) for _ in range(4))

    def forward(self, x, bias):
        b, n, d = x.shape
        q, k, v = (f(x).view(b, n, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias, dropout_p=0.1 if self.training else 0.0)
        return self.o(y.transpose(1, 2).reshape(b, n, d))


class Layer(nn.Module):
    def __init__(self, size, heads, inner):
        super().__init__()
        self.attn, self.norm1 = Attention(size, heads), nn.LayerNorm(size, eps=1e-5)
        self.up, self.down, self.norm2 = nn.Linear(size, inner), nn.Linear(inner, size), nn.LayerNorm(size, eps=1e-5)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, bias):
        x = self.norm1(x + self.drop(self.attn(x, bias)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


def buckets(n, count=32, reach=128):
    """The bucket of the distance between two places, as MPNet and T5 have it."""
    place = torch.arange(n)
    away = -(place[None, :] - place[:, None])
    half = count // 2
    out = (away < 0).long() * half
    away = away.abs()
    exact = half // 2
    far = exact + (torch.log(away.clamp(min=1).float() / exact) / math.log(reach / exact) * (half - exact)).long()
    return out + torch.where(away < exact, away, far.clamp(max=half - 1))


class Teacher(nn.Module):
    def __init__(self, weights, config):
        super().__init__()
        size, heads = config["hidden_size"], config["num_attention_heads"]
        self.heads = heads
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.norm = nn.LayerNorm(size, eps=1e-5)
        self.distance = nn.Embedding(32, heads)
        self.distance.requires_grad_(False)  # a bias that learns rules the fast kernels out
        self.layers = nn.ModuleList(Layer(size, heads, config["intermediate_size"]) for _ in range(config["num_hidden_layers"]))
        self.shape, self.source, self.hint = nn.Embedding(28, size), nn.Embedding(8, size), nn.Embedding(12, size)
        for fresh in (self.shape, self.source, self.hint):
            nn.init.normal_(fresh.weight, std=0.02)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(size, TAGS)
        self.register_buffer("bucket", buckets(WINDOW + 2), persistent=False)
        if weights:
            self.load(weights)

    def load(self, weights):
        names = {"words.weight": "embeddings.word_embeddings.weight", "places.weight": "embeddings.position_embeddings.weight",
                 "norm.weight": "embeddings.LayerNorm.weight", "norm.bias": "embeddings.LayerNorm.bias",
                 "distance.weight": "encoder.relative_attention_bias.weight"}
        parts = {"attn.q": "attention.attn.q", "attn.k": "attention.attn.k", "attn.v": "attention.attn.v", "attn.o": "attention.attn.o",
                 "norm1": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
        for layer in range(len(self.layers)):
            for mine, theirs in parts.items():
                for end in ("weight", "bias"):
                    names[f"layers.{layer}.{mine}.{end}"] = f"encoder.layer.{layer}.{theirs}.{end}"
        own = self.state_dict()
        for mine, theirs in names.items():
            own[mine].copy_(weights[theirs])

    def encode(self, pieces, shapes, source, hints):
        n = pieces.shape[1]
        kept = pieces != PAD
        places = torch.arange(2, n + 2, device=pieces.device)
        x = self.words(pieces) + self.places(places) + self.shape(shapes) * kept[..., None]
        x = self.drop(self.norm(x + self.source(source)[:, None] * (source > 0)[:, None, None] + self.hint(hints) * (hints > 0)[..., None]))
        bias = self.distance(self.bucket[:n, :n]).permute(2, 0, 1)[None]
        bias = bias.masked_fill(~kept[:, None, None, :], -1e4).to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, *inputs):
        return self.head(self.drop(self.encode(*inputs)))


def batches(stretches, budget, draw=None):
    """Stretches of like length together, `budget` pieces a batch."""
    noise = (lambda: draw.random() * 24) if draw else (lambda: 0)
    order = sorted(range(len(stretches)), key=lambda n: stretches[n][2] - stretches[n][1] + noise())
    out, held, widest = [], [], 0
    for n in order:
        size = stretches[n][2] - stretches[n][1] + 2
        if held and max(widest, size) * (len(held) + 1) > budget:
            out.append(held)
            held, widest = [], 0
        held.append(n)
        widest = max(widest, size)
    out += [held] if held else []
    if draw:
        draw.shuffle(out)
    return out


def collate(stretches, numbers, device):
    """Pieces, shapes, hints and tags of some stretches, side by side."""
    widest = (max(stretches[n][2] - stretches[n][1] for n in numbers) + 9) // 8 * 8
    out = np.zeros((4, len(numbers), widest), dtype=np.int64)
    out[0], out[1], out[3] = PAD, 6 * 4 + 1, OPEN
    for row, n in enumerate(numbers):
        doc, a, b, *_ = stretches[n]
        size = b - a + 1
        out[0, row, 0], out[0, row, size] = START, BREAK
        out[0, row, 1:size], out[1, row, 1:size] = doc.pieces[a:b], doc.shapes[a:b]
        out[2, row, 1:size], out[3, row, 1:size] = doc.hints[a:b], doc.tags[a:b]
    return torch.from_numpy(out).to(device, non_blocking=True)


def restyle(batch, draw):
    """Some lines in capitals, in the capitals of a headline, or in small letters; some pieces hidden."""
    pieces, shapes, hints, tags = batch
    line = (pieces == BREAK).cumsum(1)
    lot = torch.rand(pieces.shape[0], 260, generator=draw, device=pieces.device).gather(1, line.clamp(max=259))
    kind, rest = shapes // 4, shapes % 4
    letters = kind < 5
    for low, high, new in ((0.0, 0.06, 2), (0.06, 0.09, 1), (0.09, 0.11, 0)):
        kind = torch.where(letters & (lot >= low) & (lot < high), new, kind)
    hints = torch.where(lot < 0.11, 0, hints)
    hidden = (torch.rand(pieces.shape, generator=draw, device=pieces.device) < 0.06) & (pieces > 3)
    return torch.where(hidden, MASK, pieces), kind * 4 + rest, hints, tags


def plan(docs, epochs, budget, draw):
    """Batches of an epoch after the other, the documents cut at other places each time."""
    for _ in range(epochs):
        stretches = [(doc, a, b, source, weight) for doc, source, weight in docs for a, b in windows(doc, draw.randrange(24, WINDOW + 1))]
        for numbers in batches(stretches, budget, draw):
            yield stretches, numbers


def fit(model, docs, epochs, rates, draw, blind=0.4, budget=8192):
    """The loss is over words whose tag is known, with smoothed labels. `blind`: how often the hints are hidden."""
    fresh = {id(p) for part in (model.shape, model.source, model.hint, model.head) for p in part.parameters()}
    learned = [p for p in model.parameters() if p.requires_grad]
    groups = [{"params": [p for p in learned if (id(p) in fresh) == new], "top": rates[new]} for new in (False, True)]
    device = learned[0].device
    best = torch.optim.AdamW(groups, lr=rates[0], weight_decay=0.01, betas=(0.9, 0.98))
    lots = torch.Generator(device=device).manual_seed(draw.randrange(1 << 30))
    steps = list(plan(docs, epochs, budget, draw))
    total, warm = len(steps), max(10, len(steps) // 20)
    model.train()
    for step, (stretches, numbers) in enumerate(steps):
        for group in best.param_groups:
            group["lr"] = group["top"] * min(1.0, (step + 1) / warm) * max(0.02, 1 - step / total)
        pieces, shapes, hints, tags = restyle(collate(stretches, numbers, device), lots)
        source = torch.tensor([0 if draw.random() < 0.25 else stretches[n][3] for n in numbers], device=device)
        weight = torch.tensor([stretches[n][4] for n in numbers], device=device, dtype=torch.float32)
        hidden = torch.tensor([draw.random() < blind for _ in numbers], device=device)
        hints = hints.masked_fill(hidden[:, None], 0)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            out = model(pieces, shapes, source, hints)
        loss = F.cross_entropy(out.float().flatten(0, 1), tags.flatten(), ignore_index=OPEN, label_smoothing=0.05, reduction="none").view(tags.shape)
        share = weight[:, None] * (tags != OPEN)
        loss = (loss * share).sum() / share.sum().clamp(min=1)
        best.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        best.step()
        if step % 50 == 0:
            print(f"  step {step} of {total}: {loss.item():.4f}", flush=True)


@torch.no_grad()
def probabilities(models, docs, budget=65536):
    """The mean log-probability of each tag at each word, over models and two ways to cut the document."""
    out = [np.zeros((len(doc.words), TAGS), dtype=np.float32) for doc in docs]
    place = {id(doc): n for n, doc in enumerate(docs)}
    device = models[0].head.weight.device
    for shift in (WINDOW, WINDOW // 2):
        stretches = [(doc, a, b) for doc in docs for a, b in windows(doc, shift)]
        for numbers in batches(stretches, budget):
            pieces, shapes, hints, _ = collate(stretches, numbers, device)
            sources = torch.full((len(numbers),), OWN, device=device)
            total = 0
            for model in models:
                model.eval()
                with torch.autocast(device.type, dtype=torch.bfloat16):
                    total = total + F.log_softmax(model(pieces, shapes, sources, hints).float(), -1)
            total = (total / (2 * len(models))).cpu().numpy()
            for row, n in enumerate(numbers):
                doc, a, b = stretches[n]
                first = np.flatnonzero(doc.first[a:b])
                out[place[id(doc)]][doc.word[a:b][first]] += total[row, 1 + first]
    return out


def allowed():
    """Which tag may follow which."""
    out = np.zeros((TAGS, TAGS), dtype=bool)
    for before in range(TAGS):
        for after in range(TAGS):
            inside = before > 0 and (before - 1) % 4 in (0, 1)
            goes_on = after > 0 and (after - 1) % 4 in (1, 2)
            same = before > 0 and after > 0 and (before - 1) // 4 == (after - 1) // 4
            out[before, after] = (inside and goes_on and same) or (not inside and not goes_on)
    return out


MOVES = np.where(allowed(), 0.0, -1e4).astype(np.float32)
FREE = np.array([t == 0 or (t - 1) % 4 in (0, 3) for t in range(TAGS)])
LAST = np.array([t == 0 or (t - 1) % 4 in (2, 3) for t in range(TAGS)])


def best_tags(scores):
    """The likeliest tags of which each may follow the one before."""
    held = np.where(FREE, scores[0], -1e4)
    back = []
    for row in scores[1:]:
        ways = held[:, None] + MOVES
        back.append(ways.argmax(0))
        held = ways.max(0) + row
    tag = int(np.where(LAST, held, -1e9).argmax())
    tags = [tag]
    for row in reversed(back):
        tag = int(row[tag])
        tags.append(tag)
    return tags[::-1]


def unsure(doc, scores):
    """Runs of words of one line that are not plainly outside of names."""
    loud = np.flatnonzero(np.exp(scores[:, 0]) < 0.995)
    heads = {int(doc.word[a]) for a, b in zip(doc.lines, doc.lines[1:]) if b > a + 1}
    run = []
    for n in loud.tolist():
        if run and (n != run[-1] + 1 or n in heads):
            yield run[0], run[-1] + 1
            run = []
        run.append(n)
    if run:
        yield run[0], run[-1] + 1


def names(doc, scores):
    """Names with the least probability among their words, and the words outside that may be in one."""
    found, doubt = [], []
    for a, b in unsure(doc, scores):
        tags = best_tags(scores[a:b])
        chance = np.exp(scores[a:b])
        chance /= chance.sum(1, keepdims=True)
        start = 0
        for n, tag in enumerate(tags):
            if tag == 0:
                if chance[n, 0] < 1 - DOUBT:
                    doubt.append(doc.words[a + n])
                continue
            part = (tag - 1) % 4
            start = n if part in (0, 3) else start
            if part in (2, 3):
                sure = min(float(chance[k, tags[k]]) for k in range(start, n + 1))
                found.append([doc.words[a + start][0], doc.words[a + n][1], KINDS[(tag - 1) // 4], sure])
    return found, doubt


def score(docs, read):
    hit, told, gold = (defaultdict(int) for _ in range(3))
    for doc, (found, _) in zip(docs, read):
        right = {tuple(s[:3]) for s in doc.record["spans"] if s[2] in KINDS}
        opened = [s for s in doc.record["spans"] if s[2] not in KINDS]
        for span in found:
            if any(a < span[1] and span[0] < b for a, b, *_ in opened):
                continue
            told[span[2]] += 1
            hit[span[2]] += tuple(span[:3]) in right
        for span in right:
            gold[span[2]] += 1
    f1 = lambda kinds: 200 * sum(hit[k] for k in kinds) / max(1, sum(told[k] + gold[k] for k in kinds))
    return f"{f1(KINDS[:3]):.2f}  " + " ".join(f"{k} {f1([k]):.1f}" for k in KINDS)


def write(path, docs, read):
    """Records of what was read; names that are not sure, and words that may be in one, are left open."""
    with path.open("w", encoding="utf8") as file:
        for doc, (found, doubt) in zip(docs, read):
            spans = [[a, b, kind if sure >= SURE else "X"] for a, b, kind, sure in found] + [[*word, "X"] for word in doubt]
            by_hand = lambda span: any(a <= span[0] < b for a, b in doc.record.get("by_hand", []))
            spans = [s for s in spans if not by_hand(s)] + [s for s in doc.record["spans"] if by_hand(s)]
            row = {"set": doc.record["set"], "id": doc.record["id"], "text": doc.record["text"], "spans": sorted(spans)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def base(folder):
    """The tokenizer, the weights and the configuration of the transformer in a folder."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    config = json.loads((folder / "config.json").read_text())
    weights = {name.removeprefix("mpnet."): w.float() for name, w in load_file(str(folder / "model.safetensors")).items()}
    return tokenizer, weights, config


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("records", type=Path)
    parser.add_argument("--hold", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--limit", type=int, help="documents a set, to try the script")
    return parser.parse_args()


def main():
    options = arguments()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer, weights, config = base(options.model)
    docs = {name: read(options.records / f"{name}.jsonl", tokenizer)[: options.limit] for name in (*WEIGHTS, *SILVER, *UNSEEN)}
    every = {name: int(number) for name, number in (hold.split(":") for hold in options.hold)}
    held = {name: docs[name][::number] for name, number in every.items()}

    torch.manual_seed(1)
    model = Teacher(weights, config).to(device)
    fit(model, [(doc, 1, 1.0) for name in SILVER for doc in docs[name]], 1, (5e-5, 1e-3), random.Random(1), blind=1.0, budget=16384)
    grounded = {name: weight.clone() for name, weight in model.state_dict().items()}
    examples = [
        (doc, next(number for start, number in SOURCES.items() if name.startswith(start)), weight)
        for name, weight in WEIGHTS.items()
        for number, doc in enumerate(docs[name])
        if name not in every or number % every[name]
    ]
    models = []
    for seed in range(options.seeds):
        torch.manual_seed(10 + seed)
        models.append(Teacher(None, config).to(device))
        models[-1].load_state_dict(grounded)
        fit(models[-1], examples, options.epochs, (4e-5, 6e-4), random.Random(10 + seed))
    for name in (*held, *UNSEEN, *SILVER):
        asked = held.get(name, docs[name])
        told = [names(doc, scores) for doc, scores in zip(asked, probabilities(models, asked))]
        if name in SILVER:
            write(options.records / f"{name.replace('silver', 'taught')}.jsonl", asked, told)
        else:
            print(name, score(asked, told), flush=True)


if __name__ == "__main__":
    main()
