"""`tutor sources new` and `tutor sources check`, and the page that teaches them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.errors import DocumentError
from corpus.perspective_files import BUNDLED_PERSPECTIVES, load_perspectives
from corpus.types import Bilingual
from ingest.document import Document

Tutor = Callable[..., Result]

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "CONTRIBUTING.md", "zh": ROOT / "CONTRIBUTING.zh.md"}
LANGUAGES = {"en": {}, "zh": {"LANG": "zh_CN.UTF-8"}}
ARTICLE = """\
<html><head><title>Start with one model</title><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2021-03-14">
<link rel="canonical" href="https://blog.example.org/one-model"></head><body><article>
<h1>Start with one model</h1>
<p>No, you do not need machine learning before deep learning. Start with deep learning right away,
with one small model that you can run on your own machine and look at from every side.</p>
<p>You don't need to learn machine learning first. I looked up every formula on the day on which
I needed it, in <a href="https://d2l.ai">Dive into Deep Learning</a>, and never before.</p>
</article></body></html>
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def tutor() -> Tutor:
    """Runs `tutor` in this process; none of these commands opens a data directory."""
    from api.cli import app

    return lambda *arguments, **options: CliRunner().invoke(app, list(arguments), **options)


@pytest.fixture
def page() -> Path:
    path = Path("page.html")
    path.write_text(ARTICLE, "utf-8")
    return path


def question_page(*authors: str) -> str:
    """A page on which each of `authors` answers one question."""
    answers = [
        {
            "@type": "Answer",
            "text": f"我是{author}。不用先学机器学习，直接学深度学习，做一个小模型，再补别的。",
            "author": {"@type": "Person", "name": author},
            "url": f"https://qa.example.org/q/1/a/{number}",
        }
        for number, author in enumerate(authors)
    ]
    asked = {"@type": "Question", "name": "要先学机器学习吗？", "suggestedAnswer": answers}
    marked = json.dumps({"@context": "https://schema.org", "@type": "QAPage", "mainEntity": asked})
    return f'<html><script type="application/ld+json">{marked}</script><body>问答</body></html>'


def test_a_page_becomes_a_file_that_check_calls_unfinished(tutor: Tutor, page: Path) -> None:
    made = tutor("sources", "new", str(page))
    assert made.exit_code == 0, made.stderr
    path = Path(made.stdout.strip())
    assert path.name == "jane-doe-start-with-one-model.md"
    text = path.read_text("utf-8")
    assert 'author: "Jane Doe"' in text
    assert 'url: "https://blog.example.org/one-model"' in text
    assert "published: 2021-03-14" in text
    assert "course: d2l" in text
    assert "every formula" not in text
    assert f"tutor sources check {path}" in made.stderr
    checked = tutor("sources", "check", str(path), "--original", str(page))
    assert checked.exit_code == 1
    (line,) = checked.stdout.splitlines()
    for missing in ("title.zh", "says.en", "below # 中文", "below # English", "guess / 猜测"):
        assert missing in line


