"""The pandas accessor: `df["body"].copydesk.quantities()`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ._copydesk import Corpus, Desk


@pd.api.extensions.register_series_accessor("copydesk")
class CopydeskAccessor:
    """Reads a Series of documents; missing values stay missing.

    `clean` gives a Series and `documents` a frame, both aligned with the documents; all others give a long frame with a row a span,
    under the index of its document. `published` is one day for all, a Series of days (aligned by its index) or a list of them.
    Call the accessor with a desk for your own choices: `df["body"].copydesk(desk).quantities()`.

    >>> import pandas as pd, copydesk
    >>> pages = pd.Series(["<p>It cost $5.</p>", None], index=["a", "b"])
    >>> pages.copydesk.quantities()[["text", "value", "unit"]]
      text  value unit
    a   $5    5.0  USD
    """

    def __init__(self, series: Any) -> None:
        self._series = series
        self._desk = Desk()

    def __call__(self, desk: Desk) -> CopydeskAccessor:
        """The same accessor, reading with `desk`."""
        other = CopydeskAccessor(self._series)
        other._desk = desk
        return other

    def _read(self, published: Any = None) -> tuple[Any, Corpus]:
        """The places of the documents that are there, and what was read from them."""
        values = list(self._series)
        places = [place for place, value in enumerate(values) if not _is_missing(value)]
        if isinstance(published, Iterable) and not isinstance(published, str):
            days = self._days(published)
            published = [_day(days[place]) for place in places]
        corpus = self._desk.parse_many([values[place] for place in places], ids=places, published=published)
        return np.array(places, dtype=np.intp), corpus

    def _days(self, published: Any) -> list[Any]:
        """One day for each place of the Series."""
        index = self._series.index
        if isinstance(published, pd.Series) and not published.index.equals(index):
            if not published.index.is_unique:
                raise ValueError("published has an index with doubles that is not that of the documents: give both the same")
            published = published.reindex(index)
        days = list(published)
        if len(days) != len(index):
            raise ValueError(f"published has {len(days)} items for {len(index)} documents: give one a document")
        return days

    def clean(self) -> Any:
        """The main text of each document, aligned with the Series; one that cannot be read is missing."""
        places, corpus = self._read()
        texts: list[str | None] = [None] * len(self._series)
        for place, doc in zip(places, corpus):
            texts[place] = None if doc.error is not None else doc.text
        return pd.Series(texts, index=self._series.index, name=self._series.name, dtype=_text_type(self._series.dtype))

    def documents(self, published: Any = None) -> pd.DataFrame:
        """What each document says of itself, aligned with the Series: title, day, language, text, and what went wrong."""
        places, corpus = self._read(published)
        frame = corpus.documents.to_pandas().drop(columns="doc").set_index(places).reindex(range(len(self._series)))
        return frame.set_index(self._series.index)

    def _long(self, table: str, published: Any = None) -> pd.DataFrame:
        places, corpus = self._read(published)
        frame = corpus.table(table).to_pandas().drop(columns="doc")
        frame.index = self._series.index.take(places).repeat(corpus._lengths(table))
        return frame

    def blocks(self) -> pd.DataFrame:
        """One row a block, under the index of its document."""
        return self._long("blocks")

    def dropped(self) -> pd.DataFrame:
        """One row a block that was left out, under the index of its document."""
        return self._long("dropped")

    def links(self) -> pd.DataFrame:
        """One row a link, under the index of its document."""
        return self._long("links")

    def inlines(self) -> pd.DataFrame:
        """One row a bold or italic stretch, under the index of its document."""
        return self._long("inlines")

    def sentences(self) -> pd.DataFrame:
        """One row a sentence, under the index of its document."""
        return self._long("sentences")

    def entities(self) -> pd.DataFrame:
        """One row a name, under the index of its document."""
        return self._long("entities")

    def dates(self, published: Any = None) -> pd.DataFrame:
        """One row an expression of time, under the index of its document."""
        return self._long("dates", published)

    def quantities(self, published: Any = None) -> pd.DataFrame:
        """One row a quantity, under the index of its document."""
        return self._long("quantities", published)

    def quotes(self) -> pd.DataFrame:
        """One row a quotation, under the index of its document."""
        return self._long("quotes")

    def claims(self, published: Any = None) -> pd.DataFrame:
        """One row a claim, under the index of its document."""
        return self._long("claims", published)

    def compare(self, published: Any = None) -> pd.DataFrame:
        """One row a claim that speaks of the same thing as another one, under the index of its document."""
        _, corpus = self._read(published)
        frame = corpus.compare().to_pandas()
        frame.index = self._series.index.take(frame.pop("doc").astype(int))
        return frame

    def failures(self) -> pd.DataFrame:
        """One row a document that could not be read, under its index."""
        return self._long("failures")


def frame(table: Any) -> pd.DataFrame:
    """An Arrow table as a frame whose types do not depend on its rows.

    A whole number that may be missing is a nullable one (`Int64`), a yes or no `boolean`; those that are always there are plain.
    """
    import pyarrow as pa

    table = pa.table(table)
    nullable = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    missing = [field for field in table.schema if field.nullable and field.type in nullable]
    found = table.drop_columns([field.name for field in missing]).to_pandas(date_as_object=False)
    for field in missing:
        values = nullable[field.type].__from_arrow__(table[field.name])
        found.insert(table.schema.get_field_index(field.name), field.name, values)
    return found


def _is_missing(value: Any) -> bool:
    """Whether it is None, NaN, NaT or NA; a list of fragments never is."""
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _day(value: Any) -> Any:
    """A day for `parse_many`: midnight is how a column of timestamps writes a day."""
    if _is_missing(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) and value == value.normalize() else value


def _text_type(dtype: Any) -> Any:
    """The type of texts made from a Series: its own where that is one of strings, else what pandas takes for them."""
    if isinstance(dtype, pd.StringDtype) or (isinstance(dtype, pd.ArrowDtype) and "string" in str(dtype)):
        return dtype
    return "str" if int(pd.__version__.split(".")[0]) >= 3 else object
