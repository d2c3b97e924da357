"""Record batches in, record batches out: what an engine of many machines calls on each of its pieces.

`annotate` keeps nothing between two calls, can be pickled by name, and does not hold the interpreter lock while it reads, so that
threads of one process do not wait for each other.
"""

from __future__ import annotations

from typing import Any

from ._copydesk import Corpus, Desk

__all__ = ["annotate", "schema"]

_PLAIN = Desk()


def annotate(
    batch: Any,
    table: str = "claims",
    *,
    column: str | None = None,
    id: str | None = None,
    published: str | None = None,
    url: str | None = None,
    desk: Desk | None = None,
) -> Any:
    """The rows of a table for the documents in one column of a record batch.

    batch: a RecordBatch or Table of pyarrow, a DataFrame of polars, or anything with `__arrow_c_array__` or `__arrow_c_stream__`. What
    comes back is of the same kind; a `copydesk.Table` for other libraries, which read it through the same interface.
    column: the column of documents: text, bytes or lists of fragments, dictionaries of them too; by default html, source, content, body
    or text. Missing documents have no rows, and one that cannot be read has one in the table failures.
    id: the column of their names, text or whole numbers; by default id or doc, else they are numbered within the batch.
    published: the column of their days, dates, timestamps (the clock is that of UTC where they have a zone) or text; by default
    published. url: the column of their addresses; by default url.
    desk: your own lists and choices.

    The columns and their types are those of `schema(table)`, for a batch without rows as well. One thread works on a batch.

    Raises TypeError for what is no batch, ValueError for a column that is not there or of a type that cannot be read.

    >>> import pyarrow as pa
    >>> pages = pa.record_batch({"id": [7, 8], "html": ["<p>It cost $5.</p>", None]})
    >>> annotate(pages, "quantities").select(["doc", "text", "value"]).to_pylist()
    [{'doc': '7', 'text': '$5', 'value': 5.0}]
    """
    found = (desk or _PLAIN)._annotate(batch, table, column=column, id=id, published=published, url=url)
    library = type(batch).__module__.partition(".")[0]
    if library == "pyarrow":
        import pyarrow as pa

        return pa.record_batch(found) if isinstance(batch, pa.RecordBatch) else pa.table(found)
    return found.to_polars() if library == "polars" else found


def schema(table: str = "claims") -> Any:
    """The columns of a table as a pyarrow schema, for engines that want to know them beforehand.

    Raises ValueError for a name that is no table, ImportError where pyarrow is not installed.

    >>> schema("failures").names
    ['doc', 'error', 'message']
    """
    return Corpus([]).table(table).to_arrow().schema