def test_a_page_is_fetched_from_the_web(tutor: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://blog.example.org/one-model"
    fetched: list[str] = []

    def fetch(address: str) -> Document:
        fetched.append(address)
        return Document(address, ".html", ARTICLE.encode())

    monkeypatch.setattr("ingest.fetch.fetch", fetch)
    made = tutor("sources", "new", url, "--output", "jane.md")
    assert (made.exit_code, fetched) == (0, [url])
    assert "id: jane\n" in Path("jane.md").read_text("utf-8")


def test_a_page_that_cannot_be_fetched_is_told(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(address: str) -> Document:
        raise DocumentError(Bilingual("网站拒绝了请求", "is refused by the site"))

    monkeypatch.setattr("ingest.fetch.fetch", fetch)
    failed = tutor("sources", "new", "https://blog.example.org/1")
    assert failed.exit_code == 1
    assert failed.stderr.strip() == "https://blog.example.org/1: is refused by the site."


def test_no_file_is_ever_overwritten(tutor: Tutor, page: Path) -> None:
    path = Path(tutor("sources", "new", str(page)).stdout.strip())
    path.write_text("mine", "utf-8")
    for output in ((), ("--output", str(path))):
        failed = tutor("sources", "new", str(page), *output)
        assert failed.exit_code == 2
        assert "exists and was left as it is" in failed.stderr
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["Jane.md", "jane doe.md", "jane.txt", "-.md"])
def test_a_name_that_no_perspective_can_have_is_refused(
    tutor: Tutor, page: Path, name: str
) -> None:
    failed = tutor("sources", "new", str(page), "--output", name)
    assert failed.exit_code == 2
    assert not Path(name).exists()


def test_of_several_answers_one_is_chosen(tutor: Tutor) -> None:
    Path("qa.html").write_text(question_page("李明", "王伟"), "utf-8")
    asked = tutor("sources", "new", "qa.html")
    assert asked.exit_code == 2
    assert "2 answers here: 李明, 王伟" in asked.stderr
    made = tutor("sources", "new", "qa.html", "--author", "王伟")
    assert made.exit_code == 0, made.stderr
    text = Path(made.stdout.strip()).read_text("utf-8")
    assert 'author: "王伟"' in text
    assert "李明" not in text


def test_a_bundled_answer_is_not_begun_again(tutor: Tutor) -> None:
    known = load_perspectives()[0]
    Path("saved.md").write_text(
        f"---\ntitle: 先做起来\nurl: {known.url}\n---\n先跑通一个小模型，再补别的。\n", "utf-8"
    )
    failed = tutor("sources", "new", "saved.md")
    assert failed.exit_code == 1
    assert f"known already as {known.id}" in failed.stderr


def test_check_says_one_line_a_file(tutor: Tutor) -> None:
    good = [str(path) for path in sorted(BUNDLED_PERSPECTIVES.glob("*.md"))[:2]]
    Path("bad.md").write_text("no front matter", "utf-8")
    checked = tutor("sources", "check", *good, "bad.md")
    assert checked.exit_code == 1
    lines = checked.stdout.splitlines()
    assert lines[:2] == [f"{path}: ok" for path in good]
    assert lines[2].startswith("bad.md: does not begin with front matter")
    assert tutor("sources", "check", *good).exit_code == 0
    chinese = tutor("sources", "check", "bad.md", env=LANGUAGES["zh"])
    assert chinese.stdout.startswith("bad.md：开头没有信息栏")


def test_an_original_that_cannot_be_read_is_told(tutor: Tutor) -> None:
    file = str(next(BUNDLED_PERSPECTIVES.glob("*.md")))
    failed = tutor("sources", "check", file, "--original", "none.txt")
    assert failed.exit_code == 1
    assert "none.txt: does not exist" in failed.stderr


def blocks(page: Path, kind: str) -> Iterator[str]:
    return (match[1] for match in re.finditer(rf"```{kind}\n(.*?)```", page.read_text(), re.DOTALL))


@pytest.mark.parametrize("language", PAGES)
def test_the_examples_of_the_contributing_page_are_told_what_it_says(
    tutor: Tutor, language: str
) -> None:
    good, advert, copied = blocks(PAGES[language], "markdown")
    (invented,) = blocks(PAGES[language], "yaml")
    original, *told = blocks(PAGES[language], "text")
    paragraph = next(line for line in good.splitlines() if line.startswith("林小满做毕设"))
    author = next(line for line in good.splitlines() if line.startswith("author:"))
    path = Path("lin-xiaoman-first-model.md")
    Path("original.txt").write_text(original, "utf-8")
    files = [
        good,
        good.replace(author, invented.strip()),
        good.replace(paragraph, advert.strip()),
        good.replace(paragraph, copied.strip()),
    ]
    for text, expected in zip(files, told, strict=True):
        path.write_text(text, "utf-8")
        checked = tutor(
            "sources", "check", str(path), "--original", "original.txt", env=LANGUAGES[language]
        )
        assert checked.stdout == expected
        assert checked.exit_code == (0 if text is good else 1)


def test_both_contributing_pages_show_the_same_examples() -> None:
    for kind in ("markdown", "yaml", "sh"):
        assert [*blocks(PAGES["en"], kind)] == [*blocks(PAGES["zh"], kind)]
