"""Where documents come from: folders, files, JSON lines, Parquet, or any iterable, all turned into items.

An item is a document with its id, its day of publication and its address. `parse_many`, `scan` and the command line read items
and nothing else. Nothing is read before it is asked for.
"""

from __future__ import annotations

import glob
import json
import os.path
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias, cast

from ._copydesk import _COLUMNS

__all__ = ["Item", "Items", "items"]

Where: TypeAlias = str | PathLike[str] | Iterable[Any]

DOCUMENTS = (".html", ".htm", ".txt", ".json")
"""Endings of files that hold one document each."""

LINES = (".jsonl", ".ndjson")
PARQUET = (".parquet", ".pq")
WARC = (".warc", ".arc")


def _gzip(path: Path) -> IO[bytes]:
    import gzip

    return cast(IO[bytes], gzip.open(path))


def _bzip2(path: Path) -> IO[bytes]:
    import bz2

    return cast(IO[bytes], bz2.open(path))


def _xz(path: Path) -> IO[bytes]:
    import lzma

    return cast(IO[bytes], lzma.open(path))


COMPRESSED: dict[str, Callable[[Path], IO[bytes]]] = {".gz": _gzip, ".bz2": _bzip2, ".xz": _xz}


class Item(NamedTuple):
    """A document that is to be read, or the error that was met instead of it.

    >>> Item("a", "<p>It rained.</p>", published="2024-05-17")
    Item(id='a', source='<p>It rained.</p>', published='2024-05-17', url=None)
    """

    id: str | None
    """Its name in tables; None: its position."""
    source: object
    """A str, bytes, a list of fragments, or an exception."""
    published: object = None
    """Its day, as `parse` takes it."""
    url: str | None = None


class Items:
    """Items, read as they are asked for. `total` says how many there will be, where that is known beforehand."""

    def __init__(self, found: Iterable[Item], total: int | None = None) -> None:
        self._found = found
        self.total = total

    def __iter__(self) -> Iterator[Item]:
        return iter(self._found)


class NoColumn(ValueError):
    """A file has no column of the name that was asked for."""


class _Columns:
    """Finds the fields of a record: by the names that were given, else by those that are usual."""

    def __init__(self, **given: str | None) -> None:
        self._given = given
        self._usual = dict(_COLUMNS)

    def name(self, field: str, known: Iterable[str]) -> str | None:
        """The name that a field has among `known`."""
        given = self._given[field]
        return next((name for name in ([given] if given else self._usual[field]) if name in known), None)

    def wanted(self, known: Sequence[str]) -> list[str]:
        """The names of all fields that are there. Raises NoColumn where one that is needed is not."""
        names = {field: self.name(field, known) for field in self._given}
        for field, name in names.items():
            if name is None and (field == "column" or self._given[field] is not None):
                raise NoColumn(f"{field}={self._given[field]!r} finds no column: there is {', '.join(known)}")
        return [name for name in names.values() if name is not None]

    def item(self, record: Mapping[str, Any], place: str | None) -> Item:
        """The item that a record tells of; `place` is its id where it tells none."""
        named = {field: self.name(field, record) for field in self._given}
        values = {field: record[name] if name else None for field, name in named.items()}
        number = values["id"]
        name = place if number is None else str(number)
        if named["column"] is None:
            asked = repr(self._given["column"])
            held = ", ".join(map(str, record)) or "nothing"
            return Item(name, ValueError(f"column={asked} finds no document in the record: it has {held}"))
        url = values["url"]
        return Item(name, values["column"], _known(values["published"]), None if url is None else str(url))


