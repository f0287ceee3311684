"""Any embeddings endpoint that speaks the OpenAI protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import encodable, unit_rows
from corpus.errors import EmbedderError
from corpus.types import Bilingual

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI, OpenAIError
    from openai.types import CreateEmbeddingResponse

_TIMEOUT_SECONDS = 60.0
_DETAIL_CHARACTERS = 200


class OpenAIEmbedder:
    """The model `model` behind `base_url` (such as "https://api.openai.com/v1").

    `api_key` None is for servers that ask for none; the key in the environment is never sent,
    since `base_url` may be anyone's. `dimensions` asks the endpoint for shorter vectors where
    the model can. `batch_size` texts go into one request; 10 is what all known endpoints take.
    Busy endpoints are asked again twice. Texts are not cut: an endpoint that refuses a long one
    makes an EmbedderError.
    """

    def __init__(
        self,
        model: str,
        base_url: str,
        api_key: str | None,
        dimensions: int | None = None,
        batch_size: int = 10,
    ) -> None:
        self.name = model
        self._base_url = base_url
        self._api_key = api_key
        self._dimensions = dimensions
        self._batch_size = batch_size

    @cached_property
    def dimension(self) -> int:
        """See `Embedder.dimension`; asks the endpoint unless `dimensions` was given."""
        return self._dimensions or len(self.embed_query(""))

    @cached_property
    def fingerprint(self) -> str:
        """See `Embedder.fingerprint`; of the model's name, the endpoint and `dimensions`."""
        settings = (self.name, self._base_url.rstrip("/"), self._dimensions)
        return hashlib.sha256(repr(settings).encode()).hexdigest()

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See `Embedder.embed_query`."""
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed_queries`."""
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed_passages`."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        starts = range(0, len(texts), self._batch_size)
        batches = [self._request(texts[start : start + self._batch_size]) for start in starts]
        try:
            return unit_rows(np.concatenate(batches))
        except ValueError as error:
            raise _malformed(self._base_url) from error

    @cached_property
    def _client(self) -> OpenAI:
        from openai import OpenAI

        return OpenAI(
            api_key=self._api_key or "none", base_url=self._base_url, timeout=_TIMEOUT_SECONDS
        )

    def _request(self, texts: Sequence[str]) -> NDArray[np.float32]:
        from openai import OpenAIError, omit

        # An empty input is an error to this protocol; a blank is not.
        inputs = [encodable(text) or " " for text in texts]
        try:
            response = self._client.embeddings.create(
                model=self.name,
                input=inputs,
                dimensions=self._dimensions or omit,
                encoding_format="float",
            )
        except OpenAIError as error:
            raise _translated(error, self.name, self._base_url) from error
        except ValueError as error:
            raise _malformed(self._base_url) from error
        try:
            return _rows(response, len(inputs), self._dimensions)
        except (AttributeError, TypeError, ValueError) as error:
            raise _malformed(self._base_url) from error


def _rows(
    response: CreateEmbeddingResponse, count: int, dimensions: int | None
) -> NDArray[np.float32]:
    """The vectors in the order of the texts: shape (count, dimension).

    Raises AttributeError, TypeError or ValueError where the response is not of that form.
    """
    entries = {entry.index: entry.embedding for entry in response.data}
    if sorted(entries) != list(range(count)) or len(response.data) != count:
        raise ValueError("indices do not match the texts")
    rows = np.array([entries[index] for index in range(count)], np.float32)
    (_, dimension) = rows.shape
    if dimensions not in (None, dimension):
        raise ValueError("vectors of another dimension")
    return rows


def _translated(error: OpenAIError, model: str, base_url: str) -> EmbedderError:
    from openai import APIConnectionError, APIStatusError

    if isinstance(error, APIConnectionError):
        return EmbedderError(
            Bilingual(
                zh=f"连不上向量接口 {base_url}。请检查网络和 base_url，或改用自带的向量模型。",
                en=f"The embedding endpoint {base_url} cannot be reached. Check the network and "
                "the base URL, or use the bundled model.",
            )
        )
    if isinstance(error, APIStatusError):
        return EmbedderError(_refusal(error, model, base_url))
    return _malformed(base_url)


def _refusal(error: APIStatusError, model: str, base_url: str) -> Bilingual:
    status = error.status_code
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Bilingual(
            zh=f"向量接口 {base_url} 不接受这个 API 密钥（HTTP {status}）。请检查密钥和权限。",
            en=f"The embedding endpoint {base_url} does not accept the API key (HTTP {status}). "
            "Check the key and what it is allowed to do.",
        )
    if status == HTTPStatus.NOT_FOUND:
        return Bilingual(
            zh=f"向量接口 {base_url} 上没有模型 {model}（HTTP 404）。请检查模型名称和 base_url。",
            en=f"The embedding endpoint {base_url} has no model {model} (HTTP 404). Check the "
            "name of the model and the base URL.",
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Bilingual(
            zh=f"向量接口 {base_url} 的额度或频率已到上限（HTTP 429）。请稍后再试，或检查余额。",
            en=f"The embedding endpoint {base_url} is at its quota or rate limit (HTTP 429). "
            "Try again later, or check the balance of the account.",
        )
    detail = error.message[:_DETAIL_CHARACTERS]
    return Bilingual(
        zh=f"向量接口 {base_url} 返回错误（HTTP {status}：{detail}）。"
        "请检查模型名称、dimensions 和每批条数，或稍后再试。",
        en=f"The embedding endpoint {base_url} returned an error (HTTP {status}: {detail}). "
        "Check the name of the model, dimensions and batch size, or try again later.",
    )


def _malformed(base_url: str) -> EmbedderError:
    return EmbedderError(
        Bilingual(
            zh=f"{base_url} 返回的不是 OpenAI 格式的向量。"
            "请检查 base_url（通常以 /v1 结尾）和模型。",
            en=f"What {base_url} answered is not embeddings in the OpenAI format. Check the base "
            "URL (it usually ends in /v1) and the model.",
        )
    )
