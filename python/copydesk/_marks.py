"""The stretches of a text that are marked, what is told of each, and how they lie one inside another."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from ._copydesk import Block, Claim, Date, Document, Entity, Quantity, Quote, Sentence

CLASSES = {
    "entities": "names",
    "dates": "dates",
    "quantities": "quantities",
    "quotes": "quotes",
    "claims": "claims",
    "sentences": "sentences",
}
"""The lists whose spans can be marked, and what the page calls them."""

FILLED = ("names", "dates", "quantities")

MOST = 1_000
"""Spans of each list that are marked."""

LABEL, TIP = 32, 240
"""Characters of a label, and of what is told of a span."""


class Mark(NamedTuple):
    """A stretch of the text, its class on the page, the label beside it, and what a pointer over it is told."""

    start: int
    end: int
    css: str
    label: str
    tip: str


def number(value: float) -> str:
    """A number as a reader writes it, "a third" as 0.333."""
    return f"{value:,.12g}" if abs(value) >= 1 or value == 0 else f"{value:.3g}"


SIGNS = {"about": "≈ ", "more_than": "> ", "at_least": "≥ ", "less_than": "< ", "at_most": "≤ ", "nearly": "≲ "}


def compact(value: float) -> str:
    """A number in little room: 34.2bn."""
    for size, sign in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:.4g}{sign}"
    return number(value)


def amount_of(row: Mapping[str, Any], number: Callable[[float], str] = number) -> str:
    """The value or the range of a quantity, with its bound and its unit."""
    value, low, high = row["value"], row["low"], row["high"]
    if value is not None:
        told = SIGNS.get(row["bound"] or "", "") + number(value)
    elif low is not None and high is not None:
        told = f"{number(low)}–{number(high)}"
    elif low is not None:
        told = f"≥ {number(low)}"
    else:
        told = f"≤ {number(high)}" if high is not None else ""
    unit = (row["unit"] or "").replace(" ** 2", "²").replace(" ** 3", "³")
    return f"{told} {unit}".strip()


def amount(of: Quantity | Claim, number: Callable[[float], str] = number) -> str:
    """The same of a span."""
    return amount_of({name: getattr(of, name) for name in ("value", "low", "high", "bound", "unit")}, number)


def cut(text: str, length: int) -> str:
    """At most `length` characters of the text."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _told(*parts: tuple[str, object]) -> str:
    """One line for each thing that is known."""
    return "\n".join(f"{name} {value}".strip() for name, value in parts if value not in (None, "", []))


def _day(moment: date) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()


def _mark(span: Any, css: str, label: str, tip: str) -> Mark:
    place = f"source {span.source_start}–{span.source_end}"
    return Mark(span.start, span.end, css, cut(label, LABEL), f"{cut(tip, TIP)}\n{place}")


def _of_entity(entity: Entity) -> list[Mark]:
    where = None if entity.lat is None else f"{entity.country or ''} {entity.lat:.2f}, {entity.lon:.2f}"
    role = entity.role.text if entity.role else None
    tip = _told(("", entity.canonical), ("", entity.label), ("role:", role), ("", where))
    return [_mark(entity, "names", entity.label, tip)]


def _of_date(when: Date) -> list[Mark]:
    ends = None if when.earliest is None or when.latest is None else f"{_day(when.earliest)} to {_day(when.latest)}"
    tip = _told(("", f"{when.type} {when.value}"), ("", when.mod), ("from", ends), ("relation:", when.relation))
    return [_mark(when, "dates", when.value, tip)]


def _of_quantity(quantity: Quantity) -> list[Mark]:
    label, told = amount(quantity, compact), amount(quantity)
    counted = quantity.counted.text if quantity.counted else None
    si = None if quantity.si_value is None else f"{number(quantity.si_value)} {quantity.si_unit}"
    tip = _told(("", told), ("bound:", quantity.bound), ("kind:", quantity.kind), ("of:", counted), ("SI:", si))
    # "40 people" needs no "40" beside it.
    plain = told in (quantity.core.text, quantity.text)
    return [_mark(quantity, "quantities", quantity.kind if plain else label, tip)]


