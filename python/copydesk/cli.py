"""The command line: documents in, tables out.

copydesk seeds/ --tables claims,quotes --format parquet -o out/ --html out/articles.html
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from . import TABLES, Corpus, Desk, Table, __version__
from .notebook import page_html

SUFFIXES = (".html", ".htm", ".txt", ".json")
FORMATS = ("jsonl", "csv", "parquet")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="copydesk", description="News in, tables out.")
    parser.add_argument("paths", nargs="+", help="files, folders (their *.html, *.txt, *.json), or - for standard input")
    parser.add_argument("--tables", default="claims", help=f"comma-separated, of: {', '.join(TABLES)}")
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="default: jsonl; parquet needs pyarrow")
    parser.add_argument("-o", "--output", type=Path, help="folder for the tables; else they go to standard output")
    parser.add_argument("--html", type=Path, help="write one page with the highlighted articles")
    parser.add_argument("--published", help="day of publication, YYYY-MM-DD")
    parser.add_argument("--workers", type=int, help="threads (default: one a core)")
    parser.add_argument("--select", help="CSS selector of what to read")
    parser.add_argument("--drop", help="CSS selector of what to throw away")
    parser.add_argument("--progress", action="store_true", help="a progress bar (needs tqdm)")
    parser.add_argument("--version", action="version", version=f"copydesk {__version__}")
    return parser


def files_of(paths: Sequence[str]) -> list[Path | None]:
    found: list[Path | None] = []
    for name in paths:
        path = Path(name)
        if name == "-":
            found.append(None)
        elif path.is_dir():
            found += sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
        else:
            found.append(path)
    return found


def _complain(file: str, error: BaseException) -> None:
    print(json.dumps({"file": file, "error": type(error).__name__, "message": str(error)}), file=sys.stderr)


def _load(files: Sequence[Path | None]) -> tuple[list[str], list[bytes], int]:
    names: list[str] = []
    sources: list[bytes] = []
    failed = 0
    for file in files:
        name = "-" if file is None else str(file)
        try:
            source = sys.stdin.buffer.read() if file is None else file.read_bytes()
        except OSError as error:
            _complain(name, error)
            failed += 1
            continue
        names.append(name)
        sources.append(source)
    return names, sources, failed


def _written(value: object) -> object:
    """Days and moments as ISO 8601 has them; anything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def _write_rows(table: Table, form: str, stream: TextIO) -> None:
    rows = [{name: _written(value) for name, value in row.items()} for row in table.to_pylist()]
    if form == "csv":
        writer = csv.DictWriter(stream, table.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write(corpus: Corpus, name: str, form: str, folder: Path | None) -> None:
    table = corpus.table(name)
    if folder is None:
        _write_rows(table, form, sys.stdout)
    elif form == "parquet":
        import pyarrow.parquet

        pyarrow.parquet.write_table(table.to_arrow(), folder / f"{name}.parquet")
    else:
        with (folder / f"{name}.{form}").open("w", encoding="utf-8", newline="") as stream:
            _write_rows(table, form, stream)


def _check(options: argparse.Namespace) -> list[str]:
    tables = [name.strip() for name in options.tables.split(",") if name.strip()]
    for name in tables:
        if name not in TABLES:
            raise ValueError(f"--tables={name!r} is no table: use {', '.join(TABLES)}")
    if options.format == "parquet":
        if options.output is None:
            raise ValueError("--format=parquet cannot go to standard output: name a folder with -o")
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise ValueError('--format=parquet needs pyarrow: pip install "copydesk[parquet]"') from None
    return tables


def _run(options: argparse.Namespace) -> int:
    tables = _check(options)
    desk = Desk(select=options.select, drop=options.drop)
    names, sources, failed = _load(files_of(options.paths))
    corpus = desk.parse_many(
        sources, ids=names, published=options.published, workers=options.workers, progress=options.progress
    )
    for doc in corpus:
        if doc.error is not None:
            _complain(doc.id, doc.error)
            failed += 1
    if options.output is not None:
        options.output.mkdir(parents=True, exist_ok=True)
    for name in tables:
        _write(corpus, name, options.format, options.output)
    if options.html is not None:
        options.html.parent.mkdir(parents=True, exist_ok=True)
        options.html.write_text(page_html(corpus), encoding="utf-8")
    return 1 if failed else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command. Returns 0; 1 where a document could not be read; 2 for a bad option."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except (ValueError, ImportError, OSError) as error:
        print(f"copydesk: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
