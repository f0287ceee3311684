"""How the page looks and reads: languages, light and dark, small screens, accessibility."""

from __future__ import annotations

import pytest
from page_answers import QUESTION
from page_looks import overflowing, serious
from page_reader import Comes, Reader
from page_stage import StagedTutor
from playwright.async_api import Page, expect

pytestmark = pytest.mark.asyncio(loop_scope="session")
DESKTOP = {"width": 1280, "height": 800}


async def background(page: Page) -> str:
    """The colour behind everything."""
    colour: str = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


async def test_the_interface_speaks_the_language_of_the_browser(comes: Comes) -> None:
    reader = await comes(locale="en-GB")
    await reader.visit()
    await expect(reader.page.locator("html")).to_have_attribute("lang", "en")
    await expect(reader.page.locator("h1")).to_have_text("What comes first?")
    await expect(reader.page.locator("#question")).to_have_attribute(
        "placeholder", "What do you want to learn?"
    )
    await expect(reader.page.locator(".samples .suggestion").first).to_contain_text("Do I need")


async def test_the_language_can_be_changed_in_the_middle_of_a_conversation_and_stays(
    reader: Reader,
) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await reader.page.get_by_role("button", name="English").click()
    await expect(reader.page.locator("html")).to_have_attribute("lang", "en")
    await expect(turn.locator("[data-chip=goal]")).to_have_text("Goal: a graduation project")
    await expect(turn.locator(".opinions h3").first).to_have_text(
        "Who says what, for all goals: whether to learn machine learning first"
    )
    await expect(turn.locator(".cite").first).to_have_attribute("aria-label", "Source 1: 王一")
    await expect(turn.locator(".prose")).to_have_attribute("lang", "zh-Hans")
    await reader.page.reload()
    await expect(reader.page.locator("html")).to_have_attribute("lang", "en")
    await expect(reader.page.locator(".prose")).to_have_attribute("lang", "zh-Hans")


async def test_errors_come_in_the_language_of_the_interface(comes: Comes) -> None:
    reader = await comes(locale="en-GB")
    await reader.visit()
    async with reader.page.expect_request("**/v1/ask/stream") as asking:
        await reader.ask("?")
    request = await asking.value
    assert (await request.all_headers())["accept-language"] == "en"


async def test_dark_follows_the_system_or_is_chosen_on_this_device(comes: Comes) -> None:
    reader = await comes(color_scheme="dark")
    await reader.visit()
    dark = await background(reader.page)
    await reader.page.emulate_media(color_scheme="light")
    light = await background(reader.page)
    assert dark != light
    switch = reader.page.locator("#theme")
    await switch.click()
    await expect(switch).to_have_attribute("aria-label", "外观：浅色")
    await switch.click()
    await expect(switch).to_have_attribute("aria-label", "外观：深色")
    assert await background(reader.page) == dark
    await reader.page.reload()
    assert await background(reader.page) == dark


@pytest.mark.parametrize(
    "viewport",
    [{"width": 360, "height": 740}, {"width": 320, "height": 568}, {"width": 640, "height": 360}],
    ids=["phone", "smallest phone", "desktop at 200 % zoom"],
)
async def test_nothing_stands_out_of_a_small_screen(comes: Comes, viewport: dict[str, int]) -> None:
    reader = await comes(viewport=viewport, locale="en-GB")
    await reader.visit()
    assert await overflowing(reader.page) == [False, []]
    turn = await reader.ask_and_read("https://example.org/" + "a" * 200)
    assert await overflowing(reader.page) == [False, []]
    await turn.locator(".cite").first.click()
    await reader.page.locator("dialog mark").wait_for()
    await reader.page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    assert await overflowing(reader.page) == [False, []]


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
async def test_the_top_of_the_smallest_phone_is_one_line(comes: Comes, locale: str) -> None:
    reader = await comes(viewport={"width": 320, "height": 568}, locale=locale)
    await reader.visit()
    for part in (".top .brand", "#language"):
        lines = await reader.page.locator(part).evaluate(
            """(node) => {
              const range = document.createRange();
              range.selectNodeContents(node);
              const tops = [...range.getClientRects()].map((each) => each.bottom);
              return Math.max(...tops) - Math.min(...tops);
            }"""
        )
        assert lines < 10, part
    bottom = await reader.page.locator(".top").evaluate("(node) => node.offsetHeight")
    assert bottom < 60


async def test_a_very_low_screen_leaves_out_the_line_below_the_box(comes: Comes) -> None:
    reader = await comes(viewport={"width": 640, "height": 360})
    await reader.visit()
    await expect(reader.page.locator(".composer .hint")).not_to_be_visible()
    await reader.page.set_viewport_size({"width": 640, "height": 700})
    await expect(reader.page.locator(".composer .hint")).to_be_visible()


async def test_on_a_wide_screen_the_conversations_stand_beside_the_answer(comes: Comes) -> None:
    reader = await comes(viewport=DESKTOP)
    await reader.visit()
    await reader.ask_and_read(QUESTION)
    await expect(reader.page.locator(".conversation")).to_be_visible()
    await expect(reader.page.locator("#menu")).not_to_be_visible()
    await reader.page.locator(".cite").first.click()
    await reader.page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    card = await reader.page.get_by_role("dialog").bounding_box()
    assert card
    assert card["x"] + card["width"] == DESKTOP["width"]
    assert card["width"] < DESKTOP["width"] / 2


async def test_whoever_wants_less_motion_gets_none(comes: Comes, tutor: StagedTutor) -> None:
    reader = await comes(reduced_motion="reduce")
    await reader.visit()
    tutor.pause_before = 2
    await reader.ask(QUESTION)
    await reader.page.locator(".working").wait_for()
    assert await reader.page.evaluate("document.getAnimations().length") == 0


async def test_the_first_tab_leads_to_the_question_box(reader: Reader) -> None:
    await reader.page.keyboard.press("Tab")
    skip = reader.page.get_by_role("link", name="跳到提问框")
    await expect(skip).to_be_focused()
    await reader.page.keyboard.press("Enter")
    await expect(reader.page.locator("#question")).to_be_focused()
    assert "#" not in reader.page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(comes: Comes, scheme: str) -> None:
    reader = await comes(color_scheme=scheme, reduced_motion="reduce")
    await reader.visit()
    assert await serious(reader.page) == []
    turn = await reader.ask_and_read(QUESTION)
    await turn.locator("details").evaluate_all("(all) => all.forEach((each) => each.open = true)")
    assert await serious(reader.page) == []
    await turn.locator(".cite").first.click()
    await reader.page.locator("dialog .around").first.wait_for()
    assert await serious(reader.page) == []
    await reader.page.keyboard.press("Escape")
    await turn.locator("[data-chip=goal]").click()
    assert await serious(reader.page) == []