def _of_quote(quote: Quote) -> list[Mark]:
    speaker = quote.name or (quote.speaker.text if quote.speaker else "")
    cue = quote.cue.text if quote.cue else None
    tip = _told(("", speaker or "no speaker found"), ("", quote.kind), ("cue:", cue), ("stance:", quote.stance))
    last = len(quote.content) - 1
    label = speaker or quote.kind
    said = [_mark(span, "quotes", label if at == last else "", tip) for at, span in enumerate(quote.content)]
    parts = [_mark(span, "quotes part", "", tip) for span in (quote.speaker, quote.cue) if span]
    return said + parts


def _of_claim(claim: Claim) -> list[Mark]:
    source = claim.source_name or (claim.source.text if claim.source else claim.source_type)
    where = claim.place.text if claim.place else None
    tip = _told(
        ("", f"{source}: {claim.stance}"),
        ("", amount(claim)),
        ("of:", claim.what.text if claim.what else None),
        ("when:", claim.event_date),
        ("where:", where),
    )
    return [_mark(claim, "claims", source, tip)]


def _of_sentence(sentence: Sentence) -> list[Mark]:
    return [_mark(sentence, "sentences", "", f"block {sentence.block}")]


MAKERS: dict[str, Callable[[Any], list[Mark]]] = {
    "sentences": _of_sentence,
    "quotes": _of_quote,
    "claims": _of_claim,
    "quantities": _of_quantity,
    "dates": _of_date,
    "entities": _of_entity,
}
"""From the longest to the shortest: of two on one stretch, the first is the outer one."""


def marks(doc: Document, tables: Iterable[str], limit: int) -> list[Mark]:
    """What is marked within the first `limit` characters, in order."""
    wanted = set(tables)
    found: list[Mark] = []
    for name, make in MAKERS.items():
        spans = getattr(doc, name) if name in wanted else ()
        for at in range(min(len(spans), MOST)):
            span = spans[at]
            if span.start >= limit:
                break
            found += make(span)
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def by_block(blocks: Sequence[Block], found: Iterable[Mark], limit: int) -> list[list[Mark]]:
    """The marks of each block: one that goes over several has a part in each, and its label in the last."""
    parts: list[list[Mark]] = [[] for _ in blocks]
    starts = [block.start for block in blocks]
    for mark in found:
        first = max(bisect_right(starts, mark.start) - 1, 0)
        last = bisect_right(starts, mark.end - 1) - 1
        for at in range(first, last + 1):
            start, end = max(mark.start, blocks[at].start), min(mark.end, blocks[at].end, limit)
            if start < end:
                parts[at].append(mark._replace(start=start, end=end, label=mark.label if at == last else ""))
    return parts


def nested(found: Iterable[Mark]) -> Iterator[Mark]:
    """The marks, none of which crosses another: one that would is cut in two, and keeps its label in the second.

    One that lies on the stretch of another is of the class "same" as well, for two fills on each other make mud.
    """
    heap = [(mark.start, -mark.end, order, mark) for order, mark in enumerate(found)]
    heapq.heapify(heap)
    ends: list[int] = []
    outer = (-1, -1)
    while heap:
        _, _, order, mark = heapq.heappop(heap)
        while ends and ends[-1] <= mark.start:
            ends.pop()
        if ends and mark.end > ends[-1]:
            heapq.heappush(heap, (ends[-1], -mark.end, order, mark._replace(start=ends[-1])))
            mark = mark._replace(end=ends[-1], label="")
        ends.append(mark.end)
        same = outer == mark[:2] and mark.css in FILLED
        outer = mark[:2] if mark.css in FILLED else outer
        yield mark._replace(css=f"{mark.css} same") if same else mark
