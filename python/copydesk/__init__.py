"""News in, tables out: text, sentences, names, dates, quantities, quotes and claims, each traced to the raw source."""

from importlib import import_module as _import_module

# As typing.TYPE_CHECKING, which takes longer to import than the rest of this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType as _ModuleType

    from . import arrow, sources

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
    Scan,
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
    "Scan",
    "Sentence",
    "Span",
    "Spans",
    "Table",
    "__version__",
    "arrow",
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
    "scan",
    "sentences",
    "sources",
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
scan = _desk.scan

_when_imported("pandas", lambda: _import_module("copydesk.pandas"))
_when_imported("polars", lambda: _import_module("copydesk.polars"))


def __getattr__(name: str) -> "_ModuleType":
    """The modules that not everybody needs, imported when they are asked for."""
    if name in ("arrow", "sources"):
        return _import_module(f"copydesk.{name}")
    raise AttributeError(f"module 'copydesk' has no attribute {name!r}")
