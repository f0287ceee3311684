"""What chat applications ask for beside the conversation: a title, tags, what to ask next.

They send such tasks as if a user had asked. The tutor's sources have nothing to say on them, so
they are answered from the words of the conversation alone, in the form that the application reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from corpus.language import detect_language
from corpus.types import Bilingual, Language, Topic
from tutor.memory.summary import shortened
from tutor.phrases import topic_question
from tutor.understanding import understand

_TITLE_CHARACTERS: Final = 30
_FOLLOW_UPS: Final = 3
_LONGEST_READ: Final = 2000  # characters of a conversation
_TAGS: Final[Mapping[Topic, Bilingual]] = {
    Topic.ML_BEFORE_DL: Bilingual(zh="机器学习", en="machine learning"),
    Topic.MATH_DEPTH: Bilingual(zh="数学", en="mathematics"),
    Topic.PROGRAMMING_FIRST: Bilingual(zh="编程", en="programming"),
    Topic.FOUNDATIONS_FOR_LLM: Bilingual(zh="大模型", en="large language models"),
    Topic.FRAMEWORK: Bilingual(zh="框架", en="frameworks"),
    Topic.STUDY_ORDER: Bilingual(zh="学习路线", en="study path"),
    Topic.TIME_PLAN: Bilingual(zh="时间安排", en="time plan"),
}
_GENERAL_TAG: Final = Bilingual(zh="学习", en="learning")
_UNTITLED: Final = Bilingual(zh="学习建议", en="Learning advice")
_NOT_A_WRITER: Final = Bilingual(
    zh="这个助手只回答关于学习的问题，不合并其他模型的回答。",
    en="This tutor answers questions about learning; it does not merge answers of other models.",
)


class Task(StrEnum):
    """A task by the name that Open WebUI has for it; `PLAIN_TITLE` is LibreChat's."""

    TITLE = "title_generation"
    PLAIN_TITLE = "plain_title"
    TAGS = "tags_generation"
    FOLLOW_UPS = "follow_up_generation"
    QUERIES = "query_generation"
    EMOJI = "emoji_generation"
    IMAGE_PROMPT = "image_prompt_generation"
    AUTOCOMPLETION = "autocomplete_generation"
    FUNCTION_CALLING = "function_calling"
    MERGING = "moa_response_generation"


# Open WebUI's prompts open with this, show the form of the reply, then the conversation.
_OPEN_WEBUI: Final = "### Task:"
_HISTORY: Final = "<chat_history>"
_FORMS: Final = {
    '"title"': Task.TITLE,
    '"tags"': Task.TAGS,
    '"follow_ups"': Task.FOLLOW_UPS,
    '"queries"': Task.QUERIES,
    '"prompt"': Task.IMAGE_PROMPT,
    '"text"': Task.AUTOCOMPLETION,
}
_LIBRECHAT: Final = "Provide a concise, 5-word-or-less title for the conversation"
_CONVERSATION: Final = re.compile(
    r"<chat_history>(?P<open_webui>.*?)(?:</chat_history>|\Z)|^Conversation:(?P<librechat>.*)",
    re.DOTALL | re.MULTILINE,
)
_OF_USER: Final = re.compile(
    r"^(?:USER|User|Human): (?P<said>.*?)(?=^(?:ASSISTANT|AI|Assistant): |\Z)",
    re.DOTALL | re.MULTILINE,
)


def task_of(name: str | None, prompt: str) -> Task | None:
    """The task that a header names or that `prompt` is unmistakably for; None for a question.

    A header may name anything, such as a placeholder that was not filled in.
    """
    if name in set(Task):
        return Task(name)
    if prompt.startswith(_LIBRECHAT):
        return Task.PLAIN_TITLE
    instruction, history, _ = prompt.partition(_HISTORY)
    if not history or not instruction.startswith(_OPEN_WEBUI):
        return None
    return next((task for form, task in _FORMS.items() if form in instruction), None)


def task_reply(task: Task, prompt: str) -> str:
    """What the application gets for `task`: JSON, or plain text where it reads that."""
    said = _said(prompt)
    language = detect_language(said[0])
    replies: dict[Task, Callable[[], str]] = {
        Task.TITLE: lambda: _json("title", _title(said, language)),
        Task.PLAIN_TITLE: lambda: _title(said, language),
        Task.TAGS: lambda: _json("tags", _tags(said, language)),
        Task.FOLLOW_UPS: lambda: _json("follow_ups", _follow_ups(said, language)),
        Task.QUERIES: lambda: _json("queries", []),
        Task.EMOJI: lambda: "🙂",
        Task.IMAGE_PROMPT: lambda: _json("prompt", ""),
        Task.AUTOCOMPLETION: lambda: _json("text", ""),
        Task.FUNCTION_CALLING: lambda: _json("tool_calls", []),
        Task.MERGING: lambda: _NOT_A_WRITER.text(language),
    }
    return replies[task]()


def _said(prompt: str) -> list[str]:
    """What the user said in the conversation in `prompt`; all of it where nobody is marked."""
    found = _CONVERSATION.search(prompt)
    talk = (found["open_webui"] or found["librechat"] or "") if found else prompt
    said = [match["said"] for match in _OF_USER.finditer(talk)] or [talk]
    return [text.strip(' \n"') for text in said]


def _title(said: Sequence[str], language: Language) -> str:
    return shortened(said[0], _TITLE_CHARACTERS) or _UNTITLED.text(language)


def _tags(said: Sequence[str], language: Language) -> list[str]:
    tags = [_TAGS[topic].text(language) for topic in _topics(said)]
    return tags or [_GENERAL_TAG.text(language)]


def _follow_ups(said: Sequence[str], language: Language) -> list[str]:
    dealt_with = _topics(said)
    left = [topic for topic in Topic if topic not in dealt_with]
    return [topic_question(topic).text(language) for topic in left[:_FOLLOW_UPS]]


def _topics(said: Sequence[str]) -> tuple[Topic, ...]:
    return understand("\n".join(said)[:_LONGEST_READ]).topics


def _json(name: str, value: Any) -> str:
    return json.dumps({name: value}, ensure_ascii=False)
