"""The rules that hold for every output, checked with a naive oracle: slices of Python strings."""

import html
import json
import math
import re

STAGES = ("sentences", "entities", "dates", "quantities", "quotes", "claims")
SPANS = ("blocks", "links", "inlines", *STAGES)
PARTS = ("content", "core", "cue", "counted", "speaker", "role", "source", "via", "what", "of", "predicate", "actor", "place")


def check(doc):
    """Raises AssertionError where a rule is broken."""
    for stage in SPANS:
        check_spans(getattr(doc, stage), doc.text, doc.source, stage)
    ordered(doc.blocks)
    for left in doc.dropped:
        assert 0 <= left.source_start <= left.source_end <= len(doc.source), left
    nothing_lost(doc.sentences, doc.text)
    for span in (*doc.blocks, *doc.sentences):
        assert decodes(doc.source[span.source_start : span.source_end], span.text, doc.kind), (span, doc.source)
    encodable(doc.to_dict())


def check_spans(spans, text, source, stage):
    """Those of one stage of `text`, which was read from `source`."""
    if stage in ("sentences", "entities", "dates", "quantities"):
        ordered(spans)
    for span in spans:
        for part in (span, *parts(span)):
            assert 0 <= part.start <= part.end <= len(text), (stage, span)
            assert text[part.start : part.end] == part.text, (stage, span)
            assert 0 <= part.source_start <= part.source_end <= len(source), (stage, span)
        sensible(span)


def parts(span):
    """The spans within a span."""
    for name in PARTS:
        part = getattr(span, name, None)
        yield from (part if isinstance(part, list) else [part] if hasattr(part, "start") else [])


def sensible(span):
    """Numbers are finite and in order, and so are the ends of a date."""
    ends = [getattr(span, name, None) for name in ("low", "value", "high")]
    numbers = [end for end in ends if isinstance(end, float)]
    assert numbers == sorted(numbers), span
    for name in ("si_value", "value_si", "relative_error", "lat", "lon"):
        numbers.append(getattr(span, name, None) or 0.0)
    assert all(map(math.isfinite, numbers)), span
    for first, last in (("earliest", "latest"), ("event_from", "event_to")):
        moments = [getattr(span, first, None), getattr(span, last, None)]
        assert None in moments or moments[0] <= moments[1], span


def ordered(spans):
    """Disjoint and in order, in the text; never backwards in the source."""
    end = source = 0
    for span in spans:
        assert span.start >= end and span.source_start >= source, span
        end, source = span.end, span.source_start


def nothing_lost(sentences, text):
    """Sentences hold all of the text but white space."""
    at = 0
    for sentence in sentences:
        assert not text[at : sentence.start].strip(), text[at : sentence.start]
        at = sentence.end
    assert not text[at:].strip(), text[at:]


def encodable(value):
    """Strict JSON holds it: no NaN, no infinity, no lone surrogate."""
    assert json.dumps(value, allow_nan=False, ensure_ascii=False).encode()


ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "\n": ""}
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)


def unescaped(literal):
    """What the escapes of a printed string stand for; a lone surrogate is U+FFFD."""

    def character(match):
        code = match[1] or match[2] or match[3]
        if code is None:
            return ESCAPES.get(match[4], match[4])
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else "\ufffd"

    return ESCAPE.sub(character, literal).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def letters(text):
    """Letters and digits alone: what no folding, escape or reference makes out of nothing."""
    return [character for character in text if character.isalnum()]


def decodes(raw, text, kind):
    """Whether the letters of `text` are those of `raw`; where there is markup, tags and what is left out may stand between them.

    Escapes stand in printed lists, and in a page whose article is told by a script alone.
    """
    if not set("<&\\") & set(raw):
        return letters(raw) == letters(text)
    plain = [raw] if kind == "text" else [raw, unescaped(raw)]
    return any(subsequence(text, form) for raw in plain for form in (html.unescape(raw), raw))


def subsequence(text, raw):
    rest = iter(raw)
    return all(character in rest for character in letters(text))

