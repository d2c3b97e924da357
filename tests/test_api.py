"""The public face: options, errors, batches, tables, pickles, the command line."""

import copy
import datetime
import json
import operator
import pickle
import re
import subprocess
import sys
import time

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ROOT, press_soon
from invariants import check

import copydesk as cd

PAGE = """<!doctype html><html lang="en"><head><title>T</title><meta property="og:title" content="Wall holds">
<meta name="author" content="By Ann Lee"><meta property="article:published_time" content="2024-03-02T10:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Wall holds</h1><p>The <b>harb</b>our wall, 1,200 metres (3,937 feet)
long, cost &pound;4.5m &amp; held.</p><p>More than <a href="/40">40 homes</a> stayed dry. Nobody was hurt.</p>
<figure><figcaption>The wall. Credit: Post</figcaption></figure><aside class="promo">Buy our mug</aside></article>
<footer>© 2024 Post</footer></body></html>"""


def test_offsets_go_through_entities_tags_and_folded_space():
    doc = cd.parse(PAGE)
    check(doc)
    assert doc.text.startswith("The harbour wall, 1,200 metres (3,937 feet) long, cost £4.5m & held.")
    (wall,) = [q for q in doc.quantities if q.unit == "GBP"]
    assert doc.source[wall.source_start : wall.source_end] == "&pound;4.5m"
    assert (doc.links[0].text, doc.links[0].href) == ("40 homes", "/40")
    assert doc.source[doc.inlines[0].source_start : doc.inlines[0].source_end] == "harb"


def test_metadata():
    doc = cd.parse(PAGE)
    assert (doc.title, doc.byline, doc.language) == ("Wall holds", ["Ann Lee"], "en")
    assert doc.published == "2024-03-02T10:00:00Z"
    assert cd.parse(PAGE, published=datetime.date(2024, 3, 3)).published == "2024-03-03"


def test_what_is_left_out_can_be_kept():
    assert {left.kind for left in cd.parse(PAGE).dropped} == {"title", "nav", "caption", "promo", "notice"}
    kept = cd.Desk(keep=["caption"]).parse(PAGE)
    assert "caption" in [block.kind for block in kept.blocks]


def test_selectors():
    desk = cd.Desk(select="article", drop="p:first-of-type")
    doc = desk.parse(PAGE)
    assert doc.text.startswith("More than 40 homes") and "harbour" not in doc.text
    assert "selected" in [left.kind for left in doc.dropped]


def test_abbreviations():
    assert len(cd.sentences("The Xyzs. Smith left.")) == 2
    assert len(cd.Desk(abbreviations=["Xyzs"]).sentences("The Xyzs. Smith left.")) == 1


def test_surrogates_keep_offsets():
    source = "<p>It cost \ud800 $5 &amp; more.</p>"
    doc = cd.parse(source)
    (cost,) = doc.quantities
    assert source[cost.source_start : cost.source_end] == "$5"


def test_a_text_taken_as_it_is_keeps_its_surrogates():
    text = "Ana \ud83d Lopes said \udfff 40 \ud800 people died. “No,” said \udc80 Lee."
    found = [cd.sentences(text), cd.entities(text), cd.quantities(text), cd.quotes(text), cd.claims(text)]
    assert all(found) and "\ud83d" in found[0][0].text == str(found[0][0])
    for span in [span for spans in found for span in spans]:
        assert text[span.start : span.end] == span.text
        assert pickle.loads(pickle.dumps(span)) == span
    given = cd.entities(text, spans=[(0, 11, "PERSON")])
    assert given[0].text == text[:11] and pa.table(given.to_table())["text"][0].as_py() == "Ana \ufffd Lopes"



