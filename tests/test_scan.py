"""Streaming: tables of more documents than memory holds."""

import itertools
import json
import subprocess
import sys
import threading
import time

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from conftest import ROOT, press_soon

import copydesk as cd

PAGE = (ROOT / "seeds" / "05_artemis_page.html").read_text(encoding="utf-8")


def test_the_rows_are_those_of_a_corpus():
    texts = [PAGE, None, "It took 3 km.", *["It cost $5."] * 100]
    corpus = cd.parse_many(texts)
    for table in cd.TABLES:
        scan = cd.scan(texts, table)
        assert [row for batch in scan for row in batch.to_pylist()] == corpus.table(table).to_pylist()
        assert (scan.done, scan.failed, len(scan.failures)) == (103, 1, 1)
    assert scan.failures.to_pylist() == corpus.failures.to_pylist()


def test_a_scan_of_several_tables_gives_corpora():
    corpora = list(cd.scan(["It took 3 km."] * 70, ["claims", "quantities"]))
    assert [len(corpus) for corpus in corpora] == [32, 32, 6]
    assert sum(len(corpus.quantities) for corpus in corpora) == 70
    assert corpora[-1][-1].id == "69"


def test_order_is_that_of_the_sources():
    texts = [PAGE if n % 7 == 0 else "It rained." for n in range(200)]
    tables = [table.to_pylist() for table in cd.scan(texts, "documents", workers=3)]
    assert [len(table) for table in tables] == [32] * 6 + [8]
    assert [row["doc"] for table in tables for row in table] == [str(n) for n in range(200)]


def test_no_more_documents_are_taken_than_are_needed():
    taken = itertools.count()
    scan = cd.scan((f"It took {next(taken)} km." for _ in itertools.repeat(None)), "quantities", workers=2)
    for _ in range(10):
        next(scan)
    assert next(taken) <= 10 * 32 + 64
    assert scan.done == 320


def test_arrow_consumers_read_it_to_its_end():
    texts = ["It took 3 km."] * 100
    assert pa.table(cd.scan(texts, "quantities")).num_rows == 100
    assert pl.DataFrame(cd.scan(texts, "quantities")).height == 100
    reader = pa.RecordBatchReader.from_stream(cd.scan(texts, "quantities"))
    assert [batch.num_rows for batch in reader] == [32, 32, 32, 4]
    scan = cd.scan(texts, "quantities")
    assert duckdb.sql("select unit, count(*) from scan group by 1").fetchall() == [("kilometer", 100)]
    with pytest.raises(TypeError, match="a scan of several tables is no Arrow stream"):
        pa.table(cd.scan(texts, ["quantities"]))


def test_errors_end_a_scan():
    scan = cd.scan(["One.", None, "Two."], "sentences", errors="raise")
    with pytest.raises(TypeError, match="source=None is no document"):
        next(scan)
    assert list(scan) == []
    with pytest.raises(pa.ArrowException, match="source=None is no document"):
        pa.table(cd.scan(["One.", None], "sentences", errors="raise"))
    for wrong, words in ((7, "table=7 is no table: pass a name or a list of names"), ("names", 'table="names" is no table')):
        with pytest.raises((TypeError, ValueError), match=words):
            cd.scan(["One."], wrong)


def test_progress():
    seen = []
    scan = cd.scan(["One."] * 40, "sentences", progress=lambda done, total: seen.append((done, total)))
    assert sum(1 for _ in scan) == 2 and seen == [(32, 40), (40, 40)]


def test_interrupt():
    pressed = press_soon()
    with pytest.raises(KeyboardInterrupt):
        for _ in cd.scan(itertools.repeat(PAGE)):
            pass
    assert time.time() - pressed[0] < 0.5


def test_threads_do_not_share_a_scan():
    scan = cd.scan(itertools.repeat(PAGE, 600), "claims")
    errors = []

    def read():
        try:
            for _ in scan:
                pass
        except RuntimeError as error:
            errors.append(str(error))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("borrowed" in error for error in errors) and scan.done <= 600


MEASURE = """
import json, re, sys
import copydesk as cd

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024

page = open(sys.argv[1], encoding="utf-8").read()
filler = "<p>" + "It rained in the north. " * 20 + "</p>"
size = 200_000
page = page.replace("</body>", filler * (size // len(filler)) + "</body>")
pages = (page.replace("Artemis", f"Artemis {n}") for n in range(int(sys.argv[2])))
rows = sum(len(table) for table in cd.scan(pages, "claims"))
print(json.dumps({"rows": rows, "peak": peak(), "page": len(page) / 2**20}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_memory_is_bounded():
    """The peak after 600 pages of 200 kB is that of 100."""
    path = str(ROOT / "seeds" / "05_artemis_page.html")
    peaks = {}
    for count in (100, 600):
        done = subprocess.run([sys.executable, "-c", MEASURE, path, str(count)], capture_output=True, text=True, check=True)
        told = json.loads(done.stdout)
        assert told["rows"] > count
        peaks[count] = told["peak"]
    assert peaks[600] < 200 + 64 * told["page"], peaks
    assert peaks[600] < peaks[100] * 1.25, peaks
