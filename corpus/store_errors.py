"""What SQLite and the file system report, in words that tell the user what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.catalogue_types import EmbedderStamp
from corpus.errors import EmbedderMismatchError, StoreBusyError, StoreError
from corpus.types import Bilingual

_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
_FULL = {"SQLITE_FULL", "SQLITE_IOERR"}
_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED"}


def busy(data: Path) -> StoreBusyError:
    """Another process holds the writer's lock of the directory `data`."""
    return StoreBusyError(
        Bilingual(
            zh=f"另一个进程正在写入 {data}。请等它结束后再试。",
            en=f"Another process is writing to {data}. Wait until it has finished, then try again.",
        )
    )


def from_sqlite(error: sqlite3.Error, path: Path) -> StoreError:
    """The error to show for what SQLite reported about the database at `path`."""
    name = getattr(error, "sqlite_errorname", "") or ""
    primary = "_".join(name.split("_")[:2])
    if primary in _DAMAGED:
        return StoreError(
            Bilingual(
                zh=f"资料库 {path} 已损坏。请把它移走，然后重新运行 `tutor ingest`。",
                en=f"The catalogue {path} is damaged. "
                "Move it away, then run `tutor ingest` again on your documents.",
            )
        )
    if primary in _FULL:
        return no_space(path.parent)
    if primary in _BUSY:
        return busy(path.parent)
    return StoreError(
        Bilingual(
            zh=f"无法读写 {path}（{error}）。请检查该目录是否存在、是否可写。",
            en=f"Cannot read or write {path} ({error}). "
            "Check that the directory exists and that you may write to it.",
        )
    )


def from_os(error: OSError, path: Path) -> StoreError:
    """The error to show for what the file system reported about `path`."""
    return StoreError(
        Bilingual(
            zh=f"无法读写 {path}：{error.strerror or error}。请检查磁盘空间和目录权限。",
            en=f"Cannot read or write {path}: {error.strerror or error}. "
            "Check the free disk space and your permissions on the directory.",
        )
    )


def cannot_write(directory: Path, error: Exception) -> StoreError:
    """The vector index below `directory` could not be written."""
    return StoreError(
        Bilingual(
            zh=f"无法写入向量索引 {directory}（{error}）。之前的内容没有丢失；"
            "请检查磁盘空间，然后重新运行同一命令。",
            en=f"Cannot write the vector index in {directory} ({error}). Nothing stored before is "
            "lost: check the free disk space, then run the same command again.",
        )
    )


def no_space(data: Path) -> StoreError:
    """The disk that holds `data` cannot take any more."""
    return StoreError(
        Bilingual(
            zh=f"无法写入 {data}，磁盘可能已满。之前的内容没有丢失；请腾出空间后重试。",
            en=f"Cannot write to {data}; the disk may be full. "
            "Nothing stored before is lost: free some space, then try again.",
        )
    )


def other_embedder(built_with: EmbedderStamp, configured: EmbedderStamp) -> EmbedderMismatchError:
    """The index holds vectors of another embedder than the one configured."""
    return EmbedderMismatchError(
        Bilingual(
            zh=f"索引由向量模型 {_name(built_with)} 建立，而当前设置的是 {_name(configured)}。"
            "请改回原来的模型，或运行 `tutor index rebuild` 重建索引。",
            en=f"The index was built with the embedder {_name(built_with)}, "
            f"but {_name(configured)} is configured. "
            "Set the former again, or run `tutor index rebuild`.",
        )
    )


def _name(stamp: EmbedderStamp) -> str:
    return f"{stamp.name} ({stamp.dimension}, {stamp.fingerprint[:8]})"


def newer_schema(path: Path) -> StoreError:
    """The catalogue at `path` was written by another version of this program."""
    return StoreError(
        Bilingual(
            zh=f"{path} 由另一个版本的 tutor 建立，当前版本不能读取。"
            "请升级 tutor，或换一个数据目录（--data）。",
            en=f"{path} was made by another version of tutor that this one cannot read. "
            "Upgrade tutor, or use another data directory (--data).",
        )
    )
