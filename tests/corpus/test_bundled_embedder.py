"""The embedder that comes with the package, through the real model."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus.bundled_embedder import MODEL_DIRECTORY, BundledEmbedder
from corpus.embedding import Embedder
from corpus.errors import EmbedderError
from corpus.types import Language

PASSAGES = [
    "线性回归用一条直线拟合数据，是理解损失函数的起点。",
    "Regularisation keeps weights small so that the model does not memorise noise.",
    "先",
    "毕业设计只有两个月，就先复现一个相近的开源项目，再换成自己的数据。" * 20,
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return BundledEmbedder()


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODEL_DIRECTORY / "tokenizer.json"))


@pytest.fixture
def copied_model(tmp_path: Path) -> Path:
    """The model's directory without its large file."""
    shutil.copytree(
        MODEL_DIRECTORY, tmp_path / "model", ignore=shutil.ignore_patterns("model.onnx")
    )
    (tmp_path / "model" / "onnx").mkdir(exist_ok=True)
    return tmp_path / "model"


class TestVectors:
    def test_a_question_becomes_one_vector_of_length_one(self, embedder: Embedder) -> None:
        vector = embedder.embed_query("学深度学习要先学机器学习吗？")

        assert vector.shape == (384,)
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)

    def test_passages_become_one_row_each(self, embedder: Embedder) -> None:
        rows = embedder.embed_passages(PASSAGES)

        assert rows.shape == (len(PASSAGES), embedder.dimension)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)

    def test_no_passages_become_no_rows(self, embedder: Embedder) -> None:
        assert embedder.embed_passages([]).shape == (0, 384)

    def test_rows_are_in_the_order_of_the_texts_whatever_their_lengths(
        self, embedder: Embedder
    ) -> None:
        rows = embedder.embed_passages(PASSAGES)

        for row, text in zip(rows, PASSAGES, strict=True):
            np.testing.assert_array_equal(row, embedder.embed_passages([text])[0])

    def test_the_number_of_threads_changes_nothing(self, embedder: Embedder) -> None:
        one_thread = BundledEmbedder(threads=1).embed_passages(PASSAGES)

        np.testing.assert_array_equal(
            one_thread, BundledEmbedder(threads=3).embed_passages(PASSAGES)
        )

    def test_questions_and_passages_are_told_apart(self, embedder: Embedder) -> None:
        text = "梯度消失"

        assert not np.allclose(embedder.embed_query(text), embedder.embed_passages([text])[0])

    def test_several_threads_may_ask_first(self, embedder: Embedder) -> None:
        fresh = BundledEmbedder()
        with ThreadPoolExecutor(4) as pool:
            vectors = list(pool.map(fresh.embed_query, ["过拟合"] * 4))

        for vector in vectors:
            np.testing.assert_array_equal(vector, embedder.embed_query("过拟合"))


class TestAnyString:
    @pytest.mark.parametrize(
        "text",
        ["", " ", "\0", "半个\ud83d字", "\udfff", "👩‍💻", "<s></s><pad>", "𠮷野家", "\u202e"],
    )
    def test_odd_strings_have_vectors(self, embedder: Embedder, text: str) -> None:
        assert np.isfinite(embedder.embed_query(text)).all()
        assert np.isfinite(embedder.embed_passages([text, "正常"])).all()

    @settings(max_examples=40, deadline=None)
    @given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
    def test_every_string_has_a_vector_of_length_one(self, embedder: Embedder, text: str) -> None:
        assert np.linalg.norm(embedder.embed_query(text)) == pytest.approx(1, abs=1e-5)

    def test_what_goes_beyond_512_tokens_is_not_read(self, embedder: Embedder) -> None:
        long = "卷积、池化、" * 400

        shorter, longer = embedder.embed_passages([long, long + "而菜市场七点开门。"])

        np.testing.assert_array_equal(shorter, longer)


