"""YAML is read the same by every loader, and not at all where it could fill memory or stack."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from corpus.errors import SourceFileError
from corpus.source_yaml import parse_yaml

ROOT = Path(__file__).parents[2]
ROOMS = ("corpus", "ingest", "tutor", "tests")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.yaml"))]
PERSPECTIVES = sorted((ROOT / "corpus" / "perspectives").glob("*.md"))


def refusal(text: str) -> str:
    with pytest.raises(SourceFileError) as caught:
        parse_yaml(text, "a.yaml")
    assert "a.yaml" in caught.value.message.zh
    return caught.value.message.en


def test_an_alias_is_refused_with_its_line() -> None:
    refused = refusal("one: &one [a]\ntwo: *one\n")

    assert "line 2" in refused
    assert "write the value out" in refused


def test_aliases_of_aliases_as_a_field_name_are_not_written_out() -> None:
    levels = "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]\n" for i in range(1, 12))

    assert "line 2" in refusal(f"l0: &l0 [a]\n{levels}? *l11\n: x\n")


@pytest.mark.parametrize("nested", ["[" * 200_000, "- " * 100_000, "{a: " * 100_000])
def test_deep_nesting_is_refused_before_the_loader_follows_it(nested: str) -> None:
    assert "nested too deeply" in refusal(nested)


def test_stars_and_ampersands_in_text_are_no_aliases() -> None:
    assert parse_yaml("a: b & c * d\nb: '*x'\n", "a.yaml") == {"a": "b & c * d", "b": "*x"}


@pytest.mark.parametrize("path", [*FILES, *PERSPECTIVES], ids=lambda path: path.name)
def test_every_yaml_of_ours_is_read_by_the_loader_in_python_too(path: Path) -> None:
    text = path.read_text("utf-8-sig")
    if path.suffix == ".md":
        text = text.split("---\n")[1]

    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader)
