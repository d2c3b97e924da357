"""Streaming many pages: documents a second of a core, and the peak of memory.

    python benches/scan.py [documents [workers]]

The pages are those of ../shared/data/markup, each with a number of its own, over and over; where these are absent, those of seeds/.
CPU time is that of the whole process, reading and writing included, so that a rate a core can be told on a machine that is busy.
"""

import itertools
import json
import lzma
import os
import re
import sys
import time
from pathlib import Path

import copydesk as cd

ROOT = Path(__file__).resolve().parents[1]


def pages():
    """Real pages, or the sample page."""
    shared = Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared") / "data" / "markup" / "fundus-dev.jsonl.xz"
    if shared.exists():
        with lzma.open(shared, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["html"] for line in lines]
    return [path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.html")]


def peak():
    """Megabytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def main(count=2_000, workers=None):
    found = pages()
    size = sum(len(page.encode("utf-8", "replace")) for page in found) / len(found)
    held = peak()
    endless = itertools.islice(itertools.cycle(found), int(count))
    numbered = (f"{page}<!-- {number} -->" for number, page in enumerate(endless))
    cd.claims("It took 3 km.")
    cpu, wall = time.process_time(), time.perf_counter()
    scan = cd.scan(numbered, "claims", workers=workers and int(workers))
    rows = sum(len(table) for table in scan)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{scan.done:,} pages of {size / 1e3:.0f} kB, {rows:,} claims, {scan.failed} failed")
    print(f"{scan.done / cpu:.0f} pages a second of CPU, {scan.done / wall:.0f} of time; {size * scan.done / cpu / 1e6:.0f} MB a second of CPU")
    print(f"peak {peak():.0f} MB, {held:.0f} MB of them before the scan (the pages themselves)")


if __name__ == "__main__":
    main(*sys.argv[1:])
