"""Asking on the page: sentences as they come, stopping, and everything that can go wrong."""

from __future__ import annotations

import asyncio
import json
from threading import Event

import pytest
from page_answers import QUESTION
from page_reader import Reader
from page_stage import StagedTutor
from playwright.async_api import Route, expect

from corpus.errors import LanguageModelError
from corpus.types import Bilingual
from tutor.question import QuestionUnreadableError

pytestmark = pytest.mark.asyncio(loop_scope="session")
STREAM = "**/v1/ask/stream"
_UNDERSTOOD, _SOURCES, _FIRST, _SECOND, _THIRD = range(5)


async def comes_to_pass(event: Event) -> None:
    """Waits for something that happens in the server."""
    assert await asyncio.to_thread(event.wait, 20)


async def test_an_answer_shows_its_verdict_sentences_sides_sources_and_small_print(
    reader: Reader,
) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await expect(turn.locator(".question")).to_contain_text(QUESTION)
    await expect(turn.locator(".prose strong").first).to_have_text("不用先学完，直接动手")
    await expect(turn.locator(".prose h3")).to_have_text(["他们怎么说", "可以看的课程和书"])
    await expect(turn.locator(".prose .cite")).to_have_text(["[1]", "[1]", "[2]", "[3]"])
    await expect(turn.locator("[data-chip=goal]")).to_have_text("目标：毕业设计（你提到「毕设」）")
    await expect(turn.locator(".notice")).to_have_text("注意：语言模型没有回应。")
    await expect(turn.locator(".follow-ups button")).to_have_text(["数学要学到什么程度才够？"])
    await expect(turn.locator(".small-print")).to_contain_text(
        "写了 6 句，5 句通过（其中 1 句修正过），删去 1 句"
    )
    await expect(turn.locator(".source-list li")).to_have_count(3)


