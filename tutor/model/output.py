"""Getting an object of a given form out of a language model, whichever way it knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from tutor.model.reply import Reply
from tutor.model.thoughts import spoken
from tutor.model.types import ChatMessage, Messages, Role

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from tutor.model.call import Chat

T = TypeVar("T", bound=BaseModel)

_MOST_OBJECTS: Final = 50
_ONE_OBJECT: Final = (
    "Reply with one JSON object and nothing else. It must be valid against this JSON schema:\n"
)
_NOT_VALID: Final = "That is not valid against the schema. "


class OutputMode(StrEnum):
    """How a model is made to reply with an object of a given form."""

    JSON_SCHEMA = "json-schema"
    TOOL = "tool"
    JSON_OBJECT = "json-object"
    PROMPT = "prompt"


OPENAI_MODES: Final = (
    OutputMode.JSON_SCHEMA,
    OutputMode.TOOL,
    OutputMode.JSON_OBJECT,
    OutputMode.PROMPT,
)
COMMON_MODES: Final = (OutputMode.TOOL, OutputMode.PROMPT)


def prepared(chat: BaseChatModel, mode: OutputMode, schema: type[BaseModel]) -> Chat:
    """`chat`, made to reply in `mode`; raises NotImplementedError where its library cannot."""
    match mode:
        case OutputMode.JSON_SCHEMA:
            form = {"name": schema.__name__, "schema": schema.model_json_schema()}
            return _with_format(chat, {"type": "json_schema", "json_schema": form})
        case OutputMode.TOOL:
            return chat.bind_tools([schema], tool_choice=schema.__name__)
        case OutputMode.JSON_OBJECT:
            return _with_format(chat, {"type": "json_object"})
        case OutputMode.PROMPT:
            return chat


def asking_for(schema: type[BaseModel], messages: Messages) -> Messages:
    """`messages` with the form asked for at the end of the last one.

    Servers that force the form do not show it to the model, and others pass it over in silence.
    """
    return [*messages[:-1], replace(messages[-1], text=f"{messages[-1].text}\n\n{_form(schema)}")]


def asking_again(schema: type[BaseModel], messages: Messages, reply: Reply) -> Messages:
    """`messages` with a `reply` that was of no use, and the form asked for once more."""
    return [
        *messages,
        ChatMessage(Role.ASSISTANT, reply.text or json.dumps(reply.tool_arguments)),
        ChatMessage(Role.USER, _NOT_VALID + _form(schema)),
    ]


def parsed(schema: type[T], reply: Reply) -> T | None:
    """The first object in `reply` that is valid against `schema`, None where there is none."""
    for candidate in (*reply.tool_arguments, *islice(_objects(spoken(reply.text)), _MOST_OBJECTS)):
        try:
            return schema.model_validate(candidate)
        except ValidationError:
            continue
    return None


def _with_format(chat: BaseChatModel, response_format: dict[str, Any]) -> Chat:
    # In the body of the request as it is: as an argument of its own, the SDK would read the
    # reply itself and keep what it cannot read.
    return chat.bind(extra_body={"response_format": response_format})


def _form(schema: type[BaseModel]) -> str:
    return _ONE_OBJECT + json.dumps(schema.model_json_schema(), ensure_ascii=False)


def _objects(text: str) -> Iterator[object]:
    """The JSON objects that begin at the braces of `text`, outer ones before those in them."""
    decoder = json.JSONDecoder()
    braces: Sequence[int] = [match.start() for match in re.finditer(r"\{", text)]
    for start in braces[:_MOST_OBJECTS]:
        try:
            yield decoder.raw_decode(text, start)[0]
        except (ValueError, RecursionError):
            continue
