"""Frames of pandas and polars, Arrow tables, and the schemas that all of them have."""

import datetime
import pickle
import re
import subprocess
import sys

import duckdb
import nanoarrow
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk as cd
from copydesk.arrow import annotate, schema

SEEDS = cd.parse_many(ROOT / "seeds")
TEXTS = ["<p>It cost $5 in Kyiv on Monday.</p>", None, "It took 3 km, the army said.", ""]
SPANS = [table for table in cd.TABLES if table not in ("documents", "failures")]


# Corpus tables


@pytest.mark.parametrize("table", cd.TABLES)
def test_pyarrow_reads_the_same_rows(table):
    rows = SEEDS.table(table).to_pylist()
    assert pa.table(SEEDS.table(table)).to_pylist() == rows
    assert pa.record_batch(SEEDS.table(table)).to_pylist() == rows
    assert pa.schema(SEEDS.table(table)) == schema(table)


@pytest.mark.parametrize("table", cd.TABLES)
def test_polars_reads_the_same_rows(table):
    assert pl.DataFrame(SEEDS.table(table)).to_dicts() == SEEDS.table(table).to_pylist()


@pytest.mark.parametrize("table", cd.TABLES)
def test_duckdb_reads_the_same_rows(table):
    found = SEEDS.table(table)
    names = duckdb.sql("select * from found").columns
    rows = [dict(zip(names, row)) for row in duckdb.sql("select * from found").fetchall()]
    assert rows == found.to_pylist()


@pytest.mark.parametrize("table", cd.TABLES)
def test_pandas_reads_the_same_rows(table):
    frame = SEEDS.table(table).to_pandas()
    assert list(frame) == SEEDS.table(table).columns
    plain = frame.astype(object).where(frame.notna(), None)
    rows = [dict(zip(plain, row)) for row in zip(*(plain[name] for name in plain))]
    assert [{name: same(value) for name, value in row.items()} for row in rows] == [
        {name: same(value) for name, value in row.items()} for row in SEEDS.table(table).to_pylist()
    ]


def same(value):
    """A value as pandas and Python both may hold it."""
    if isinstance(value, np.ndarray):
        return list(value)
    return pd.Timestamp(value) if isinstance(value, datetime.date) else value


def test_types_in_pandas():
    claims = SEEDS.claims.to_pandas()
    assert isinstance(claims["stance"].dtype, pd.CategoricalDtype)
    assert {str(claims[name].dtype)[:10] for name in ("published", "event_from", "event_to")} == {"datetime64"}
    one, two = (cd.parse_many([text]).claims.to_pandas() for text in ("It cost $5.", "It took 3 km, the army said."))
    assert isinstance(pd.concat([one, two])["stance"].dtype, pd.CategoricalDtype), "the categories are those of all batches"


def test_a_table_outlives_its_corpus():
    table = cd.parse_many(["It cost $5."]).quantities
    taken = table.to_arrow()
    del table
    assert taken.to_pylist()[0]["text"] == "$5"


def test_a_table_pickles():
    for name in cd.TABLES:
        table = SEEDS.table(name)
        for taken in (table, table.head(0), table.head(3)):
            back = pickle.loads(pickle.dumps(taken))
            assert isinstance(back, cd.Table) and back.to_arrow().equals(taken.to_arrow())


# Schemas


