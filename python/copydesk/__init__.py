"""News in, tables out: text, sentences, names, dates, quantities, quotes and claims, each traced to the raw source."""

from importlib import import_module as _import_module

from ._copydesk import (
    TABLES,
    Block,
    Boundary,
    Claim,
    Corpus,
    Date,
    Desk,
    Document,
    Dropped,
    Entity,
    Inline,
    Link,
    Quantity,
    Quote,
    Sentence,
    Span,
    Spans,
    Table,
    __version__,
    explain,
)
from ._hook import when_imported as _when_imported

__all__ = [
    "TABLES",
    "Block",
    "Boundary",
    "Claim",
    "Corpus",
    "Date",
    "Desk",
    "Document",
    "Dropped",
    "Entity",
    "Inline",
    "Link",
    "Quantity",
    "Quote",
    "Sentence",
    "Span",
    "Spans",
    "Table",
    "__version__",
    "claims",
    "clean",
    "dates",
    "entities",
    "explain",
    "parse",
    "parse_many",
    "quantities",
    "quotes",
    "read",
    "sentences",
]

_desk = Desk()
parse = _desk.parse
read = _desk.read
clean = _desk.clean
sentences = _desk.sentences
dates = _desk.dates
entities = _desk.entities
quantities = _desk.quantities
quotes = _desk.quotes
claims = _desk.claims
parse_many = _desk.parse_many

_when_imported("pandas", lambda: _import_module("copydesk.pandas"))
