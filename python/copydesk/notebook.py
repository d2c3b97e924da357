"""What a notebook shows: the article with names, dates and quantities marked. Everything that comes from a document is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from ._copydesk import Block, Corpus, Date, Document, Entity, Quantity

LIMIT = 20_000
"""Characters of a document that are shown: a notebook keeps every output in its file."""

STYLE = """
.copydesk{max-width:44em;line-height:1.6;font-family:Georgia,serif}
.copydesk h3{margin:1em 0 .3em}
.copydesk p{margin:.5em 0}
.copydesk mark{background:#ffe9a8;color:#222;border-radius:3px;padding:0 2px}
.copydesk mark.date{background:#cfe8ff}
.copydesk mark.name{background:#d9f2d0}
.copydesk small{color:#555;margin-left:3px;font-family:sans-serif;font-size:.7em}
.copydesk .dropped,.copydesk .legend{color:#888;font-size:.9em;font-family:sans-serif}
@media(prefers-color-scheme:dark){.copydesk mark{background:#6b5200;color:#fff}.copydesk mark.date{background:#123f66}
.copydesk mark.name{background:#24521a}.copydesk small{color:#ddd}}
"""


def _number(value: float) -> str:
    return f"{value:,.12g}"


class _Mark(NamedTuple):
    """A stretch of the text, and what is shown of it."""

    start: int
    end: int
    name: str
    label: str
    hover: str


def _amount(quantity: Quantity) -> str:
    if quantity.value is not None:
        amount = _number(quantity.value)
    elif quantity.low is not None and quantity.high is not None:
        amount = f"{_number(quantity.low)}–{_number(quantity.high)}"
    else:
        amount = _number(quantity.low) if quantity.low is not None else "?"
    parts = [quantity.bound if quantity.bound != "exact" else "", amount, quantity.unit or ""]
    return " ".join(part for part in parts if part)


def _of_quantity(quantity: Quantity) -> _Mark:
    hover = f"{quantity.kind}; source {quantity.source_start}:{quantity.source_end}"
    return _Mark(quantity.start, quantity.end, "quantity", _amount(quantity), hover)


def _of_date(date: Date) -> _Mark:
    when = f"{date.earliest} to {date.latest}" if date.earliest is not None else "not on the calendar"
    hover = f"{date.type}; {when}; source {date.source_start}:{date.source_end}"
    return _Mark(date.start, date.end, "date", date.value, hover)


def _of_entity(entity: Entity) -> _Mark:
    about = ", ".join(part for part in (entity.canonical, entity.country) if part)
    hover = f"{about}; source {entity.source_start}:{entity.source_end}"
    return _Mark(entity.start, entity.end, "name", entity.label, hover)


def _marks(doc: Document) -> list[_Mark]:
    """Quantities, dates and names in order; where two overlap, the one that begins first is shown."""
    marks = [*map(_of_quantity, doc.quantities), *map(_of_date, doc.dates), *map(_of_entity, doc.entities)]
    shown: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not shown or mark.start >= shown[-1].end:
            shown.append(mark)
    return shown


def _marked(block: Block, marks: Iterable[_Mark]) -> str:
    out, at = [], block.start
    for mark in marks:
        out.append(escape(block.text[at - block.start : mark.start - block.start]))
        text = escape(block.text[mark.start - block.start : mark.end - block.start])
        label = f"<small>{escape(mark.label)}</small>"
        out.append(f'<mark class="{mark.name}" title="{escape(mark.hover)}">{text}{label}</mark>')
        at = mark.end
    out.append(escape(block.text[at - block.start :]))
    return "".join(out)


def _body(doc: Document, limit: int) -> Iterable[str]:
    marks = _marks(doc)
    at = 0
    for block in doc.blocks:
        if block.start > limit:
            yield f'<p class="dropped">… {len(doc.text) - block.start:,} characters more</p>'
            return
        mine: list[_Mark] = []
        while at < len(marks) and marks[at].start < block.end:
            if marks[at].end <= block.end:
                mine.append(marks[at])
            at += 1
        tag = "h3" if block.kind in ("heading", "title") else "p"
        yield f'<{tag} dir="auto" title="{escape(block.kind)}">{_marked(block, mine)}</{tag}>'


LEGEND = "".join(f'<mark class="{name}">{name}</mark> ' for name in ("quantity", "date", "name"))


def article_html(doc: Document, limit: int = LIMIT) -> str:
    """The article without the style sheet."""
    if doc.error is not None:
        return f'<div class="copydesk"><p class="dropped">{escape(str(doc.error))}</p></div>'
    title = f'<h2 dir="auto">{escape(doc.title)}</h2>' if doc.title else ""
    rows = [f"{left.kind} ({left.reason}): {left.text[:200]}" for left in doc.dropped[:20]]
    items = "".join(f"<li>{escape(row)}</li>" for row in rows)
    summary = f"<summary>{len(doc.dropped)} blocks left out</summary>"
    left_out = f'<details class="dropped">{summary}<ul>{items}</ul></details>' if rows else ""
    legend = f'<p class="legend">{LEGEND}</p>'
    return f'<div class="copydesk">{title}{legend}{"".join(_body(doc, limit))}{left_out}</div>'


def document_html(doc: Document) -> str:
    """The article as a notebook shows it: no script, no reference to anything outside."""
    return f"<style>{STYLE}</style>{article_html(doc)}"


def corpus_html(corpus: Corpus) -> str:
    """Counts, and the first documents."""
    rows = []
    for doc in (corpus[index] for index in range(min(10, len(corpus)))):
        told = str(doc.error) if doc.error is not None else doc.title or doc.text[:80]
        counts = (doc.sentences, doc.entities, doc.dates, doc.quantities, doc.quotes, doc.claims)
        cells = (doc.id, told, *(str(len(spans)) for spans in counts))
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    names = ("doc", "text", "sentences", "names", "dates", "quantities", "quotes", "claims")
    head = "<tr>" + "".join(f"<th>{name}</th>" for name in names) + "</tr>"
    return f'<div class="copydesk"><p>{len(corpus)} documents</p><table>{head}{"".join(rows)}</table></div>'


def page_html(docs: Iterable[Document]) -> str:
    """One self-contained page of all the articles."""
    articles = "<hr>".join(f'<p class="dropped">{escape(doc.id)}</p>{article_html(doc, 10**9)}' for doc in docs)
    head = f'<meta charset="utf-8"><title>copydesk</title><style>body{{margin:2em auto;max-width:46em}}{STYLE}</style>'
    return f"<!doctype html><html><head>{head}</head><body>{articles}</body></html>\n"
