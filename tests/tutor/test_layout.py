"""Markdown of an answer and the numbers of its citations."""

from corpus.types import Kind, Language, Topic
from tutor.answer import Citation, Section, Sentence, SentenceKind
from tutor.drafts import Draft
from tutor.layout import in_printing_order, lay_out, number_in_reading_order, separator


def laid_out(drafts: list[Draft], language: Language) -> str:
    sentences: list[Sentence] = []
    for draft in in_printing_order(drafts):
        before = separator(sentences, draft, language)
        sentences.append(Sentence(draft.text, (), draft.kind, draft.section, draft.topic, before))
    return lay_out(sentences)


def citation(number: int) -> Citation:
    return Citation(
        number, f"s{number}", Kind.PERSPECTIVE, "甲", "zhihu", "题", "https://example.org", None,
        Language.CHINESE, False, "话", 0, 1,
    )  # fmt: skip


def draft(
    text: str, *numbers: int, section: Section = Section.VOICES, topic: Topic | None = None
) -> Draft:
    return Draft(text, "", numbers, SentenceKind.OPINION, section, topic=topic)


def test_chinese_sentences_flow_and_items_stand_apart() -> None:
    text = laid_out(
        [
            draft("结论。", section=Section.VERDICT),
            draft("（按目标回答。）", section=Section.VERDICT),
            draft("- 甲：一。", section=Section.DISSENT),
            draft("- 乙：二。", section=Section.DISSENT),
        ],
        Language.CHINESE,
    )
    assert text == "结论。（按目标回答。）\n\n**不同的声音**\n\n- 甲：一。\n- 乙：二。"


def test_english_sentences_are_set_with_a_space() -> None:
    drafts = [draft("One.", section=Section.SPLIT), draft("Two.", section=Section.SPLIT)]
    assert laid_out(drafts, Language.ENGLISH) == "One. Two."


def test_sections_come_in_their_order_whatever_the_order_of_writing() -> None:
    drafts = [draft("后", section=Section.CAVEATS), draft("先", section=Section.VERDICT)]
    assert laid_out(drafts, Language.CHINESE) == "先\n\n后"


def test_a_second_topic_is_announced_and_the_whole_answer_closes() -> None:
    drafts = [
        draft("要数学。", section=Section.VERDICT, topic=Topic.MATH_DEPTH),
        draft("先学。", section=Section.VERDICT, topic=Topic.ML_BEFORE_DL),
        draft("还想问什么？", section=Section.QUESTION),
    ]
    expected = "要数学。\n\n**再说要不要先学机器学习**\n\n先学。\n\n还想问什么？"
    assert laid_out(drafts, Language.CHINESE) == expected


def test_numbers_follow_the_reader_and_unused_sources_go() -> None:
    drafts, citations = number_in_reading_order(
        [draft("乙[3]", 3), draft("甲[1][3]", 1, 3)], [citation(1), citation(2), citation(3)]
    )
    assert [d.text for d in drafts] == ["乙[1]", "甲[1][2]"]
    assert [d.citations for d in drafts] == [(1,), (1, 2)]
    assert [(c.number, c.source_id) for c in citations] == [(1, "s3"), (2, "s1")]
