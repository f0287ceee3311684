"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.output_file import write_file
from corpus.errors import UsageError


def test_a_file_is_made_or_replaced(tmp_path: Path) -> None:
    file = tmp_path / "计划.ics"
    for content in (b"a\r\n", b"", b"b" * 100_000):
        write_file(str(file), content)
        assert file.read_bytes() == content
        assert list(tmp_path.iterdir()) == [file]


def test_what_it_held_stays_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "plan.ics"
    file.write_bytes(b"before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_file(str(file), b"after")
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_where_nothing_can_be_written_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (
        tmp_path,
        tmp_path / "none" / "plan.ics",
        tmp_path / "file" / "plan.ics",
        tmp_path / ("x" * 300),
        "a\0b",
        "",
    ):
        with pytest.raises(UsageError, match="Check the path") as error:
            write_file(str(place), b"x")
        assert "请检查路径" in error.value.message.zh
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_who_may_read_a_file_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    file.touch()
    for mode in (0o600, 0o664):
        file.chmod(mode)
        write_file(str(file), b"mine")
        assert file.stat().st_mode & 0o777 == mode


def test_a_file_that_must_not_be_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "plan.md"
    file.write_bytes(b"before")
    opened = Path.open

    def refused(path: Path, mode: str = "r") -> object:
        if path == file and mode != "rb":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(UsageError, match="Permission denied"):
        write_file(str(file), b"after")
    assert file.read_bytes() == b"before"


def test_the_longest_name_that_there_may_be_is_no_trouble(tmp_path: Path) -> None:
    file = tmp_path / ("x" * 255)
    write_file(str(file), b"content")
    assert file.read_bytes() == b"content"


@pytest.mark.skipif(os.name != "posix", reason="links and devices as POSIX has them")
def test_a_link_keeps_pointing_and_a_device_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "plan.ics", tmp_path / "latest.ics"
    file.touch()
    link.symlink_to(file)
    write_file(str(link), b"content")
    assert link.is_symlink()
    assert file.read_bytes() == b"content"
    device = tmp_path / "null"
    device.symlink_to(os.devnull)
    write_file(str(device), b"content")
    assert Path(os.devnull).is_char_device()
