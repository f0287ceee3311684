"""What is wrong with how the page looks, or how it is read out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"


async def overflowing(page: Page) -> Any:
    """What stands out at the right of the screen."""
    return await page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const wide = document.documentElement.scrollWidth > width;
          const inside = ":is(main, .top, .composer, dialog) *";
          const out = [...document.querySelectorAll(inside)].filter((node) =>
            node.checkVisibility() && node.getBoundingClientRect().right > width + 1 &&
            !node.closest(".visually-hidden"));
          return [wide, out.map((node) => node.outerHTML.slice(0, 80))];
        }"""
    )


async def serious(page: Page) -> list[str]:
    """What axe finds to be serious or critical."""
    await page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