@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: cd.parse(None), TypeError, "source=None"),
        (lambda: cd.parse(7), TypeError, "source=7"),
        (lambda: cd.parse(["a", 3]), TypeError, "source[1]=3"),
        (lambda: cd.parse("a", kind="pdf"), ValueError, "kind=\"pdf\""),
        (lambda: cd.parse("a", published="12/9"), ValueError, "published='12/9' is not a date: write YYYY-MM-DD"),
        (lambda: cd.parse("a", published="2024-02-30"), ValueError, "YYYY-MM-DD"),
        (lambda: cd.sentences(b"a"), TypeError, "text=b'a'"),
        (lambda: cd.parse_many("abc"), FileNotFoundError, "sources='abc' is no file, no folder"),
        (lambda: cd.parse_many(b"abc"), TypeError, "sources=b'abc' is no list"),
        (lambda: cd.parse_many(["a"], ids=["x", "y"]), ValueError, "ids has 2 items for 1 sources"),
        (lambda: cd.parse_many(["a"], workers=0), ValueError, "workers=0"),
        (lambda: cd.parse_many(["a"], errors="ignore"), ValueError, "errors=\"ignore\""),
        (lambda: cd.parse_many(["a", None], errors="raise"), TypeError, "source=None"),
        (lambda: cd.Desk(select="p["), ValueError, "select=\"p[\""),
        (lambda: cd.Desk(keep=["advert"]), ValueError, "keep=\"advert\""),
        (lambda: cd.Desk(keep="caption"), TypeError, "keep='caption'"),
        (lambda: cd.read("no-such-file.txt"), FileNotFoundError, "no-such-file.txt"),
        (lambda: cd.parse("a").to_arrow("names"), ValueError, "table=\"names\""),
    ],
)
def test_errors_name_argument_value_and_remedy(call, error, words):
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)


def test_a_bad_document_loses_nothing_else():
    good = [PAGE, "It rained. 40 homes.", ["<p>One.</p>", "Two."]]
    corpus = cd.parse_many([good[0], None, good[1], float("nan"), b"\xff\xfe", good[2]])
    assert [doc.error is None for doc in corpus] == [True, False, True, False, False, True]
    assert [corpus[n].text for n in (0, 2, 5)] == [cd.parse(source).text for source in good]
    assert [row["doc"] for row in corpus.failures.to_pylist()] == ["1", "3", "4"]


def test_tables_agree_with_objects():
    corpus = cd.parse_many([PAGE, "It took 5 km."], ids=["a", "b"])
    for name in cd.TABLES:
        rows = corpus.table(name).to_pylist()
        assert corpus.table(name).to_arrow().to_pylist() == rows
        assert pl.DataFrame(corpus.table(name)).height == len(rows) == len(corpus.table(name).to_pandas())
    got = [(row["doc"], row["start"], row["text"], row["value"]) for row in corpus.quantities.to_pylist()]
    assert got == [(doc.id, q.start, q.text, q.value) for doc in corpus for q in doc.quantities]


def test_pandas_accessor():
    pages = pd.Series([PAGE, None, "It took 5 km."], index=["x", "y", "z"], name="body")
    clean = pages.copydesk.clean()
    assert list(clean.index) == ["x", "y", "z"] and clean.isna().tolist() == [False, True, False]
    assert set(pages.copydesk.quantities().index) == {"x", "z"}
    assert pages.astype("string").copydesk.sentences().loc["z", "text"] == "It took 5 km."
    assert "Credit" in " ".join(pages.copydesk(cd.Desk(keep=["caption"])).blocks()["text"])


def test_pickles():
    doc = cd.Desk(keep=["caption"]).parse(PAGE, published="2024-03-02", url="https://example.org")
    corpus = cd.parse_many([PAGE, None])
    things = [doc, doc.blocks[0], doc.dropped[0], doc.sentences[0], doc.quantities[0], *corpus]
    for thing in things:
        for again in (pickle.loads(pickle.dumps(thing)), copy.deepcopy(thing)):
            assert again == thing and repr(again) == repr(thing)
    assert repr(pickle.loads(pickle.dumps(corpus))) == repr(corpus)
    assert json.loads(doc.to_json())["quantities"][0]["text"] == doc.quantities[0].text


