"""An answer on a terminal: finished blocks stay, the one that grows is drawn again in place."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.blocks import Block
from api.render_terminal import show
from api.stream_blocks import TextBlock, text_blocks
from api.terminal import console, printable

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult


class TerminalStream:
    """Draws Markdown as it grows. See `api.stream_answer`.

    Below the growing block stands a dim line as long as more is to come.
    """

    def __init__(self) -> None:
        from rich.live import Live

        self._screen = console(sys.stdout)
        # No thread redraws: what changes is a sentence, and then once.
        self._live = Live(
            console=self._screen,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._growing = ""
        self._begun = False  # something stands above the growing block
        self._spaced = True  # an empty line goes between it and what stands above
        self._waiting = "…"

    def waiting(self, text: str) -> None:
        """Shows what is being done, until the next piece comes."""
        self._waiting = text
        self._draw()

    def add(self, text: str) -> None:
        """Takes the next piece of the answer."""
        self._growing += text
        self._waiting = "…"
        *finished, last = text_blocks(self._growing) or [TextBlock("", self._spaced)]
        if finished:
            self._settle_all(finished)
            self._growing, self._spaced = last.text, last.spaced
        self._draw()

    def notice(self, text: str) -> None:
        """Shows a paragraph that is not part of the answer."""
        from rich.text import Text

        from api.wrapping import Wrapped

        self._settle_growing()
        self._settle(Wrapped(Text(printable(text), style="yellow")))

    def finish(self, blocks: Sequence[Block]) -> None:
        """Shows what stands below the answer."""
        self.close()
        if blocks:
            self._gap()
            show(blocks)

    def close(self) -> None:
        """Leaves what has been shown of the answer on the screen, and nothing else."""
        self._settle_growing()
        self._live.stop()

    def _settle_growing(self) -> None:
        self._settle_all(text_blocks(self._growing))
        self._growing, self._spaced = "", True

    def _settle_all(self, blocks: Sequence[TextBlock]) -> None:
        for rank, block in enumerate(blocks):
            # What goes before the first one was known when it began to grow.
            self._spaced = block.spaced if rank else self._spaced
            self._settle(_Drawn(block.text))

    def _settle(self, renderable: RenderableType) -> None:
        self._gap()
        self._screen.print(renderable)
        self._begun = True

    def _gap(self) -> None:
        if self._begun and self._spaced:
            self._screen.print()

    def _draw(self) -> None:
        from rich.console import Group
        from rich.text import Text

        parts: list[RenderableType] = []
        if self._growing.strip():
            parts = [*([""] if self._begun and self._spaced else []), _Drawn(self._growing)]
        self._live.start()
        self._live.update(Group(*parts, Text(self._waiting, style="dim")), refresh=True)


class _Drawn:
    """One block of Markdown as a renderable, without the empty line that a list begins with."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yields one line after the other."""
        from rich.segment import Segment

        from api.terminal_markdown import TerminalMarkdown

        # Where a link leads is shown, not hidden behind its words.
        markdown = TerminalMarkdown(printable(self._text), hyperlinks=False)
        lines = console.render_lines(markdown, options, pad=False)
        while lines and not Segment.get_line_length(lines[0]):
            del lines[0]
        for line in lines:
            yield from line
            yield Segment.line()
