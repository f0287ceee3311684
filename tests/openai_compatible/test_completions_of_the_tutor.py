"""The real tutor over its own sources, asked by OpenAI's client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from completion_material import QUESTION, Serve, key_of
from openai import OpenAI

from api.settings import Settings
from api.wiring import open_tutor


@pytest.fixture
def client(serve: Serve, indexed: Path) -> Iterator[OpenAI]:
    with open_tutor(Settings(data=indexed)) as tutor:
        server = serve(tutor)
        with OpenAI(base_url=f"{server.url}/v1", api_key=key_of(server), max_retries=0) as client:
            yield client


@pytest.mark.parametrize("question", [QUESTION, "How much math do I need to train LLMs?"])
def test_every_annotation_marks_its_number_in_the_streamed_text(
    client: OpenAI, question: str
) -> None:
    text, annotations, numbers = "", [], []
    for chunk in client.chat.completions.create(
        model="xianhou", messages=[{"role": "user", "content": question}], stream=True
    ):
        delta = chunk.choices[0].delta
        text += delta.content or ""
        annotations += (delta.model_extra or {}).get("annotations", [])
        numbers += [source["number"] for source in (chunk.model_extra or {}).get("sources", [])]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = [each["url_citation"] for each in annotations]
    marked = [text[each["start_index"] : each["end_index"]] for each in cited]
    assert marked == [each["title"].partition(" ")[0] for each in cited]
    assert list(dict.fromkeys(marked)) == [f"[{number}]" for number in numbers]
    assert len({each["url"] for each in cited}) == len(numbers)
    assert all(f"\n\n[{number}] " in text for number in numbers)


def test_a_follow_up_goes_on_with_what_the_client_remembers(client: OpenAI) -> None:
    first = client.chat.completions.create(
        model="xianhou", messages=[{"role": "user", "content": QUESTION}]
    )
    answer = first.choices[0].message.content
    assert answer is not None
    second = client.chat.completions.create(
        model="xianhou",
        messages=[
            {"role": "user", "content": QUESTION},
            {"role": "assistant", "content": answer},
            {"role": "user", "content": "那数学呢？"},
        ],
    )
    content = second.choices[0].message.content
    assert content is not None
    assert "数学" in content.partition("\n\n---\n\n")[0]
    assert "按目标「毕业设计」回答（你之前说的）" in content
