"""Somebody who reads the page in a browser, and everything that happens to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from playwright.async_api import BrowserContext, Locator, Page, Request

from tests.http.live_server import LiveServer

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
WAIT = 20_000  # milliseconds, for what happens at once on an idle machine


@dataclass
class Reader:
    """A browser context with one page, open at the server's."""

    server: LiveServer
    context: BrowserContext
    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @classmethod
    async def come(cls, server: LiveServer, context: BrowserContext) -> Reader:
        """A reader who has not opened the page yet."""
        context.set_default_timeout(WAIT)
        await context.add_init_script(WATCH)
        reader = cls(server, context, await context.new_page())
        context.on("request", reader._note_request)
        reader.page.on("pageerror", lambda error: reader.errors.append(str(error)))
        return reader

    async def visit(self, path: str = "/") -> None:
        """Opens the page and waits until it is ready."""
        await self.page.goto(self.server.url + path)
        await self.page.wait_for_function("document.title !== '先后 · Xianhou'")

    async def ask(self, question: str) -> None:
        """Types a question and sends it, without waiting for anything."""
        await self.page.fill("#question", question)
        await self.page.press("#question", "Enter")

    async def ask_and_read(self, question: str) -> Locator:
        """Asks and waits for the whole answer, which is returned."""
        turns = await self.page.locator(".turn").count()
        await self.ask(question)
        turn = self.page.locator(".turn").nth(turns)
        await turn.locator(".tools").wait_for()
        return turn

    async def violations(self) -> list[str]:
        """What the content security policy had to stop: nothing should come as far as that."""
        return list(await self.page.evaluate("window.violations"))

    async def leave(self) -> None:
        """Closes the browser context; nothing may have gone wrong or have been asked elsewhere."""
        violations = await self.violations()
        await self.context.close()
        problems = [*self.outside, *self.errors, *violations]
        assert not problems, problems

    def _note_request(self, request: Request) -> None:
        address = request.url
        if not address.startswith((f"{self.server.url}/", "blob:", "data:")):
            self.outside.append(address)


Comes = Callable[..., Awaitable[Reader]]
"""Opens a browser context with these options for a reader."""
