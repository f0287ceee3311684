"""Reads hand-written source files and the YAML in them, and says clearly what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from corpus.field_errors import refuse
from corpus.yaml_bounds import check_bounds


class _Loader(yaml.CSafeLoader):
    """A safe loader that refuses a field written twice, where YAML would keep the last one.

    Dates stay text, so that a date that does not exist is a fault of its field, not of the file.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML reads it from the class
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            field = str(key.value)
            if field in seen:
                raise yaml.MarkedYAMLError(problem="repeated field", problem_mark=key.start_mark)
            seen.add(field)
        return super().construct_mapping(node, deep)


def read_source(path: Path) -> str:
    """The text of the file at `path`, without a byte-order mark.

    Raises `SourceFileError` when it cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        refuse(path.name, "不是 UTF-8 编码，请另存为 UTF-8", "is not UTF-8; save it as UTF-8")
    except OSError as error:
        reason = error.strerror or str(error)
        refuse(
            path.name,
            f"读不了（{reason}），请检查路径和权限",
            f"cannot be read ({reason}); check the path and its permissions",
        )


def parse_yaml(text: str, name: str, first_line: int = 1) -> object:
    """What the YAML `text` holds. `first_line` is where it begins in the file called `name`.

    Raises `SourceFileError` naming file, line and remedy, also for aliases and deep nesting.
    """
    try:
        check_bounds(text)
        return yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else str(error)
        zh = f"第 {mark.line + first_line} 行" if mark else "文件"
        en = f"line {mark.line + first_line}" if mark else "the file"
        refuse(
            name,
            f"{zh}不是有效的 YAML（{problem}）；请检查缩进、冒号、引号和重复的字段",
            f"{en} is not valid YAML ({problem}); "
            "check indentation, colons, quotes, repeated fields",
        )
