"""What clients send for a completion; what a tutor has no use for is ignored."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, FailFast, Field

_MOST_MESSAGES: Final = 2000


def _not_too_many(messages: Any) -> Any:
    """Before each is looked at: more than any conversation has would hold others up."""
    if isinstance(messages, list) and len(messages) > _MOST_MESSAGES:
        raise ValueError(f"more than {_MOST_MESSAGES} messages")
    return messages


class _Body(BaseModel):
    # Clients send many parameters that mean nothing here, such as penalties and tools.
    model_config = ConfigDict(extra="ignore", frozen=True)


class MessageBody(_Body):
    """A message; `content` is text or a list of parts, read by `api.openai_compatible.messages`.

    It is not validated here: half a character in an old message must not end a conversation.
    """

    role: str
    content: Any = None


class StreamOptions(_Body):
    """What a stream carries beside the text."""

    include_usage: bool | None = None


class CompletionBody(_Body):
    """A request for a completion."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": "xianhou",
                    "messages": [
                        {"role": "user", "content": "学深度学习要先学机器学习吗？我只是做毕设"}
                    ],
                    "stream": True,
                }
            ]
        }
    )

    model: str
    messages: Annotated[list[MessageBody], FailFast(), BeforeValidator(_not_too_many)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, description="one answer is given: 1 or nothing")

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with the numbers of tokens."""
        return bool(self.stream_options and self.stream_options.include_usage)
