"""The span rules, checked with a naive oracle: slices of Python strings."""

SPANS = ("blocks", "links", "inlines", "sentences", "entities", "dates", "quantities", "quotes", "claims")


def check(doc):
    """Raises AssertionError where a rule is broken."""
    for stage in SPANS:
        for span in getattr(doc, stage):
            assert 0 <= span.start <= span.end <= len(doc.text), (stage, span)
            assert doc.text[span.start : span.end] == span.text, (stage, span)
            assert 0 <= span.source_start <= span.source_end <= len(doc.source), (stage, span)
    ordered(doc.sentences)
    ordered(doc.blocks)
    for left in doc.dropped:
        assert 0 <= left.source_start <= left.source_end <= len(doc.source), left
    nothing_lost(doc)


def ordered(spans):
    """Disjoint and in order, in the text; never backwards in the source."""
    end = source = 0
    for span in spans:
        assert span.start >= end and span.source_start >= source, span
        end, source = span.end, span.source_start


def nothing_lost(doc):
    """Sentences hold all of the text but white space."""
    at = 0
    for sentence in doc.sentences:
        assert not doc.text[at : sentence.start].strip(), doc.text[at : sentence.start]
        at = sentence.end
    assert not doc.text[at:].strip()