class TestMeaning:
    @pytest.mark.parametrize(
        ("question", "right", "wrong"),
        [
            (
                "毕业设计要用神经网络，可我没学过机器学习，来得及吗？",
                "时间紧的学生可以直接复现一个开源的图像分类项目，缺什么基础再补，论文照样能按时写完。",
                "想去大公司做算法的人，面试前最好把经典模型的推导都过一遍。",
            ),
            (
                "数学要学到什么程度？",
                "会求偏导、懂矩阵乘法和条件概率就可以开始，读论文时再补优化理论。",
                "租用云上的显卡按小时计费，用完记得关机，否则第二天会收到账单。",
            ),
            (
                "面试会问什么",
                "招聘的人常让候选人解释过拟合、正则化以及为什么选这个损失函数。",
                "这本教材共十二章，前四章讲线性模型，后面讲核方法和集成学习。",
            ),
            (
                "PyTorch 和 TensorFlow 选哪个",
                "两个框架选一个学透就行；现在新论文的代码大多用 PyTorch，上手也更容易。",
                "先把概率论和线性代数的公开课看完，大约需要三个月。",
            ),
        ],
    )
    def test_a_chinese_question_is_nearer_to_what_answers_it(
        self, embedder: Embedder, question: str, right: str, wrong: str
    ) -> None:
        scores = embedder.embed_passages([right, wrong]) @ embedder.embed_query(question)

        assert scores[0] > scores[1] + 0.01

    @pytest.mark.parametrize(
        ("question", "nearest"),
        [
            ("Which course should I take first if I cannot program?", 0),
            ("How do I stop my network from overfitting?", 1),
            ("Is a PhD needed to fine-tune large language models?", 2),
        ],
    )
    def test_an_english_question_finds_a_chinese_passage(
        self, embedder: Embedder, question: str, nearest: int
    ) -> None:
        passages = [
            "完全没写过代码的人应当先上一门 Python 入门课，会用循环和函数以后再学别的。",
            "训练误差下降而验证误差上升时，可以加正则化、丢弃法或更多数据。",
            "微调大模型主要靠工程经验和算力，不需要博士学位。",
            "周末带孩子去郊外摘草莓，记得带上帽子和水。",
        ]

        scores = embedder.embed_passages(passages) @ embedder.embed_query(question)

        assert int(scores.argmax()) == nearest


class TestVocabulary:
    @pytest.mark.parametrize(
        "text",
        [
            "卷积神经网络的反向传播与梯度消失",
            "《动手学深度学习》第3章：ｓｏｆｔｍａｘ回归……“为什么”？",
            "隱馬爾可夫模型與貝氏網路",
            "self.optimizer.zero_grad(); loss.backward()  # ∇θ ≈ Σ αβγ → ∞",
            "naïve Bayes, Schrödinger, Poincaré, Gödel — ½ × 10⁻³ €",
            "学完python再看sklearn和PyTorch，用GPU跑ResNet-50 👍",
        ],
    )
    def test_chinese_english_and_code_hold_no_unknown_piece(
        self, tokenizer: Tokenizer, text: str
    ) -> None:
        assert "<unk>" not in tokenizer.encode(text).tokens

    @pytest.mark.parametrize(
        ("text", "pieces"),
        [
            ("深度学习", ["▁", "深度", "学习"]),
            ("machine learning", ["▁machine", "▁learning"]),
            ("用PyTorch训练", ["▁", "用", "P", "y", "Tor", "ch", "训练"]),
        ],
    )
    def test_common_words_are_whole(
        self, tokenizer: Tokenizer, text: str, pieces: list[str]
    ) -> None:
        assert tokenizer.encode(text).tokens[1:-1] == pieces


