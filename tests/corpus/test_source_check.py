"""Checking files before they join the bundled ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_course_files import variant
from test_source_rules import GOOD, changed

from corpus import bundled_sources
from corpus.course_files import BUNDLED_COURSES, load_courses
from corpus.perspective_files import BUNDLED_PERSPECTIVES, load_perspectives
from corpus.source_check import check_files
from ingest.promotion import is_advert


def told(path: Path, *others: Path, originals: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with `path` when it is checked after `others`."""
    found = check_files([*others, path], originals, is_advert)
    return [fault.en for fault in found[-1].faults]


def written(directory: Path, name: str, text: str) -> Path:
    path = directory / name
    path.write_text(text, "utf-8")
    return path


def test_every_bundled_file_is_right() -> None:
    paths = [*BUNDLED_PERSPECTIVES.glob("*.md"), *BUNDLED_COURSES.glob("*.yaml")]
    found = check_files(paths, (), is_advert)
    assert [checked.path for checked in found] == paths
    assert [(checked.path.name, checked.faults) for checked in found if checked.faults] == []


def test_a_good_file_is_right(tmp_path: Path) -> None:
    assert told(written(tmp_path, "li-ming-recipe.md", GOOD)) == []


def test_form_marks_and_texts_are_told_at_once(tmp_path: Path) -> None:
    text = changed("votes: 12", "votes: many").replace("platform: forum\n", "")
    text = text.replace("  - topic", "  # guess / 猜测: confirm\n  - topic", 1)
    text = text.partition("## Build")[0]
    faults = told(written(tmp_path, "li-ming-recipe.md", text))
    for part in ("votes", "platform", "below # English", "guess / 猜测"):
        assert any(part in fault for fault in faults), part


def test_the_id_is_the_file_name(tmp_path: Path) -> None:
    (fault,) = told(written(tmp_path, "other.md", GOOD))
    assert "must equal the file name, other" in fault


def test_one_answer_has_one_file(tmp_path: Path) -> None:
    known = load_perspectives()[0]
    copy = changed("https://forum.example.org/t/1", known.url)
    (fault,) = told(written(tmp_path, "li-ming-recipe.md", copy))
    assert f"that of {known.id}.md too" in fault
    taken = changed("id: li-ming-recipe", f"id: {known.id}")
    (fault,) = told(written(tmp_path, f"{known.id}.md", taken))
    assert f"id is taken by {known.url}" in fault


def test_two_new_files_are_checked_against_one_another(tmp_path: Path) -> None:
    first = written(tmp_path, "li-ming-recipe.md", GOOD)
    second = written(tmp_path, "li-wei.md", changed("id: li-ming-recipe", "id: li-wei"))
    (fault,) = told(second, first)
    assert "that of li-ming-recipe.md too" in fault


def test_an_advert_is_told(tmp_path: Path) -> None:
    sold = changed("再补别的。", "再补别的。原价 ¥999，现在 ¥199 元，立即报名有优惠券。")
    (fault,) = told(written(tmp_path, "li-ming-recipe.md", sold))
    assert "reads like an advert" in fault


def test_copied_wording_is_told_where_the_original_is_at_hand(tmp_path: Path) -> None:
    path = written(tmp_path, "li-ming-recipe.md", GOOD)
    own = "李明：我先弄了个小模型，跑得起来就行。"
    theirs = "李明：先做一个能跑的小模型，再补别的。"
    assert told(path, originals=(own,)) == []
    (fault,) = told(path, originals=(own, theirs))
    assert "先做一个能跑的小模型再补别的" in fault


def test_an_author_whom_the_original_does_not_name_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "li-ming-recipe.md", GOOD)
    (fault,) = told(path, originals=("作者：王伟。小模型跑得起来就行。",))
    assert "李明, whom the original does not name" in fault
    nameless = changed("author: 李明", "author: unknown")
    assert told(written(tmp_path, "li-ming-recipe.md", nameless), originals=("没有署名",)) == []


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.txt", b"text", "neither a perspective"),
        ("a.md", "编码".encode("gb18030"), "save it as UTF-8"),
        ("a.yaml", "编码".encode("gb18030"), "save it as UTF-8"),
        ("a.md", b"no front matter", "between two lines of ---"),
        ("a.yaml", b"id: [", "not valid YAML"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes, fault: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert fault in " ".join(told(tmp_path / name))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in told(tmp_path / "none.md")[0]


def test_an_unfinished_file_among_the_bundled_ones_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "perspectives"
    bundled.mkdir()
    known = load_perspectives()[0]
    shutil.copy(BUNDLED_PERSPECTIVES / f"{known.id}.md", bundled)
    monkeypatch.setattr(bundled_sources, "BUNDLED_PERSPECTIVES", bundled)
    unfinished = written(bundled, "draft.md", "---\nid: draft\n---\n")
    own = bundled / f"{known.id}.md"
    assert told(own, unfinished) == []
    assert told(unfinished, own)
    assert told(written(tmp_path, "li-ming-recipe.md", GOOD)) == []


def course(**changes: str) -> str:
    """A good course file whose short names all have words."""
    text = variant(**({"teaches": "teaches: [python]"} | changes))
    return text.replace("patience", "python").replace("reef-knot", "python")


def test_a_good_course_is_right(tmp_path: Path) -> None:
    assert told(written(tmp_path, "knots.yaml", course())) == []


def test_a_course_is_checked_beside_the_bundled_ones(tmp_path: Path) -> None:
    known = load_courses()[0]
    faults = told(written(tmp_path, "knots.yaml", course(url=f"url: {known.url}")))
    assert any(f"{known.id}.yaml claims already" in fault for fault in faults)
    gone = course(status="status: superseded", superseded_by="superseded_by: gone")
    assert "superseded_by names gone" in told(written(tmp_path, "knots.yaml", gone))[0]
    (fault,) = told(written(tmp_path, "knots.yaml", course(teaches="teaches: [knots]")))
    assert "the skill knots has no words" in fault


def test_a_fault_of_one_course_hides_none_of_another(tmp_path: Path) -> None:
    replaced = {"status": "status: superseded", "superseded_by": "superseded_by: gone"}
    knots = written(tmp_path, "knots.yaml", course(**replaced))
    own = {"id": "id: ropes", "title": "title: {zh: 绳索大全, en: Ropes and More}"}
    own |= {"aliases": "aliases: []", "url": "url: https://ropes.example.org", "links": "links: []"}
    ropes = written(tmp_path, "ropes.yaml", course(**own, **replaced))
    for path, other in ((knots, ropes), (ropes, knots)):
        (fault,) = told(path, other)
        assert "superseded_by names gone" in fault


def test_new_courses_may_name_one_another_and_are_known_to_perspectives(tmp_path: Path) -> None:
    knots = written(
        tmp_path,
        "knots.yaml",
        course(status="status: superseded", superseded_by="superseded_by: ropes"),
    )
    ropes = written(
        tmp_path,
        "ropes.yaml",
        course(
            id="id: ropes",
            title="title: {zh: 绳索大全, en: Ropes and More}",
            aliases="aliases: []",
            url="url: https://ropes.example.org",
            links="links: []",
        ),
    )
    person = written(
        tmp_path,
        "li-ming-recipe.md",
        changed("{name: 一本书, course: d2l}", "{name: 一本书, course: ropes}"),
    )
    assert [checked.faults for checked in check_files([person, knots, ropes])] == [(), (), ()]