def test_a_loop_makes_the_spans_that_numbers_give():
    doc = cd.parse("<p>Ann &amp; Bo paid £5m (€6m) on Monday — \u201cno less,\u201d he said.</p>" * 40, published="2024-01-05")
    for spans in (doc.blocks, doc.sentences, doc.entities, doc.quantities, doc.dates, doc.quotes, doc.claims):
        loop = iter(spans)
        one_by_one = [spans[at] for at in range(len(spans))]
        assert len(one_by_one) > 30 and operator.length_hint(loop) == len(one_by_one)
        assert next(loop) == one_by_one[0] and operator.length_hint(loop) == len(one_by_one) - 1
        assert list(loop) == one_by_one[1:] and list(loop) == [] and list(spans) == one_by_one


def test_sequence():
    spans = cd.sentences("One. Two. Three.")
    assert [s.text for s in spans[1:]] == ["Two.", "Three."] and spans[-1].text == "Three."
    with pytest.raises(IndexError):
        spans[3]


def test_interrupt():
    pressed = press_soon()
    with pytest.raises(KeyboardInterrupt):
        cd.parse_many([PAGE * 20] * 200_000)
    assert time.time() - pressed[0] < 0.5


def test_progress_and_workers():
    seen = []
    one = cd.parse_many([PAGE] * 20, workers=1, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (20, 20)
    assert [doc.text for doc in one] == [doc.text for doc in cd.parse_many([PAGE] * 20, workers=2, progress=True)]


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><svg onload=alert(1)>"]


def test_html_is_escaped():
    text = " ".join(f"Ann {bad} saw 40 {bad} people." for bad in HOSTILE)
    for shown in (cd.parse(text, kind="text"), cd.parse_many([text, None], ids=[HOSTILE[0], "b"])):
        html = shown._repr_html_()
        assert "<script" not in html and "<img" not in html and "<svg" not in html and "40" in html


def run(*arguments, given=None):
    command = [sys.executable, "-m", "copydesk.cli", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT)


def test_command_line(tmp_path):
    done = run("seeds/", "--tables", "quantities,blocks", "--format", "parquet", "-o", tmp_path, "--html", tmp_path / "a.html")
    assert done.returncode == 0 and re.fullmatch(r"copydesk: 8 documents, 0 failed; .*, .* rows of blocks; .* s\n", done.stderr)
    assert len(pd.read_parquet(tmp_path / "quantities.parquet")) > 50
    assert "<mark" in (tmp_path / "a.html").read_text(encoding="utf-8")
    done = run("-", "--published", "2024-05-10", given="The army said on Monday it had taken 5 km.")
    claim = json.loads(done.stdout)
    assert (claim["unit"], claim["stance"], claim["event_from"]) == ("kilometer", "claim", "2024-05-06T00:00:00")
    done = run("-", "--tables", "quantities", "--format", "csv", given="It took 5 km.")
    assert done.stdout.startswith("doc,quantity,") and ",kilometer," in done.stdout


def test_command_line_errors(tmp_path):
    done = run("no-such.txt", "seeds/README.md", "--quiet")
    assert done.returncode == 1 and json.loads(done.stderr)["file"] == "no-such.txt"
    assert run("-", "--tables", "names", given="").returncode == 2
    done = run("-", "--tables", "comparison", given="")
    assert done.returncode == 2 and "comparisons have --compare" in done.stderr
    done = run("-", "--compare", tmp_path / "a.xlsx", given="")
    assert done.returncode == 2 and "name a file that ends in .jsonl, .csv, .parquet" in done.stderr
    assert "use one of them" in run("-", "--compare", "a.csv", "-o", tmp_path, "--resume", given="").stderr


def test_command_line_compares_all_documents(tmp_path):
    said = ("Russia said in March that 1,351 Russian soldiers had died.", "US officials estimated in July 2022 that 15,000 Russian troops died.")
    for n, text in enumerate(said):
        (tmp_path / f"{n}.txt").write_text(text)
    out = tmp_path / "out"
    for form in ("jsonl", "parquet", "csv"):
        done = run(tmp_path / "0.txt", tmp_path / "1.txt", "--published", "2022-09-13", "--compare", out / f"c.{form}")
        assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (out / "c.jsonl").read_text().splitlines()]
    assert [(row["verdict"], row["party"], row["amount"]) for row in rows] == [("differ", "RU", 1351.0), ("differ", "US", 15000.0)]
    assert list(pd.read_parquet(out / "c.parquet")["amount"]) == list(pd.read_csv(out / "c.csv")["amount"]) == [1351.0, 15000.0]


