"""Markdown of an answer and the numbers of its citations."""

from corpus.types import Kind, Language
from tutor.answer import Citation, Section, Sentence, SentenceKind
from tutor.drafts import Draft
from tutor.layout import lay_out, number_in_reading_order


def sentence(text: str, section: Section) -> Sentence:
    return Sentence(text, (), SentenceKind.INFERENCE, section)


def citation(number: int) -> Citation:
    return Citation(
        number, f"s{number}", Kind.PERSPECTIVE, "甲", "zhihu", "题", "https://example.org", None,
        Language.CHINESE, False, "话", 0, 1,
    )  # fmt: skip


def draft(text: str, *numbers: int) -> Draft:
    return Draft(text, "", numbers, SentenceKind.OPINION, Section.VOICES)


def test_chinese_sentences_flow_and_items_stand_apart() -> None:
    text = lay_out(
        [
            sentence("结论。", Section.VERDICT),
            sentence("（按目标回答。）", Section.VERDICT),
            sentence("- 甲：一。", Section.DISSENT),
            sentence("- 乙：二。", Section.DISSENT),
        ],
        Language.CHINESE,
    )
    assert text == "结论。（按目标回答。）\n\n**不同的声音**\n\n- 甲：一。\n- 乙：二。"


def test_english_sentences_are_set_with_a_space() -> None:
    sentences = [sentence("One.", Section.SPLIT), sentence("Two.", Section.SPLIT)]
    assert lay_out(sentences, Language.ENGLISH) == "One. Two."


def test_sections_come_in_their_order_whatever_the_order_of_writing() -> None:
    sentences = [sentence("后", Section.CAVEATS), sentence("先", Section.VERDICT)]
    assert lay_out(sentences, Language.CHINESE) == "先\n\n后"


def test_numbers_follow_the_reader_and_unused_sources_go() -> None:
    drafts, citations = number_in_reading_order(
        [draft("乙[3]", 3), draft("甲[1][3]", 1, 3)], [citation(1), citation(2), citation(3)]
    )
    assert [d.text for d in drafts] == ["乙[1]", "甲[2][1]"]
    assert [d.citations for d in drafts] == [(1,), (1, 2)]
    assert [(c.number, c.source_id) for c in citations] == [(1, "s3"), (2, "s1")]
