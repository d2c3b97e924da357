"""What a notebook shows: the article with its quantities marked. Everything that comes from a document is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ._copydesk import Block, Corpus, Document, Quantity

LIMIT = 20_000
"""Characters of a document that are shown: a notebook keeps every output in its file."""

STYLE = """
.copydesk{max-width:44em;line-height:1.6;font-family:Georgia,serif}
.copydesk h3{margin:1em 0 .3em}
.copydesk p{margin:.5em 0}
.copydesk mark{background:#ffe9a8;color:#222;border-radius:3px;padding:0 2px}
.copydesk small{color:#8a5a00;margin-left:3px;font-family:sans-serif;font-size:.7em}
.copydesk .dropped{color:#888;font-size:.9em;font-family:sans-serif}
@media(prefers-color-scheme:dark){.copydesk mark{background:#6b5200;color:#fff}.copydesk small{color:#e0b050}}
"""


def _number(value: float) -> str:
    return f"{value:,.12g}"


def _label(quantity: Quantity) -> str:
    if quantity.value is not None:
        amount = _number(quantity.value)
    elif quantity.low is not None and quantity.high is not None:
        amount = f"{_number(quantity.low)}–{_number(quantity.high)}"
    else:
        amount = _number(quantity.low) if quantity.low is not None else "?"
    parts = [quantity.bound if quantity.bound != "exact" else "", amount, quantity.unit or ""]
    return " ".join(part for part in parts if part)


def _marked(block: Block, quantities: Iterable[Quantity]) -> str:
    out, at = [], block.start
    for quantity in quantities:
        out.append(escape(block.text[at - block.start : quantity.start - block.start]))
        hover = f"{quantity.kind}; source {quantity.source_start}:{quantity.source_end}"
        label = f"<small>{escape(_label(quantity))}</small>"
        out.append(f'<mark title="{escape(hover)}">{escape(quantity.text)}{label}</mark>')
        at = quantity.end
    out.append(escape(block.text[at - block.start :]))
    return "".join(out)


def _body(doc: Document, limit: int) -> Iterable[str]:
    quantities = list(doc.quantities)
    at = 0
    for block in doc.blocks:
        if block.start > limit:
            yield f'<p class="dropped">… {len(doc.text) - block.start:,} characters more</p>'
            return
        mine: list[Quantity] = []
        while at < len(quantities) and quantities[at].start < block.end:
            if quantities[at].end <= block.end and (not mine or quantities[at].start >= mine[-1].end):
                mine.append(quantities[at])
            at += 1
        tag = "h3" if block.kind in ("heading", "title") else "p"
        yield f'<{tag} dir="auto" title="{escape(block.kind)}">{_marked(block, mine)}</{tag}>'


def article_html(doc: Document, limit: int = LIMIT) -> str:
    """The article without the style sheet."""
    if doc.error is not None:
        return f'<div class="copydesk"><p class="dropped">{escape(str(doc.error))}</p></div>'
    title = f'<h2 dir="auto">{escape(doc.title)}</h2>' if doc.title else ""
    rows = [f"{left.kind} ({left.reason}): {left.text[:200]}" for left in doc.dropped[:20]]
    items = "".join(f"<li>{escape(row)}</li>" for row in rows)
    summary = f"<summary>{len(doc.dropped)} blocks left out</summary>"
    left_out = f'<details class="dropped">{summary}<ul>{items}</ul></details>' if rows else ""
    return f'<div class="copydesk">{title}{"".join(_body(doc, limit))}{left_out}</div>'


def document_html(doc: Document) -> str:
    """The article as a notebook shows it: no script, no reference to anything outside."""
    return f"<style>{STYLE}</style>{article_html(doc)}"


def corpus_html(corpus: Corpus) -> str:
    """Counts, and the first documents."""
    rows = []
    for doc in (corpus[index] for index in range(min(10, len(corpus)))):
        told = str(doc.error) if doc.error is not None else doc.title or doc.text[:80]
        cells = (doc.id, told, str(len(doc.sentences)), str(len(doc.quantities)))
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    head = "<tr><th>doc</th><th>text</th><th>sentences</th><th>quantities</th></tr>"
    return f'<div class="copydesk"><p>{len(corpus)} documents</p><table>{head}{"".join(rows)}</table></div>'


def page_html(docs: Iterable[Document]) -> str:
    """One self-contained page of all the articles."""
    articles = "<hr>".join(f'<p class="dropped">{escape(doc.id)}</p>{article_html(doc, 10**9)}' for doc in docs)
    head = f'<meta charset="utf-8"><title>copydesk</title><style>body{{margin:2em auto;max-width:46em}}{STYLE}</style>'
    return f"<!doctype html><html><head>{head}</head><body>{articles}</body></html>\n"
