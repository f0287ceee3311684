"""Conversations on the page, feedback, the access key, and being forgotten."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from page_answers import QUESTION
from page_reader import Comes, Reader
from page_stage import StagedTutor
from playwright.async_api import Route, expect

from api.access.records import Scope
from corpus.errors import LanguageModelError
from corpus.types import Bilingual

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def stored(reader: Reader) -> dict[str, Any]:
    """The open conversation as the server has it."""
    id = reader.page.url.rpartition("/")[2]
    answer = await reader.page.evaluate(
        "(id) => fetch(`/v1/conversations/${id}/export?format=json`).then((r) => r.text())", id
    )
    found: dict[str, Any] = json.loads(answer)
    return found


async def choose(reader: Reader, title: str, action: str) -> None:
    """Does something with a conversation of the list."""
    await reader.page.get_by_role("button", name=f"「{title}」的更多操作").click()
    await reader.page.get_by_role("menuitem", name=action).click()


async def test_nothing_is_stored_before_the_first_question(reader: Reader) -> None:
    listed = await reader.page.evaluate("fetch('/v1/conversations').then((r) => r.json())")
    assert listed["conversations"] == []
    assert "#" not in reader.page.url


async def test_a_reload_keeps_the_conversation_with_everything_in_it(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.reload()
    turn = reader.page.locator(".turn")
    await expect(turn.locator(".question")).to_contain_text(QUESTION)
    await expect(turn.locator(".prose h3").first).to_have_text("他们怎么说")
    await expect(turn.locator("[data-chip=goal]")).to_contain_text("毕业设计")
    await turn.locator(".cite").first.click()
    await expect(reader.page.get_by_role("dialog").locator("mark")).to_contain_text("先跑通")
    assert QUESTION in await reader.page.title()


async def test_conversations_are_listed_opened_and_left_for_a_new_one(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.get_by_role("button", name="新对话").click()
    await expect(reader.page.locator(".turn")).to_have_count(0)
    await expect(reader.page.locator("#welcome")).to_be_visible()
    await reader.ask_and_read("第二个对话")
    await reader.page.click("#menu")
    rows = reader.page.locator(".conversation")
    await expect(rows).to_have_text(["第二个对话", QUESTION])
    await expect(rows.first).to_have_attribute("aria-current", "true")
    await rows.nth(1).click()
    await expect(reader.page.locator(".question")).to_contain_text(QUESTION)
    await expect(rows.nth(1)).not_to_be_visible()
    await reader.page.go_back()
    await expect(reader.page.locator(".question")).to_contain_text("第二个对话")


async def test_an_unknown_conversation_in_the_address_is_said_to_be_missing(
    comes: Comes,
) -> None:
    reader = await comes()
    await reader.visit("/#/c/0123456789abcdef0123456789abcdef")
    await expect(reader.page.locator("#page-notice")).to_contain_text("找不到这个对话")
    await expect(reader.page.locator("#welcome")).to_be_visible()


async def test_a_conversation_is_deleted_after_asking(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.click("#menu")
    await choose(reader, QUESTION, "删除")
    await reader.page.get_by_role("button", name="取消").click()
    await expect(reader.page.locator(".conversation")).to_have_count(1)
    await choose(reader, QUESTION, "删除")
    await reader.page.get_by_role("dialog").get_by_role("button", name="删除").click()
    await expect(reader.page.locator(".conversation")).to_have_count(0)
    await expect(reader.page.locator("#welcome")).to_be_visible()
    listed = await reader.page.evaluate("fetch('/v1/conversations').then((r) => r.json())")
    assert listed["conversations"] == []


async def test_a_conversation_can_be_exported(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.click("#menu")
    async with reader.page.expect_download() as saving:
        await choose(reader, QUESTION, "导出 Markdown")
    saved = await saving.value
    assert saved.suggested_filename.endswith(".md")
    assert QUESTION in (await saved.path()).read_text("utf-8")


async def test_forgetting_erases_every_conversation_after_asking(reader: Reader) -> None:
    await reader.ask_and_read(QUESTION)
    await reader.page.click("#menu")
    await reader.page.get_by_role("button", name="忘掉我").click()
    await reader.page.get_by_role("button", name="全部删除").click()
    await expect(reader.page.locator("#page-notice")).to_have_text("已全部删除。")
    await expect(reader.page.locator(".turn")).to_have_count(0)
    await expect(reader.page.locator(".conversation")).to_have_count(0)
    assert "#" not in reader.page.url
    listed = await reader.page.evaluate("fetch('/v1/conversations').then((r) => r.json())")
    assert listed["conversations"] == []


async def test_the_drawer_is_left_with_escape_and_keeps_the_focus_inside(reader: Reader) -> None:
    await reader.page.click("#menu")
    await expect(reader.page.locator("#close-menu")).to_be_focused()
    await expect(reader.page.locator("#column")).to_have_js_property("inert", True)
    await reader.page.keyboard.press("Escape")
    await expect(reader.page.locator("#menu")).to_be_focused()
    await expect(reader.page.locator("#sidebar")).not_to_be_visible()


async def test_helpful_is_one_press(reader: Reader) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await turn.get_by_role("button", name="有帮助", exact=True).click()
    await expect(turn.get_by_role("status")).to_have_text("谢谢，记下了。")
    (remark,) = (await stored(reader))["feedback"]
    assert (remark["kind"], remark["sentence"], remark["comment"]) == ("helpful", None, None)


async def test_a_wrong_citation_is_reported_with_its_sentence_and_a_comment(
    reader: Reader,
) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await turn.get_by_role("button", name="引用有误").click()
    form = reader.page.get_by_role("dialog")
    await form.get_by_label("陈晓（知乎）：先补一小块[2]。").check()
    await form.get_by_label("想补充的话").fill("他说的不是这个")
    await form.get_by_role("button", name="发送反馈").click()
    await expect(turn.get_by_role("status")).to_have_text("谢谢，记下了。")
    (remark,) = (await stored(reader))["feedback"]
    assert remark["kind"] == "wrong-citation"
    assert remark["sentence"] == "- **陈晓**（知乎）：先补一小块[2]。"
    assert remark["comment"] == "他说的不是这个"


async def test_a_wrong_citation_can_be_reported_from_its_card_which_says_thanks(
    reader: Reader,
) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await turn.locator("[data-number='3']").click()
    card = reader.page.locator("dialog.card")
    await card.get_by_role("button", name="引用有误").click()
    form = reader.page.locator("dialog.question")
    await expect(form.locator("h2")).to_have_text("你想反馈什么？")
    await form.get_by_label("《动手学深度学习》").check()
    await form.get_by_role("button", name="发送反馈").click()
    await expect(form).to_have_count(0)
    await expect(card.get_by_role("status")).to_have_text("谢谢，记下了。")
    await expect(card.get_by_role("status")).to_be_in_viewport()
    (remark,) = (await stored(reader))["feedback"]
    assert remark["sentence"] == "- 《动手学深度学习》：边讲边跑代码。[3]"


@pytest.mark.parametrize("number", [1, 3], ids=["several sentences", "one sentence"])
async def test_no_sentence_is_sent_that_was_not_chosen(reader: Reader, number: int) -> None:
    turn = await reader.ask_and_read(QUESTION)
    await turn.locator(f"[data-number='{number}']").first.click()
    await reader.page.locator("dialog.card").get_by_role("button", name="引用有误").click()
    form = reader.page.locator("dialog.question")
    await expect(form.locator("[name=sentence]:checked")).to_have_count(0)
    await form.get_by_role("button", name="发送反馈").click()
    await expect(form).to_have_count(0)
    (remark,) = (await stored(reader))["feedback"]
    assert (remark["kind"], remark["sentence"]) == ("wrong-citation", None)


async def test_a_server_that_wants_a_key_gets_it_and_it_is_kept_on_this_device(
    comes: Comes, tutor: StagedTutor
) -> None:
    reader = await comes()
    access = reader.server.services.access
    making = asyncio.run_coroutine_threadsafe(
        access.create_key("course", frozenset({Scope.ASK})), reader.server.loop
    )
    _, token = await asyncio.wrap_future(making)
    await reader.page.add_init_script(
        "localStorage['xianhou.key'] ??= 'xh_wrong'"
    )  # A key that was revoked is refused as a missing one is.
    await reader.visit()
    gate = reader.page.locator("#gate")
    await expect(gate).to_contain_text("需要访问密钥")
    await expect(gate.get_by_role("alert")).to_have_text(
        "这个密钥不对或已停用，请核对，或找老师、管理员要新的。"
    )
    await expect(gate.locator("p")).to_have_count(1)
    await expect(reader.page.locator("#page-notice")).to_be_empty()
    await expect(reader.page.locator("#composer")).not_to_be_visible()
    await gate.get_by_label("访问密钥").fill(token)
    await gate.get_by_label("访问密钥").press("Enter")
    await expect(gate).to_be_empty()
    await reader.ask_and_read(QUESTION)
    await reader.page.reload()
    await expect(reader.page.locator(".question")).to_contain_text(QUESTION)
    await reader.page.click("#menu")
    await reader.page.get_by_role("button", name="移除访问密钥").click()
    await expect(gate).to_contain_text("需要访问密钥")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("key_missing", "把管理员给你的密钥填在这里。它只保存在这台设备的浏览器里。"),
        ("key_invalid", "这个密钥不对或已停用，请核对，或找老师、管理员要新的。"),
    ],
)
async def test_a_key_that_is_asked_for_in_the_middle_costs_no_question(
    reader: Reader, code: str, words: str
) -> None:
    error = {"type": "authentication_error", "message": "No.", "code": code}

    async def refuse(route: Route) -> None:
        await route.fulfill(status=401, json={"error": error})

    await reader.page.route("**/v1/ask/stream", refuse, times=1)
    await reader.ask(QUESTION)
    gate = reader.page.locator("#gate")
    await expect(gate.locator("p")).to_have_text([words])
    await expect(reader.page.get_by_text("No.")).to_have_count(0)
    await gate.get_by_label("访问密钥").fill("xh_other")
    await reader.page.route("**/v1/**", lambda route: route.continue_(headers=keyless(route)))
    await gate.get_by_label("访问密钥").press("Enter")
    await expect(reader.page.locator("#question")).to_have_value(QUESTION)
    await expect(reader.page.locator("#welcome")).to_be_visible()


def keyless(route: Route) -> dict[str, str]:
    """The headers of a request without its key."""
    return {name: text for name, text in route.request.headers.items() if name != "authorization"}


async def listed(reader: Reader) -> Any:
    """The conversations that the server has."""
    answer = await reader.page.evaluate("fetch('/v1/conversations').then((r) => r.json())")
    return answer["conversations"]


async def none_is_left(reader: Reader) -> None:
    """Waits until the server has no conversation."""
    async with asyncio.timeout(20):
        while await listed(reader):  # noqa: ASYNC110 - it happens in the server
            await asyncio.sleep(0.02)


async def test_a_stopped_first_question_leaves_no_conversation_and_is_a_draft_after_a_reload(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = 3
    await reader.ask(QUESTION)
    assert await asyncio.to_thread(tutor.waiting.wait, 20)
    await reader.page.get_by_role("button", name="停止").click()
    await expect(reader.page.locator(".stopped")).to_be_visible()
    await none_is_left(reader)
    assert "#" not in reader.page.url
    await reader.page.click("#menu")
    await expect(reader.page.locator("#conversations")).to_have_text("还没有对话。")
    await reader.page.reload()
    await expect(reader.page.locator("#question")).to_have_value(QUESTION)
    await expect(reader.page.locator("#welcome")).to_be_visible()
    tutor.pause_before = None
    await reader.page.press("#question", "Enter")
    await reader.page.locator(".tools").wait_for()
    await reader.page.reload()
    await reader.page.locator(".tools").wait_for()
    await expect(reader.page.locator("#question")).to_be_empty()
    assert len(await listed(reader)) == 1


async def test_a_failed_first_question_is_asked_again_in_a_conversation_that_is_kept(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = 3
    tutor.error = LanguageModelError(Bilingual(zh="模型不在。", en="The model is away."))
    tutor.go_on.set()
    await reader.ask(QUESTION)
    await reader.page.get_by_role("alert").wait_for()
    await none_is_left(reader)
    tutor.error = None
    await reader.page.get_by_role("button", name="再试一次").click()
    await reader.page.locator(".tools").wait_for()
    await reader.page.reload()
    await reader.page.locator(".tools").wait_for()
    assert len(await listed(reader)) == 1


async def test_a_later_question_that_fails_leaves_the_conversation_and_is_a_draft(
    reader: Reader, tutor: StagedTutor
) -> None:
    await reader.ask_and_read(QUESTION)
    where = reader.page.url
    tutor.pause_before = 3
    await reader.ask("那数学呢？")
    assert await asyncio.to_thread(tutor.waiting.wait, 20)
    await reader.page.get_by_role("button", name="停止").click()
    await expect(reader.page.locator(".stopped")).to_be_visible()
    await reader.page.reload()
    await expect(reader.page.locator(".turn")).to_have_count(1)
    await expect(reader.page.locator("#question")).to_have_value("那数学呢？")
    assert reader.page.url == where
    await reader.page.fill("#question", "")
    await reader.page.reload()
    await expect(reader.page.locator(".turn")).to_have_count(1)
    await expect(reader.page.locator("#question")).to_be_empty()


async def test_reloading_while_the_first_question_is_answered_brings_it_back_as_a_draft(
    reader: Reader, tutor: StagedTutor
) -> None:
    tutor.pause_before = 3
    await reader.ask(QUESTION)
    assert await asyncio.to_thread(tutor.waiting.wait, 20)
    assert "#/c/" in reader.page.url
    await reader.page.reload()
    await expect(reader.page.locator("#question")).to_have_value(QUESTION)
    await expect(reader.page.locator("#welcome")).to_be_visible()
    await none_is_left(reader)
    assert "#" not in reader.page.url


async def test_the_address_of_an_empty_conversation_leads_to_the_first_screen(
    reader: Reader,
) -> None:
    await reader.page.evaluate(
        """async () => {
          const headers = {"Content-Type": "application/json"};
          const made = await fetch("/v1/conversations", {method: "POST", body: "{}", headers});
          location.hash = `#/c/${(await made.json()).id}`;
        }"""
    )
    await none_is_left(reader)
    await expect(reader.page.locator("#welcome")).to_be_visible()
    assert "#" not in reader.page.url


async def test_back_closes_what_is_open_before_it_leaves(reader: Reader) -> None:
    page = reader.page
    turn = await reader.ask_and_read(QUESTION)
    first = page.url
    await page.click("#new-top")
    turn = await reader.ask_and_read("第二个对话")
    await turn.locator("[data-number='3']").click()
    await page.locator("dialog.card").get_by_role("button", name="引用有误").click()
    await page.go_back()
    await expect(page.locator("dialog.question")).to_have_count(0)
    await expect(page.locator("dialog.card")).to_be_visible()
    await page.go_back()
    await expect(page.locator("dialog")).to_have_count(0)
    await page.click("#menu")
    await page.go_back()
    await expect(page.locator("#sidebar")).not_to_be_visible()
    await turn.locator("[data-chip=goal]").click()
    await page.go_back()
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(page.locator(".question")).to_contain_text("第二个对话")
    await turn.locator("[data-number='3']").click()
    length = await page.evaluate("history.length")
    await page.keyboard.press("Escape")
    await page.wait_for_function("() => history.state === null")
    await turn.locator("[data-number='3']").click()
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_have_count(0)
    assert await page.evaluate("history.length") == length  # The entry was taken back each time.
    await page.wait_for_function("() => history.state === null")
    while page.url != first:
        await page.go_back()
    await expect(page.locator(".question")).to_contain_text(QUESTION)


async def test_two_browsers_with_one_key_are_two_learners(comes: Comes, tutor: StagedTutor) -> None:
    first, second = await comes(), await comes()
    access = first.server.services.access
    making = asyncio.run_coroutine_threadsafe(
        access.create_key("shared", frozenset({Scope.ASK})), first.server.loop
    )
    _, token = await asyncio.wrap_future(making)
    for reader in (first, second):
        await reader.page.add_init_script(f"localStorage['xianhou.key'] = {token!r}")
        await reader.visit()
    await first.ask_and_read(QUESTION)
    await second.page.reload()
    await second.page.click("#menu")
    await expect(second.page.locator("#conversations")).to_contain_text("还没有对话")