def items(
    where: Where,
    *,
    column: str | None = None,
    id: str | None = None,
    published: str | None = None,
    url: str | None = None,
    skip: Iterable[object] = (),
) -> Items:
    """The documents of files, folders, records or any iterable, one after the other, for `parse_many` and `scan`.

    where: a path, a folder (searched with its subfolders), a pattern such as `"pages/*.html"`; or an iterable of documents, of
    paths (`pathlib.Path`), of records (mappings) or of items. Files end in .html, .htm, .txt or .json (one document each), .jsonl or
    .ndjson (a record, a string or a list of fragments a line) or .parquet (needs pyarrow); all but Parquet may be compressed (.gz,
    .bz2, .xz).
    column, id, published, url: what these fields of records are called; by default column is html, source, content, body or text,
    id is id or doc, and the others go by their own names.
    skip: ids that are left out, so that a batch that was broken off goes on where it stopped.

    The id of a file is its path, that of a record without one the path and its number, that of anything else its position.
    What cannot be read is an item with an error. Raises FileNotFoundError where `where` is a str or a path and nothing is there,
    TypeError where it is nothing of the kind, ValueError for a column that a Parquet file has not.

    >>> pages = [{"key": 7, "body": "It cost $5.", "published": "2024-05-17"}, {"key": 8, "body": "It took 3 km."}]
    >>> list(items(pages, id="key", skip=[7]))
    [Item(id='8', source='It took 3 km.', published=None, url=None)]
    """
    columns = _Columns(column=column, id=id, published=published, url=url)
    found, total = _found(where, columns)
    done = frozenset(map(str, skip))
    if not done:
        return Items(_numbered(found), total)
    return Items((item for item in _numbered(found) if item.id not in done))


def of(sources: Where | Items, ids: Iterable[object] | None, published: object) -> Items:
    """The sources of `parse_many`, under other names and with other days where these are given."""
    found = sources if isinstance(sources, Items) else items(sources)
    if ids is not None:
        pairs = _paired(found, "ids", ids)
        found = Items((item._replace(id=str(id)) for item, id in pairs), found.total)
    if isinstance(published, str) or hasattr(published, "isoformat"):
        one = (item if item.published else item._replace(published=published) for item in found)
        return Items(one, found.total)
    if published is not None:
        pairs = _paired(found, "published", published)
        return Items((item._replace(published=_known(day)) for item, day in pairs), found.total)
    return found


def _known(value: object) -> object:
    """The value; None for an empty one and for those that are not even equal to themselves (NaN, NaT)."""
    return None if value is None or value == "" or value != value else value


