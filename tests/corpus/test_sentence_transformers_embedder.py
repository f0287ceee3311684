"""The adapter for sentence-transformers, through a tiny model made here and the bundled one."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.bundled_embedder import MODEL_DIRECTORY, BundledEmbedder
from corpus.errors import EmbedderError
from corpus.sentence_transformers_embedder import (
    Prompts,
    SentenceTransformersEmbedder,
    prompts_of,
)
from corpus.types import Language

TEXTS = ["先学线性回归。", "Start with a small project.", "过拟合", ""]
REASON = "needs sentence-transformers: pip install -c constraints.txt '.[sentence-transformers]'"


@pytest.fixture(scope="module")
def library() -> Any:
    return pytest.importorskip("sentence_transformers", reason=REASON)


@pytest.fixture(scope="module")
def tiny_model(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with random weights and prompts, as sentence-transformers saves it."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(0)
    directory = tmp_path_factory.mktemp("tiny")
    pieces = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        *map(chr, range(33, 127)),
        *"先学线性回归过拟合。",
    ]
    letters = Tokenizer(models.WordLevel({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]"))
    letters.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    letters.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=letters, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    ).save_pretrained(directory / "encoder")
    configuration = BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(configuration).save_pretrained(directory / "encoder")
    model = library.SentenceTransformer(
        str(directory / "encoder"), prompts={"query": "ask: ", "passage": "say: "}, device="cpu"
    )
    model.save(str(directory / "model"))
    return directory / "model"


class TestTinyModel:
    def test_rows_have_length_one_and_the_order_of_the_texts(self, tiny_model: Path) -> None:
        embedder = SentenceTransformersEmbedder(str(tiny_model), device="cpu")

        rows = embedder.embed_passages(TEXTS)

        assert rows.shape == (len(TEXTS), embedder.dimension) == (4, 16)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        for row, text in zip(rows, TEXTS, strict=True):
            np.testing.assert_allclose(row, embedder.embed_passages([text])[0], atol=1e-5)

    def test_no_passages_become_no_rows(self, tiny_model: Path) -> None:
        assert SentenceTransformersEmbedder(str(tiny_model)).embed_passages([]).shape == (0, 16)

    def test_the_prompts_of_the_model_stand_before_the_texts(
        self, library: Any, tiny_model: Path
    ) -> None:
        plain = library.SentenceTransformer(str(tiny_model), device="cpu")
        query, passage = plain.encode(["ask: 过拟合", "say: 过拟合"], normalize_embeddings=True)
        embedder = SentenceTransformersEmbedder(str(tiny_model), device="cpu")

        np.testing.assert_allclose(embedder.embed_query("过拟合"), query, atol=1e-5)
        np.testing.assert_allclose(embedder.embed_passages(["过拟合"])[0], passage, atol=1e-5)

    def test_other_prompts_may_be_given_also_empty_ones(
        self, library: Any, tiny_model: Path
    ) -> None:
        plain = library.SentenceTransformer(str(tiny_model), device="cpu")
        query, passage = plain.encode(["Q 过拟合", "过拟合"], normalize_embeddings=True)
        embedder = SentenceTransformersEmbedder(
            str(tiny_model), device="cpu", query_prompt="Q ", passage_prompt=""
        )

        np.testing.assert_allclose(embedder.embed_query("过拟合"), query, atol=1e-5)
        np.testing.assert_allclose(embedder.embed_passages(["过拟合"])[0], passage, atol=1e-5)

    @pytest.mark.parametrize("text", ["", "\0", "半个\ud83d字", "长" * 5000])
    def test_odd_strings_have_vectors(self, tiny_model: Path, text: str) -> None:
        embedder = SentenceTransformersEmbedder(str(tiny_model), device="cpu")

        assert np.linalg.norm(embedder.embed_query(text)) == pytest.approx(1, abs=1e-5)

    def test_an_impossible_device_is_explained(self, tiny_model: Path) -> None:
        embedder = SentenceTransformersEmbedder(str(tiny_model), device="no-such-device")

        with pytest.raises(EmbedderError, match="no-such-device"):
            embedder.embed_query("你好")


class TestBundledModel:
    """The same weights through both libraries."""

    def test_sentence_transformers_computes_the_same_vectors(self, library: Any) -> None:
        model = library.SentenceTransformer(
            str(MODEL_DIRECTORY), backend="onnx", local_files_only=True
        )
        bundled = BundledEmbedder()

        queries = model.encode_query(TEXTS, batch_size=1)
        passages = model.encode_document(TEXTS, batch_size=1)

        expected = np.stack([bundled.embed_query(text) for text in TEXTS])
        assert ((queries * expected).sum(axis=1) > 0.9999).all()
        assert ((passages * bundled.embed_passages(TEXTS)).sum(axis=1) > 0.9999).all()

    def test_the_adapter_loads_its_onnx_weights(self, library: Any) -> None:
        embedder = SentenceTransformersEmbedder(str(MODEL_DIRECTORY), device="cpu")

        similarity = embedder.embed_query("过拟合") @ BundledEmbedder().embed_query("过拟合")

        assert similarity > 0.9999


class TestPrompts:
    @pytest.mark.parametrize(
        ("name", "settings", "prompts"),
        [
            ("anyone/model", {"query": "q: ", "document": "d: "}, Prompts("q: ", "d: ")),
            ("anyone/model", {"query": "q: ", "document": "", "passage": "p: "}, ("q: ", "p: ")),
            ("anyone/model", {"query": "", "document": ""}, ("", "")),
            ("anyone/model", {}, ("", "")),
            (
                "intfloat/multilingual-e5-small",
                {"query": "", "document": ""},
                ("query: ", "passage: "),
            ),
            ("intfloat/e5-large-v2", {}, ("query: ", "passage: ")),
            ("intfloat/e5-base", {"query": "own: "}, ("own: ", "")),
            ("intfloat/multilingual-e5-large-instruct", {}, ("", "")),
            ("/models/bge-base-zh-v1.5", {}, ("为这个句子生成表示以用于检索相关文章：", "")),
            (
                "BAAI/bge-small-en-v1.5",
                {},
                ("Represent this sentence for searching relevant passages: ", ""),
            ),
            ("BAAI/bge-m3", {}, ("", "")),
        ],
    )
    def test_settings_come_first_then_the_model_card_of_the_family(
        self, name: str, settings: dict[str, str], prompts: tuple[str, str]
    ) -> None:
        assert prompts_of(name, settings) == prompts


class TestFailures:
    def test_a_missing_library_is_named_with_the_command(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)

        with pytest.raises(EmbedderError) as failure:
            SentenceTransformersEmbedder("anyone/model").embed_query("你好")

        for language in Language:
            assert "pip install '.[sentence-transformers]'" in failure.value.text(language)

    def test_an_unreachable_hub_is_explained(
        self, library: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")

        with pytest.raises(EmbedderError) as failure:
            SentenceTransformersEmbedder("nobody/no-such-model").embed_query("你好")

        for language in Language:
            assert "nobody/no-such-model" in failure.value.text(language)
            assert "OSError" in failure.value.text(language)
            assert "HF_ENDPOINT" in failure.value.text(language)

    def test_a_directory_without_a_model_is_explained(self, library: Any, tmp_path: Path) -> None:
        with pytest.raises(EmbedderError, match="cannot be loaded"):
            SentenceTransformersEmbedder(str(tmp_path)).embed_query("你好")


class TestFingerprint:
    @pytest.fixture
    def directory(self, tmp_path: Path) -> Path:
        model = tmp_path / "model"
        model.mkdir()
        (model / "config.json").write_text(json.dumps({"hidden_size": 4}), "utf-8")
        (model / "model.safetensors").write_bytes(bytes(300_000))
        return model

    def test_a_copy_elsewhere_has_the_same(self, directory: Path, tmp_path: Path) -> None:
        copy = Path(shutil.copytree(directory, tmp_path / "copy"))
        (copy / "README.md").write_text("a note", "utf-8")
        (copy / ".cache").mkdir()
        (copy / ".cache" / "download.lock").write_text("now", "utf-8")

        assert self.of(str(copy)) == self.of(str(directory))

    def test_other_weights_of_the_same_size_have_another(self, directory: Path) -> None:
        before = self.of(str(directory))
        (directory / "model.safetensors").write_bytes(bytes([1]) * 300_000)

        assert self.of(str(directory)) != before

    def test_other_prompts_and_other_models_have_another(self) -> None:
        fingerprints = {
            self.of("anyone/model"),
            self.of("anyone/other"),
            self.of("anyone/model", query_prompt="q: "),
            self.of("anyone/model", passage_prompt="q: "),
        }

        assert len(fingerprints) == 4

    def test_the_device_does_not_matter(self) -> None:
        assert self.of("anyone/model", device="cuda") == self.of("anyone/model")

    @staticmethod
    def of(model: str, **settings: Any) -> str:
        return SentenceTransformersEmbedder(model, **settings).fingerprint
