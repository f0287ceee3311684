"""Pictures of the web page of a running server.

python tests/page/take_screenshots.py http://127.0.0.1:8000 OUTPUT_DIRECTORY
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chromium import HOW_TO_INSTALL, OPTIONS, chromium
from playwright.sync_api import Browser, Page, sync_playwright

CHINESE = "学深度学习要先学机器学习吗？我只是做毕设"
ENGLISH = "Do I need machine learning before deep learning? I want a job in the field."
_SECONDS = 60_000


@dataclass(frozen=True)
class Picture:
    """What a picture shows, and on which device."""

    name: str
    width: int
    height: int
    scale: float
    scheme: str
    locale: str
    arrange: Callable[[Page], None]


def ask(page: Page, question: str) -> None:
    """Asks and waits for the whole answer."""
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.wait_for_selector(".tools", timeout=_SECONDS)
    page.wait_for_timeout(700)  # for the scrolling to come to rest


def chinese_answer(page: Page) -> None:
    ask(page, CHINESE)


def chinese_card(page: Page) -> None:
    ask(page, CHINESE)
    page.locator(".cite").nth(6).click()
    page.wait_for_selector("dialog .around")
    page.wait_for_timeout(400)


def chinese_split(page: Page) -> None:
    ask(page, CHINESE)
    page.locator(".opinions").first.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.opinions').scrollIntoView({block: 'center'})")
    page.wait_for_timeout(300)


def goal_menu(page: Page) -> None:
    ask(page, CHINESE)
    page.click("[data-chip=goal]")
    page.wait_for_timeout(400)


def english_answer(page: Page) -> None:
    ask(page, ENGLISH)


def english_card(page: Page) -> None:
    ask(page, ENGLISH)
    page.locator(".prose li .cite").first.click()
    page.wait_for_selector("dialog .around")
    page.wait_for_timeout(400)


def first_screen(page: Page) -> None:
    page.wait_for_selector(".suggestion")


def plan_form(page: Page) -> None:
    page.click("#view-plan")
    page.wait_for_selector(".plan-form")


def plan(page: Page) -> None:
    """The plan of the example in the form, with one step done."""
    plan_form(page)
    page.click(".plan-example")
    page.click(".plan-form .primary")
    page.wait_for_selector(".weeks", timeout=_SECONDS)
    page.locator(".week input").first.check()
    page.wait_for_timeout(700)


def plan_weeks(page: Page) -> None:
    plan(page)
    page.evaluate("document.querySelector('.weeks').scrollIntoView()")
    page.wait_for_timeout(300)


_PHONE = (390, 844, 2.0)
_DESKTOP = (1280, 860, 1.5)
PICTURES = (
    Picture("phone-first-screen", *_PHONE, "light", "zh-CN", first_screen),
    Picture("phone-answer", *_PHONE, "light", "zh-CN", chinese_answer),
    Picture("phone-source", *_PHONE, "light", "zh-CN", chinese_card),
    Picture("phone-opinions", *_PHONE, "light", "zh-CN", chinese_split),
    Picture("phone-goals", *_PHONE, "light", "zh-CN", goal_menu),
    Picture("desktop-first-screen", *_DESKTOP, "light", "en-GB", first_screen),
    Picture("desktop-answer", *_DESKTOP, "dark", "en-GB", english_answer),
    Picture("desktop-source", *_DESKTOP, "dark", "en-GB", english_card),
    Picture("desktop-goals", *_DESKTOP, "light", "zh-CN", goal_menu),
    Picture("phone-plan-form", *_PHONE, "light", "zh-CN", plan_form),
    Picture("phone-plan", *_PHONE, "light", "zh-CN", plan),
    Picture("phone-plan-weeks", *_PHONE, "dark", "zh-CN", plan_weeks),
    Picture("desktop-plan", *_DESKTOP, "light", "zh-CN", plan),
    Picture("desktop-plan-weeks", *_DESKTOP, "dark", "en-GB", plan_weeks),
)


def take(browser: Browser, url: str, picture: Picture, directory: Path) -> None:
    """One picture, as a reader who has never been here."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.scale,
        color_scheme="dark" if picture.scheme == "dark" else "light",
        locale=picture.locale,
        has_touch=picture.width < 600,
        is_mobile=picture.width < 600,
    )
    page = context.new_page()
    page.goto(url)
    picture.arrange(page)
    page.screenshot(path=directory / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Takes all pictures."""
    if len(sys.argv) != 3:
        sys.exit(str(__doc__))
    executable = chromium()
    if executable is None:
        sys.exit(f"take_screenshots {HOW_TO_INSTALL}")
    directory = Path(sys.argv[2])
    directory.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        for picture in PICTURES:
            take(browser, sys.argv[1], picture, directory)
        browser.close()


if __name__ == "__main__":
    main()