def test_accessor_is_there_whatever_is_imported_first():
    code = "import copydesk, pandas as pd; print(pd.Series(['a']).copydesk.clean()[0])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "a\n"


def test_dates_lean_on_the_day_of_publication():
    page = PAGE.replace("Nobody was hurt.", "Nobody was hurt on Tuesday.")
    assert [date.value for date in cd.parse(page).dates] == ["2024-02-27"]
    assert [date.value for date in cd.parse(page, published="2024-05-10").dates] == ["2024-05-07"]
    texts = ["It rained yesterday."] * 3
    corpus = cd.parse_many(texts, published=["2024-05-17", datetime.date(2024, 3, 1), None])
    assert [doc.dates[0].value for doc in corpus] == ["2024-05-16", "2024-02-29", "XXXX-XX-XX"]
    assert [row["value"] for row in corpus.dates.to_pylist()] == [doc.dates[0].value for doc in corpus]
    with pytest.raises(ValueError, match="published='17/5' is not a date"):
        cd.dates("It rained yesterday.", published="17/5")


def test_the_ends_of_a_date():
    day, clock, then, none = cd.dates("On 3 May 2021 in Lindau, from 8:30 p.m. on 4 May 2021; in 480 BC; for weeks.")[:4]
    assert (day.type, clock.type) == ("TIME", "TIME") or day.earliest == datetime.date(2021, 5, 3)
    assert clock.earliest == datetime.datetime(2021, 5, 4, 20, 30) and clock.latest == datetime.datetime(2021, 5, 4, 20, 31)
    assert (then.value, then.earliest, none.value, none.latest) == ("BC0480", None, "PXW", None)
    assert json.loads(json.dumps(clock.to_dict()))["earliest"] == "2021-05-04T20:30:00"
    assert pickle.loads(pickle.dumps(clock)) == clock


def test_dates_as_columns():
    rows = cd.parse_many(["In May 2021 they left at 9 a.m. on 7 June 2021."]).dates
    assert rows.to_pylist()[0]["earliest"] == datetime.datetime(2021, 5, 1)
    frame = rows.to_pandas()
    assert list(frame["latest"].dt.strftime("%Y-%m-%d %H:%M")) == ["2021-06-01 00:00", "2021-06-07 09:01"]
    pages = pd.DataFrame({"body": ["It rained on Monday.", None, "It rained on Monday."], "day": ["2024-05-17", None, "2024-05-10"]})
    assert list(pages["body"].copydesk.dates(published=pages["day"])["value"]) == ["2024-05-13", "2024-05-06"]


def test_a_users_own_names_win():
    desk = cd.Desk(names={"Paris": "PERSON", "Acme Widgets": "ORG"})
    text = "Paris bought Acme Widgets."
    assert [(e.text, e.label) for e in desk.entities(text)] == [("Paris", "PERSON"), ("Acme Widgets", "ORG")]
    assert pickle.loads(pickle.dumps(desk)) == desk and desk != cd.Desk()
    assert repr(cd.Desk(names={"Acme": "ORG"})) == "Desk(names={'Acme': 'ORG'})"
    with pytest.raises(ValueError, match="names=\"COMPANY\" is no label: use 'PERSON', 'ORG'"):
        cd.Desk(names={"Acme": "COMPANY"})
    with pytest.raises(TypeError, match="is no dict of str to str"):
        cd.Desk(names=["Acme"])