def documented(table):
    """(name, type, may be null) of each row of the table's section."""
    text = (ROOT / "docs" / "schemas.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {table}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    assert section, f"docs/schemas.md has no section {table}"
    return re.findall(r"^\| `(\w+)` \| (.+?) \| (yes|no) \| .+ \|$", section[1], re.M)


TYPES = {
    "large_string": "text",
    "int64": "int64",
    "double": "float64",
    "bool": "bool",
    "date32[day]": "date",
    "timestamp[s]": "timestamp",
    "large_list<item: large_string>": "list of text",
}


def shown(schema):
    """A schema as the page writes it."""
    return [(f.name, TYPES.get(str(f.type), "label"), "yes" if f.nullable else "no") for f in schema]


@pytest.mark.parametrize("table", cd.TABLES)
def test_schemas_are_those_of_the_page(table):
    assert documented(table) == shown(schema(table))
    for field in schema(table):
        if field.name in ("label", "kind", "bound", "stance", "source_type", "type", "mod", "relation", "change", "style"):
            assert pa.types.is_dictionary(field.type)


@pytest.mark.parametrize("by", ["claim", "group"])
def test_comparisons_are_those_of_the_page(by):
    assert documented(f"compare, by {by}") == shown(pa.table(SEEDS.compare(by=by)).schema)


def test_labels_are_those_of_the_page():
    text = (ROOT / "docs" / "schemas.md").read_text(encoding="utf-8")
    for table in cd.TABLES:
        for name, column in zip(schema(table).names, pa.table(SEEDS.table(table)).columns):
            if pa.types.is_dictionary(column.type):
                labels = column.chunk(0).dictionary.to_pylist()
                section = re.search(rf"^## {table}\n(.*?)(?=^## |\Z)", text, re.S | re.M)[1]
                row = re.search(rf"^\| `{name}` \| .*$", section, re.M)[0]
                assert [label for label in labels if f"`{label}`" not in row] == [], (table, name)


def test_no_rows_have_the_same_schema():
    for table in cd.TABLES:
        assert pa.table(cd.parse_many([]).table(table)).schema == schema(table)
        empty = pa.record_batch({"html": pa.array([], pa.string())})
        assert annotate(empty, table).schema == schema(table)
        assert annotate(pa.record_batch({"html": pa.nulls(3, pa.string_view())}), table).num_rows == 0


# annotate


KINDS = {
    "string": lambda texts: pa.array(texts, pa.string()),
    "large_string": lambda texts: pa.array(texts, pa.large_string()),
    "string_view": lambda texts: pa.array(texts, pa.string_view()),
    "binary": lambda texts: pa.array([text and text.encode() for text in texts], pa.binary()),
    "large_binary": lambda texts: pa.array([text and text.encode() for text in texts], pa.large_binary()),
    "binary_view": lambda texts: pa.array([text and text.encode() for text in texts], pa.binary_view()),
    "dictionary": lambda texts: pa.array(texts).dictionary_encode(),
    "list": lambda texts: pa.array([text if text is None else [text] for text in texts], pa.list_(pa.string())),
    "large_list": lambda texts: pa.array([text if text is None else [text] for text in texts], pa.large_list(pa.string_view())),
}


@pytest.mark.parametrize("kind", KINDS)
def test_columns_of_any_kind(kind):
    batch = pa.record_batch({"html": KINDS[kind](TEXTS)})
    rows = annotate(batch, "quantities").to_pylist()
    assert [(row["doc"], row["text"]) for row in rows] == [("0", "$5"), ("2", "3 km")]
    sliced = annotate(batch.slice(2, 2), "quantities").to_pylist()
    assert [(row["doc"], row["text"]) for row in sliced] == [("0", "3 km")]
    assert annotate(pa.table(batch), "quantities").to_pylist() == rows


def test_the_kind_that_goes_in_comes_out():
    batch = pa.record_batch({"id": [7, 8, 9, 10], "html": TEXTS})
    assert isinstance(annotate(batch), pa.RecordBatch) and isinstance(annotate(pa.table(batch)), pa.Table)
    frame = annotate(pl.DataFrame(batch), "quantities")
    assert isinstance(frame, pl.DataFrame) and frame["doc"].to_list() == ["7", "9"]
    assert isinstance(annotate(nanoarrow.Array(batch)), cd.Table)
    assert annotate(nanoarrow.Array(batch), "quantities").to_pylist() == annotate(batch, "quantities").to_pylist()
    assert annotate(pd.DataFrame({"html": TEXTS}), "quantities").to_pylist()[1]["doc"] == "2"
    chunked = pa.concat_tables([pa.table(batch), pa.table(batch.slice(2))])
    assert annotate(chunked, "quantities")["doc"].to_pylist() == ["7", "9", "9"]
    assert annotate(chunked.drop_columns("id"), "quantities")["doc"].to_pylist() == ["0", "2", "4"]


@pytest.mark.parametrize(
    "days",
    [
        pa.array([datetime.date(2024, 5, 17)] * 4),
        pa.array([datetime.date(2024, 5, 17)] * 4, pa.date64()),
        pa.array(["2024-05-17"] * 4),
        pa.array(["2024-05-17"] * 4).dictionary_encode(),
        pa.array([datetime.datetime(2024, 5, 17, 8)] * 4, pa.timestamp("ns")),
        pa.array([datetime.datetime(2024, 5, 17)] * 4, pa.timestamp("us")),
        pa.array([datetime.datetime(2024, 5, 17, 8)] * 4, pa.timestamp("ms", "UTC")),
        pa.array([datetime.datetime(2024, 5, 17, 8)] * 4, pa.timestamp("s")),
    ],
    ids=lambda days: str(days.type),
)
def test_days_of_any_kind(days):
    batch = pa.record_batch({"html": TEXTS, "published": days})
    assert annotate(batch, "dates").to_pylist()[0]["value"] == "2024-05-13"
    assert annotate(batch, "documents").to_pylist()[0]["published"] == datetime.date(2024, 5, 17)
    missing = pa.record_batch({"html": TEXTS, "day": pa.nulls(4, days.type)})
    assert annotate(missing, "dates", published="day").to_pylist()[0]["value"] == "XXXX-WXX-1"


def test_a_bad_day_is_a_failure():
    batch = pa.record_batch({"html": TEXTS, "published": ["12/9", None, "", "2024-05-17"]})
    assert annotate(batch, "failures").to_pylist() == [
        {"doc": "0", "error": "ValueError", "message": 'published="12/9" is not a date: write YYYY-MM-DD'}
    ]


def test_a_desk_of_ones_own():
    batch = pa.record_batch({"html": ["It took 2 pools."]})
    desk = cd.Desk(units={"pool": "2500 m**3"})
    assert annotate(batch, "quantities", desk=desk).to_pylist()[0]["si_value"] == 5000


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda b: annotate(7), TypeError, "batch=7 is no record batch: pass one of pyarrow or polars"),
        (lambda b: annotate(b["html"]), TypeError, "is no record batch"),
        (lambda b: annotate(b, "names"), ValueError, 'table="names" is no table'),
        (lambda b: annotate(b, column="body"), ValueError, 'column="body" is no column of the batch: it has n (Int64), html (Utf8)'),
        (lambda b: annotate(b, column="n"), ValueError, 'column="n" is of the type Int64: pass a column of text, bytes or lists of text'),
        (lambda b: annotate(b, id="x"), ValueError, 'id="x" is of the type Float64: pass a column of text or whole numbers'),
        (lambda b: annotate(b, published="n"), ValueError, "pass a column of dates, timestamps or text"),
        (lambda b: annotate(b.select(["n"])), ValueError, "column=None finds no column of documents: name it; there is n (Int64)"),
    ],
)
def test_errors_of_annotate(call, error, words):
    with pytest.raises(error, match=re.escape(words)):
        call(pa.record_batch({"n": [1], "html": ["It rained."], "x": [0.5]}))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.text(max_size=40), max_size=12), st.integers(0, 12), st.sampled_from(sorted(KINDS)))
