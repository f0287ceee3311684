"""Reading an answer on the page: sources, sides, and what was assumed about the learner."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from page_answers import QUESTION, QUOTE
from page_reader import Reader
from page_stage import StagedTutor
from playwright.async_api import Route, expect

from corpus.types import Direction, Goal
from tutor.understanding import Wishes

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def open_source(reader: Reader, number: int) -> None:
    """Presses a marker in the text."""
    await reader.page.locator(f".prose [data-number='{number}']").first.click()


async def test_a_marker_opens_the_source_with_the_quoted_words_marked_in_their_text(
    reader: Reader,
) -> None:
    await reader.ask_and_read(QUESTION)
    await open_source(reader, 1)
    card = reader.page.get_by_role("dialog")
    await expect(card.locator("h2")).to_have_text("1王一")
    await expect(card.locator(".origin")).to_have_text("知乎 · 2018-03")
    await expect(card.locator(".title")).to_contain_text("先做起来")
    link = card.get_by_role("link", name="打开原文")
    await expect(link).to_have_attribute("href", "https://example.org/answer/1")
    await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    await expect(card.locator(".whose")).to_have_text("原文")
    await expect(card).to_contain_text("写于五年多以前")
    # Two characters of two UTF-16 units each stand before the quotation.
    assert await card.locator("mark").text_content() == QUOTE
    before, after = await card.locator(".around").all_text_contents()
    assert before == "我的看法\n😀😀 我也走过弯路。"
    assert after.startswith("缺什么补什么。后来就顺了。")
    assert after.endswith("…")
    assert len(after) == 201


async def test_a_restatement_is_called_one_and_comes_with_its_rendering(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    await open_source(reader, 2)
    card = reader.page.get_by_role("dialog")
    await expect(card.locator(".whose")).to_have_text(
        ["转述（本项目的话，不是原文）", "中文转述（本项目的话）"]
    )
    await expect(card.locator("mark")).to_have_text("He advises a small core first.")
    await expect(card.locator("blockquote").first).to_have_attribute("lang", "en")
    await expect(card.locator(".rendering")).to_have_text("他建议先补一小块核心。")
    await expect(card.locator(".origin")).to_have_text("知乎 · 日期未知")


async def test_course_facts_are_called_ours(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    await open_source(reader, 3)
    card = reader.page.get_by_role("dialog")
    await expect(card.locator(".whose")).to_have_text("课程资料（本项目整理）")
    await expect(card.locator("mark")).to_have_text("一边讲原理一边跑代码的教科书。")


async def test_a_source_that_cannot_be_fetched_shows_the_quotation_alone(reader: Reader) -> None:
    async def fail(route: Route) -> None:
        await route.fulfill(status=500, body="")

    await reader.page.route("**/v1/perspectives/*", fail)
    await reader.ask_and_read(QUESTION)
    await open_source(reader, 1)
    card = reader.page.get_by_role("dialog")
    await expect(card).to_contain_text("前后文现在取不到")
    assert await card.locator("mark").text_content() == QUOTE


async def test_escape_closes_the_card_and_the_focus_is_back_on_the_marker(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    await open_source(reader, 2)
    await reader.page.keyboard.press("Escape")
    await expect(reader.page.get_by_role("dialog")).to_have_count(0)
    await expect(reader.page.locator(".prose [data-number='2']")).to_be_focused()


async def test_the_split_of_opinion_is_a_bar_of_named_people(reader: Reader) -> None:
    turn = await reader.ask_and_read(QUESTION)
    sides, one_sided = turn.locator(".opinions").first, turn.locator(".opinions").last
    await expect(sides.locator("h3")).to_have_text("各方看法：要不要先学机器学习（不分目标）")
    await expect(sides.locator(".segment")).to_have_text(["1", "3"])
    core, start = await sides.locator(".segment").all()
    small, large = await core.bounding_box(), await start.bounding_box()
    assert small
    assert large
    assert large["width"] == pytest.approx(3 * small["width"], rel=0.1)
    await expect(sides.locator("button.name")).to_have_text(["陈晓2", "王一1", "李二", "周三?"])
    await expect(sides).to_contain_text("立场由程序推断，未经人核对")
    await expect(one_sided).to_contain_text("来源里只找到这一种看法。")


async def test_a_cited_name_opens_its_source_and_says_which_side_it_was_pressed_on(
    reader: Reader,
) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await turn.locator("button.name", has_text="王一").click()
    card = reader.page.get_by_role("dialog")
    await expect(card.locator("mark")).to_contain_text("先跑通一个模型")
    await expect(card.locator(".position")).to_have_text("看法：主张直接开始边做边补就好。")


async def test_a_segment_leads_to_a_person_who_is_not_cited(reader: Reader) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await turn.get_by_role("button", name="主张直接开始：3 位，点开看是谁").click()
    people = reader.page.get_by_role("dialog")
    await expect(people.locator("h2")).to_have_text("主张直接开始")
    await people.get_by_role("button", name="李二").click()
    card = reader.page.get_by_role("dialog", name="李二", exact=True)
    await expect(card.locator(".says")).to_have_text("边做边补就好。")
    await expect(card.locator("blockquote")).to_have_text("李二说直接开始。")


async def test_a_person_whose_source_is_gone_still_has_a_link(reader: Reader) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await turn.locator("button.name", has_text="周三").click()
    card = reader.page.get_by_role("dialog")
    await expect(card).to_contain_text("这个来源现在取不到。")
    link = card.get_by_role("link", name="打开原文")
    await expect(link).to_have_attribute("href", "https://example.org/answer/4")


async def test_choosing_another_goal_asks_the_same_again_and_leaves_the_rest_to_the_server(
    reader: Reader, tutor: StagedTutor
) -> None:
    await reader.ask_and_read(QUESTION)
    conversation = reader.page.url
    await reader.page.click("[data-chip=goal]")
    menu = reader.page.get_by_role("menu")
    await expect(menu.get_by_role("menuitemradio")).to_have_count(len(Goal) + 1)
    await expect(menu.get_by_role("menuitemradio", name="毕业设计")).to_have_attribute(
        "aria-checked", "true"
    )
    await menu.get_by_role("menuitemradio", name="找工作").click()
    second = reader.page.locator(".turn").nth(1)
    await expect(second.locator("[data-chip=goal]")).to_have_text("目标：找工作（你自己设定的）")
    await second.locator(".tools").wait_for()
    await reader.ask_and_read("那数学呢？")
    await reader.page.reload()
    await expect(reader.page.locator(".turn")).to_have_count(3)
    await reader.ask_and_read("编程呢？")
    assert tutor.asked == [
        (QUESTION, Wishes()),
        (QUESTION, Wishes(goal=Goal.JOB)),
        # What was wished for is in the profile by now, where later words can still change it.
        ("那数学呢？", Wishes()),
        ("编程呢？", Wishes()),
    ]
    assert reader.page.url == conversation


async def test_time_and_direction_can_be_set(reader: Reader, tutor: StagedTutor) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.click("[data-chip=time]")
    await reader.page.get_by_label("一共几周").fill("8")
    await reader.page.get_by_label("每周几小时").fill("6.5")
    await reader.page.get_by_label("每周几小时").press("Enter")
    second = reader.page.locator(".turn").nth(1)
    await expect(second.locator("[data-chip=time]")).to_have_text("时间：8 周、每周 6.5 小时")
    await second.locator(".tools").wait_for()
    await second.locator("[data-chip=direction]").click()
    await reader.page.get_by_role("menuitemradio").first.click()
    await expect(reader.page.locator(".tools")).to_have_count(3)
    goal = Goal.GRADUATION_PROJECT  # as the answer above showed it
    assert tutor.asked[-2][1] == Wishes(goal=goal, weeks=8, hours_per_week=6.5)
    assert tutor.asked[-1][1] == Wishes(goal, Direction.VISION, 8, 6.5)


async def test_a_chosen_goal_stays_when_the_time_is_set_on_its_answer(
    reader: Reader, tutor: StagedTutor
) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.click("[data-chip=goal]")
    await reader.page.get_by_role("menuitemradio", name="找工作").click()
    second = reader.page.locator(".turn").nth(1)
    await second.locator(".tools").wait_for()
    await second.locator("[data-chip=time]").click()
    await reader.page.get_by_label("一共几周").fill("8")
    await reader.page.get_by_label("一共几周").press("Enter")
    third = reader.page.locator(".turn").nth(2)
    await expect(third.locator("[data-chip=goal]")).to_contain_text("找工作")
    await third.locator(".tools").wait_for()
    assert tutor.asked[-1] == (QUESTION, Wishes(goal=Goal.JOB, weeks=8))


async def learner(reader: Reader) -> Any:
    """The profile as the server has it."""
    answer = await reader.page.evaluate("fetch('/v1/learner').then((r) => r.json())")
    return answer["learner"]


async def profile(reader: Reader, **fields: Any) -> None:
    """Sets fields of the profile."""
    await reader.page.evaluate(
        """(body) => fetch("/v1/learner", {method: "PATCH", body,
             headers: {"Content-Type": "application/json"}})""",
        json.dumps(fields),
    )


async def test_a_goal_can_be_taken_back(reader: Reader, tutor: StagedTutor) -> None:
    await reader.ask_and_read(QUESTION)
    await profile(reader, goal="job", weeks=8)
    await reader.page.click("[data-chip=goal]")
    await expect(reader.page.locator(".menu-head")).to_contain_text(
        "以后的问题都按它回答，随时可以改。"
    )
    tutor.pause_before = 0  # The profile is looked at before the answer sets it.
    await reader.page.get_by_role("menuitemradio", name="不限目标").click()
    assert await asyncio.to_thread(tutor.waiting.wait, 20)
    assert tutor.asked[-1] == (QUESTION, Wishes())
    known = await learner(reader)
    assert (known["goal"], known["weeks"]) == (None, 8)
    tutor.go_on.set()
    await expect(reader.page.locator(".tools")).to_have_count(2)


async def test_a_direction_can_be_taken_back_and_the_rest_stays(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.answer = replace(
        tutor.answer, learner=replace(tutor.answer.learner, direction=Direction.VISION)
    )
    await reader.ask_and_read(QUESTION)
    await reader.page.click("[data-chip=direction]")
    async with reader.page.expect_request("**/v1/learner") as changing:
        await reader.page.get_by_role("menuitemradio", name="不限方向").click()
    assert (await changing.value).post_data_json == {"direction": None}
    await expect(reader.page.locator(".tools")).to_have_count(2)
    assert tutor.asked[-1][1] == Wishes(goal=Goal.GRADUATION_PROJECT)


@pytest.mark.parametrize("way", ["button", "empty fields"])
async def test_the_time_can_be_taken_back(reader: Reader, tutor: StagedTutor, way: str) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.click("[data-chip=time]")
    clear = reader.page.get_by_role("button", name="清除时间")
    await expect(clear).to_have_count(0)
    await reader.page.get_by_label("每周几小时").fill("6")
    await reader.page.get_by_label("每周几小时").press("Enter")
    second = reader.page.locator(".turn").nth(1)
    await second.locator(".tools").wait_for()
    await second.locator("[data-chip=time]").click()
    async with reader.page.expect_request("**/v1/learner") as changing:
        if way == "button":
            await clear.click()
        else:
            await reader.page.get_by_label("每周几小时").fill("")
            await reader.page.get_by_label("每周几小时").press("Enter")
    assert (await changing.value).post_data_json == {"weeks": None, "hours_per_week": None}
    await expect(reader.page.locator(".tools")).to_have_count(3)
    assert tutor.asked[-1][1] == Wishes(goal=Goal.GRADUATION_PROJECT)


async def test_a_menu_can_be_used_with_the_keyboard_and_left_with_escape(
    reader: Reader, tutor: StagedTutor
) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.locator("[data-chip=goal]").press("Enter")
    await expect(reader.page.get_by_role("menuitemradio", name="毕业设计")).to_be_focused()
    await reader.page.keyboard.press("ArrowDown")
    await expect(reader.page.get_by_role("menuitemradio", name="找工作")).to_be_focused()
    await reader.page.keyboard.press("Escape")
    await expect(reader.page.get_by_role("menu")).to_have_count(0)
    await expect(reader.page.locator("[data-chip=goal]")).to_be_focused()
    assert len(tutor.asked) == 1


async def test_the_answer_can_be_copied_with_its_sources(reader: Reader) -> None:
    await reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = await reader.ask_and_read(QUESTION)
    await turn.get_by_role("button", name="复制").click()
    await expect(turn.get_by_role("status")).to_have_text("已复制，连同来源")
    copied = await reader.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("不用先学完，直接动手[1]。")
    assert "[1] 王一 · 知乎 · 2018-03 · 先做起来 https://example.org/answer/1" in copied


async def test_the_list_of_sources_names_their_titles(reader: Reader) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await turn.locator(".source-list summary").click()
    first = turn.locator(".source").first
    await expect(first).to_contain_text("先做起来")
    await expect(first).to_contain_text("王一 · 知乎 · 2018-03")


async def test_the_answer_can_be_saved_as_markdown(reader: Reader) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await reader.page.evaluate("delete Navigator.prototype.share")
    async with reader.page.expect_download() as saving:
        await turn.get_by_role("button", name="分享").click()
    saved = await saving.value
    await expect(turn.get_by_role("status")).to_have_text("已保存为文件")
    assert saved.suggested_filename == f"{QUESTION}.md"
    text = (await saved.path()).read_text("utf-8")
    assert text.startswith(f"# {QUESTION}\n\n**不用先学完")
    assert "- \\[1\\] 王一 · 知乎 · 2018-03 · [先做起来](<https://example.org/answer/1>)" in text
    assert "> 原文: 别等学完， 先跑通一个模型。" in text


async def test_the_answer_goes_to_the_share_dialog_of_a_device_that_has_one(
    reader: Reader,
) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await reader.page.evaluate(
        "navigator.share = (what) => { window.shared = what; return Promise.resolve(); }"
    )
    await turn.get_by_role("button", name="分享").click()
    await expect(turn.get_by_role("status")).to_be_empty()
    shared = await reader.page.evaluate("window.shared")
    assert shared["title"] == QUESTION
    assert "王一 · 知乎" in shared["text"]
