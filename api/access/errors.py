"""What goes wrong with keys, in words that tell what to do."""

from __future__ import annotations

from corpus.errors import UsageError, XianhouError
from corpus.types import Bilingual


class KeyNotFoundError(XianhouError):
    """No key has this id."""


def key_not_found() -> KeyNotFoundError:
    """What was given as an id is not repeated: it may be a whole key."""
    return KeyNotFoundError(
        Bilingual(
            zh="没有这个编号的密钥。用 `tutor keys list` 查看全部编号。",
            en="No key has this id. See `tutor keys list`.",
        )
    )


def unusable_name(most: int) -> UsageError:
    """A key's name is blank, longer than `most` characters, or has invisible characters in it."""
    return UsageError(
        Bilingual(
            zh=f"密钥需要一个名字，最多 {most} 个可见字符，例如谁在用它。",
            en=f"A key needs a name of up to {most} visible characters, such as who uses it.",
        )
    )


def no_scope() -> UsageError:
    """A key that opens nothing was asked for."""
    return UsageError(
        Bilingual(
            zh="密钥至少要有一种权限：ask、ingest 或 admin。",
            en="A key needs at least one scope: ask, ingest or admin.",
        )
    )
