"""Beyond one machine: a cluster of processes, duckdb, and the streaming engine of polars, each started for real."""

import re
import shutil
import sys
import threading
import time
from functools import partial

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pytest
from conftest import ROOT
from pyarrow import parquet

import copydesk as cd
from copydesk.arrow import annotate, schema

SEEDS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("0*"))]
COPIES = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Parquet files of pages, several row groups each, with a missing page."""
    folder = tmp_path_factory.mktemp("pages")
    for part in range(4):
        html = [*SEEDS * (COPIES // 4), None]
        ids = [f"{part}-{n}" for n in range(len(html))]
        pages = pa.table({"id": ids, "html": html, "published": ["2024-05-17"] * len(html)})
        parquet.write_table(pages, folder / f"{part}.parquet", row_group_size=4)
    return folder


@pytest.fixture(scope="module")
def expected(folder):
    pages = [row for row in pyarrow.dataset.dataset(folder).to_table().to_pylist() if row["html"] is not None]
    return in_order(cd.parse_many(pages).claims.to_pylist())


def in_order(rows):
    return sorted(rows, key=lambda row: (row["doc"], row["claim"]))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    folder = str(tmp_path_factory.mktemp("dask"))
    with distributed.LocalCluster(**options, local_directory=folder) as cluster, distributed.Client(cluster) as client:
        yield client


def test_batches_on_a_cluster(client, folder, expected):
    batches = list(pyarrow.dataset.dataset(folder).to_batches())
    futures = client.map(partial(annotate, table="claims"), batches, pure=False)
    tables = client.gather(futures)
    assert {table.schema for table in tables} == {schema("claims")}
    assert in_order(pa.Table.from_batches(tables).to_pylist()) == expected
    assert len(client.nthreads()) == 2


def claims_of(path, out):
    """What one task does: a file of pages in, a file of claims out; only the number of rows comes back."""
    with parquet.ParquetFile(path) as pages, parquet.ParquetWriter(out, schema("claims")) as claims:
        for batch in pages.iter_batches(batch_size=4):
            claims.write_batch(annotate(batch))
    return parquet.read_metadata(out).num_rows


def test_files_on_a_cluster(client, folder, expected, tmp_path):
    files = sorted(folder.glob("*.parquet"))
    counts = client.gather(client.map(claims_of, files, [tmp_path / file.name for file in files], pure=False))
    assert sum(counts) == len(expected)
    rows = pl.scan_parquet(tmp_path / "*.parquet").collect().to_dicts()
    assert [(row["doc"], row["text"], row["value"]) for row in in_order(rows)] == [
        (row["doc"], row["text"], row["value"]) for row in expected
    ]


def test_frames_on_a_cluster(client, folder, expected):
    dd = pytest.importorskip("dask.dataframe")
    pages = dd.read_parquet(folder, columns=["id", "html", "published"]).set_index("id", sort=False)
    empty = pd.Series([], dtype="str").copydesk.claims()
    claims = pages.map_partitions(lambda part: part["html"].copydesk.claims(published=part["published"]), meta=empty)
    frame = claims.compute()
    assert sorted(zip(frame.index, frame["claim"], frame["text"])) == [
        (row["doc"], row["claim"], row["text"]) for row in expected
    ]
    assert list(frame.dtypes) == list(empty.dtypes)


def test_spark_maps_batches(folder, expected, tmp_path, monkeypatch):
    """What the page on scale shows, in Spark's local mode."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install pyspark")
    if shutil.which("java") is None:
        pytest.skip("java is not installed: apt-get install default-jre-headless")
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    options = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    section = re.search(r"^## Spark\n(.*?)^## ", page, re.S | re.M)[1]
    blocks = re.findall(r"^```python[^\n]*\n(.*?)^```", section, re.S | re.M)
    with SparkSession.builder.master("local[2]").config(map=options).getOrCreate() as spark:
        names = {"pa": pa, "annotate": annotate, "schema": schema, "spark": spark}
        for block in blocks:
            exec(block.replace('"pages/"', repr(str(folder))).replace('"claims/"', repr(str(tmp_path / "claims"))), names)
    rows = parquet.read_table(tmp_path / "claims").to_pylist()
    assert in_order(rows) == expected and len(blocks) == 2


def test_duckdb_streams(folder, expected):
    reading = duckdb.connect()
    pages = reading.sql(f"select id, html, published from '{folder}/*.parquet'").to_arrow_reader(8)
    claims = pa.RecordBatchReader.from_batches(schema("claims"), map(annotate, pages))
    counted = duckdb.sql("select doc, count(*) from claims group by doc order by doc").fetchall()
    wanted = {row["doc"]: 0 for row in expected}
    for row in expected:
        wanted[row["doc"]] += 1
    assert counted == sorted(wanted.items())


def test_duckdb_calls_it(folder, expected):
    """As a function of SQL: a list of values for each page."""

    def amounts(pages):
        lists = pl.Series(pages).copydesk.quantities().list.eval(pl.element().struct.field("si_value"))
        return lists.to_arrow().cast(pa.list_(pa.float64()))

    connection = duckdb.connect()
    connection.create_function("amounts", amounts, ["VARCHAR"], "DOUBLE[]", type="arrow")
    rows = connection.sql(f"select id, len(amounts(html)) from '{folder}/*.parquet' where html is not null").fetchall()
    corpus = cd.parse_many(SEEDS)
    assert sorted({count for _, count in rows}) == sorted({len(doc.quantities) for doc in corpus})


def test_polars_streams(folder, expected):
    lazy = pl.scan_parquet(folder / "*.parquet").select(
        doc="id", row=pl.col("html").copydesk.claims(published=pl.col("published"))
    )
    rows = lazy.filter(pl.col("row").list.len() > 0).explode("row").unnest("row").collect(engine="streaming")
    assert in_order(rows.to_dicts()) == in_order(pl.DataFrame(pa.Table.from_pylist(expected, schema("claims"))).to_dicts())


def test_the_lock_is_released():
    """Another thread runs Python while a batch is read."""
    batch = pa.record_batch({"html": SEEDS * 100})
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    annotate(batch)
    took = time.perf_counter() - start
    stop.set()
    thread.join()
    during = [tick for tick in ticks if start <= tick <= start + took]
    assert len(during) > 20 and max(b - a for a, b in zip(during, during[1:])) < max(0.25, took / 3)


def test_threads_read_batches_of_their_own():
    batch = pa.record_batch({"html": SEEDS * 5})
    wanted = annotate(batch).to_pylist()
    found = []
    threads = [threading.Thread(target=lambda: found.append(annotate(batch).to_pylist())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 4
