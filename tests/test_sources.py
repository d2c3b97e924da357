"""What documents come from: files, folders, records; and what becomes of those that cannot be read."""

import bz2
import datetime
import gzip
import json
import lzma
import signal
import subprocess
import sys
import time

import pandas as pd
import pyarrow as pa
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

import copydesk as cd
from copydesk.sources import Item, items

RECORDS = [
    {"id": "a", "html": "<p>It cost $5.</p>", "published": "2024-05-17", "url": "https://example.org/a"},
    {"id": "b", "html": "It rained on Monday.", "published": "2024-05-10", "url": None},
    {"id": "c", "html": ["<p>One.</p>", "It took 3 km."], "published": None, "url": None},
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.html").write_bytes(b"<p>It cost $5.</p>")
    (tmp_path / "deep" / "b.txt.gz").write_bytes(gzip.compress(b"It rained on Monday."))
    (tmp_path / "deep" / "c.json").write_text(json.dumps(RECORDS[2]["html"]))
    (tmp_path / "notes.md").write_text("no document")
    (tmp_path / "pages.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, RECORDS)).encode()))
    return tmp_path


def told(corpus):
    return [(doc.id, doc.text, doc.published, doc.url) for doc in corpus]


EXPECTED = [
    ("a", "It cost $5.", "2024-05-17", "https://example.org/a"),
    ("b", "It rained on Monday.", "2024-05-10", None),
    ("c", "One.\n\nIt took 3 km.", None, None),
]


def test_records():
    assert told(cd.parse_many(RECORDS)) == EXPECTED
    assert told(cd.parse_many(iter(RECORDS))) == EXPECTED
    renamed = [{"key": r["id"], "body": r["html"], "day": r["published"], "link": r["url"]} for r in RECORDS]
    assert told(cd.parse_many(items(renamed, column="body", id="key", published="day", url="link"))) == EXPECTED


@pytest.mark.parametrize(("ending", "pack"), [("", bytes), (".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_json_lines(tmp_path, ending, pack):
    path = tmp_path / f"pages.jsonl{ending}"
    path.write_bytes(pack("\r\n\n".join(map(json.dumps, RECORDS)).encode()))
    assert told(cd.parse_many(path)) == told(cd.parse_many(str(path))) == EXPECTED
    assert [doc.id for doc in cd.parse_many(items(path, id="nothing"))] == [f"{path}:{n}" for n in (1, 3, 5)]


def test_parquet(tmp_path):
    days = [datetime.date(2024, 5, 17), datetime.date(2024, 5, 10), None]
    texts = ["<p>It cost $5.</p>", "It rained on Monday.", "One.\n\nIt took 3 km."]
    table = pa.table({"id": ["a", "b", "c"], "published": days, "url": ["https://example.org/a", None, None], "html": texts})
    parquet.write_table(table, tmp_path / "pages.parquet", row_group_size=2)
    assert told(cd.parse_many(tmp_path)) == EXPECTED
    with pytest.raises(ValueError, match="column='body' finds no column: there is id, published, url, html"):
        cd.parse_many(items(tmp_path, column="body"))


def test_parquet_without_pyarrow(tmp_path):
    path = tmp_path / "pages.parquet"
    path.write_bytes(b"")
    code = f"import sys; sys.modules['pyarrow'] = None; import copydesk; copydesk.parse_many({str(path)!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert f"sources={str(path)!r} needs pyarrow: pip install \"copydesk[parquet]\"" in done.stderr


def test_folder_pattern_and_paths(folder):
    names = [doc.id.removeprefix(f"{folder}/") for doc in cd.parse_many(folder)]
    assert names == ["a.html", "deep/b.txt.gz", "deep/c.json", "a", "b", "c"]
    assert len(cd.parse_many(f"{folder}/**/*.txt.gz")) == len(cd.parse_many(f"{folder}/*.html")) == 1
    assert [doc.text for doc in cd.parse_many([folder / "notes.md", folder / "a.html"])] == ["no document", "It cost $5."]
    with pytest.raises(FileNotFoundError, match="is no file, no folder and no pattern"):
        cd.parse_many(f"{folder}/*.pdf")
    with pytest.raises(FileNotFoundError, match="to read one document, use parse"):
        cd.parse_many("<p>" + "It rained. " * 1000)


def test_what_cannot_be_read_is_a_row(tmp_path):
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(b"<p>It rained.</p>" * 99)[:30])
    (tmp_path / "no.txt.gz").write_bytes(b"It rained.")
    (tmp_path / "no.html.xz").write_bytes(b"It rained.")
    (tmp_path / "no.parquet").write_bytes(b"It rained.")
    lines = ['{"html": "It rained."}', "{", "7", '{"day": 1}', '{"html": "It rained.", "published": "12/9"}', "[" * 99_999]
    (tmp_path / "pages.jsonl").write_text("\n".join(lines))
    corpus = cd.parse_many([tmp_path / "absent.html", tmp_path / "a.warc.gz", tmp_path])
    failures = {row["doc"].removeprefix(f"{tmp_path}/"): row for row in corpus.failures.to_pylist()}
    kinds = {name: row["error"] for name, row in failures.items()}
    assert kinds == {
        "absent.html": "FileNotFoundError",
        "a.warc.gz": "FileNotFoundError",
        "cut.html.gz": "ValueError",
        "no.txt.gz": "OSError",
        "no.html.xz": "ValueError",
        "no.parquet": "ValueError",
        "pages.jsonl:2": "ValueError",
        "pages.jsonl:3": "TypeError",
        "pages.jsonl:4": "ValueError",
        "pages.jsonl:5": "ValueError",
        "pages.jsonl:6": "ValueError",
    }
    assert failures["pages.jsonl:5"]["message"] == "published='12/9' is not a date: write YYYY-MM-DD"
    assert failures["pages.jsonl:4"]["message"] == "column=None finds no document in the record: it has day"
    assert len(corpus) == 12
    with pytest.raises(FileNotFoundError):
        cd.parse_many([tmp_path / "absent.html"], errors="raise")
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b"WARC/1.0"))
    assert "is a web archive" in cd.parse_many(tmp_path / "a.warc.gz").failures.to_pylist()[0]["message"]


def test_skip_goes_on_where_it_stopped(folder):
    assert [item.id for item in items(folder / "pages.jsonl.gz", skip=["a", "c"])] == ["b"]
    assert [doc.id for doc in cd.parse_many(items(["One.", "Two.", "Three."], skip=[0, 1]))] == ["2"]
    first = cd.parse_many(items(RECORDS[:2])).documents.to_pandas()["doc"]
    assert [doc.id for doc in cd.parse_many(items(RECORDS, skip=first))] == ["c"]


def test_ids_and_days():
    assert [doc.id for doc in cd.parse_many((text for text in ["One.", "Two."]), ids=iter([8, 9]))] == ["8", "9"]
    days = [pd.Timestamp("2024-05-17"), float("nan"), pd.NaT, "", None]
    assert [doc.published for doc in cd.parse_many(["It rained."] * 5, published=days)] == ["2024-05-17T00:00:00"] + [None] * 4
    assert [doc.published for doc in cd.parse_many(RECORDS, published="2020-01-01")] == ["2024-05-17", "2024-05-10", "2020-01-01"]
    for ids, words in (([1], "for 2 sources"), (iter([1]), "ids has 1 items for more sources"), (iter("abc"), "more items than the 2")):
        with pytest.raises(ValueError, match=words):
            cd.parse_many(["One.", "Two."], ids=ids)
    with pytest.raises(TypeError, match="ids='ab' is no list"):
        cd.parse_many(["One.", "Two."], ids="ab")
    with pytest.raises(ValueError, match="published='12/9' is not a date"):
        cd.parse_many(["One."], published="12/9")
    corpus = cd.parse_many(["One.", "Two."], published=["2024-05-17", "12/9"])
    assert [doc.error is None for doc in corpus] == [True, False]


def test_total_is_known_where_it_can_be(folder):
    def total(sources):
        seen = []
        cd.parse_many(sources, progress=lambda done, total: seen.append((done, total)))
        return seen

    assert total(["One.", "Two."])[-1] == (2, 2)
    assert {count for _, count in total(folder / "deep")} == {2}
    streamed = total(iter(["One."] * 2_000))
    assert streamed[0][1] is None and streamed[-1] == (2_000, 2_000)
    assert total([]) == []
    assert len(cd.parse_many(iter(["One."] * 5), progress=True)) == 5


FIELDS = st.sampled_from(["id", "html", "url", "published", "x"])
VALUES = st.none() | st.integers() | st.text(max_size=20)


@settings(deadline=None)
@given(st.lists(st.dictionaries(FIELDS, VALUES, max_size=4), max_size=6))
def test_any_records_give_documents(records):
    corpus = cd.parse_many(records)
    assert len(corpus) == len(records)
    assert [doc.error is None for doc in corpus].count(False) == len(corpus.failures)


def test_an_error_of_the_iterable_is_its_own():
    def broken():
        yield "One."
        raise LookupError("the source is gone")

    with pytest.raises(LookupError, match="the source is gone"):
        cd.parse_many(broken())
    assert Item("a", LookupError("x")) and cd.parse_many([Item("a", LookupError("x"))])[0].error is not None


def run(*arguments, given=None):
    command = [sys.executable, "-m", "copydesk.cli", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT)


def test_command_line_over_records(tmp_path):
    lines = "\n".join(json.dumps({"key": n, "body": f"It took {n} km."}) for n in range(70))
    (tmp_path / "pages.jsonl").write_text(lines + "\nbroken\n")
    options = ["--tables", "quantities", "--fields", "column=body,id=key", "--published", "2024-05-17", "-o", tmp_path / "out"]
    done = run(tmp_path / "pages.jsonl", "--format", "parquet", "--part", "30", *options)
    assert done.returncode == 1
    complaint, summary = done.stderr.splitlines()
    assert json.loads(complaint)["file"] == f"{tmp_path}/pages.jsonl:71"
    assert summary.startswith("copydesk: 71 documents, 1 failed; 70 rows of quantities; ")
    parts = sorted((tmp_path / "out").glob("*.parquet"))
    assert [part.name for part in parts] == ["quantities.00001.parquet", "quantities.00002.parquet", "quantities.parquet"]
    assert sorted(pd.concat(map(pd.read_parquet, parts))["value"]) == list(range(70))


def test_command_line_resumes(tmp_path):
    out = tmp_path / "out"
    texts = {f"{n:02}.txt": f"It took {n} km." for n in range(40)}
    for name, text in list(texts.items())[:33]:
        (tmp_path / name).write_text(text)
    options = ["--tables", "quantities", "--part", "32", "-o", out]
    assert run(tmp_path / "*.txt", *options).returncode == 0
    # As if the second part had been broken off.
    log = (out / "copydesk.log").read_text().splitlines(keepends=True)
    (out / "copydesk.log").write_text(log[0])
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    done = run(tmp_path / "*.txt", *options, "--resume")
    assert done.stderr.startswith("copydesk: 8 documents, 32 before, 0 failed")
    rows = [json.loads(line) for file in sorted(out.glob("*.jsonl")) for line in file.read_text().splitlines()]
    assert sorted(row["value"] for row in rows) == list(range(40))
    assert not list(out.glob("*.part"))
    assert run(tmp_path / "*.txt", *options).returncode == 0
    assert sum(len(file.read_text().splitlines()) for file in out.glob("*.jsonl")) == 40
    for wrong, words in ((["--resume"], "--resume cannot go to standard output"), (["--fields", "html"], "--fields='html' is none")):
        done = run(tmp_path, *wrong)
        assert done.returncode == 2 and words in done.stderr


def begin(*arguments):
    command = [sys.executable, "-m", "copydesk.cli", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_command_line_is_broken_off_and_goes_on(tmp_path):
    count = 6_000
    text = "The army said it had lost 40 trucks near Kherson on Monday. " * 10
    (tmp_path / "pages.jsonl").write_text("\n".join(json.dumps({"id": n, "text": f"It took {n} km. {text}"}) for n in range(count)))
    options = [tmp_path / "pages.jsonl", "--tables", "claims,documents", "--part", "64", "-o", tmp_path / "out"]
    running = begin(*options)
    while not (tmp_path / "out" / "documents.jsonl").exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130 and told.startswith("copydesk: "), told
    assert run(*options, "--resume").returncode == 0
    rows = [json.loads(line)["doc"] for file in (tmp_path / "out").glob("documents*.jsonl") for line in file.open()]
    assert len(rows) == count and set(rows) == set(map(str, range(count)))


def test_command_line_into_a_closed_pipe(tmp_path):
    (tmp_path / "pages.jsonl").write_text('{"text": "It took 3 km."}\n' * 20_000)
    running = begin(tmp_path / "pages.jsonl")
    assert running.stdout.readline().startswith('{"doc"')
    running.stdout.close()
    assert running.wait(timeout=30) == 141 and running.stderr.read() == ""


def test_command_line_stops_at_the_first():
    done = run("no-such.txt", "seeds", "--errors", "raise")
    assert done.returncode == 1 and "no-such.txt" in done.stderr
