"""The pandas accessor: `df["body"].copydesk.quantities()`."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ._copydesk import Corpus, Desk


@pd.api.extensions.register_series_accessor("copydesk")
class CopydeskAccessor:
    """Reads a Series of documents; missing values stay missing.

    Call it with a desk for your own choices: `df["body"].copydesk(desk).quantities()`.

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

    def _read(self, published: Any = None) -> tuple[list[int], Corpus]:
        """The places of the documents that are there, and what was read from them."""
        places = [n for n, value in enumerate(self._series) if isinstance(value, (list, tuple)) or not pd.isna(value)]
        if isinstance(published, pd.Series):
            published = published.reindex(self._series.index) if published.index.is_unique else published
        if isinstance(published, (pd.Series, list, tuple)):
            listed = list(published)
            published = [None if pd.isna(listed[place]) else listed[place] for place in places]
        sources = [self._series.iloc[place] for place in places]
        return places, self._desk.parse_many(sources, ids=places, published=published)

    def clean(self) -> Any:
        """The main text of each document, aligned with the Series; one that cannot be read is missing."""
        places, corpus = self._read()
        texts: list[str | None] = [None] * len(self._series)
        for place, doc in zip(places, corpus):
            texts[place] = None if doc.error is not None else doc.text
        return pd.Series(texts, index=self._series.index, name=self._series.name, dtype=object)

    def _long(self, table: str, published: Any = None) -> pd.DataFrame:
        _, corpus = self._read(published)
        frame = corpus.table(table).to_pandas()
        frame.index = self._series.index[frame.pop("doc").astype(int)]
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

    def sentences(self) -> pd.DataFrame:
        """One row a sentence, under the index of its document."""
        return self._long("sentences")

    def entities(self) -> pd.DataFrame:
        """One row a name, under the index of its document."""
        return self._long("entities")

    def dates(self, published: Any = None) -> pd.DataFrame:
        """One row an expression of time, under the index of its document; `published` as for `parse_many`."""
        return self._long("dates", published)

    def quantities(self) -> pd.DataFrame:
        """One row a quantity, under the index of its document."""
        return self._long("quantities")

    def quotes(self) -> pd.DataFrame:
        """One row a quotation, under the index of its document."""
        return self._long("quotes")

    def claims(self) -> pd.DataFrame:
        """One row a claim, under the index of its document."""
        return self._long("claims")

    def compare(self, published: Any = None) -> pd.DataFrame:
        """One row a claim that speaks of the same thing as another one, under the index of its document."""
        return self._long("compared", published)

    def failures(self) -> pd.DataFrame:
        """One row a document that could not be read, under its index."""
        return self._long("failures")
