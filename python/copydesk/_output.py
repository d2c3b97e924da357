"""Tables on disk, in parts: a part that is finished is complete, and the log says which documents are in it."""

from __future__ import annotations

import csv
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from ._copydesk import Corpus, Table

FORMATS = ("jsonl", "csv", "parquet")

LOG = "copydesk.log"
"""A line of JSON for each finished part: its number, and the ids of its documents."""

GROUP = 50_000
"""Rows of a Parquet file that are written together."""


def _written(value: object) -> object:
    """Days and moments as ISO 8601 has them; anything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


class _Writer(ABC):
    """One table in one file, or on standard output."""

    @abstractmethod
    def write(self, table: Table) -> None: ...

    def close(self) -> None:
        """Ends the file."""


class _Lines(_Writer):
    """JSON lines, or CSV with a first line of names."""

    def __init__(self, path: Path | None, form: str, empty: Table) -> None:
        self._stream: TextIO = sys.stdout if path is None else path.open("w", encoding="utf-8", newline="")
        self._csv = csv.DictWriter(self._stream, empty.columns, lineterminator="\n") if form == "csv" else None
        if self._csv is not None:
            self._csv.writeheader()

    def write(self, table: Table) -> None:
        rows: Iterable[dict[str, Any]] = (
            {name: _written(value) for name, value in row.items()} for row in table.to_pylist()
        )
        if self._csv is None:
            self._stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        else:
            self._csv.writerows(
                {name: "; ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()} for row in rows
            )

    def close(self) -> None:
        self._stream.flush()
        if self._stream is not sys.stdout:
            self._stream.close()


class _Parquet(_Writer):
    """A Parquet file, many rows to a group."""

    def __init__(self, path: Path, empty: Table) -> None:
        from pyarrow import parquet

        self._file = parquet.ParquetWriter(path, empty.to_arrow().schema)
        self._waiting: list[Any] = []

    def write(self, table: Table) -> None:
        self._waiting.append(table.to_arrow())
        if sum(map(len, self._waiting)) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        from pyarrow import concat_tables

        if self._waiting:
            self._file.write_table(concat_tables(self._waiting))
            self._waiting = []

    def close(self) -> None:
        self._flush()
        self._file.close()


def _writer(path: Path | None, form: str, empty: Table) -> _Writer:
    """What writes tables with the columns of `empty`; to standard output where there is no path."""
    return _Parquet(path, empty) if form == "parquet" and path is not None else _Lines(path, form, empty)


def write_table(table: Table, path: Path) -> None:
    """One table as one file, in the form that its ending names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = _writer(path, path.suffix[1:], table)
    writer.write(table)
    writer.close()


class Output:
    """Tables in a folder, or on standard output where there is none.

    Each table is a file, `claims.jsonl`; after `part` documents a further one is begun, `claims.00001.jsonl`. A file has its name
    only once it is complete.
    """

    def __init__(self, folder: Path | None, form: str, tables: Sequence[str], part: int, resume: bool) -> None:
        self._folder, self._form, self._tables, self._part = folder, form, tables, part
        self.done: set[str] = set()
        self.rows = dict.fromkeys(tables, 0)
        self._number = 0
        self._ids: list[str] = []
        self._count = 0
        self._open: dict[str, _Writer] = {}
        self._torn = False
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._begin(folder / LOG, resume)

    def _begin(self, log: Path, resume: bool) -> None:
        """Takes up the parts of an earlier run, or clears them away."""
        parts = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
        if resume:
            self._number = len(parts)
            self.done.update(id for part in parts for id in part["ids"])
            return
        for part in parts:
            for name in part["files"]:
                (log.parent / name).unlink(missing_ok=True)
        log.unlink(missing_ok=True)

    def _name(self, table: str) -> str:
        number = f".{self._number:05}" if self._number else ""
        return f"{table}{number}.{self._form}"

    def _unfinished(self, table: str) -> Path | None:
        return self._folder / f"{self._name(table)}.part" if self._folder is not None else None

    def write(self, corpus: Corpus) -> None:
        """Writes the rows of some documents."""
        self._torn = True
        for name in self._tables:
            if name not in self._open:
                self._open[name] = _writer(self._unfinished(name), self._form, Corpus([]).table(name))
            table = corpus.table(name)
            self._open[name].write(table)
            self.rows[name] += len(table)
        self._count += len(corpus)
        self._ids += [doc.id for doc in corpus if doc.error is None]
        self._torn = False
        if self._folder is not None and self._count >= self._part:
            self.finish()

    def finish(self) -> None:
        """Completes the part that is being written, one without rows too if there is no other.

        A part that was broken off between two tables stays unfinished: its documents are read again.
        """
        if self._folder is None or self._torn or not (self._open or self._number == 0):
            for writer in self._open.values():
                writer.close()
            return
        for name in self._tables:
            writer = self._open.get(name) or _writer(self._unfinished(name), self._form, Corpus([]).table(name))
            writer.close()
        files = [self._name(name) for name in self._tables]
        for name in files:
            (self._folder / f"{name}.part").replace(self._folder / name)
        with (self._folder / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps({"part": self._number, "files": files, "ids": self._ids}) + "\n")
        self._number += 1
        self._ids, self._count, self._open = [], 0, {}
