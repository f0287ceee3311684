"""Chooses the pieces of the vocabulary that Chinese and English need, and makes the tokenizer."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import wordfreq
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Nmt, Replace
from tokenizers.normalizers import Sequence as NormalizerSequence
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing

BEGIN, PAD, END, UNKNOWN = SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")
MASK_PIECE = "<mask>"
WORD_START = "▁"
MAXIMUM_TOKENS = 512

# At least one use in about three million words of English.
LEAST_ZIPF_FREQUENCY = 2.5
SHORT_LATIN_PIECE = 3
# What people write about learning to program that is rare in the general English of a word list.
TECHNICAL_NAMES = """
AlphaGo Anaconda Andrew Ng Andrej Karpathy argparse argmax arXiv autograd AutoML backend
backprop backpropagation Bengio BERT BiLSTM bilibili bool CatBoost ChatGLM ChatGPT CNN Colab
config convolutional Coursera cuDNN CUDA dataclass dataframe DataLoader DataWhale decoder
DeepLearning DeepMind DeepSeek Dirichlet Docker dropout dtype einsum Embedding encoder enumerate
FastAI Gaussian Gemini GitHub Goodfellow GPT GPU Gradio Hinton HuggingFace hyperparameter
ImageNet init Jupyter Kaggle Keras kwargs LangChain LaTeX LeCun LeetCode LightGBM LinkedIn
LlamaIndex LLaMA LLM logits LoRA lstm matplotlib minibatch MIT Mixin MLP MNIST MySQL namespace
NLP Notebook NumPy Ollama OpenAI OpenCV optimizer overfitting pandas PaddlePaddle PhD Postgres
prompt PyTorch Qwen RAG recursion regex regressor ReLU ResNet RLHF RNN scikit SciPy Seaborn
sigmoid sklearn softmax spaCy SQL Stanford StackOverflow tanh tensor TensorFlow tokenizer
torchvision Transformer Udacity Udemy Unicode verbose vLLM VSCode WeChat word2vec XGBoost
YouTube Zhihu
"""

# Unicode character names begin with the name of their script.
SCRIPTS = ("BOPOMOFO", "CJK", "COMBINING", "GREEK", "HIRAGANA", "KATAKANA", "LATIN", "MODIFIER")


def kept_pieces(pieces: Sequence[str], scores: Iterable[float]) -> list[int]:
    """The ids of the pieces to keep, ascending, so that special pieces keep theirs.

    Kept are single characters (of Latin, Greek, Chinese and Japanese script, every digit, mark
    and symbol), everything written without letters or with Han characters only, and of the
    longer Latin pieces those in the best segmentation of an English word. Taking pieces out
    never changes the best segmentation of a text whose pieces all stay, so these words are
    cut exactly as before.
    """
    segmenter = Unigram(_with_scores(pieces, scores), unk_id=pieces.index(UNKNOWN))
    english = {
        token.value
        for word in _english_words()
        for written in _ways_of_writing(word)
        for token in segmenter.tokenize(written)
    }
    return [
        number
        for number, piece in enumerate(pieces)
        if piece in SPECIAL_PIECES or (piece != MASK_PIECE and _is_needed(piece, english))
    ]


def build_tokenizer(pieces: Sequence[str], scores: Iterable[float]) -> Tokenizer:
    """The tokenizer over `pieces`, cutting to 512 tokens.

    Its normaliser gives what the original's gives for every single code point except two: the
    full-width tilde becomes an ASCII one, and one rare compatibility character is not mapped.
    """
    unigram = Unigram(_with_scores(pieces, scores), unk_id=pieces.index(UNKNOWN))
    tokenizer = Tokenizer(unigram)
    tokenizer.normalizer = NormalizerSequence([Nmt(), NFKC(), Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = Metaspace(replacement=WORD_START, prepend_scheme="always")
    tokenizer.add_special_tokens(list(SPECIAL_PIECES))
    tokenizer.post_processor = TemplateProcessing(
        single=f"{BEGIN} $A {END}",
        special_tokens=[(piece, tokenizer.token_to_id(piece)) for piece in (BEGIN, END)],
    )
    tokenizer.enable_truncation(MAXIMUM_TOKENS)
    return tokenizer


def compact_json(tokenizer: Tokenizer) -> str:
    """The tokenizer's file, without blanks and with no more digits than the scores have."""
    content = json.loads(tokenizer.to_str())
    content["model"]["vocab"] = [
        [piece, round(score, 6)] for piece, score in content["model"]["vocab"]
    ]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _with_scores(pieces: Sequence[str], scores: Iterable[float]) -> list[tuple[str, float]]:
    return [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]


def _english_words() -> Iterator[str]:
    yield from TECHNICAL_NAMES.split()
    for word in wordfreq.iter_wordlist("en", wordlist="large"):
        if wordfreq.zipf_frequency(word, "en") < LEAST_ZIPF_FREQUENCY:
            return
        yield word


def _ways_of_writing(word: str) -> set[str]:
    """At the start of a word and inside one (as in camelCase or right after Han characters)."""
    spellings = {word, word.lower(), word.capitalize(), word.upper()}
    return spellings | {WORD_START + spelling for spelling in spellings}


def _is_needed(piece: str, english: set[str]) -> bool:
    letters = piece.removeprefix(WORD_START)
    if not all(_is_readable(character) for character in letters):
        return False
    if len(letters) <= 1 or all(_is_han_or_mark(character) for character in letters):
        return True
    return piece in english or (letters.isascii() and len(letters) <= SHORT_LATIN_PIECE)


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _is_readable(character: str) -> bool:
    name = unicodedata.name(character, "")
    return not _is_letter(character) or name.startswith(SCRIPTS)


def _is_han_or_mark(character: str) -> bool:
    return not _is_letter(character) or unicodedata.name(character, "").startswith("CJK")
