"""Text from outside on the page: nothing in it is executed or fetched, wherever it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_answers import an_answer
from page_reader import Comes, Reader
from page_stage import StagedTutor
from playwright.async_api import expect

from tutor.answer import Citation, StanceGroup

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVIL = "http://evil.example"
VECTORS = (
    f"![alternative]({EVIL}/image.png)",
    f"<img src={EVIL}/raw.png onerror='window.pwned=1'>",
    "<img src=x onerror=window.pwned=1>",
    "<svg onload='window.pwned=1'><script>window.pwned=1</script></svg>",
    "<script>window.pwned=1</script>",
    "[press](javascript:window.pwned=1)",
    "[press](data:text/html,<script>window.pwned=1</script>)",
    "[press](mailto:a@evil.example) [press](tel:1) [press](/v1/learner) [press](//evil.example)",
    f"<iframe src='{EVIL}/frame'></iframe>",
    f"<style>body {{ background: url({EVIL}/style) }}</style>",
    f"<p style='background: url({EVIL}/attribute)'>x</p>",
    f"<link rel='prefetch' href='{EVIL}/prefetch'><link rel='dns-prefetch' href='{EVIL}'>",
    f"<a href='{EVIL}' ping='{EVIL}/ping' style='x'>raw</a>",
    f"<form action='{EVIL}/form'><button>go</button></form>",
    f"<meta http-equiv='refresh' content='0; url={EVIL}/meta'>",
    f"<object data='{EVIL}/object'></object><embed src='{EVIL}/embed'>",
    f"<video src='{EVIL}/video' autoplay></video><base href='{EVIL}'>",
    "<details open ontoggle='window.pwned=1'><summary>x</summary></details>",
    "<math><mtext><table><mglyph><style><img src=x onerror='window.pwned=1'></style></math>",
    "`</code><img src=x onerror=window.pwned=1>`",
    f"[1]: {EVIL}/definition",
)
FORBIDDEN = (
    ":is(#thread, dialog, #conversations) :is(img, iframe, script, style, link, form[action], "
    "meta, object, embed, video, audio, base, math, [style*=url], [onerror], [onload], [ping])"
)


def hostile(citation: Citation, words: str) -> Citation:
    """`citation` with `words` wherever a source's text can stand."""
    return replace(
        citation,
        author=words,
        title=words,
        quote=words,
        rendering=words,
        platform=words,
        url="javascript:window.pwned=1",
    )


def voiced(group: StanceGroup, words: str) -> StanceGroup:
    """`group` of people who are all called `words`."""
    evil = [replace(voice, author=words, url="javascript:window.pwned=1") for voice in group.voices]
    return replace(group, voices=tuple(evil))


def make_hostile(tutor: StagedTutor) -> None:
    """Every text of the tutor's answer becomes an attack."""
    answer = an_answer()
    first, *others = answer.sentences
    attack = "\n\n".join(VECTORS)
    sentences = (replace(first, text=f"{first.text}\n\n{attack}\n\n"), *others)
    words = " ".join(VECTORS)
    tutor.answer = replace(
        answer,
        text="".join(each.before + each.text for each in sentences),
        asked=words,
        sentences=sentences,
        citations=tuple(hostile(each, words) for each in answer.citations),
        positions=tuple(voiced(group, words) for group in answer.positions),
        follow_ups=(words,),
    )


async def unharmed(reader: Reader) -> None:
    """Nothing was made of the text but text."""
    assert await reader.page.evaluate("window.pwned") is None
    await expect(reader.page.locator(FORBIDDEN)).to_have_count(0)
    assert reader.page.url.startswith(reader.server.url)
    for link in await reader.page.locator("a[href]:not(.skip)").all():
        assert (await link.get_attribute("href") or "").startswith(("http://", "https://"))
        assert await link.get_attribute("rel") == "noopener noreferrer nofollow"
        assert await link.get_attribute("target") == "_blank"