def test_annotate_agrees_with_parse_many(texts, start, kind):
    texts = [text if text is None else text.replace("\x00", " ").encode("utf-8", "replace").decode() for text in texts]
    if kind.endswith("list") or "binary" in kind:
        kind = "string_view"
    batch = pa.record_batch({"html": KINDS[kind](texts)}).slice(min(start, len(texts)))
    there = [(str(place), text) for place, text in enumerate(texts[min(start, len(texts)) :]) if text is not None]
    corpus = cd.parse_many([text for _, text in there], ids=[id for id, _ in there])
    for table in ("documents", "sentences", "entities"):
        assert annotate(batch, table).to_pylist() == corpus.table(table).to_pylist()


# pandas


DTYPES = [object, "str", "string", pd.ArrowDtype(pa.string()), pd.ArrowDtype(pa.large_string()), "category"]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_pandas_strings_of_any_kind(dtype):
    pages = pd.Series(TEXTS, index=["x", "y", "z", "z"], name="body", dtype=dtype)
    clean = pages.copydesk.clean()
    assert clean.index.equals(pages.index) and clean.name == "body" and clean.isna().tolist() == [False, True, False, False]
    assert pd.api.types.is_string_dtype(clean.dtype) and (dtype in (object, "category") or clean.dtype == pages.dtype)
    assert clean.iloc[2] == "It took 3 km, the army said."
    assert pages.copydesk.quantities()["text"].to_dict() == {"x": "$5", "z": "3 km"}
    about = pages.copydesk.documents()
    assert about.index.equals(pages.index) and about["text"].isna().tolist() == [False, True, False, False]


