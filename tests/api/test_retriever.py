"""The retriever in chains of other people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from api.settings import Settings
from api.wiring import open_embedder, open_index
from corpus.index import Index
from corpus.types import Kind, Language, Perspective
from tutor.retriever import XianhouRetriever

QUESTION = "学深度学习要先学机器学习吗？"


@pytest.fixture(scope="module")
def retriever(indexed: Path) -> Iterator[XianhouRetriever]:
    settings = Settings(data=indexed)
    embedder = open_embedder(settings)
    with open_index(settings, embedder=embedder) as index:
        yield XianhouRetriever(index=index, embedder=embedder)


def test_a_document_says_who_where_and_whose_words(retriever: XianhouRetriever) -> None:
    documents = retriever.invoke(QUESTION)
    assert len(documents) == retriever.limit
    index: Index = retriever.index
    for document in documents:
        told = document.metadata
        body = index.text(told["source_id"], Language(told["language"]), told["verbatim"])
        assert body is not None
        assert body[told["start"] : told["end"]] == document.page_content
        source = index.source(told["source_id"])
        assert source is not None
        assert source.url == told["url"]
        assert told["author"] == (
            source.author if isinstance(source, Perspective) else ", ".join(source.instructors)
        )
        assert told["platform"]
    assert any(document.metadata["author"] for document in documents)
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)


def test_no_source_crowds_out_the_others(retriever: XianhouRetriever) -> None:
    many = retriever.model_copy(update={"limit": 20, "per_source": 1})
    sources = [document.metadata["source_id"] for document in many.invoke(QUESTION)]
    assert len(sources) == len(set(sources)) == 20


def test_one_kind_can_be_asked_for(retriever: XianhouRetriever) -> None:
    courses = retriever.model_copy(update={"kinds": frozenset({Kind.COURSE})})
    assert {document.metadata["kind"] for document in courses.invoke(QUESTION)} == {"course"}


async def test_async_finds_the_same(retriever: XianhouRetriever) -> None:
    assert await retriever.ainvoke(QUESTION) == retriever.invoke(QUESTION)


async def test_it_works_inside_a_chain(retriever: XianhouRetriever) -> None:
    seen: list[list[Document]] = []

    def context(documents: list[Document]) -> str:
        seen.append(documents)
        return "\n\n".join(document.page_content for document in documents)

    chain = (
        {"context": retriever | RunnableLambda(context), "question": RunnablePassthrough()}
        | ChatPromptTemplate.from_template("{context}\n\n{question}")
        | FakeListChatModel(responses=["先动手", "先动手"])
        | StrOutputParser()
    )
    assert chain.invoke(QUESTION) == "先动手"
    assert await chain.ainvoke(QUESTION) == "先动手"
    assert seen[0] == seen[1]
