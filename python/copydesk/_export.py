"""A document in the forms of other tools: displaCy, spaCy, IOB tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from operator import attrgetter
from typing import Any

from ._copydesk import Document

LABELS = {"entities": attrgetter("label"), "dates": attrgetter("type"), "quantities": attrgetter("kind")}
"""The lists whose spans have a label, and where it stands."""

GROUPS = ("sentences", "entities", "dates", "quantities", "quotes", "claims")
"""The lists that become groups of spans."""


def _labelled(doc: Document, tables: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The spans of the lists with their labels, in order; one that overlaps the one before it is left out."""
    found = []
    for table in tables:
        if table not in LABELS:
            raise ValueError(f"table={table!r} has no labels: use {', '.join(map(repr, LABELS))}")
        found += [(span.start, span.end, LABELS[table](span)) for span in getattr(doc, table)]
    at = 0
    for start, end, label in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= at:
            yield start, end, label
            at = end


def displacy(doc: Document, tables: Sequence[str]) -> dict[str, Any]:
    """What `displacy.render(…, style="ent", manual=True)` takes. It escapes the text and not the title, so that we do."""
    ents = [{"start": start, "end": end, "label": label} for start, end, label in _labelled(doc, tables or ("entities",))]
    return {"text": doc.text, "ents": ents, "title": escape(doc.title) if doc.title else None}


def iob(doc: Document, table: str) -> list[list[tuple[str, str]]]:
    """The tokens of each sentence with their tags."""
    text = doc.text
    spans = list(_labelled(doc, (table,)))
    tagged, at = [], 0
    for sentence in doc._tokens():
        tags, before = [], -1
        for start, end in sentence:
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            inside = at < len(spans) and spans[at][0] < end
            tag = f"{'I' if before == at else 'B'}-{spans[at][2]}" if inside else "O"
            before = at if inside else -1
            tags.append((text[start:end], tag))
        tagged.append(tags)
    return tagged


def conll(doc: Document, table: str) -> str:
    """A token and its tag a line, an empty line after each sentence."""
    sentences = iob(doc, table)
    return "".join("".join(f"{token}\t{tag}\n" for token, tag in sentence) + "\n" for sentence in sentences)


def _label(table: str, span: Any) -> str:
    if table in LABELS:
        return str(LABELS[table](span))
    return str(getattr(span, "stance", None) or getattr(span, "kind", None) or "")


def spacy(doc: Document, nlp: Any) -> Any:
    """spaCy's Doc with names, sentences and groups of spans."""
    try:
        from spacy.util import filter_spans
    except ImportError:
        raise ImportError("to_spacy needs spaCy: pip install spacy") from None
    made = nlp.make_doc(doc.text)

    def grown(span: Any, **about: str) -> Any:
        return made.char_span(span.start, span.end, alignment_mode="expand", **about)

    for table in GROUPS:
        spans = [grown(span, label=_label(table, span)) for span in getattr(doc, table)]
        made.spans[table] = [span for span in spans if span is not None]
    for token in made:
        token.is_sent_start = False
    for sentence in made.spans["sentences"]:
        sentence[0].is_sent_start = True
    names = []
    for name in doc.entities:
        place = "" if name.geonames_id is None else str(name.geonames_id)
        names.append(grown(name, label=name.label, kb_id=place, span_id=name.canonical))
    made.ents = filter_spans([name for name in names if name is not None])
    return made
