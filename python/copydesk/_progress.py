"""A progress bar through tqdm."""

from __future__ import annotations

from collections.abc import Callable


def bar(total: int | None) -> Callable[[int, int | None], None]:
    """A function of (done, total) that moves a bar.

    Raises ImportError where tqdm is not installed.
    """
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ImportError('progress=True needs tqdm: pip install "copydesk[progress]"') from None
    shown = tqdm(total=total, unit="doc")

    def move(done: int, total: int | None) -> None:
        shown.update(done - shown.n)
        if total is not None and done >= total:
            shown.total = total
            shown.close()

    return move
