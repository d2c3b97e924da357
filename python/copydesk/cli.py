"""The command line: documents in, tables out.

copydesk seeds/ --tables claims,quotes --format parquet -o out/ --html out/articles.html
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from . import TABLES, Corpus, Desk, Document, __version__
from ._output import FORMATS, Output, write_table
from .notebook import page_html
from .sources import Item, Items, items

FIELDS = ("column", "id", "published", "url")

EPILOG = """The last line on standard error counts what was done. Exit codes: 0 all documents were read; 1 some were not, each a line of
JSON on standard error; 2 an option or a file cannot be used; 130 broken off with Ctrl-C, what was read by then is written."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="copydesk", description="News in, tables out.", epilog=EPILOG)
    parser.add_argument(
        "paths",
        nargs="+",
        help="files, folders or patterns: *.html, *.txt, *.json, *.jsonl (a record a line), compressed (.gz, .bz2, .xz) or not, "
        "*.parquet; or - for one document from standard input",
    )
    parser.add_argument("--tables", default="claims", help=f"comma-separated, of: {', '.join(TABLES)}")
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="default: jsonl; parquet needs pyarrow")
    parser.add_argument("-o", "--output", type=Path, help="folder for the tables; else they go to standard output")
    parser.add_argument("--part", type=int, default=10_000, help="documents to a file (default: 10,000)")
    parser.add_argument("--resume", action="store_true", help="go on with the tables in -o: leave out what they hold")
    parser.add_argument("--html", type=Path, help="write one page with the highlighted articles, all of them in memory")
    parser.add_argument(
        "--compare",
        type=Path,
        metavar="FILE",
        help="write who says what of the same thing, over all documents, to a .jsonl, .csv or .parquet; all of them in memory",
    )
    parser.add_argument("--fields", default="", help="columns of records, such as column=body,id=key,published=day,url=link")
    parser.add_argument("--published", help="day of publication, YYYY-MM-DD, where a record has none")
    parser.add_argument("--workers", type=int, help="threads (default: one a core)")
    parser.add_argument("--errors", choices=("record", "raise"), default="record", help="raise: stop at the first")
    parser.add_argument("--select", help="CSS selector of what to read")
    parser.add_argument("--drop", help="CSS selector of what to throw away")
    parser.add_argument("--progress", action="store_true", help="a progress bar (needs tqdm)")
    parser.add_argument("--quiet", action="store_true", help="no line at the end that counts what was done")
    parser.add_argument("--version", action="version", version=f"copydesk {__version__}")
    return parser


def _tables(options: argparse.Namespace) -> list[str]:
    tables = [name.strip() for name in options.tables.split(",") if name.strip()]
    for name in tables:
        if name not in TABLES:
            raise ValueError(f"--tables={name!r} is no table: use {', '.join(TABLES)}; comparisons have --compare")
    if options.part < 1:
        raise ValueError(f"--part={options.part} is no number of documents: use 1 or more")
    if options.output is None and (options.resume or options.format == "parquet"):
        option = "--resume" if options.resume else "--format=parquet"
        raise ValueError(f"{option} cannot go to standard output: name a folder with -o")
    if options.format == "parquet":
        _needs_pyarrow("--format=parquet")
    if options.compare is not None:
        _check_compare(options.compare, options.resume)
    return tables


def _needs_pyarrow(option: str) -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise ValueError(f'{option} needs pyarrow: pip install "copydesk[parquet]"') from None


def _check_compare(file: Path, resume: bool) -> None:
    if file.suffix[1:] not in FORMATS:
        raise ValueError(f"--compare={str(file)!r} is no table: name a file that ends in .{', .'.join(FORMATS)}")
    if resume:
        raise ValueError("--compare is of all documents and --resume leaves some out: use one of them")
    if file.suffix == ".parquet":
        _needs_pyarrow(f"--compare={str(file)!r}")


def _fields(given: str) -> dict[str, str]:
    fields = {}
    for pair in given.split(",") if given else ():
        field, _, name = pair.partition("=")
        if field not in FIELDS or not name:
            raise ValueError(f"--fields={pair!r} is none: write {', '.join(f'{field}=NAME' for field in FIELDS)}")
        fields[field] = name
    return fields


def _sources(options: argparse.Namespace, skip: set[str]) -> Items:
    where = [Item("-", sys.stdin.buffer.read()) if name == "-" else Path(name) for name in options.paths]
    return items(where, **_fields(options.fields), skip=skip)


def _complain(doc: Document) -> None:
    told = {"file": doc.id, "error": type(doc.error).__name__, "message": str(doc.error)}
    print(json.dumps(told), file=sys.stderr)


class _Run:
    """One run of the command: what is read goes to the output, and is counted."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.tables = _tables(options)
        self.options = options
        self.output = Output(options.output, options.format, self.tables, options.part, options.resume)
        self.skipped = len(self.output.done)
        self.read = self.failed = 0
        self.kept: list[Document] = []
        self.start = time.perf_counter()

    def __call__(self) -> int:
        options = self.options
        desk = Desk(select=options.select, drop=options.drop)
        scan = desk.scan(
            _sources(options, self.output.done),
            self.tables,
            published=options.published,
            workers=options.workers,
            progress=options.progress,
            errors=options.errors,
        )
        try:
            for corpus in scan:
                self.take(corpus)
        finally:
            self.output.finish()
        if options.html is not None:
            options.html.parent.mkdir(parents=True, exist_ok=True)
            options.html.write_text(page_html(self.kept), encoding="utf-8")
        if options.compare is not None:
            write_table(Corpus(self.kept).compare(), options.compare)
        return 1 if self.failed else 0

    def take(self, corpus: Corpus) -> None:
        self.output.write(corpus)
        self.read += len(corpus)
        for doc in corpus:
            if doc.error is not None:
                _complain(doc)
                self.failed += 1
        if self.options.html is not None or self.options.compare is not None:
            self.kept += corpus

    def summary(self) -> str:
        rows = ", ".join(f"{count:,} rows of {name}" for name, count in self.output.rows.items())
        before = f", {self.skipped:,} before" if self.skipped else ""
        seconds = time.perf_counter() - self.start
        return f"copydesk: {self.read:,} documents{before}, {self.failed:,} failed; {rows}; {seconds:.1f} s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command. Returns 0; 1 where a document could not be read; 2 for a bad option; 130 after Ctrl-C."""
    options = _parser().parse_args(arguments)
    try:
        run = _Run(options)
    except (ValueError, OSError) as error:
        print(f"copydesk: {error}", file=sys.stderr)
        return 2
    try:
        code = run()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # Whoever read the rows has enough of them; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (ValueError, TypeError, ImportError, OSError, RuntimeError) as error:
        print(f"copydesk: {error}", file=sys.stderr)
        return 1 if options.errors == "raise" else 2
    if not options.quiet:
        print(run.summary(), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
