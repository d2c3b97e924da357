"""copydesk beside its peers, on the same pages, in one run: CPU time of one core.

    python benches/compare.py [pages.jsonl.xz ...]

Peers are installed into an environment of their own (`target/peers`), copydesk is taken from the environment that runs
this. Without arguments the pages of ../shared/data/markup are read, and where they are absent those of seeds/.
What is timed is cleaning: from a page to its main text. Parsing alone is timed by `cargo bench`.
"""

import json
import lzma
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = {
    "copydesk": ("copydesk", "import copydesk; run = copydesk.clean"),
    "resiliparse": (
        "resiliparse",
        "from resiliparse.extract.html2text import extract_plain_text as x; run = lambda h: x(h, main_content=True)",
    ),
    "trafilatura": ("trafilatura", "import trafilatura; run = trafilatura.extract"),
    "selectolax (text of all)": (
        "selectolax",
        "from selectolax.lexbor import LexborHTMLParser as P; run = lambda h: P(h).text()",
    ),
}
ROUNDS = 3
PAGES = 60


def pages(files):
    """Whole pages as strings, at most PAGES of them."""
    found = []
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["html"] for line in lines]
    if not found:
        found = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.html"))] * 20
    return found[:PAGES]


def measure(name):
    """In a process of its own: the version, and the CPU seconds of each round over the pages on standard input."""
    from importlib.metadata import version

    distribution, code = PEERS[name]
    space = {}
    exec(code, space)
    texts = json.load(sys.stdin)
    rounds = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for text in texts:
            space["run"](text)
        rounds.append(time.process_time() - start)
    print(json.dumps({"version": version(distribution), "cpu": min(rounds[1:])}))


def environment():
    """The Python of the peers' own environment."""
    folder = ROOT / "target" / "peers"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        peers = [distribution for distribution, _ in PEERS.values() if distribution != "copydesk"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *peers], check=True)
    return python


def main(files):
    shared = Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared") / "data" / "markup"
    texts = pages(files or sorted(shared.glob("fundus-dev.jsonl.xz")))
    megabytes = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    peers = environment()
    print(f"{len(texts)} pages, {megabytes:.1f} MB; best of {ROUNDS} rounds, CPU time of one core")
    first = None
    for name in PEERS:
        python = sys.executable if name == "copydesk" else peers
        command = [python, __file__, "--measure", name]
        done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True)
        if done.returncode:
            print(f"{name:<26} failed: {done.stderr.strip().splitlines()[-1]}")
            continue
        result = json.loads(done.stdout)
        first = first or result["cpu"]
        rate = f"{len(texts) / result['cpu']:9.1f} pages/s {megabytes / result['cpu']:8.1f} MB/s"
        print(f"{name:<26}{result['version']:<10}{rate}   {result['cpu'] / first:6.1f} x the time of copydesk")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2])
    else:
        main(sys.argv[1:])