class TestFiles:
    def test_every_file_is_the_one_that_was_built(self) -> None:
        lines = (MODEL_DIRECTORY / "SHA256SUMS").read_text("utf-8").splitlines()
        listed = dict(reversed(line.split()) for line in lines)

        assert {"onnx/model.onnx", "tokenizer.json", "modules.json"} <= listed.keys()
        for name, digest in listed.items():
            content = (MODEL_DIRECTORY / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest, name

    def test_the_model_stays_within_45_megabytes(self) -> None:
        sizes = (path.stat().st_size for path in MODEL_DIRECTORY.rglob("*") if path.is_file())

        assert sum(sizes) <= 45_000_000

    def test_licence_and_origin_travel_with_the_weights(self) -> None:
        assert "MIT License" in (MODEL_DIRECTORY / "LICENSE").read_text("utf-8")
        assert "intfloat/multilingual-e5-small" in (MODEL_DIRECTORY / "README.md").read_text(
            "utf-8"
        )

    def test_a_missing_file_is_named_with_the_remedy(self, copied_model: Path) -> None:
        with pytest.raises(EmbedderError) as failure:
            BundledEmbedder(directory=copied_model).embed_query("你好")

        for language in Language:
            assert "onnx/model.onnx" in failure.value.text(language)
            assert "pip install" in failure.value.text(language)

    @pytest.mark.parametrize(
        "content",
        [
            b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 43197787\n",
            b"",
            (MODEL_DIRECTORY / "onnx" / "model.onnx").read_bytes()[:300_000],
        ],
        ids=["a pointer instead of the file", "empty", "a download that broke off"],
    )
    def test_a_damaged_file_is_named(self, copied_model: Path, content: bytes) -> None:
        (copied_model / "onnx" / "model.onnx").write_bytes(content)

        with pytest.raises(EmbedderError, match=r"damaged: onnx/model\.onnx\."):
            BundledEmbedder(directory=copied_model).embed_passages(["你好"])

    def test_a_damaged_tokenizer_is_named(self, copied_model: Path) -> None:
        shutil.copy(MODEL_DIRECTORY / "onnx" / "model.onnx", copied_model / "onnx")
        (copied_model / "tokenizer.json").write_text("{", "utf-8")

        with pytest.raises(EmbedderError, match=r"damaged: tokenizer\.json\."):
            BundledEmbedder(directory=copied_model).embed_query("你好")

    def test_intact_files_that_do_not_load_point_to_the_libraries(self, tmp_path: Path) -> None:
        for name in ("onnx/model.onnx", "tokenizer.json", "config_sentence_transformers.json"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text('{"prompts": {}}', "utf-8")
        digest = hashlib.sha256(b'{"prompts": {}}').hexdigest()
        (tmp_path / "SHA256SUMS").write_text(f"{digest}  tokenizer.json\n", "utf-8")

        with pytest.raises(EmbedderError, match="pip install -U onnxruntime"):
            BundledEmbedder(directory=tmp_path).embed_query("你好")


class TestFingerprint:
    def test_it_needs_only_the_list_of_checksums(self, tmp_path: Path) -> None:
        shutil.copy(MODEL_DIRECTORY / "SHA256SUMS", tmp_path)

        assert BundledEmbedder(directory=tmp_path).fingerprint == BundledEmbedder().fingerprint

    def test_it_changes_with_the_weights(self, copied_model: Path) -> None:
        checksums = copied_model / "SHA256SUMS"
        lines = checksums.read_text("utf-8").splitlines()
        changed = ["0" * 64 + line[64:] if "onnx" in line else line for line in lines]
        checksums.write_text("\n".join(changed), "utf-8")

        changed_model = BundledEmbedder(directory=copied_model)

        assert changed_model.fingerprint != BundledEmbedder().fingerprint

    def test_it_says_when_the_list_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(EmbedderError, match="SHA256SUMS"):
            _ = BundledEmbedder(directory=tmp_path).fingerprint


def test_nothing_heavy_is_imported_before_the_first_text() -> None:
    program = (
        "import sys; from corpus.bundled_embedder import BundledEmbedder; "
        "BundledEmbedder().fingerprint; "
        "print(*sorted({'onnxruntime', 'tokenizers', 'torch', 'transformers'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )

    assert ran.stdout.split() == []


def test_the_runtime_of_the_model_reports_nothing_to_its_maker(tmp_path: Path) -> None:
    """Where it means to, it notes a session of its own among the temporary files."""
    program = (
        "from corpus.bundled_embedder import BundledEmbedder; BundledEmbedder().embed_query('x')"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)

    assert list(tmp_path.iterdir()) == []