def _paired(found: Items, name: str, values: object) -> Iterator[tuple[Item, object]]:
    """Each item with the value that stands at its place."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(f"{name}={values!r} is no list: pass an iterable of them")
    if isinstance(values, Sized) and found.total not in (None, len(values)):
        raise ValueError(f"{name} has {len(values)} items for {found.total} sources: give one a source")
    return _zipped(found, name, values)


def _zipped(found: Items, name: str, values: Iterable[object]) -> Iterator[tuple[Item, object]]:
    rest = iter(values)
    count = 0
    for item in found:
        try:
            value = next(rest)
        except StopIteration:
            raise ValueError(f"{name} has {count} items for more sources: give one a source") from None
        count += 1
        yield item, value
    if next(rest, rest) is not rest:
        raise ValueError(f"{name} has more items than the {count} sources: give one a source")


def _numbered(found: Iterable[Item]) -> Iterator[Item]:
    for number, item in enumerate(found):
        yield item._replace(id=str(number)) if item.id is None else item


def _found(where: Where, columns: _Columns) -> tuple[Iterator[Item], int | None]:
    """All items, some without an id, and their number where it is known."""
    if isinstance(where, (str, PathLike)):
        return _of_files(files(where), columns)
    if isinstance(where, (bytes, bytearray, Mapping)) or not isinstance(where, Iterable):
        shown = repr(where)
        shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
        raise TypeError(f"sources={shown} is no list: pass an iterable of documents, or the path of a file or folder")
    if isinstance(where, (list, tuple)) and all(isinstance(one, PathLike) for one in where):
        return _of_files([file for path in where for file in _files_or_error(path)], columns)
    known = isinstance(where, Sized) and not any(isinstance(one, PathLike) for one in where)
    return _of_iterable(where, columns), len(where) if known and isinstance(where, Sized) else None


def _of_iterable(where: Iterable[Any], columns: _Columns) -> Iterator[Item]:
    for one in where:
        if isinstance(one, Item):
            yield one
        elif isinstance(one, PathLike):
            yield from _of_files(_files_or_error(one), columns)[0]
        elif isinstance(one, Mapping):
            yield columns.item(one, None)
        else:
            yield Item(None, one)


def _files_or_error(path: PathLike[str]) -> list[Path] | list[Item]:
    try:
        return files(path)
    except FileNotFoundError:
        return [Item(fspath(path), FileNotFoundError(f"{fspath(path)} is not there"))]


def files(where: str | PathLike[str]) -> list[Path]:
    """The files of a path, a folder or a pattern, sorted.

    Raises FileNotFoundError where nothing is there.

    >>> [path.name for path in files("seeds/*.html")]
    ['05_artemis_page.html']
    """
    name = fspath(where)
    if os.path.isdir(name):
        return sorted(file for file in Path(name).rglob("*") if _is_read(file) and file.is_file())
    if os.path.exists(name):
        return [Path(name)]
    found = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []
    if not found:
        shown = name if len(name) <= 60 else f"{name[:57]}..."
        what = "no file, no folder and no pattern that matches one: to read one document, use parse()"
        raise FileNotFoundError(f"sources={shown!r} is {what}")
    return list(dict.fromkeys(file for one in found for file in files(Path(one))))


def _ending(path: Path) -> str:
    """The ending that tells what is in a file, whether it is compressed or not."""
    ending = path.suffix.lower()
    return Path(path.stem).suffix.lower() if ending in COMPRESSED else ending


def _is_read(path: Path) -> bool:
    return _ending(path) in (*DOCUMENTS, *LINES, *PARQUET)


def _of_files(found: Sequence[Path | Item], columns: _Columns) -> tuple[Iterator[Item], int | None]:
    """The documents of files, and their number where each file holds one."""
    many = any(isinstance(file, Path) and _ending(file) in (*LINES, *PARQUET) for file in found)
    return (item for file in found for item in _of_file(file, columns)), None if many else len(found)


def _of_file(path: Path | Item, columns: _Columns) -> Iterator[Item]:
    if isinstance(path, Item):
        yield path
        return
    ending = _ending(path)
    try:
        if ending in WARC:
            raise ValueError(f"{path} is a web archive, which is not read: take the pages out first, with warcio for one")
        if ending in PARQUET:
            yield from _of_parquet(path, columns)
        elif ending in LINES:
            yield from _of_lines(path, columns)
        else:
            with opened(path) as file:
                yield Item(str(path), file.read())
    except (NoColumn, ImportError):
        raise
    # A compressed file that is broken raises an error of its module's own.
    except Exception as error:
        yield Item(str(path), _plain(error, path))


def _plain(error: Exception, path: Path) -> Exception:
    """The error as one of the few that a table of failures holds."""
    if isinstance(error, (FileNotFoundError, PermissionError)):
        return error
    kind = OSError if isinstance(error, OSError) else ValueError
    return kind(f"{path} cannot be read: {error}")


def opened(path: Path) -> IO[bytes]:
    """The file as bytes, unpacked where its ending says that it is compressed."""
    unpacked = COMPRESSED.get(path.suffix.lower())
    return unpacked(path) if unpacked else path.open("rb")


def _of_lines(path: Path, columns: _Columns) -> Iterator[Item]:
    with opened(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.isspace():
                yield _of_line(line, f"{path}:{number}", columns)


def _of_line(line: bytes, place: str, columns: _Columns) -> Item:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Item(place, ValueError(f"{place} is no JSON: {error}"))
    return columns.item(value, place) if isinstance(value, dict) else Item(place, value)


ROWS = 32
"""Rows of a Parquet file that are taken at a time."""

BUFFER = 1 << 20
"""Bytes of a column of a Parquet file that are read at a time: a row group may hold gigabytes."""


def _of_parquet(path: Path, columns: _Columns) -> Iterator[Item]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise ImportError(f'sources={str(path)!r} needs pyarrow: pip install "copydesk[parquet]"') from None
    with parquet.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False) as file:
        names = columns.wanted(file.schema_arrow.names)
        number = 0
        for batch in file.iter_batches(batch_size=ROWS, columns=names, use_threads=False):
            for record in batch.to_pylist():
                yield columns.item(record, f"{path}:{number}")
                number += 1
