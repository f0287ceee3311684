"""What is said of keys that are not there."""

from __future__ import annotations

from api.access.errors import key_not_found


def test_a_key_that_is_not_there_is_told_with_where_to_look() -> None:
    said = key_not_found().message
    assert said.en == "No key has this id. See `tutor keys list`."
    assert said.zh == "没有这个编号的密钥。用 `tutor keys list` 查看全部编号。"
