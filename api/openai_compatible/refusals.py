"""Requests that this door cannot serve, with the field that is wrong."""

from __future__ import annotations

from typing import Final

from fastapi.responses import JSONResponse

from api.errors import DoorError
from corpus.types import Bilingual, Language

MODEL: Final = "xianhou"
"""The only model there is."""
_LONGEST_SHOWN: Final = 60


class CompletionRefusedError(DoorError):
    """A request for a completion that cannot be served as it is.

    `status` is that of HTTP, `code` the stable name of the fault and `param` the field it is in.
    """

    def __init__(self, message: Bilingual, *, status: int, code: str, param: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.param = param


def refused_response(error: CompletionRefusedError, language: Language) -> JSONResponse:
    """The error as clients of the OpenAI API read it."""
    details = {
        "type": "invalid_request_error",
        "message": error.text(language),
        "param": error.param,
        "code": error.code,
    }
    return JSONResponse({"error": details}, error.status)


def unknown_model(name: str) -> CompletionRefusedError:
    """There is no such model."""
    shown = "".join(c if c.isprintable() else "?" for c in name)[:_LONGEST_SHOWN]
    return CompletionRefusedError(
        Bilingual(
            zh=f"没有模型「{shown}」。这里只有一个模型：{MODEL}。",
            en=f"There is no model “{shown}”. The only model here is {MODEL}.",
        ),
        status=404,
        code="model_not_found",
        param="model",
    )


def several_choices() -> CompletionRefusedError:
    """More than one answer was asked for."""
    return CompletionRefusedError(
        Bilingual(
            zh="每次只给一个回答。请去掉 n，或设为 1。",
            en="There is one answer to a question. Leave n out or set it to 1.",
        ),
        status=400,
        code="unsupported_value",
        param="n",
    )


def no_question() -> CompletionRefusedError:
    """No message of a user is among the messages."""
    return _of_messages(
        "question_missing",
        zh="messages 里没有用户的消息。请在最后加一条 role 为 user 的消息，写上问题。",
        en="There is no message of the user in messages. End them with one whose role is user "
        "and whose content is the question.",
    )


def already_answered() -> CompletionRefusedError:
    """The last word has the assistant."""
    return _of_messages(
        "question_missing",
        zh="messages 的最后一条是 assistant 的消息。请以 role 为 user 的问题结尾。",
        en="The messages end with one of the assistant. End them with the user's question.",
    )


def unread_content() -> CompletionRefusedError:
    """The question is, or holds, something else than text."""
    return _of_messages(
        "unsupported_content",
        zh='问题只能是文字：content 写成字符串，或写成 {"type": "text", "text": …} 的列表。'
        "图片、声音和文件读不了，请改用文字描述。",
        en='Only text is understood in a question: content is a string, or a list of {"type": '
        '"text", "text": …}. Say in words what an image, a sound or a file would show.',
    )


def _of_messages(code: str, *, zh: str, en: str) -> CompletionRefusedError:
    return CompletionRefusedError(Bilingual(zh=zh, en=en), status=400, code=code, param="messages")
