"""Finding documents, and refusing those that cannot be read with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.document import Document
from ingest.documents import Location, find_documents, load


def uris(*paths: Path | str) -> list[str]:
    return [location.uri for location in find_documents([str(path) for path in paths])]


def test_a_directory_gives_its_files_by_name_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", ".hidden.md", "sub/c.html", ".git/config", "sub/.x/d.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")

    assert uris(tmp_path) == [str(tmp_path / name) for name in ("a.txt", "b.md", "sub/c.html")]


def test_a_hidden_file_that_is_named_is_read_and_nothing_twice(tmp_path: Path) -> None:
    hidden = tmp_path / ".notes.md"
    hidden.write_text("x", encoding="utf-8")

    assert uris(hidden, hidden, tmp_path) == [str(hidden)]


def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/file.md").write_text("x", encoding="utf-8")
    (tmp_path / "a/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")

    assert str(tmp_path / "a/file.md") in uris(tmp_path)


@pytest.mark.parametrize("address", ["https://a.org/b", "HTTPS://a.org/b", "Http://a.org/b"])
def test_web_addresses_are_left_to_the_fetcher(address: str) -> None:
    (location,) = find_documents([address])

    document = load(location, fetch=lambda url: Document(url, ".html", b"<p>hello</p>"))

    assert location.is_web
    assert document.uri == address


def test_a_file_is_loaded_with_its_suffix_in_lower_case(tmp_path: Path) -> None:
    (tmp_path / "Note.MD").write_bytes(b"hello")

    assert load(Location(str(tmp_path / "Note.MD"))) == Document(
        str(tmp_path / "Note.MD"), ".md", b"hello"
    )


def refusal(path: Path, **limits: int) -> str:
    with pytest.raises(DocumentError) as caught:
        load(Location(str(path)), **limits)
    assert caught.value.message.zh
    return caught.value.message.en


def test_what_is_missing_empty_or_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text(" \n\t\n", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")

    assert "does not exist" in refusal(tmp_path / "none.md")
    assert "is empty" in refusal(tmp_path / "blank.txt")
    assert "not a regular file" in refusal(tmp_path / "pipe")


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))

    assert refusal(tmp_path / "huge.txt") == (
        "is too large (200 MB, at most 50 MB); split it and read the parts"
    )


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed.txt").write_text("x", encoding="utf-8")

    def closed(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", closed)

    assert "change its permissions" in refusal(tmp_path / "closed.txt")


def test_a_directory_that_may_not_be_listed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)

    assert uris(tmp_path) == [str(closed)]
    assert "change its permissions" in refusal(closed)
