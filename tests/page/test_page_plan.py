"""The study plan on the page: drawn, ticked, changed, taken along, and when any of it fails."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from icalendar import Calendar
from page_answers import QUESTION
from page_looks import overflowing, serious
from page_reader import Comes, Reader
from page_stage import StagedTutor
from playwright.async_api import Locator, Page, Route, expect

from corpus.errors import StoreError
from corpus.types import Bilingual
from tests.api.plan_examples import FULL, TOO_SHORT
from tests.http.scripted_planning import ScriptedDrawing
from tutor.planning.types import ModuleKey, Swap

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = "我有两个月，每周 10 小时，想做 NLP 的毕设"
VERDICT = FULL.verdict.says
DONE = "/v1/learner/plan/done"


async def with_form(reader: Reader) -> Page:
    """The page at the form for a first plan."""
    await reader.page.get_by_role("button", name="学习计划").click()
    await reader.page.locator(".plan-form").wait_for()
    return reader.page


async def with_plan(reader: Reader) -> Page:
    """The page at a plan of two weeks, the first of them unfolded."""
    page = await with_form(reader)
    await page.get_by_label("用自己的话说").fill(WORDS)
    await page.get_by_label("从现在起几周").fill("2")
    await page.get_by_role("button", name="排计划").click()
    await page.locator(".weeks").wait_for()
    return page


def box(page: Page, name: str, week: int = 0) -> Locator:
    return page.locator(".week").nth(week).get_by_role("checkbox", name=name)


async def unfold(page: Page) -> None:
    await page.get_by_role("button", name="展开").click()


async def test_words_become_a_plan_that_says_why_and_from_whom(
    reader: Reader, drawing: ScriptedDrawing
) -> None:
    page = await with_plan(reader)
    (order,) = drawing.orders
    assert (order.words, order.options.wishes.weeks) == (WORDS, 2)
    await expect(page.get_by_role("heading", level=1)).to_have_text(VERDICT.zh)
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    first, second = (page.locator(".week").nth(at) for at in range(2))
    await expect(first.locator("details")).to_have_js_property("open", True)
    await expect(second.locator("details")).to_have_js_property("open", False)
    await expect(second.locator(".week-topics")).to_have_text("注意力机制")
    await expect(first.locator(".checkpoint li")).to_have_text(FULL.weeks[0].checkpoints[0].zh)
    await expect(first.locator(".step .hours").first).to_have_text("≈6 小时")
    await expect(page.locator(".plan-left")).to_contain_text("+60 小时")
    step = first.locator(".step").first
    await expect(step.locator(".why")).to_contain_text("王一为同样的目标推荐这门课")
    await step.locator(".cite").first.click()
    card = page.get_by_role("dialog")
    await expect(card.locator("h2")).to_contain_text("王一")
    await expect(card.locator("mark")).to_have_text(FULL.citations[0].quote)


async def test_a_reload_keeps_the_plan_with_its_ticks(reader: Reader) -> None:
    page = await with_plan(reader)
    await box(page, "线性神经网络").check()
    await expect(page.locator(".plan-far")).to_have_text("学完 1 周，共 2 周")
    await expect(page.locator(".week").first.locator(".week-state")).to_have_text("学完了")
    await expect(page.locator("[data-chip=time]")).to_contain_text("还有 1 周")
    await page.reload()
    await expect(page.locator(".plan-far")).to_have_text("学完 1 周，共 2 周")
    await expect(page.locator(".week").nth(1).locator("details")).to_have_js_property("open", True)
    await unfold(page)
    await expect(box(page, "线性神经网络")).to_be_checked()
    assert "学习计划" in await page.title()


async def test_a_step_is_ticked_with_all_its_parts_and_a_part_in_all_its_weeks(
    reader: Reader,
) -> None:
    page = await with_plan(reader)
    await unfold(page)
    step = box(page, "动手学深度学习")
    await box(page, "注意力机制").check()
    await expect(step).to_have_js_property("indeterminate", True)
    await expect(box(page, "动手学深度学习", week=1)).to_be_checked()
    await step.check()
    await expect(box(page, "线性神经网络")).to_be_checked()
    await expect(page.locator(".plan-far")).to_have_text("全部学完了")
    await box(page, "跑通一个").check()
    await step.uncheck()
    await expect(box(page, "跑通一个")).to_be_checked()
    await expect(page.locator(".plan-far")).to_have_text("学完 0 周，共 2 周")


async def test_other_time_draws_the_rest_again_and_counts_on(
    reader: Reader, drawing: ScriptedDrawing
) -> None:
    page = await with_plan(reader)
    await box(page, "线性神经网络").check()
    await expect(page.locator("[data-chip=time]")).to_contain_text("还有 1 周")
    await page.locator("[data-chip=time]").click()
    await page.get_by_label("从现在起几周").fill("5")
    await page.get_by_role("button", name="重新排").click()
    await expect(page.locator(".week h3").first).to_have_text("第 2 周")
    order = drawing.orders[-1]
    assert order.options.wishes.weeks == 5
    assert order.finished == {ModuleKey("d2l", "linear-networks")}
    await expect(page.locator(".plan-far")).to_have_text("学完 1 周，共 3 周")
    await page.locator(".plan-done summary").click()
    row = page.locator(".plan-done li", has_text="线性神经网络")
    await row.get_by_role("button", name="其实没学完").click()
    await expect(box(page, "线性神经网络")).not_to_be_checked()
    assert drawing.orders[-1].finished == frozenset()


async def test_what_was_assumed_can_be_changed(reader: Reader, drawing: ScriptedDrawing) -> None:
    page = await with_plan(reader)
    await expect(page.locator("[data-chip=programming]")).to_have_text("编程：没说")
    await page.locator("[data-chip=programming]").click()
    await page.get_by_role("menuitemradio", name="没学过").click()
    await expect(page.locator("[data-chip=programming]")).to_have_text("编程：没学过")
    wishes, background = drawing.orders[-1].options.wishes, drawing.orders[-1].options.background
    assert (background.programming, wishes.weeks) == ("none", 2)


async def test_a_course_is_swapped_for_another_and_back(
    reader: Reader, drawing: ScriptedDrawing
) -> None:
    page = await with_plan(reader)
    await page.get_by_role("button", name="换掉《动手学深度学习》").first.click()
    await page.get_by_role("menuitem", name="神经网络与深度学习（免费，多 3.5 小时）").click()
    await expect(page.locator(".plan-swaps li")).to_contain_text("nndl")
    assert drawing.orders[-1].swaps == (Swap("d2l", "nndl"),)
    await page.get_by_role("button", name="换回来").click()
    await expect(page.locator(".plan-swaps")).to_have_count(0)
    assert drawing.orders[-1].swaps == ()


async def test_a_time_too_short_is_said_and_made_longer_with_one_press(
    reader: Reader, drawing: ScriptedDrawing
) -> None:
    drawing.plan = TOO_SHORT
    page = await with_plan(reader)
    await expect(page.get_by_role("heading", level=1)).to_have_text(TOO_SHORT.verdict.says.zh)
    drawing.plan = FULL
    await page.get_by_role("button", name="改成 5 周，重新排").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(VERDICT.zh)
    assert drawing.orders[-1].options.wishes.weeks == 5


async def test_what_fails_says_so_and_loses_nothing(
    reader: Reader, drawing: ScriptedDrawing
) -> None:
    drawing.error = StoreError(Bilingual(zh="读不了。", en="Cannot read."))
    page = await with_form(reader)
    await page.get_by_label("用自己的话说").fill(WORDS)
    await page.get_by_role("button", name="排计划").click()
    await expect(page.get_by_role("alert")).to_contain_text("请稍后再试")
    await expect(page.get_by_label("用自己的话说")).to_have_value(WORDS)
    drawing.error = None
    await page.get_by_role("button", name="秒后可以再试").wait_for()
    await page.get_by_role("button", name="排计划").click()
    await page.locator(".weeks").wait_for()
    await expect(page.get_by_role("alert")).to_have_count(0)
    drawing.error = StoreError(Bilingual(zh="读不了。", en="Cannot read."))
    await page.locator("[data-chip=budget]").click()
    await page.get_by_role("menuitemradio", name="只要免费课").click()
    await expect(page.get_by_role("alert")).to_contain_text("请稍后再试")
    await expect(page.locator("[data-chip=budget]")).to_have_text("付费课也行")
    await expect(page.locator(".week")).to_have_count(2)


async def test_a_tick_that_does_not_arrive_is_taken_back(reader: Reader) -> None:
    page = await with_plan(reader)
    await page.route(f"**{DONE}", lambda route: route.abort())
    await box(page, "线性神经网络").click()
    await expect(page.get_by_role("alert")).to_contain_text("连不上服务器")
    await expect(box(page, "线性神经网络")).not_to_be_checked()
    await page.unroute(f"**{DONE}")
    await page.get_by_role("button", name="再试一次").click()
    await expect(page.locator(".plan-far")).to_have_text("学完 1 周，共 2 周")
    await expect(box(page, "线性神经网络")).to_be_checked()


async def test_a_late_reply_does_not_undo_what_was_ticked_meanwhile(reader: Reader) -> None:
    page = await with_plan(reader)
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await page.route(f"**{DONE}", hold)
    await box(page, "线性神经网络").check()
    await box(page, "注意力机制").check()
    await page.wait_for_timeout(100)
    assert len(held) == 1, "one after the other, so that the server hears them in order"
    await held[0].continue_()
    await page.wait_for_timeout(200)
    await expect(box(page, "注意力机制")).to_be_checked()
    await held[1].continue_()
    await expect(page.locator(".plan-far")).to_have_text("全部学完了")


async def test_what_was_changed_elsewhere_is_fetched_again(reader: Reader) -> None:
    page = await with_plan(reader)
    await page.evaluate("fetch('/v1/learner/plan', {method: 'DELETE'})")
    await box(page, "线性神经网络").click()
    await expect(page.get_by_role("alert")).to_contain_text("请先排一个计划")
    await expect(page.locator(".plan-form")).to_be_visible()
    await expect(page.get_by_label("从现在起几周")).to_have_value("2")


async def test_the_plan_is_taken_along_as_calendar_and_checklist(reader: Reader) -> None:
    page = await with_plan(reader)
    await box(page, "线性神经网络").check()
    saved: dict[str, bytes] = {}
    for name in ("日历", "清单"):
        async with page.expect_download() as saving:
            await page.get_by_role("button", name=name).click()
        file = await saving.value
        saved[file.suggested_filename] = (await file.path()).read_bytes()
    events = Calendar.from_ical(saved["xianhou-plan.ics"]).walk("VEVENT")
    assert len(events) == 2
    assert "[x] 线性神经网络" in saved["xianhou-plan.md"].decode()


async def test_a_plan_is_deleted_after_asking_and_forgotten_with_the_learner(
    reader: Reader,
) -> None:
    page = await with_plan(reader)
    await page.get_by_role("button", name="删除计划").click()
    await page.get_by_role("button", name="取消").click()
    await page.get_by_role("button", name="删除计划").click()
    await page.get_by_role("dialog").get_by_role("button", name="删除").click()
    await expect(page.locator(".plan-form")).to_be_visible()
    await page.get_by_role("button", name="排计划").click()
    await page.locator(".weeks").wait_for()
    await page.click("#menu")
    await page.get_by_role("button", name="忘掉我").click()
    await page.get_by_role("button", name="全部删除").click()
    await expect(page.locator("#welcome")).to_be_visible()
    await page.get_by_role("button", name="学习计划").click()
    await expect(page.get_by_label("从现在起几周")).to_have_value("")


async def test_the_plan_of_an_answer_is_opened_from_there(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.answer = replace(tutor.answer, plan=FULL)
    turn = await reader.ask_and_read(WORDS)
    page = reader.page
    await turn.get_by_role("link", name="打开学习计划").click()
    await expect(page.locator(".plan-verdict")).to_have_text(VERDICT.zh)
    await page.go_back()
    await expect(turn).to_be_visible()


async def test_a_conversation_goes_on_while_the_plan_is_looked_at(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = 3
    await reader.ask(QUESTION)
    page = reader.page
    await page.locator(".prose").get_by_text("不用先学完").wait_for()
    await with_form(reader)
    await expect(page.locator("#composer")).not_to_be_visible()
    tutor.go_on.set()
    await page.wait_for_timeout(300)
    assert page.url.endswith("#/plan")
    await page.go_back()
    await expect(page.locator(".turn .tools")).to_be_visible()
    await expect(page.locator(".plan-form")).not_to_be_visible()
    await page.go_forward()
    await expect(page.locator(".plan-form")).to_be_visible()
    await page.get_by_role("button", name="对话", exact=True).click()
    await expect(page.locator("#question")).to_be_visible()
    assert "#/c/" in page.url


async def test_what_is_opened_over_the_plan_is_closed_by_going_back(reader: Reader) -> None:
    page = await with_plan(reader)
    await page.locator("[data-chip=goal]").click()
    await page.get_by_role("menu").wait_for()
    await page.go_back()
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(page.locator(".weeks")).to_be_visible()
    assert page.url.endswith("#/plan")


async def test_the_profile_of_the_learner_is_in_the_form(reader: Reader) -> None:
    known = {"goal": "job", "weeks": 6, "background": {"mathematics": "solid"}}
    await reader.page.evaluate(
        """(known) => fetch("/v1/learner", {method: "PATCH", body: JSON.stringify(known),
          headers: {"Content-Type": "application/json"}})""",
        known,
    )
    page = await with_form(reader)
    await expect(page.get_by_label("目标")).to_have_value("job")
    await expect(page.get_by_label("从现在起几周")).to_have_value("6")
    await expect(page.get_by_label("数学")).to_have_value("solid")


async def test_the_page_changes_its_language_and_the_plan_keeps_its_own(reader: Reader) -> None:
    page = await with_plan(reader)
    await page.get_by_role("button", name="English").click()
    await expect(page.locator(".week h3").first).to_have_text("Week 1")
    await expect(page.locator(".plan-far")).to_have_text("0 of 2 weeks finished")
    await expect(page.locator(".plan-verdict")).to_have_text(VERDICT.zh)
    await expect(page.locator(".plan-verdict")).to_have_attribute("lang", "zh-Hans")
    await page.locator("[data-chip=language]").click()
    await page.get_by_role("menuitemradio", name="In English").click()
    await expect(page.locator(".plan-verdict")).to_have_text(VERDICT.en)


async def test_the_keyboard_is_enough(reader: Reader) -> None:
    page = await with_plan(reader)
    await page.keyboard.press("Tab")
    await expect(page.locator("[data-chip=goal]")).to_be_focused()
    await page.locator(".week-head").first.focus()
    await page.keyboard.press("Tab")
    await expect(box(page, "动手学深度学习")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(page.locator(".plan-far")).to_have_text("全部学完了")
    await expect(box(page, "动手学深度学习")).to_be_focused()
    await page.get_by_role("button", name="换掉").first.press("Enter")
    await expect(page.get_by_role("menuitem").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="换掉").first).to_be_focused()
    await page.get_by_role("link", name="跳到学习计划").press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.parametrize(("width", "locale"), [(320, "zh-CN"), (320, "en-GB"), (1280, "en-GB")])
async def test_nothing_of_a_plan_stands_out_of_the_screen(
    comes: Comes, width: int, locale: str
) -> None:
    reader = await comes(viewport={"width": width, "height": 700}, locale=locale)
    await reader.visit()
    page = reader.page
    await page.click("#view-plan")
    await page.locator(".plan-form").wait_for()
    assert await overflowing(page) == [False, []]
    await page.locator(".plan-example").click()
    await page.locator(".plan-form .primary").click()
    await page.locator(".weeks").wait_for()
    await page.locator("details").evaluate_all("(all) => all.forEach((each) => each.open = true)")
    assert await overflowing(page) == [False, []]


async def test_titles_keep_their_room_on_a_small_screen(comes: Comes) -> None:
    reader = await comes(viewport={"width": 320, "height": 700})
    await reader.visit()
    page = await with_plan(reader)
    await unfold(page)
    for titles in (page.locator(".part-title"), page.locator(".step:not(.project) .step-title")):
        rows = await titles.evaluate_all(
            """(all) => all.map((node) => {
              const { height } = node.getBoundingClientRect();
              return height / parseFloat(getComputedStyle(node).lineHeight);
            })"""
        )
        assert rows
        assert max(rows) < 2


async def test_two_changes_at_once_both_count(reader: Reader, drawing: ScriptedDrawing) -> None:
    page = await with_plan(reader)
    drawing.go_on.clear()
    for chip, choice in (
        ("budget", "只要免费课"),
        ("programming", "没学过"),
        ("mathematics", "学过一点"),
    ):
        await page.locator(f"[data-chip={chip}]").click()
        await page.get_by_role("menuitemradio", name=choice).click()
    drawing.go_on.set()
    await expect(page.locator("[data-chip=mathematics]")).to_have_text("数学：学过一点")
    await expect(page.locator("[data-chip=programming]")).to_have_text("编程：没学过")
    await expect(page.locator("[data-chip=budget]")).to_have_text("只要免费课")
    options = drawing.orders[-1].options
    assert (options.budget, options.background.mathematics) == ("free", "basic")


async def test_whoever_comes_next_does_not_see_what_was_deleted(reader: Reader) -> None:
    page = await with_plan(reader)
    seen = await page.evaluate(
        """async () => {
          const { KeptPlan } = await import("/static/js/kept_plan.js");
          const seen = [];
          const kept = new KeptPlan((each) => seen.push(each));
          const erased = kept.erase();
          kept.leave();
          await erased;
          return seen;
        }"""
    )
    assert seen == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious_in_a_plan(comes: Comes, scheme: str) -> None:
    reader = await comes(color_scheme=scheme, reduced_motion="reduce")
    await reader.visit()
    page = await with_form(reader)
    assert await serious(page) == []
    await page.get_by_role("button", name="排计划").click()
    await page.locator(".weeks").wait_for()
    await box(page, "线性神经网络").check()
    await page.locator("details").evaluate_all("(all) => all.forEach((each) => each.open = true)")
    assert await serious(page) == []
    await page.locator("[data-chip=time]").click()
    assert await serious(page) == []


async def test_nothing_in_a_plan_becomes_markup_or_a_script(
    reader: Reader, drawing: ScriptedDrawing
) -> None:
    evil = "<img src=http://evil.example/x onerror=window.pwned=1>**b**[a](javascript:alert(1))"
    drawing.plan = hostile(evil)
    page = await with_plan(reader)
    await unfold(page)
    await expect(page.locator(".step-title").first).to_have_text(evil)
    assert await page.locator(".plan :is(img, script, [onerror], a[href^=javascript])").count() == 0
    assert await page.evaluate("window.pwned") is None


def hostile(evil: str) -> Any:
    """The plan with `evil` wherever a text of a source can stand."""
    words = Bilingual(evil, evil)
    weeks = []
    for week in FULL.weeks:
        steps = tuple(
            replace(
                step,
                title=words,
                why=words,
                url="javascript:window.pwned=1",
                modules=tuple(replace(module, title=words) for module in step.modules),
            )
            for step in week.steps
        )
        weeks.append(replace(week, steps=steps, checkpoints=(words,)))
    left = tuple(replace(each, title=words, why=words) for each in FULL.left_out)
    return replace(FULL, weeks=tuple(weeks), left_out=left, notes=(words,), assumptions=(words,))
