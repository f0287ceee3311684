"""A graph of courses and skills in words of one language: names, relations, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus.course_labels import STAGES, origin_name
from corpus.precedence import CourseGraph, Edge, Key, NodeKind, Relation, course_key
from corpus.skills import Stage
from corpus.types import Bilingual, Language

_OWN_DIVISION = Bilingual(zh="我们的划分", en="our own division of the field")
_COURSE_FILE = Bilingual(zh="课程文件", en="the course file")
_RELATIONS = {
    Relation.BUILDS_ON: Bilingual(zh="先学", en="first"),
    Relation.PART_OF: Bilingual(zh="组成部分", en="part of it"),
    Relation.REPLACES: Bilingual(zh="已取代它", en="has replaced it"),
    Relation.TEACHES: Bilingual(zh="教", en="teaches"),
}
_REQUIRED = Bilingual(zh="必需", en="required")
_ADVISED = Bilingual(zh="建议", en="advised")


class GraphWords:
    """Names what is in `graph`; `people` are the authors of perspectives by id."""

    def __init__(self, graph: CourseGraph, people: Mapping[str, str], language: Language) -> None:
        self._graph = graph
        self._people = people
        self.language = language

    def say(self, words: Bilingual) -> str:
        """`words` in the language of the graph."""
        return words.text(self.language)

    def title(self, key: Key) -> str:
        """What a course or a skill is called."""
        return self.say(self._graph.nodes[key].title)

    def name(self, key: Key) -> str:
        """What a course or a skill is called within a sentence."""
        marked = key.kind is NodeKind.COURSE and self.language is Language.CHINESE
        return f"《{self.title(key)}》" if marked else self.title(key)

    def with_id(self, key: Key) -> str:
        """A title followed by the id that commands take."""
        return f"{self.title(key)} [{key.id}]"

    def bracketed(self, said: str, more: str) -> str:
        """`said` with `more` in brackets behind it."""
        return f"{said}（{more}）" if self.language is Language.CHINESE else f"{said} ({more})"

    def introduced(self, name: str, said: str) -> str:
        """`said` of `name`, behind a colon."""
        return f"{name}：{said}" if self.language is Language.CHINESE else f"{name}: {said}"

    def listed(self, names: Iterable[str]) -> str:
        """Names one after the other."""
        return ("、" if self.language is Language.CHINESE else ", ").join(names)

    def stage(self, stage: Stage) -> str:
        """The name of a part of the way, as a heading."""
        name = self.say(STAGES[stage])
        return name[0].upper() + name[1:]

    def relation(self, edge: Edge) -> str:
        """What the beginning of an edge is to its end: "required"."""
        if edge.relation is Relation.PREREQUISITE:
            return self.say(_REQUIRED if edge.required else _ADVISED)
        return self.say(_RELATIONS[edge.relation])

    def source(self, edge: Edge) -> str:
        """Who says so."""
        match edge.relation:
            case Relation.PREREQUISITE:
                return origin_name(edge.source, self.language)
            case Relation.PART_OF:
                return self.say(_OWN_DIVISION)
            case Relation.REPLACES | Relation.TEACHES | Relation.FOLLOWS:
                return self.say(_COURSE_FILE)
        course = course_key(edge.source)
        if course in self._graph.nodes:
            return self.name(course)
        return self._people.get(edge.source, edge.source)

    def why(self, edge: Edge) -> str:
        """The relation with its source."""
        relation, source = self.relation(edge), self.source(edge)
        return self.say(
            Bilingual(f"{relation}，依据：{source}", f"{relation}, according to {source}")
        )