def test_pandas_bytes_and_lists():
    pages = pd.Series([b"<p>It cost $5.</p>", ["One.", "It took 3 km."], None, float("nan"), pd.NA])
    assert pages.copydesk.quantities()["text"].to_dict() == {0: "$5", 1: "3 km"}


@pytest.mark.parametrize("texts", [[], [None, None]])
def test_pandas_without_documents(texts):
    pages = pd.Series(texts, index=pd.Index(range(len(texts)), name="n", dtype="int64"), dtype="str")
    assert len(pages.copydesk.clean()) == len(pages.copydesk.documents()) == len(texts)
    for table in SPANS:
        frame = getattr(pages.copydesk, table)()
        assert len(frame) == 0 and list(frame) == schema(table).names[1:] and frame.index.name == "n"


def test_pandas_indexes():
    index = pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2), ("b", 3)], names=["site", "n"])
    pages = pd.Series(TEXTS, index=index)
    assert list(pages.copydesk.quantities().index) == [("a", 1), ("b", 2)]
    assert pages.copydesk.sentences().index.names == ["site", "n"]
    assert pages.copydesk.documents().index.equals(index)
    days = pd.date_range("2024-05-17", periods=4)
    assert pd.Series(TEXTS, index=days).copydesk.entities().index.tolist() == [days[0]]
    assert pages[::-1].copydesk.quantities()["text"].tolist() == ["3 km", "$5"]


def test_pandas_days():
    pages = pd.Series(["It rained on Monday."] * 3, index=["a", "b", "b"])
    days = pd.Series(pd.to_datetime(["2024-05-17", None, "2024-05-10"]), index=pages.index)
    assert pages.copydesk.dates(published=days)["value"].tolist() == ["2024-05-13", "XXXX-WXX-1", "2024-05-06"]
    assert pages.copydesk.claims(published="2024-05-17")["event_date"].tolist() == ["2024-05-13"] * 3
    unique = pages.iloc[:2]
    other = pd.Series(["2024-05-10", "2024-05-17"], index=["b", "a"])
    assert unique.copydesk.dates(published=other)["value"].tolist() == ["2024-05-13", "2024-05-06"]
    with pytest.raises(ValueError, match="published has an index with doubles"):
        unique.copydesk.dates(published=days)
    with pytest.raises(ValueError, match="published has 1 items for 2 documents"):
        unique.copydesk.dates(published=["2024-05-17"])


# polars


