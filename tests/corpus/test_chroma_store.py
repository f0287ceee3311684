"""The embedded vector store, on real Chroma: states that never change once they are made."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.catalogue_types import EmbedderStamp
from corpus.chroma_store import EmbeddedStore
from corpus.errors import StoreError
from corpus.shelves import Shelf
from corpus.types import Kind, Language
from corpus.vectors import Batch, Change, Manifest, VectorsDamagedError

P = Shelf(Kind.PERSPECTIVE, Language.CHINESE)
STAMP = EmbedderStamp("made up", 8, "abc")


def batch(*names: str) -> Batch:
    vectors = [np.random.default_rng(list(name.encode())).normal(size=8) for name in names]
    rows = np.array(vectors, np.float32)
    return Batch(names, rows / np.linalg.norm(rows, axis=1, keepdims=True))


def vector(name: str) -> np.ndarray:
    return batch(name).vectors[0]


def nearest(store: EmbeddedStore, manifest: Manifest, name: str, limit: int = 1) -> list[str]:
    reader = store.open(manifest, settled=True)
    hits = reader.query(P, vector(name), limit)
    reader.close()
    return [hit.passage_id for hit in hits]


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    return EmbeddedStore(tmp_path / "vectors")


@pytest.fixture
def built(store: EmbeddedStore) -> Manifest:
    return store.build(STAMP, {P: [batch("a", "b"), batch("c", "d")]})


def test_the_score_is_the_cosine(store: EmbeddedStore, built: Manifest) -> None:
    reader = store.open(built, settled=True)
    hits = reader.query(P, vector("a"), 10)
    reader.close()
    assert hits[0].passage_id == "a"
    assert {hit.passage_id: hit.score for hit in hits} == pytest.approx(
        {name: float(vector("a") @ vector(name)) for name in "abcd"}, abs=1e-6
    )


def test_a_shelf_without_passages_answers_with_nothing(
    store: EmbeddedStore, built: Manifest
) -> None:
    reader = store.open(built, settled=True)
    assert reader.query(Shelf(Kind.COURSE, Language.CHINESE), vector("a"), 5) == []
    assert reader.query(P, vector("a"), 0) == []
    reader.close()


def test_an_update_leaves_the_old_state_as_it_was(store: EmbeddedStore, built: Manifest) -> None:
    reader = store.open(built, settled=True)
    changed = store.update(built, {P: Change(["a", "e"], [batch("e", "f")])})
    assert changed.location != built.location
    assert (changed.counts[P.name], changed.deleted[P.name]) == (5, 1)
    assert [hit.passage_id for hit in reader.query(P, vector("a"), 1)] == ["a"]
    reader.close()
    assert nearest(store, changed, "e") == ["e"]
    assert set(nearest(store, changed, "a", 9)) == set("bcdef")
    assert set(nearest(store, built, "a", 9)) == set("abcd")


def test_a_passage_may_come_back_with_another_vector(store: EmbeddedStore, built: Manifest) -> None:
    moved = Batch(["a"], batch("elsewhere").vectors)
    changed = store.update(built, {P: Change(["a"], [moved])})
    assert changed.counts[P.name] == 4
    assert nearest(store, changed, "elsewhere") == ["a"]


def test_reading_never_changes_what_was_recorded(store: EmbeddedStore, built: Manifest) -> None:
    """Else a second reader would take the first one's traces for damage."""
    for _ in range(3):
        assert nearest(store, built, "b") == ["b"]
    single = store.build(STAMP, {P: [batch("only")]})
    for _ in range(2):
        assert nearest(store, single, "only") == ["only"]


def test_two_readers_at_once(store: EmbeddedStore, built: Manifest) -> None:
    first, second = (store.open(built, settled=True) for _ in range(2))
    first.close()
    assert [hit.passage_id for hit in second.query(P, vector("b"), 1)] == ["b"]
    second.close()


def test_a_closed_state_holds_no_file_open(
    store: EmbeddedStore, built: Manifest, tmp_path: Path
) -> None:
    nearest(store, built, "a")
    # Chroma gives its files back in a thread of its own.
    deadline = time.monotonic() + 10
    while open_below(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert open_below(tmp_path) == []


def open_below(directory: Path) -> list[str]:
    files = [os.path.realpath(entry) for entry in Path("/proc/self/fd").glob("*")]
    return [name for name in files if name.startswith(str(directory))]


def the_file(root: Path, name: str) -> Path:
    return next(root.rglob(name))


def truncate(root: Path) -> None:
    os.truncate(the_file(root, "data_level0.bin"), 1000)


def flip(root: Path) -> None:
    path = the_file(root, "data_level0.bin")
    content = bytearray(path.read_bytes())
    content[100] ^= 0xFF
    path.write_bytes(content)


def claim_terabytes(root: Path) -> None:
    os.truncate(the_file(root, "link_lists.bin"), 1 << 40)


DAMAGE: list[Callable[[Path], None]] = [
    truncate,
    flip,
    claim_terabytes,
    lambda root: the_file(root, "index_metadata.pickle").unlink(),
    lambda root: the_file(root, "chroma.sqlite3").unlink(),
    lambda root: the_file(root, "chroma.sqlite3").write_bytes(b""),
    lambda root: the_file(root, "chroma.sqlite3").write_bytes(b"no database" * 9000),
    lambda root: os.truncate(the_file(root, "chroma.sqlite3"), 50_000),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_noticed_before_anything_is_read(
    store: EmbeddedStore, built: Manifest, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(tmp_path / "vectors" / built.location)
    with pytest.raises(VectorsDamagedError):
        store.open(built, settled=True)
    with pytest.raises(VectorsDamagedError):
        store.update(built, {P: Change(["a"], [batch("e")])})
    assert [path.name for path in (tmp_path / "vectors").iterdir()] == [built.location]


def test_a_state_of_another_embedder_is_not_opened(store: EmbeddedStore, built: Manifest) -> None:
    other = EmbedderStamp("other", 8, "xyz")
    claimed = Manifest(built.location, other, built.counts, built.deleted, built.files)
    with pytest.raises(VectorsDamagedError):
        store.open(claimed, settled=True)


def test_a_write_that_fails_leaves_no_directory(store: EmbeddedStore, tmp_path: Path) -> None:
    def failing():
        yield batch("a")
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="disk space"):
        store.build(STAMP, {P: failing()})
    assert list((tmp_path / "vectors").iterdir()) == []


def test_other_states_are_removed(store: EmbeddedStore, built: Manifest, tmp_path: Path) -> None:
    (tmp_path / "vectors" / "left by a crash").mkdir()
    changed = store.update(built, {P: Change([], [batch("e")])})
    store.keep_only([changed.location])
    assert [path.name for path in (tmp_path / "vectors").iterdir()] == [changed.location]
    assert nearest(store, changed, "e") == ["e"]
