"""The parts of the page that read what comes over the wire, tried in the browser by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from page_reader import Reader

pytestmark = pytest.mark.asyncio(loop_scope="session")

READ_EVENTS = """
async ([bytes, cuts]) => {
  const {readEvents} = await import("/static/js/event_stream.js");
  const all = new Uint8Array(bytes);
  const stream = new ReadableStream({start(controller) {
    let from = 0;
    for (const cut of [...cuts, all.length]) {
      controller.enqueue(all.slice(from, cut));
      from = cut;
    }
    controller.close();
  }});
  const events = [];
  for await (const event of readEvents(stream)) events.push([event.event, event.data]);
  return events;
}
"""


async def events(reader: Reader, text: str, cuts: list[int]) -> Any:
    """What the page reads from `text` when it comes in pieces that end at `cuts` (in bytes)."""
    return await reader.page.evaluate(READ_EVENTS, [list(text.encode()), cuts])


async def test_events_are_read_however_the_stream_is_cut_and_its_lines_end(
    reader: Reader,
) -> None:
    lines = ": ping\n\nevent: sentence\ndata: 先补😀\n\ndata: one\ndata:two\nid: 7\n\n: end\n\n"
    wanted = [["sentence", "先补😀"], ["message", "one\ntwo"]]
    for ending in ("\n", "\r\n", "\r"):
        text = lines.replace("\n", ending)
        everywhere = list(range(1, len(text.encode())))
        assert await events(reader, text, everywhere) == wanted, repr(ending)
        assert await events(reader, text, []) == wanted, repr(ending)


async def test_an_event_that_the_stream_breaks_off_is_left_out(reader: Reader) -> None:
    assert await events(reader, "data: whole\n\ndata: bro", []) == [["message", "whole"]]


async def test_an_event_without_data_is_none(reader: Reader) -> None:
    assert await events(reader, "event: nothing\n\ndata:\n\n", []) == [["message", ""]]


async def test_bold_ends_before_a_chinese_letter_too(reader: Reader) -> None:
    html = await reader.page.evaluate(
        """async () => {
          const {fragmentOf} = await import("/static/js/markdown.js");
          const div = document.createElement("div");
          div.append(fragmentOf("**不用先学完。**直接动手，**缺什么**补什么"));
          return div.innerHTML.trim();
        }"""
    )
    assert html == "<p><strong>不用先学完。</strong>直接动手，<strong>缺什么</strong>补什么</p>"


async def test_a_marker_stays_on_one_line_with_the_words_it_belongs_to(reader: Reader) -> None:
    lines = await reader.page.evaluate(
        """async () => {
          const {markCitations} = await import("/static/js/citation_marks.js");
          const p = document.createElement("p");
          p.textContent = "只要核心[1][2]。Go on [2], or not [9].";
          const known = [1, 2].map((number) => [number, {number, author: "王一"}]);
          markCitations(p, new Map(known));
          return [...p.childNodes].map((node) => node.textContent);
        }"""
    )
    assert lines == ["只要核", "心[1]", "[2]。", "Go ", "on [2],", " or not [9]."]
