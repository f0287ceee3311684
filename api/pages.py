"""Printing a page in the form that suits where it goes."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from api.blocks import Block
from api.terminal import is_terminal, write


def print_page(blocks: Iterable[Block]) -> None:
    """Prints with colours and tables on a terminal, as plain text anywhere else."""
    if is_terminal(sys.stdout):
        from api.render_terminal import show

        show(blocks)
    else:
        from api.render_plain import plain

        write(plain(blocks))
