"""Runs something once another package has been imported, so that accessors need no import of their own."""

from __future__ import annotations

import sys

# As typing.TYPE_CHECKING: typing and importlib.abc take longer to import than all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any


class _Loader:
    """The loader of the other package, and what is to be run after it."""

    def __init__(self, loader: Any, then: Callable[[], object]) -> None:
        self._loader = loader
        self._then = then

    def create_module(self, spec: ModuleSpec) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._then()


class _Finder:
    """Waits for one import of the other package."""

    def __init__(self, name: str, then: Callable[[], object]) -> None:
        self._name = name
        self._then = then

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        found = (finder.find_spec(fullname, path, target) for finder in sys.meta_path if finder is not self)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is not None and spec.loader is not None:
            loader: Any = _Loader(spec.loader, self._imported)
            spec.loader = loader
        return spec

    def _imported(self) -> None:
        """Not before: others look whether a package is there and do not import it."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
            self._then()


def when_imported(name: str, then: Callable[[], object]) -> None:
    """Calls `then` now if the package is there already, else right after its first import."""
    if name in sys.modules:
        then()
    else:
        sys.meta_path.insert(0, _Finder(name, then))
