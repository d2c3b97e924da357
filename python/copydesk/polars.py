"""The polars namespaces: `pl.col("body").copydesk.quantities()`, for expressions and for Series alike."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeAlias, TypeVar

import polars as pl

from ._copydesk import Desk

_Values = TypeVar("_Values", pl.Series, pl.Expr)
_Day: TypeAlias = str | datetime.date | None


@cache
def _row(table: str) -> Any:
    """The type of one row of a table: a struct of all its columns but `doc`."""
    return _lists(Desk(), table, pl.Series([], dtype=pl.String), None).list.first().dtype


def _lists(desk: Desk, table: str, values: pl.Series, days: pl.Series | None) -> pl.Series:
    """The rows of a table as one list for each document."""
    frame = pl.DataFrame([values.alias("column")])
    if days is not None:
        days = days if len(days) == len(values) else days.new_from_index(0, len(values))
        frame = frame.with_columns(days.alias("published"))
    found = desk._lists(frame, table, column="column", published=None if days is None else "published")
    return pl.DataFrame(found).to_series().alias(values.name)


class _Stages(ABC, Generic[_Values]):
    """The stages as methods. `_map` applies a function to the documents and their days."""

    def __init__(self, values: _Values) -> None:
        self._values: _Values = values
        self._desk = Desk()

    def __call__(self, desk: Desk) -> Any:
        """The same, reading with `desk`."""
        other = type(self)(self._values)
        other._desk = desk
        return other

    @abstractmethod
    def _map(
        self, of: Callable[[pl.Series, pl.Series | None], pl.Series], dtype: Any, published: _Values | _Day
    ) -> _Values: ...

    def _table(self, table: str, published: _Values | _Day = None) -> _Values:
        desk = self._desk
        return self._map(lambda values, days: _lists(desk, table, values, days), pl.List(_row(table)), published)

    def clean(self) -> _Values:
        """The main text of each document; null for one that is missing or cannot be read."""
        desk = self._desk

        def text(values: pl.Series, days: pl.Series | None) -> pl.Series:
            return _lists(desk, "documents", values, days).list.first().struct.field("text").alias(values.name)

        return self._map(text, pl.String, None)

    def documents(self, published: _Values | _Day = None) -> _Values:
        """What each document says of itself, as a struct: title, day, language, text, and what went wrong with it."""
        desk = self._desk

        def about(values: pl.Series, days: pl.Series | None) -> pl.Series:
            return _lists(desk, "documents", values, days).list.first()

        return self._map(about, _row("documents"), published)

    def blocks(self) -> _Values:
        """A list of blocks for each document."""
        return self._table("blocks")

    def dropped(self) -> _Values:
        """A list of what was left out of each document."""
        return self._table("dropped")

    def links(self) -> _Values:
        """A list of links for each document."""
        return self._table("links")

    def inlines(self) -> _Values:
        """A list of bold and italic stretches for each document."""
        return self._table("inlines")

    def sentences(self) -> _Values:
        """A list of sentences for each document."""
        return self._table("sentences")

    def entities(self) -> _Values:
        """A list of names for each document."""
        return self._table("entities")

    def dates(self, published: _Values | _Day = None) -> _Values:
        """A list of expressions of time for each document."""
        return self._table("dates", published)

    def quantities(self, published: _Values | _Day = None) -> _Values:
        """A list of quantities for each document."""
        return self._table("quantities", published)

    def quotes(self) -> _Values:
        """A list of quotations for each document."""
        return self._table("quotes")

    def claims(self, published: _Values | _Day = None) -> _Values:
        """A list of claims for each document."""
        return self._table("claims", published)


@pl.api.register_series_namespace("copydesk")
class CopydeskSeries(_Stages[pl.Series]):
    """Reads a Series of documents: a list of structs for each, null for those that are missing.

    `published` is one day for all, or a Series of days. Call the namespace with a desk for your own choices:
    `pages.copydesk(desk).quantities()`.

    >>> import polars as pl, copydesk
    >>> pages = pl.Series(["<p>It cost $5 and took 3 km.</p>", None])
    >>> pages.copydesk.quantities().list.len().to_list()
    [2, None]
    """

    def _map(
        self, of: Callable[[pl.Series, pl.Series | None], pl.Series], dtype: Any, published: pl.Series | _Day
    ) -> pl.Series:
        days = published if published is None or isinstance(published, pl.Series) else pl.Series([published])
        if isinstance(published, pl.Series) and len(published) != len(self._values):
            raise ValueError(f"published has {len(published)} items for {len(self._values)} documents: give one a document")
        return of(self._values, days)


@pl.api.register_expr_namespace("copydesk")
class CopydeskExpr(_Stages[pl.Expr]):
    """Reads a column of documents: a list of structs for each, null for those that are missing. It is computed row by row, so that
    lazy frames stream, and its type is known beforehand.

    `published` is one day for all, or an expression of days. Call the namespace with a desk for your own choices:
    `pl.col("body").copydesk(desk).quantities()`.

    >>> import polars as pl, copydesk
    >>> pages = pl.LazyFrame({"id": ["a", "b"], "body": ["<p>It cost $5 and took 3 km.</p>", None]})
    >>> rows = pages.select("id", row=pl.col("body").copydesk.quantities()).drop_nulls("row").explode("row").unnest("row")
    >>> rows.select("id", "text", "value").collect().rows()
    [('a', '$5', 5.0), ('a', '3 km', 3.0)]
    """

    def _map(
        self, of: Callable[[pl.Series, pl.Series | None], pl.Series], dtype: Any, published: pl.Expr | _Day
    ) -> pl.Expr:
        if published is None:
            return self._values.map_batches(lambda values: of(values, None), dtype, is_elementwise=True)
        days = published if isinstance(published, pl.Expr) else pl.lit(published)
        both: pl.Expr = pl.map_batches([self._values, days], lambda both: of(*both), dtype, is_elementwise=True)
        return both
