"""Measure the labels that new documents get, on the bundled perspectives.

Run from the root of the project: `python tests/evaluation/measure_labels.py [--originals DIR]`.
The labeller is fitted anew to the tune half, without the example statements that are worded almost
like a sentence of the test half; the figures that count are those of the test half. Those of the
tune half, on which everything is chosen, are from cross-validation by author.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation_questions import Half
from label_metrics import Counts, Figures, counts, figures
from label_texts import LabelledText, half_of_author, originals, restatements

from corpus.bundled_embedder import BundledEmbedder
from corpus.perspective_files import load_perspectives
from corpus.types import Goal, Language, Perspective, Position, Stance, Topic
from ingest.labelling import label
from ingest.labelling_fit import FOLDS, fit, fold
from ingest.labelling_learned import LearnedLabeller, spoken_to
from ingest.labelling_statements import RememberingEmbedder, texts_of

_SIDES = (Stance.NEEDED, Stance.CORE_SUBSET, Stance.NOT_NEEDED)
# Where precision and recall of a topic are about even on the tune half, in cross-validation.
_EVEN_CHANCE = 0.4

Find = Callable[[LabelledText], Sequence[Position]]
Side = Callable[[LabelledText, Topic], Stance | None]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one labeller on one set of texts."""

    labeller: str
    texts: str
    number: int
    topic: Figures
    stance_on_gold_topics: Figures
    stance: Figures
    goals: Figures


def measure(name: str, where: str, texts: Sequence[LabelledText], find: Find, side: Side) -> Row:
    """Everything that is counted of one labeller on `texts`.

    Goals are those of a text, all its positions together, over texts that have a position.
    """
    found = [find(text) for text in texts]
    sides = counts(
        [text.sides for text in texts],
        [{(position.topic, position.stance) for position in each} for each in found],
        [(topic, stance) for topic in Topic for stance in Stance],
    )
    stances = [[each for (_, its), each in sides.items() if its is stance] for stance in _SIDES]
    labelled = [(text, each) for text, each in zip(texts, found, strict=True) if text.positions]
    goals = counts(
        [text.goals for text, _ in labelled],
        [{goal for position in each for goal in position.goals} for _, each in labelled],
        Goal,
    )
    topics = counts(
        [text.topics for text in texts], [{p.topic for p in each} for each in found], Topic
    )
    return Row(
        name,
        where,
        len(texts),
        figures(topics.values()),
        _on_gold_topics(texts, side),
        _joined(stances),
        figures(goals.values()),
    )


def _joined(stances: Sequence[Sequence[Counts]]) -> Figures:
    """One class a stance, whatever the topic on which it is taken."""
    return figures(
        [
            Counts(
                sum(each.right for each in its),
                sum(each.wrong for each in its),
                sum(each.missed for each in its),
            )
            for its in stances
        ]
    )


def _on_gold_topics(texts: Sequence[LabelledText], side: Side) -> Figures:
    asked = [(text, topic) for text in texts for topic in text.topics]
    gold = [{p.stance for p in text.positions if p.topic is topic} for text, topic in asked]
    found = [{side(text, topic)} for text, topic in asked]
    return figures(counts(gold, found, _SIDES).values())


def by_rules(text: LabelledText) -> Sequence[Position]:
    """The patterns alone."""
    return label(text.body, text.question)


def side_by_rules(text: LabelledText, topic: Topic) -> Stance | None:
    """The side that the patterns find, None for none."""
    return next((p.stance for p in by_rules(text) if p.topic is topic), None)


def majority(tune: Iterable[LabelledText]) -> tuple[Find, Side]:
    """The commonest topic with its commonest side, whatever the text says."""
    taken = Counter(side for text in tune for side in text.sides)
    topics: Counter[Topic] = Counter()
    for (topic, _), times in taken.items():
        topics[topic] += times
    commonest = topics.most_common(1)[0][0]

    def side(_text: LabelledText, topic: Topic) -> Stance:
        return max(_SIDES, key=lambda stance: taken[topic, stance])

    def find(text: LabelledText) -> Sequence[Position]:
        return [Position(commonest, side(text, commonest), (), guessed=True)]

    return find, side


def learned(labeller_of: Callable[[LabelledText], LearnedLabeller]) -> dict[str, Find]:
    """The labeller where precision and recall are even, and as cautiously as it labels."""

    def even(text: LabelledText) -> Sequence[Position]:
        labeller = labeller_of(text)
        goals = spoken_to(text.body, text.question)
        return [
            Position(topic, labeller.side(text.body, topic)[0], goals, guessed=True)
            for topic, chance in labeller.topics(text.body).items()
            if chance >= _EVEN_CHANCE
        ]

    def cautious(text: LabelledText) -> Sequence[Position]:
        return labeller_of(text).label(text.body, text.question)

    return {"learned, even": even, "learned, as stored": cautious}


def rows(perspectives: Sequence[Perspective], where: Path | None) -> list[Row]:
    """The table: the test half, its originals, and the tune half in cross-validation."""
    half = {each: [p for p in perspectives if half_of_author(p) is each] for each in Half}
    embedder = RememberingEmbedder(BundledEmbedder())
    tune, test = texts_of(half[Half.TUNE]), texts_of(half[Half.TEST])
    fitted = LearnedLabeller(embedder, fit(tune, embedder, apart=test))
    without = [
        LearnedLabeller(
            embedder,
            fit(
                [text for text in tune if fold(text.author) != number],
                embedder,
                apart=[text for text in tune if fold(text.author) == number],
            ),
        )
        for number in range(FOLDS)
    ]

    def left_out(text: LabelledText) -> LearnedLabeller:
        return without[fold(text.author)]

    sets = {f"test {each}": restatements(half[Half.TEST], each) for each in Language}
    if where:
        sets["test originals"] = originals(where, half[Half.TEST])
    sets |= {f"tune {each}": restatements(half[Half.TUNE], each) for each in Language}
    commonest, common_side = majority(restatements(half[Half.TUNE], Language.CHINESE))
    table = []
    for name, texts in sets.items():
        labeller_of = left_out if name.startswith("tune") else lambda _text: fitted
        table.append(measure("majority", name, texts, commonest, common_side))
        table.append(measure("patterns", name, texts, by_rules, side_by_rules))
        table += [
            measure(kind, name, texts, find, side_found_by(labeller_of))
            for kind, find in learned(labeller_of).items()
        ]
    return table


def side_found_by(labeller_of: Callable[[LabelledText], LearnedLabeller]) -> Side:
    """The side that the labeller for a text finds."""
    return lambda text, topic: labeller_of(text).side(text.body, topic)[0]


def table(found: Sequence[Row]) -> str:
    """The rows in Markdown."""
    lines = [
        "| texts | labeller | topic F1 (P, R) | stance F1 on gold topics "
        "| topic and stance F1 (P, R) | goals F1 (P, R) |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.texts} ({row.number}) | {row.labeller} | {_shown(row.topic)} "
        f"| {row.stance_on_gold_topics.macro_f1:.2f} | {_shown(row.stance)} "
        f"| {_shown(row.goals)} |"
        for row in found
    ]
    return "\n".join(lines)


def _shown(of: Figures) -> str:
    return f"{of.macro_f1:.2f} ({of.precision:.2f}, {of.recall:.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--originals", type=Path, help="a directory with original documents")
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    options = parser.parse_args()
    found = rows(load_perspectives(), options.originals)
    print(table(found))
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in found], indent=1), "utf-8")


if __name__ == "__main__":
    main()