def test_names_that_are_given():
    text = "Ölaf Ann Lee came; Lee left Lima."
    found = cd.entities(text, spans=[(5, 12, "PERSON"), (19, 22, "PERSON"), (28, 32, "GPE")])
    assert [(e.text, e.entity_id, e.canonical) for e in found] == [("Ann Lee", 0, "Ann Lee"), ("Lee", 0, "Ann Lee"), ("Lima", 1, "Lima")]
    assert found[2].country == "PE" and abs(found[2].lat + 12.04) < 0.1
    with pytest.raises(ValueError, match="is no stretch of a text of 33 characters"):
        cd.entities(text, spans=[(5, 99, "PERSON")])


def test_labels_are_explained():
    assert cd.explain("GPE").startswith("countries, cities")
    with pytest.raises(ValueError, match="is no label"):
        cd.explain("CITY")


def test_entities_as_columns():
    rows = cd.parse_many(["Maj Gen Oleksandr Syrskyi left Kyiv."]).entities.to_pylist()
    assert [(row["text"], row["label"], row["role"], row["country"]) for row in rows] == [
        ("Oleksandr Syrskyi", "PERSON", "Maj Gen", None),
        ("Kyiv", "GPE", None, "UA"),
    ]
def test_sentences_are_explained():
    text = "Señor Gen. Lee met the U.S. Senate. It rained."
    told = cd.sentences(text, explain=True)
    assert [b.at for b in told if b.ends] == [s.end for s in cd.sentences(text)]
    assert all(text[b.start : b.end] == b.text for b in told)
    title = next(b for b in told if b.rule == "title")
    assert (title.text, title.ends, title.score, title.weights) == ("Gen. Lee", False, None, [])
    senate = next(b for b in told if b.text == "U.S. Senate.")
    assert not senate.ends and senate.score < 0 and all(isinstance(name, str) for name, _ in senate.weights)
    assert pickle.loads(pickle.dumps(senate)) == senate


def test_a_long_list_of_sentences_is_the_one_made_one_by_one():
    text = "“Só não!” he said. Zoë’s café burned. " * 2_000
    sentences = cd.sentences(text)
    listed = list(sentences)
    assert len(listed) > 2_000
    assert all(text[s.start : s.end] == s.text == text[s.source_start : s.source_end] for s in listed)
    assert listed[::501] == [sentences[at] for at in range(0, len(listed), 501)]


def test_comparisons():
    pages = ["The navy said that 40 sailors had died.", "Reuters said that 80 sailors died."]
    corpus = cd.parse_many(pages, ids=["a", "b"], published="2023-05-09")
    rows = corpus.compare().to_pylist()
    assert [(row["doc"], row["party"], row["verdict"], row["factor"]) for row in rows] == [
        ("a", "navy", "differ", 2.0),
        ("b", "reuters", "differ", 2.0),
    ]
    for row in rows:
        doc = next(doc for doc in corpus if doc.id == row["doc"])
        assert doc.text[row["start"] : row["end"]] == row["text"] == doc.claims[row["claim"]].text
    (group,) = corpus.compare(by="group").to_pylist()
    assert (group["claims"], group["documents"], group["sources"]) == (2, 2, 2)
    assert corpus[0].compare().to_pylist() == []
    with pytest.raises(ValueError, match="by=.page. is unknown"):
        corpus.compare(by="page")
    frame = pd.Series(pages, index=["x", "y"]).copydesk.compare(published="2023-05-09")
    assert list(frame.index) == ["x", "y"] and list(frame["amount"]) == [40.0, 80.0]
