"""The page with the real tutor over the bundled sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_reader import Reader
from playwright.async_api import Browser, expect

from api.settings import Settings
from api.wiring import open_rooms
from tests.http.live_server import serving

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("locale", "question", "goal"),
    [
        ("zh-CN", "学深度学习要先学机器学习吗？我只是做毕设", "目标：毕业设计"),
        ("en-GB", "How much mathematics do I need to get a job?", "Goal: getting a job"),
    ],
    ids=["Chinese", "English"],
)
async def test_every_source_of_an_answer_opens_with_its_words_in_their_text(
    browser: Browser, indexed: Path, tmp_path: Path, locale: str, question: str, goal: str
) -> None:
    with (
        open_rooms(Settings(data=indexed)) as rooms,
        serving(rooms.tutor, tmp_path, index=rooms.index, embedder=rooms.embedder) as server,
    ):
        reader = await Reader.come(server, await browser.new_context(locale=locale))
        await reader.visit()
        turn = await reader.ask_and_read(question)
        await expect(turn.locator("[data-chip=goal]")).to_contain_text(goal)
        await expect(turn.locator(".segment").first).to_be_visible()
        await turn.locator(".source-list summary").click()
        sources = await turn.locator(".source").all()
        assert len(sources) > 3
        for source in sources:
            await source.click()
            await expect(reader.page.locator("dialog .around").first).to_be_attached()
            await expect(reader.page.locator("dialog mark")).not_to_be_empty()
            await reader.page.keyboard.press("Escape")
        await reader.leave()


async def test_the_example_in_the_form_becomes_a_plan_whose_sources_open(
    browser: Browser, indexed: Path, tmp_path: Path
) -> None:
    with (
        open_rooms(Settings(data=indexed)) as rooms,
        serving(rooms.tutor, tmp_path, index=rooms.index, embedder=rooms.embedder) as server,
    ):
        reader = await Reader.come(server, await browser.new_context(locale="zh-CN"))
        await reader.visit("/#/plan")
        page = reader.page
        await page.get_by_role("button", name="用这个例子试试").click()
        await page.get_by_role("button", name="排计划").click()
        await expect(page.locator(".week")).to_have_count(8)
        await expect(page.locator("[data-chip=time]")).to_contain_text("还有 8 周、每周 10 小时")
        await page.get_by_role("button", name="展开").click()
        for week in await page.locator(".week").all():
            await expect(week.locator(".step .cite").first).to_be_visible()
        for mark in await page.locator(".week").first.locator(".cite").all():
            await mark.click()
            await expect(page.locator("dialog mark")).not_to_be_empty()
            await expect(page.locator("dialog .around").first).to_be_attached()
            await page.keyboard.press("Escape")
        await page.locator(".week input").first.check()
        await expect(page.locator(".plan-far")).to_contain_text("共 8 周")
        await reader.leave()