def test_polars_types_are_known_beforehand():
    lazy = pl.LazyFrame({"body": TEXTS})
    for table in [*SPANS, "clean", "documents"]:
        query = lazy.select(getattr(pl.col("body").copydesk, table)())
        frame = query.collect()
        assert query.collect_schema() == frame.schema == query.collect(engine="streaming").schema
        assert frame["body"].null_count() == 1
        eager = getattr(frame.select(pl.Series("body", TEXTS))["body"].copydesk, table)()
        assert eager.to_list() == frame["body"].to_list()


def test_polars_rows_are_those_of_the_corpus():
    texts = [doc.source for doc in SEEDS]
    ids = [doc.id for doc in SEEDS]
    lazy = pl.LazyFrame({"doc": ids, "body": texts}).select("doc", row=pl.col("body").copydesk.claims())
    rows = lazy.filter(pl.col("row").list.len() > 0).explode("row").unnest("row").collect()
    assert rows.to_dicts() == pl.DataFrame(SEEDS.claims).to_dicts()


def test_polars_without_documents():
    for texts in ([], [None, None]):
        pages = pl.Series("body", texts, pl.String)
        assert pages.copydesk.claims().to_list() == pages.copydesk.clean().to_list() == texts
        assert pl.DataFrame(pages).select(pl.col("body").copydesk.dates()).height == len(texts)


def test_polars_strings_of_any_kind():
    for dtype in (pl.String, pl.Categorical, pl.Binary):
        pages = pl.Series("body", [text.encode() if text is not None and dtype == pl.Binary else text for text in TEXTS], dtype)
        assert pages.copydesk.clean().to_list()[2] == "It took 3 km, the army said."
    lists = pl.Series("body", [["One.", "It took 3 km."], None])
    assert lists.copydesk.quantities().list.len().to_list() == [1, None]
    both = pl.concat([pl.Series("body", TEXTS), pl.Series("body", TEXTS)], rechunk=False)
    assert both.copydesk.quantities().list.len().to_list() == [1, None, 1, 0] * 2


def test_polars_days():
    frame = pl.DataFrame({"body": ["It rained on Monday."] * 2, "day": [datetime.date(2024, 5, 17), None]})
    value = pl.element().struct.field("value")
    by_row = frame.lazy().select(pl.col("body").copydesk.dates(published=pl.col("day")).list.eval(value))
    assert by_row.collect()["body"].to_list() == [["2024-05-13"], ["XXXX-WXX-1"]]
    for published in ("2024-05-17", datetime.date(2024, 5, 17)):
        for got in (
            frame.select(pl.col("body").copydesk.dates(published=published))["body"],
            frame["body"].copydesk.dates(published=published),
        ):
            assert got.list.eval(value).to_list() == [["2024-05-13"]] * 2
    assert frame["body"].copydesk.dates(published=frame["day"]).list.eval(value).to_list()[0] == ["2024-05-13"]
    with pytest.raises(ValueError, match="published has 1 items for 2 documents"):
        frame["body"].copydesk.dates(published=frame["day"][:1])


def test_polars_with_a_desk():
    desk = cd.Desk(units={"pool": "2500 m**3"})
    frame = pl.DataFrame({"body": ["It took 2 pools."]})
    rows = frame.select(row=pl.col("body").copydesk(desk).quantities()).explode("row").unnest("row")
    assert rows["si_value"].to_list() == [5000]


def test_accessors_are_picked_up_whatever_is_imported_first():
    for code in (
        "import copydesk, polars as pl; print(pl.Series(['a']).copydesk.clean()[0])",
        "import polars as pl, copydesk; print(pl.Series(['a']).copydesk.clean()[0])",
        "import copydesk, polars, pandas; print(pandas.Series(['a']).copydesk.clean()[0])",
    ):
        assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "a\n"


def test_the_corpus_is_still_whole_after_a_pickle():
    again = pickle.loads(pickle.dumps(SEEDS))
    assert again.documents.to_pylist() == SEEDS.documents.to_pylist()
