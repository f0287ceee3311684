"""Titles, tags and follow-ups that chat applications ask for."""

from __future__ import annotations

import json

import pytest
from completion_material import QUESTION

from api.openai_compatible.tasks import Task, task_of, task_reply

TALK = f"""USER: {QUESTION}
ASSISTANT: **不用先学完**[1]。
USER: 数学要学到什么程度？"""


def open_webui(form: str, talk: str = TALK) -> str:
    """A task in the shape of Open WebUI's prompts."""
    return f"""### Task:
Look at the chat.
### Output:
JSON format: {{ {form}: … }}
### Chat History:
<chat_history>
{talk}
</chat_history>"""


LIBRECHAT = f"""Provide a concise, 5-word-or-less title for the conversation, please.

Conversation:
User: {QUESTION}
AI: **不用先学完**[1]。"""


@pytest.mark.parametrize(
    ("form", "task"),
    [
        ('"title"', Task.TITLE),
        ('"tags"', Task.TAGS),
        ('"follow_ups"', Task.FOLLOW_UPS),
        ('"queries"', Task.QUERIES),
        ('"prompt"', Task.IMAGE_PROMPT),
        ('"text"', Task.AUTOCOMPLETION),
    ],
)
def test_the_prompts_of_open_webui_are_told_by_the_form_they_ask_for(form: str, task: Task) -> None:
    assert task_of(None, open_webui(form)) is task
    assert task_of("{{TASK}}", open_webui(form)) is task


def test_the_prompt_of_librechat_is_told_by_its_beginning() -> None:
    assert task_of(None, LIBRECHAT) is Task.PLAIN_TITLE


@pytest.mark.parametrize("task", Task)
def test_a_header_names_the_task_whatever_the_prompt_says(task: Task) -> None:
    assert task_of(task.value, "任意的提示") is task


@pytest.mark.parametrize("name", [None, "", "{{TASK}}", "default", "TITLE_GENERATION", "no_task"])
@pytest.mark.parametrize(
    "prompt",
    [
        QUESTION,
        "",
        '### Task:\nWhich book has the "title" 动手学深度学习？',
        'What do "tags" mean before <chat_history>?',
        'What does <chat_history> with "tags" mean?',
        open_webui('"answer"', 'USER: is it "title" or "tags"?'),
    ],
)
def test_a_question_is_no_task(name: str | None, prompt: str) -> None:
    assert task_of(name, prompt) is None


def test_the_title_is_the_first_question_shortened() -> None:
    title = json.loads(task_reply(Task.TITLE, open_webui('"title"')))
    assert title == {"title": "学深度学习要先学机器学习吗？我只是做毕设"}
    long = open_webui('"title"', f"USER: {'数学要学多少' * 20}\nASSISTANT: 好。")
    assert len(json.loads(task_reply(Task.TITLE, long))["title"]) == 30


def test_a_plain_title_is_not_wrapped() -> None:
    assert task_reply(Task.PLAIN_TITLE, LIBRECHAT) == "学深度学习要先学机器学习吗？我只是做毕设"


def test_tags_are_the_topics_that_the_user_asked_about() -> None:
    tags = json.loads(task_reply(Task.TAGS, open_webui('"tags"')))
    assert tags == {"tags": ["机器学习", "数学"]}
    english = open_webui('"tags"', "USER: how much math do I need?\nASSISTANT: some [1]")
    assert json.loads(task_reply(Task.TAGS, english)) == {"tags": ["mathematics"]}


def test_a_conversation_about_nothing_known_has_a_general_tag() -> None:
    assert json.loads(task_reply(Task.TAGS, open_webui('"tags"', "USER: hi"))) == {
        "tags": ["learning"]
    }


def test_follow_ups_are_questions_that_were_not_asked_yet() -> None:
    reply = json.loads(task_reply(Task.FOLLOW_UPS, open_webui('"follow_ups"')))
    assert len(reply["follow_ups"]) == 3
    assert all(question.endswith("？") for question in reply["follow_ups"])
    assert not any("数学" in question for question in reply["follow_ups"])


@pytest.mark.parametrize("task", [each for each in Task if each not in ("plain_title",)])
@pytest.mark.parametrize("prompt", ["", "\0", "<chat_history>", "USER: ", "[" * 50_000])
def test_every_task_has_a_reply_whatever_the_prompt(task: Task, prompt: str) -> None:
    reply = task_reply(task, prompt)
    assert reply
    if task not in (Task.EMOJI, Task.MERGING):
        assert isinstance(json.loads(reply), dict)