async def test_sentences_are_shown_as_they_come_with_their_sources_ready_to_open(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = _THIRD
    await reader.ask(QUESTION)
    await comes_to_pass(tutor.waiting)
    prose = reader.page.locator(".prose")
    await expect(prose).to_contain_text("不用先学完，直接动手")
    await expect(prose).not_to_contain_text("他们怎么说")
    await expect(reader.page.locator("[data-chip=goal]")).to_contain_text("毕业设计")
    await expect(reader.page.locator(".working")).to_have_text("正在逐句核对…")
    await expect(reader.page.locator(".tools")).to_have_count(0)
    await reader.page.locator(".cite").click()
    await expect(reader.page.locator("dialog h2")).to_contain_text("王一")
    await reader.page.keyboard.press("Escape")
    tutor.go_on.set()
    await expect(prose).to_contain_text("他们怎么说")
    await expect(reader.page.locator(".working")).to_have_count(0)


async def test_the_focus_stays_on_a_source_while_more_sentences_come(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = _THIRD
    await reader.ask(QUESTION)
    await comes_to_pass(tutor.waiting)
    await reader.page.locator(".cite").focus()
    tutor.go_on.set()
    await reader.page.locator(".tools").wait_for()
    await expect(reader.page.locator(".cite").first).to_be_focused()


async def test_the_sources_that_are_read_are_named_before_the_first_sentence(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = _FIRST
    await reader.ask(QUESTION)
    await expect(reader.page.locator(".working")).to_have_text("正在读 1 个来源：王一")


async def test_screen_readers_hear_each_sentence_once_without_marks(
    reader: Reader, tutor: StagedTutor
) -> None:
    await reader.ask_and_read(QUESTION)
    log = reader.page.locator("#announcements")
    await expect(log).to_contain_text("回答完毕。")
    heard = await log.inner_text()
    assert heard.count("先跑通一个模型。") == 1
    assert "[1]" not in heard
    assert "*" not in heard


async def test_stopping_breaks_the_answer_off_and_keeps_what_there_is(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = _THIRD
    await reader.ask(QUESTION)
    await comes_to_pass(tutor.waiting)
    await expect(reader.page.locator(".prose")).to_contain_text("直接动手")
    await reader.page.get_by_role("button", name="停止").click()
    await comes_to_pass(tutor.left)
    await expect(reader.page.locator(".stopped")).to_have_text("已停止，上面是停下之前的部分。")
    await expect(reader.page.locator(".prose")).to_contain_text("直接动手")
    tutor.pause_before = None
    await reader.page.get_by_role("button", name="再试一次").click()
    await expect(reader.page.locator(".prose")).to_contain_text("他们怎么说")
    await expect(reader.page.locator(".turn")).to_have_count(1)


async def test_an_answer_goes_on_while_another_conversation_is_looked_at(
    reader: Reader, tutor: StagedTutor
) -> None:
    await reader.ask_and_read("先问一句")
    await reader.page.click("#new-top")
    tutor.pause_before = _THIRD
    await reader.ask(QUESTION)
    await comes_to_pass(tutor.waiting)
    await reader.page.click("#menu")
    await reader.page.get_by_role("button", name="先问一句", exact=True).click()
    await expect(reader.page.locator(".question")).to_contain_text("先问一句")
    tutor.go_on.set()
    await reader.page.click("#menu")
    await reader.page.get_by_role("button", name=QUESTION, exact=True).click()
    await expect(reader.page.locator(".prose")).to_contain_text("他们怎么说")


async def test_a_cut_stream_says_so_and_the_question_can_be_asked_again(reader: Reader) -> None:
    sentence = {"before": "", "text": "**先动手**。", "citations": [], "kind": "opinion"}
    data = json.dumps(sentence | {"section": "verdict", "topic": None, "new_citations": []})

    async def cut(route: Route) -> None:
        body = f'event: sentence\ndata: {data}\n\nevent: sentence\ndata: {{"te'
        await route.fulfill(content_type="text/event-stream", body=body)

    await reader.page.route(STREAM, cut, times=1)
    await reader.ask(QUESTION)
    await expect(reader.page.get_by_role("alert")).to_contain_text("连接中断了，回答没有写完。")
    await expect(reader.page.locator(".prose")).to_have_text("先动手。")
    await reader.page.get_by_role("button", name="再试一次").click()
    await expect(reader.page.locator(".prose")).to_contain_text("他们怎么说")
    await expect(reader.page.locator(".turn")).to_have_count(1)


async def test_an_error_in_the_stream_is_shown_in_the_servers_words(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = _SECOND
    tutor.error = LanguageModelError(Bilingual(zh="模型不在。", en="The model is away."))
    tutor.go_on.set()
    await reader.ask(QUESTION)
    await expect(reader.page.get_by_role("alert")).to_contain_text("模型不在。")
    tutor.error = None
    await reader.page.get_by_role("button", name="再试一次").click()
    await reader.page.locator(".tools").wait_for()


@pytest.mark.parametrize(("status", "code"), [(409, "conversation_busy"), (503, "too_busy")])
async def test_an_http_error_is_shown_in_the_servers_words(
    reader: Reader, status: int, code: str
) -> None:
    error = {"type": "server_error", "message": "请稍等。", "param": None, "code": code}

    async def refuse(route: Route) -> None:
        await route.fulfill(status=status, json={"error": error})

    await reader.page.route(STREAM, refuse, times=1)
    await reader.ask(QUESTION)
    await expect(reader.page.get_by_role("alert")).to_contain_text("请稍等。")
    await reader.page.get_by_role("button", name="再试一次").click()
    await reader.page.locator(".tools").wait_for()


@pytest.mark.parametrize(("status", "code"), [(429, "rate_limited"), (409, "conversation_busy")])
async def test_the_button_waits_as_long_as_the_server_says(
    reader: Reader, status: int, code: str
) -> None:
    error = {"type": "rate_limit_error", "message": "问得太快了。", "code": code}

    async def refuse(route: Route) -> None:
        await route.fulfill(status=status, headers={"Retry-After": "2"}, json={"error": error})

    await reader.page.route(STREAM, refuse, times=1)
    await reader.ask(QUESTION)
    await expect(reader.page.get_by_role("button", name="2 秒后可以再试")).to_be_disabled()
    again = reader.page.get_by_role("button", name="再试一次")
    await expect(again).to_be_enabled()
    await again.click()
    await reader.page.locator(".tools").wait_for()


@pytest.mark.parametrize("status", [400, 422])
async def test_a_question_that_is_refused_goes_back_into_the_box(
    reader: Reader, tutor: StagedTutor, status: int
) -> None:
    error = {"type": "invalid_request_error", "message": "问题是空的。", "code": "question_empty"}

    async def refuse(route: Route) -> None:
        await route.fulfill(status=status, json={"error": error})

    await reader.page.route(STREAM, refuse, times=1)
    await reader.ask("？？")
    await expect(reader.page.get_by_role("alert")).to_contain_text("问题是空的。")
    await expect(reader.page.get_by_role("button", name="再试一次")).to_have_count(0)
    await expect(reader.page.locator("#question")).to_have_value("？？")
    await expect(reader.page.locator("#question")).to_be_focused()
    await reader.ask(QUESTION)
    await reader.page.locator(".tools").wait_for()
    await expect(reader.page.locator(".turn")).to_have_count(1)


async def test_a_question_that_the_tutor_cannot_read_goes_back_too(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = 0
    tutor.error = QuestionUnreadableError(Bilingual(zh="问题是空的。", en="It is empty."))
    tutor.go_on.set()
    await reader.ask("？？")
    await expect(reader.page.get_by_role("alert")).to_have_text("问题是空的。")
    await expect(reader.page.locator("#question")).to_have_value("？？")


async def test_what_is_typed_meanwhile_is_not_replaced_by_a_refused_question(
    reader: Reader,
) -> None:
    asked, typed = asyncio.Event(), asyncio.Event()

    async def refuse(route: Route) -> None:
        asked.set()
        await typed.wait()
        await route.fulfill(status=400, json={"error": {"message": "不行。", "code": "x"}})

    await reader.page.route(STREAM, refuse, times=1)
    await reader.ask("？？")
    await asked.wait()
    await reader.page.fill("#question", "另一问")
    typed.set()
    await expect(reader.page.get_by_role("alert")).to_contain_text("不行。")
    await expect(reader.page.locator("#question")).to_have_value("另一问")


async def test_a_question_that_is_too_long_cannot_be_sent_and_the_box_says_why(
    reader: Reader, tutor: StagedTutor
) -> None:
    box, room = reader.page.locator("#question"), reader.page.locator(".room")
    send = reader.page.get_by_role("button", name="发送")
    await box.fill("长" * 1700)
    await expect(room).to_be_empty()
    await box.fill("长" * 1900 + "😀" * 90)
    await expect(room).to_have_text("还可以写 10 字")
    await box.fill("长" * 2003)
    await expect(room).to_have_text("太长了，多了 3 字。问题最多 2000 字，缩短后才能发送。")
    await expect(box).to_have_attribute("aria-invalid", "true")
    await expect(send).to_be_disabled()
    await box.press("Enter")
    await expect(reader.page.locator(".turn")).to_have_count(0)
    await expect(box).to_have_value("长" * 2003)
    await box.fill("长" * 2000 + "\n")
    await expect(send).to_be_enabled()
    await box.press("Enter")
    await reader.page.locator(".tools").wait_for()
    assert tutor.asked[-1][0] == "长" * 2000


async def test_an_error_page_of_a_proxy_is_not_shown_as_it_came(reader: Reader) -> None:
    async def refuse(route: Route) -> None:
        await route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")

    await reader.page.route(STREAM, refuse, times=1)
    await reader.ask(QUESTION)
    await expect(reader.page.get_by_role("alert")).to_contain_text("服务器出错了（502）")


async def test_without_a_connection_the_page_says_so(reader: Reader) -> None:
    await reader.context.set_offline(True)
    await reader.ask(QUESTION)
    await expect(reader.page.get_by_role("alert")).to_contain_text("连不上服务器")
    await reader.context.set_offline(False)
    await reader.page.get_by_role("button", name="再试一次").click()
    await reader.page.locator(".tools").wait_for()


async def test_a_conversation_erased_elsewhere_makes_room_for_a_new_one(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    before = reader.page.url
    await reader.page.evaluate(
        "fetch('/v1/conversations/' + location.hash.slice(4), {method: 'DELETE'})"
    )
    await reader.ask("那数学呢？")
    await reader.page.get_by_role("alert").wait_for()
    await reader.page.get_by_role("button", name="再试一次").click()
    await expect(reader.page.locator(".tools")).to_have_count(2)
    assert reader.page.url != before


async def test_enter_sends_and_shift_enter_begins_a_line(
    reader: Reader, tutor: StagedTutor
) -> None:
    box = reader.page.locator("#question")
    await box.press_sequentially("一")
    await box.press("Shift+Enter")
    await box.press_sequentially("二")
    await expect(box).to_have_value("一\n二")
    await box.press("Enter")
    await reader.page.locator(".tools").wait_for()
    assert tutor.asked[0][0] == "一\n二"
    await expect(box).to_have_value("")


async def test_enter_that_ends_a_composition_sends_nothing(
    reader: Reader, tutor: StagedTutor
) -> None:
    """Each browser tells of it in its own way; Safari ends the composition before the key."""
    await reader.page.fill("#question", "机器学习")
    await reader.page.evaluate(
        """() => {
          const box = document.getElementById("question");
          const enter = (more) => box.dispatchEvent(new KeyboardEvent("keydown",
            {key: "Enter", bubbles: true, cancelable: true, ...more}));
          enter({isComposing: true});
          enter({keyCode: 229});
          box.dispatchEvent(new CompositionEvent("compositionend", {data: "学习"}));
          enter({});
        }"""
    )
    await expect(reader.page.locator("#question")).to_have_value("机器学习")
    await expect(reader.page.locator(".turn")).to_have_count(0)
    assert tutor.asked == []
    await reader.page.wait_for_timeout(150)  # longer than a composition takes to end
    await reader.page.press("#question", "Enter")
    await expect(reader.page.locator(".turn")).to_have_count(1)


async def test_the_box_grows_with_the_question(reader: Reader) -> None:
    box = reader.page.locator("#question")
    one = await box.bounding_box()
    await box.fill("一\n二\n三\n四")
    four = await box.bounding_box()
    assert one
    assert four
    assert four["height"] > 2 * one["height"]


async def test_a_blank_question_cannot_be_sent(reader: Reader) -> None:
    await reader.page.fill("#question", " \n ")
    await expect(reader.page.get_by_role("button", name="发送")).to_be_disabled()


async def test_a_sample_and_a_follow_up_are_asked_when_pressed(
    reader: Reader, tutor: StagedTutor
) -> None:
    await reader.page.locator(".samples .suggestion").first.click()
    await reader.page.locator(".follow-ups button").click()
    await expect(reader.page.locator(".tools")).to_have_count(2)
    assert [question for question, _ in tutor.asked] == [QUESTION, "数学要学到什么程度才够？"]


async def test_a_question_asked_while_another_is_answered_waits_in_the_box(
    reader: Reader, tutor: StagedTutor
) -> None:
    await reader.ask_and_read(QUESTION)
    tutor.pause_before = _FIRST
    await reader.ask("第二问")
    await comes_to_pass(tutor.waiting)
    await reader.page.locator(".follow-ups button").click()
    await expect(reader.page.locator("#question")).to_have_value("数学要学到什么程度才够？")
    assert len(tutor.asked) == 2