async def test_nothing_in_an_answer_its_sources_and_names_is_executed_or_fetched(
    reader: Reader, tutor: StagedTutor
) -> None:
    make_hostile(tutor)
    question = " ".join(VECTORS)  # It becomes the title of the conversation too.
    turn = await reader.ask_and_read(question)
    await unharmed(reader)
    prose = turn.locator(".prose")
    await expect(prose).to_contain_text("<img src=x onerror=window.pwned=1>")
    await expect(prose).to_contain_text("alternative")
    await expect(prose.get_by_role("link", name="press")).to_have_count(0)
    await expect(prose.locator("[data-number='1']").first).to_be_visible()
    for opener in (".prose .cite", "button.name", ".segment"):
        await turn.locator(opener).last.click()
        await expect(reader.page.get_by_role("dialog")).to_be_visible()
        await expect(reader.page.locator("dialog")).to_contain_text("<script>window.pwned=1")
        await expect(reader.page.locator("dialog a")).to_have_count(0)
        await unharmed(reader)
        await reader.page.keyboard.press("Escape")
    await reader.page.click("#menu")
    await expect(reader.page.locator(".conversation")).to_contain_text("![alternative]")
    await unharmed(reader)
    await reader.page.reload()
    await expect(reader.page.locator(".question")).to_contain_text("<svg onload")
    await unharmed(reader)


async def test_links_to_the_web_open_elsewhere_and_tell_nobody_where_they_were(
    reader: Reader, tutor: StagedTutor
) -> None:
    answer = an_answer()
    first, *others = answer.sentences
    linked = replace(first, text="[课程](https://d2l.ai 'x') 和 <https://a.example/?q=1&r=2>。")
    tutor.answer = replace(answer, sentences=(linked, *others))
    turn = await reader.ask_and_read("链接？")
    links = turn.locator(".prose a")
    assert [await link.get_attribute("href") for link in await links.all()] == [
        "https://d2l.ai",
        "https://a.example/?q=1&r=2",
    ]
    await unharmed(reader)


async def test_the_sanitiser_alone_would_do(reader: Reader) -> None:
    """What gets past the parser stops at the second wall, before the policy has to act."""
    left = await reader.page.evaluate(
        """async (vectors) => {
          const {clean} = await import("/static/js/markdown.js");
          const place = document.createElement("div");
          document.getElementById("thread").append(place);
          place.append(clean(vectors.join("\\n")));
          await new Promise((resolve) => setTimeout(resolve, 50));
          return place.innerHTML;
        }""",
        list(VECTORS),
    )
    assert "onerror" not in left
    await unharmed(reader)
    # The sanitiser parses in a document of its own, which tells what it would not have done.
    await reader.page.evaluate("window.violations = []")


async def test_the_policy_alone_would_do(comes: Comes) -> None:
    """Markup that got past both other walls could neither become HTML, nor run, nor fetch."""
    reader = await comes()
    await reader.visit()
    refused = await reader.page.evaluate(
        """async () => {
          const refused = [];
          const add = (tag, properties) =>
            document.body.append(Object.assign(document.createElement(tag), properties));
          try { document.body.insertAdjacentHTML("beforeend", "<b>x</b>"); }
          catch (error) { refused.push(error.name); }
          add("img", {src: "http://evil.example/image.png"});
          add("iframe", {src: "http://evil.example/frame"});
          try { add("script", {src: "http://evil.example/script.js"}); }
          catch (error) { refused.push(error.name); }
          const button = document.createElement("button");
          try { button.setAttribute("onclick", "window.pwned = 1"); }
          catch (error) { refused.push(error.name); }
          await fetch("http://evil.example/fetch").catch((error) => refused.push(error.name));
          await new Promise((resolve) => setTimeout(resolve, 100));
          return refused;
        }"""
    )
    assert refused == ["TypeError"] * 4
    assert await reader.page.evaluate("window.pwned") is None
    violated = {each.partition(" ")[0] for each in await reader.violations()}
    assert violated >= {"img-src", "connect-src", "require-trusted-types-for", "frame-src"}
    await reader.page.evaluate("window.violations = []")
    reader.outside.clear()  # Requests that the policy stopped are still told of.


async def test_the_key_stays_out_of_the_address_and_other_storage(reader: Reader) -> None:
    await reader.ask_and_read("一")
    assert await reader.page.evaluate("document.cookie") == "", "the learner's cookie is HttpOnly"
