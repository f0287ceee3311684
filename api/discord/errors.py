"""What a request to the interactions endpoint is turned away for."""

from __future__ import annotations

from api.errors import KeyInvalidError
from corpus.errors import UsageError
from corpus.types import Bilingual


class SignatureInvalidError(KeyInvalidError):
    """The request was not signed by Discord, not as it is, or not just now."""


class InvalidInteractionError(UsageError):
    """The body is signed, but is no interaction of a kind that is answered here."""


def signature_invalid() -> SignatureInvalidError:
    """Nobody but Discord may send interactions."""
    return SignatureInvalidError(
        Bilingual(
            zh="签名无效。这个地址只接受 Discord 发来的请求；"
            "请检查 TUTOR_DISCORD_PUBLIC_KEY 和服务器的时钟。",
            en="The signature is not valid. This address takes requests from Discord only; "
            "check TUTOR_DISCORD_PUBLIC_KEY and the clock of the server.",
        )
    )


def invalid_interaction() -> InvalidInteractionError:
    """There is nothing to answer in it."""
    return InvalidInteractionError(
        Bilingual(
            zh="这不是能处理的 Discord 交互。请发送斜杠命令或消息按钮的交互。",
            en="This is no Discord interaction that can be answered. "
            "Send one of a slash command or of a message component.",
        )
    )


def public_key_invalid() -> UsageError:
    """The configured key cannot check any signature."""
    return UsageError(
        Bilingual(
            zh="TUTOR_DISCORD_PUBLIC_KEY 不是公钥。"
            "请填 Discord 开发者后台里的 Public Key（64 位十六进制）。",
            en="TUTOR_DISCORD_PUBLIC_KEY is not a public key. "
            "Set it to the Public Key of the Discord developer portal (64 hexadecimal digits).",
        )
    )


def public_key_missing() -> UsageError:
    """Discord is configured, but not what tells its requests from those of others."""
    return UsageError(
        Bilingual(
            zh="接入 Discord 还缺 TUTOR_DISCORD_PUBLIC_KEY。"
            "请填 Discord 开发者后台里的 Public Key；"
            "不接 Discord 就取消其他 TUTOR_DISCORD_… 变量。",
            en="Discord needs TUTOR_DISCORD_PUBLIC_KEY as well. Set it to the Public Key of the "
            "Discord developer portal, or unset the other variables TUTOR_DISCORD_… to do "
            "without Discord.",
        )
    )


def extra_missing() -> UsageError:
    """The library that checks signatures is not installed."""
    return UsageError(
        Bilingual(
            zh="使用 Discord 还要安装一个组件：pip install '.[discord]'。",
            en="Discord needs one more package: pip install '.[discord]'.",
        )
    )
