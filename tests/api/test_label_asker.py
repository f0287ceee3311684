"""New documents are put before the configured language model, within its context."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from scripted_model import ScriptedModel, busy, unreachable, wrong_key

from api import label_asker
from api.settings import Settings, load_settings
from api.wiring import ingest_paths
from corpus.embedding import Embedder
from corpus.types import Bilingual, Position, Stance, Topic
from ingest.labelling_asked import ReadLabels
from ingest.labelling_learned import LearnedLabeller
from tutor.model.language_model import LanguageModel
from tutor.model.retry import Retries

SENTENCE = "船厂的人说，数学够用就行，别的以后再补。"
POST = f"---\ntitle: 学船\nauthor: 老周\nurl: https://boats.example.org/7\n---\n{SENTENCE}\n"
REPLY = ReadLabels.model_validate(
    {
        "labels": [
            {"topic": "math-depth", "stance": "core-subset", "goals": [], "sentence": SENTENCE},
            {"topic": "framework", "stance": "needed", "goals": [], "sentence": "要用 PyTorch。"},
        ]
    }
)


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Callable[[ScriptedModel], None]:
    """Makes a scripted model the configured one."""

    def configure(chat: ScriptedModel, context_tokens: int = 8000) -> None:
        model = LanguageModel(
            chat,
            name="scripted",
            context_tokens=context_tokens,
            retries=Retries(attempts=1),
        )
        monkeypatch.setattr(label_asker, "open_language_model", lambda _settings: model)

    return configure


def ingested(
    data: Path, post: str, embedder: Embedder, told: list[Bilingual]
) -> tuple[Position, ...]:
    """The positions of the one author of `post`."""
    data.mkdir(exist_ok=True)
    path = data.parent / "post.md"
    path.write_text(post, encoding="utf-8")
    settings = load_settings(data=data)
    summary = ingest_paths(
        settings, [str(path)], embedder=embedder, notify=told.append, dry_run=True
    )
    return summary.planned[0].positions


def test_what_the_model_shows_in_the_text_is_the_label_of_a_document(
    tmp_path: Path,
    configured: Callable[..., None],
    tiny_embedder: Embedder,
) -> None:
    chat = ScriptedModel(replies=[REPLY])
    configured(chat)
    found = ingested(tmp_path / "data", POST, tiny_embedder, [])
    assert found == (Position(Topic.MATH_DEPTH, Stance.CORE_SUBSET, (), guessed=True),)
    assert SENTENCE in chat.requests[0].text


@pytest.mark.parametrize("failure", [busy(), unreachable(), wrong_key(), "no object at all"])
def test_where_the_model_fails_documents_are_taken_in_all_the_same(
    failure: Exception | str,
    tmp_path: Path,
    configured: Callable[..., None],
    tiny_embedder: Embedder,
) -> None:
    configured(ScriptedModel(replies=[failure] * 4))
    told: list[Bilingual] = []
    found = ingested(tmp_path / "data", POST, tiny_embedder, told)
    assert all(position.guessed for position in found)
    assert [line for line in told if "rules guess" in line.en]


def test_a_long_document_is_cut_to_the_context(
    tmp_path: Path, configured: Callable[..., None], tiny_embedder: Embedder
) -> None:
    chat = ScriptedModel(replies=[REPLY])
    configured(chat, context_tokens=2000)
    post = POST + "\n\n" + "\n\n".join(f"第{n}条船上的漆要刷两遍，再晾三天。" for n in range(500))
    assert len(ingested(tmp_path / "data", post, tiny_embedder, [])) == 1
    assert len(chat.requests[0].text) < 6000


def test_without_a_language_model_the_learned_labeller_is_used(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with label_asker.open_labels(settings, lambda _line: None) as labeller:
        assert isinstance(labeller, LearnedLabeller)
