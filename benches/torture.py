"""copydesk beside its peers on pages that were broken on purpose: errors, hangs, deaths, and spans that lie.

    python benches/torture.py [number of pages] [peer ...]

The pages are the first of those of `make test` (tests/test_pages.py: cut off, a hole, a repeat, a splice, soup). Cleaners get the page,
the others its text as copydesk cleans it. Peers are installed into an environment of their own (`target/peers`), copydesk is
taken from the environment that runs this. Each works in a process of its own; one that takes longer than LIMIT is ended and started anew.
"""

import json
import random
import select
import subprocess
import sys
import venv
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 10
"""Seconds for a page."""

NEST = 50_000
SHAPES = {
    "nested div": "<div>" * NEST + "The flood hurt 40 people." + "</div>" * NEST,
    "nested b": "<p>" + "<b>" * NEST + "The flood hurt 40 people.",
    "nested lists": "<ul><li>" * NEST + "The flood hurt 40 people.",
    "nested tables": "<table><tr><td>" * NEST + "The flood hurt 40 people.",
    "attributes": "<p " + "".join(f"a{at}=1 " for at in range(NEST)) + ">The flood hurt 40 people.",
    "comments": "<!--" * NEST + "The flood hurt 40 people.",
    "entities": "&amp" * NEST,
    "brackets": "(" * NEST,
    "quotes": '"' * NEST,
    "digits": "1" * NEST,
    "grouped digits": "1,000" * NEST,
    "dots": "." * NEST,
    "one word": "x" * NEST,
    "no full stop": "word " * NEST,
    "references": "[1] " * NEST,
    "numbers": "5 km " * NEST,
    "dates": "3 May 2021 " * NEST,
    "sentences": "He left. " * NEST,
    "combining marks": "e" + "\u0301" * NEST,
    "NUL": "The flood\0 hurt 40 people. " * 1000,
    "surrogates": "The flood\ud800 hurt 40 people. " * 1000,
}
"""Each is read as a page and as a text, markup and all."""

# What is installed, whether it reads text, and code for `run`: the spans (start, end, text) of a page or text, None for what has no offsets.
PEERS = {
    "copydesk, page": (
        "copydesk",
        False,
        "import copydesk\n"
        "def run(page):\n"
        "    (doc,) = copydesk.parse_many([page])\n"
        "    if doc.error: raise doc.error\n"
        "    for name in ('entities', 'dates', 'quantities', 'quotes', 'claims'): spans(getattr(doc, name), doc.text)\n"
        "    return doc.text, [(s.start, s.end, s.text) for s in doc.sentences]",
    ),
    "copydesk, sentences": ("copydesk", True, "import copydesk\nrun = lambda t: (t, [(s.start, s.end, s.text) for s in copydesk.sentences(t)])"),
    "copydesk, quantities": ("copydesk", True, "import copydesk\nrun = lambda t: (t, [(s.start, s.end, s.text) for s in copydesk.quantities(t)])"),
    "trafilatura": ("trafilatura lxml_html_clean", False, "import trafilatura\nrun = lambda page: (trafilatura.extract(page), [])"),
    "resiliparse": (
        "resiliparse",
        False,
        "from resiliparse.extract.html2text import extract_plain_text as x\nrun = lambda page: (x(page, main_content=True), [])",
    ),
    "pysbd": (
        "pysbd",
        True,
        "import pysbd\nseg = pysbd.Segmenter(language='en', clean=False, char_span=True)\n"
        "run = lambda t: (t, [(s.start, s.end, s.sent) for s in seg.segment(t)])",
    ),
    "quantulum3": ("quantulum3", True, "from quantulum3 import parser\nrun = lambda t: (t, [(*s.span, s.surface) for s in parser.parse(t)])"),
}


def lies(text, spans):
    """The rule that the spans of a text break, or None."""
    last = 0
    for start, end, said in spans:
        if not 0 <= start <= end <= len(text):
            return "out of range"
        if text[start:end] != said:
            return "not the slice"
        if start < last:
            return "overlap or disorder"
        last = end
    return None


def work(name):
    """In a process of its own: a source a line on standard input, what became of it on standard output."""
    import logging
    import os
    import warnings

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def every(found, text):
        for span in found:
            assert text[span.start : span.end] == span.text, span

    space = {"spans": every}
    exec(PEERS[name][2], space)
    answers.write("ready\n")
    for line in sys.stdin:
        try:
            result = lies(*space["run"](json.loads(line)))
            answers.write(f"{'span ' + result if result else 'fine'}\n")
        except Exception as error:
            answers.write(f"error {type(error).__name__}\n")


def torture(name, python, sources):
    """How often what became of the sources."""
    found, worker = Counter(), None
    for source in sources:
        if worker is None:
            worker = subprocess.Popen([python, __file__, "--work", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            if worker.stdout.readline() != b"ready\n":
                return Counter({"cannot be imported": 1})
        try:
            worker.stdin.write(json.dumps(source).encode() + b"\n")
            worker.stdin.flush()
            told = worker.stdout.readline().decode().strip() if select.select([worker.stdout], [], [], LIMIT)[0] else "hang"
        except BrokenPipeError:
            told = ""
        found[told or "death"] += 1
        if told in ("", "hang"):
            worker.kill()
            worker.wait()
            worker = None
    if worker is not None:
        worker.stdin.close()
        worker.wait()
    return found


def installed():
    """The interpreter of the environment of the peers."""
    folder = ROOT / "target" / "peers"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    needs = " ".join(what for what, _, _ in PEERS.values() if what != "copydesk").split()
    subprocess.run([python, "-m", "pip", "install", "--quiet", *needs], check=True)
    return python


def main(count=500, *names):
    import copydesk

    sys.path.insert(0, str(ROOT / "tests"))
    from test_pages import bases, mutated

    rng, small = random.Random(7), bases()
    pages = [mutated(rng.choice(small), rng.choice(small), rng) for _ in range(int(count))]
    texts = [doc.text for doc in copydesk.parse_many(pages)]
    peers = installed()

    def run(name):
        what, reads_text, _ = PEERS[name]
        python = sys.executable if what == "copydesk" else str(peers)
        found = torture(name, python, texts if reads_text else pages)
        shapes = [(shape, told) for shape, source in SHAPES.items() for told in torture(name, python, [source]) if told != "fine"]
        asked = [python, "-c", f"from importlib.metadata import version; print(version({what.split()[0]!r}))"]
        number = version(what) if what == "copydesk" else subprocess.run(asked, capture_output=True, text=True).stdout.strip()
        print(f"{name} {number}: {', '.join(f'{told} {times:,}' for told, times in found.most_common())}; of {len(SHAPES)} shapes: {shapes or 'fine'}", flush=True)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, names or PEERS))


if __name__ == "__main__":
    work(sys.argv[2]) if sys.argv[1:2] == ["--work"] else main(*sys.argv[1:])
