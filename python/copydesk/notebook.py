"""What a notebook shows: the article with its spans marked, a corpus, a table.

All that comes from a document is escaped, labels and all; there is no script, and nothing is loaded from anywhere. Boxes that are
checked or not, and rules that follow them, turn the marks of a kind on and off.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import islice

from ._copydesk import Corpus, Document, Spans, Table
from ._marks import CLASSES, Mark, by_block, cut, marks, nested, number

LIMIT = 20_000
"""Characters of a document that are shown: a notebook keeps every output in its file."""

ROWS = 10
"""Rows of a corpus and of a table that are shown."""

COUNTED = 200
"""Documents of a corpus that are counted: each has to be read to the end for it."""

CELL = 80
"""Characters of a cell that are shown."""

SHOWN = ("entities", "dates", "quantities", "quotes")
"""What is marked at first; claims are there too, behind a box that is not checked."""

# The last two are for MathJax: "$5m to $10m" is no formula.
CLASS = "copydesk tex2jax_ignore mathjax_ignore"


@cache
def _style() -> str:
    return files(__package__).joinpath("notebook.css").read_text(encoding="utf-8")


class View:
    """A document as a notebook shows it, with some of its lists marked. `Document.show` makes it."""

    def __init__(self, doc: Document, tables: Sequence[str]) -> None:
        for name in tables:
            if name not in CLASSES:
                raise ValueError(f"tables={name!r} cannot be shown in the text: use {', '.join(map(repr, CLASSES))}")
        self._doc = doc
        self._tables = tables

    def __repr__(self) -> str:
        return f"<View of {self._doc!r}: {', '.join(self._tables or SHOWN)}>"

    def _repr_html_(self) -> str:
        return document_html(self._doc, self._tables)



def _opening(mark: Mark) -> str:
    tip = f' data-tip="{escape(mark.tip)}"' if mark.tip else ""
    label = f' data-label="{escape(mark.label)}"' if mark.label else ""
    return f'<mark class="{mark.css}"{tip}{label}>'


def _marked(text: str, start: int, found: Iterable[Mark]) -> str:
    """The text of a block that begins at `start`, with its marks, one inside another."""
    out: list[str] = []
    ends: list[int] = []
    at = start
    for mark in nested(found):
        while ends and ends[-1] <= mark.start:
            end = ends.pop()
            out += (escape(text[at - start : end - start]), "</mark>")
            at = end
        out += (escape(text[at - start : mark.start - start]), _opening(mark))
        at = mark.start
        ends.append(mark.end)
    for end in reversed(ends):
        out += (escape(text[at - start : end - start]), "</mark>")
        at = end
    out.append(escape(text[at - start :]))
    return "".join(out)


# No <h3>: JupyterLab would put every heading of the article into the contents of the notebook.
HEADING = 'p class="cd-heading" role="heading" aria-level="3"'
TAGS = {"heading": HEADING, "title": HEADING, "blockquote": "blockquote"}


def _body(doc: Document, found: Sequence[Mark], limit: int) -> Iterator[str]:
    blocks = [block for block in doc.blocks if block.start < limit]
    for block, mine in zip(blocks, by_block(blocks, found, limit)):
        tag = TAGS.get(block.kind, "p")
        yield f'<{tag} dir="auto">{_marked(block.text[: limit - block.start], block.start, mine)}</{tag.partition(" ")[0]}>'
    if len(doc.text) > limit:
        yield f'<p class="cd-more">… {len(doc.text) - limit:,} characters more</p>'


def _boxes(counts: dict[str, int], shown: Iterable[str]) -> str:
    """A box and its label for each kind of mark. Their ids are new each time: a notebook may show a document twice."""
    token = secrets.token_hex(4)
    boxes, labels = [], []
    for table, css in CLASSES.items():
        if table in counts:
            name, checked = f"cd-{token}-{css}", " checked" if table in shown else ""
            boxes.append(f'<input type="checkbox" id="{name}" class="cd-{css}"{checked}>')
            labels.append(f'<label for="{name}" class="{css}">{css}<b>{counts[table]:,}</b></label>')
    return f'{"".join(boxes)}<div class="cd-key">{"".join(labels)}</div>'


def _about(doc: Document) -> str:
    known = [", ".join(doc.byline[:3]), doc.site or "", (doc.published or "")[:10]]
    told = " · ".join(cut(part, CELL) for part in known if part)
    title = f'<p class="cd-title" role="heading" aria-level="2" dir="auto">{escape(cut(doc.title, 300))}</p>' if doc.title else ""
    return title + (f'<div class="cd-about" dir="auto">{escape(told)}</div>' if told else "")


def _left_out(doc: Document) -> str:
    count = len(doc.dropped)
    rows = [f"{left.reason}: {cut(left.text, 200)}" for left in islice(doc.dropped, 20)]
    items = "".join(f'<li dir="auto">{escape(row)}</li>' for row in rows)
    more = f"<li>… {count - len(rows):,} more</li>" if count > len(rows) else ""
    return f"<details><summary>{count:,} blocks left out</summary><ul>{items}{more}</ul></details>" if rows else ""


def article_html(doc: Document, tables: Sequence[str] = (), limit: int = LIMIT) -> str:
    """The article without the style sheet; `tables` are what is marked, all of them if there are none."""
    if doc.error is not None:
        return f'<div class="{CLASS}"><p class="cd-more">{escape(cut(str(doc.error), 500))}</p></div>'
    offered = tables or (*SHOWN, "claims")
    counts = {name: len(getattr(doc, name)) for name in offered}
    text = f'<div class="cd-text">{"".join(_body(doc, marks(doc, offered, limit), limit))}</div>'
    boxes = _boxes(counts, tables or SHOWN)
    return f'<div class="{CLASS}">{_about(doc)}{boxes}{text}{_left_out(doc)}</div>'


def document_html(doc: Document, tables: Sequence[str] = ()) -> str:
    """The article as a notebook shows it."""
    return f"<style>{_style()}</style>{article_html(doc, tables)}"


def _cell(tag: str, value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'<{tag} class="cd-number">{number(value)}</{tag}>'
    return f'<{tag} dir="auto">{escape(cut("" if value is None else str(value), CELL))}</{tag}>'


def _rows_html(about: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(_cell("th", column) for column in columns)
    body = "".join(f"<tr>{''.join(_cell('td', value) for value in row)}</tr>" for row in rows)
    table = f'<div class="cd-rows"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    return f'<style>{_style()}</style><div class="{CLASS} cd-table"><div class="cd-about">{about}</div>{table}</div>'


def table_html(table: Table) -> str:
    """How many rows there are, and the first of them."""
    count = len(table)
    first = f", the first {ROWS}" if count > ROWS else ""
    rows = [list(row.values()) for row in table.head(ROWS).to_pylist()]
    return _rows_html(f"{count:,} rows{first}", table.columns, rows)


COUNTS = ("sentences", "entities", "dates", "quantities", "quotes", "claims")


def corpus_html(corpus: Corpus) -> str:
    """How many documents there are, what is in them, and the first of them."""
    counted = [[len(getattr(doc, name)) for name in COUNTS] for doc in islice(corpus, COUNTED)]
    rows: list[list[object]] = []
    for doc, counts in zip(islice(corpus, ROWS), counted):
        told = str(doc.error) if doc.error is not None else doc.title or doc.text[:CELL]
        rows.append([doc.id, told, (doc.published or "")[:10], *counts])
    of = "all" if len(corpus) <= COUNTED else f"the first {COUNTED}"
    rows.append(["", f"{of} together", "", *(sum(column) for column in zip(*counted))])
    first = f"; the first {ROWS}" if len(corpus) > ROWS else ""
    about = f"{len(corpus):,} documents, {len(corpus.failures):,} could not be read{first}"
    return _rows_html(about, ("doc", "text", "published", *COUNTS), rows)


PAGE_STYLE = ":root{color-scheme:light dark}body{margin:2.5em auto;padding:0 1em;max-width:46rem}hr{margin:3em 0;border:0;border-top:1px solid #8886}"


def page_html(docs: Iterable[Document]) -> str:
    """One self-contained page of all the articles, each as long as it is."""
    articles = "<hr>".join(f'<p class="cd-more">{escape(doc.id)}</p>{article_html(doc, limit=10**9)}' for doc in docs)
    view = '<meta name="viewport" content="width=device-width">'
    head = f'<meta charset="utf-8">{view}<title>copydesk</title><style>{PAGE_STYLE}{_style()}</style>'
    return f"<!doctype html><html><head>{head}</head><body>{articles}</body></html>\n"
