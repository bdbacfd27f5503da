"""A folder's next state, made beside it and put in its place in one step.

Takes a folder, and the files that a new state of it changes; whoever looks sees the whole old or the whole new state. Does not know what is in them.

Beside `extracted/` a folder `.extracted.next/` is filled with the files that change, and only with these. Then, where the file system can
exchange two folders (`RENAME_EXCHANGE`):

1. it is completed with links to all that stays: each file by itself, up to `LINKED` files (a hard link: nothing is copied), else a
   symbolic link a folder, so that ten thousand unchanged sources cost ten thousand small links and no copy;
2. both folders change places. This one step publishes: `extracted/` is the new state now, half of it links into the old folder;
3. behind the scenes the old folder gets the changed files too, and
4. both change places again: the folders are those they were, so that a shell that stands in one of them, or an editor that watches it,
   goes on; what is left beside is deleted.

A process killed before 2 has changed nothing; after 2 `extracted/` is new and whole at any moment, and `settle`, which every command
calls first, does what is left. Copying, or linking every file of ten thousand sources, would take the time of a build (110,000 hard links:
a second or more to make and many seconds to delete) and would make git read every file again; an exchange of each folder by itself would show
mixed states between them.

Elsewhere a list of the changed files (`COMMITTED`) is the step that publishes: the files are then moved over the old ones one by one, and the next
command finishes what was cut off. Nothing is forced onto the disk unless the state is `durable`: after a power cut files may be empty then. A durable
state is on the disk before it counts, and the step that publishes it before anything is deleted.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from filecmp import cmp
from pathlib import Path

from pipeline.driver.exchange import exchange
from pipeline.driver.lock import held
from pipeline.model import PipelineError

#: what changes, as JSON, in the new state; where it stands in the folder itself, the new state is published and not settled
CHANGES = ".publishing.json"
#: the same, once it counts, where folders cannot be exchanged
COMMITTED = ".committed.json"
#: so many files are linked one by one
LINKED = 2000
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(slots=True)
class NextState:
    """The state of `folder` that is being made in `made`: names are POSIX paths below it."""

    folder: Path
    made: Path
    changed: dict[str, None] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    durable: bool = False

    def new(self, name: str) -> Path:
        """Where a file of the new state is to be written; then call `keep`."""
        path = self.made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def keep(self, name: str) -> bool:
        """A file was written; False where the same bytes stand in the folder already."""
        made, old = self.made / name, self.folder / name
        if old.is_file() and cmp(made, old, shallow=False):
            made.unlink()
            return False
        self.changed[name] = None
        return True

    def put(self, name: str, source: Path) -> bool:
        """Copy a file into the new state; False where the same bytes stand in the folder already."""
        old = self.folder / name
        if old.is_file() and cmp(source, old, shallow=False):
            return False
        shutil.copyfile(source, self.new(name))
        self.changed[name] = None
        return True

    def remove(self, name: str) -> None:
        self.removed.append(name)

    def publish(self) -> None:
        """Put the new state in the folder's place; without a change nothing is done."""
        if self.changed or self.removed:
            _publish(self)

    def file(self, name: str) -> Path:
        """Where a file of the new state is read: it may be an old one."""
        return (self.made if name in self.changed else self.folder) / name


@contextmanager
def next_state(folder: Path, durable: bool = False) -> Iterator[NextState]:
    """Make a new state in the block; what it does not publish itself is away at its end.

    A second process that publishes into the same folder waits. What cannot be written raises `PipelineError`; the old state stays.
    """
    folder = Path(os.path.realpath(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with held(_lock(folder)):
            _settle(folder)
            state = NextState(folder, _beside(folder), durable=durable)
            try:
                yield state
            finally:
                _discard(folder)
    except OSError as error:
        raise unwritten(error, folder) from None


def settle(folder: Path) -> None:
    """Finish or take back what a killed process left; nothing to do is the rule. A process that is publishing just now is waited for."""
    folder = Path(os.path.realpath(folder))
    mixed = (_beside(folder) / COMMITTED).exists()
    left = (folder / CHANGES, _beside(folder), _lock(folder))
    if not any(path.exists() for path in left):
        return
    try:
        with held(_lock(folder), wait=mixed or (folder / CHANGES).exists()) as mine:
            if mine:
                _settle(folder)
    except OSError as error:
        if mixed:  # else what is there can be read, whole, by one who must not write
            raise unwritten(error, folder) from None


def unwritten(error: OSError, folder: Path) -> PipelineError:
    """One line for a write that failed."""
    cure = "make room and run again" if error.errno in _FULL else "see that it can be written, and run again"
    return PipelineError(
        str(error.filename2 or error.filename or folder),
        f"cannot be written ({error.strerror}); the old tables stay",
        cure,
    )


def _publish(state: NextState) -> None:
    # one call for all files, and for the store's from which they were copied: file by file each would be waited for
    forced = os.sync if state.durable and hasattr(os, "sync") else lambda: None
    state.made.mkdir(exist_ok=True)
    _no_obstacles(state.folder, state.changed)
    if not state.folder.exists():
        forced()
        os.rename(state.made, state.folder)
        forced()
        return
    changes = json.dumps({"changed": list(state.changed), "removed": state.removed})
    (state.made / CHANGES).write_text(changes, encoding="ascii")
    if _can_exchange(state.made):
        _complete(state)
        forced()
        if exchange(state.made, state.folder):
            forced()
            _settle(state.folder)
            return
    forced()
    os.rename(state.made / CHANGES, state.made / COMMITTED)
    forced()
    _settle(state.folder)


def _settle(folder: Path) -> None:
    """With the lock held: to the end with what is published, away with what is not."""
    beside = _beside(folder)
    if (
        folder / CHANGES
    ).exists() and not beside.is_dir():  # somebody took the old folder away: links into it lead nowhere
        for path in [Path(top, name) for top, folders, names in os.walk(folder) for name in (*folders, *names)]:
            if path.is_symlink() and not path.exists():
                path.unlink()
        (folder / CHANGES).unlink()
    elif (folder / CHANGES).exists():
        _apply(_changes(folder / CHANGES), folder, beside, move=False)
        if not exchange(beside, folder):
            raise OSError(0, "its folders cannot change places any more", str(folder))
    elif (beside / COMMITTED).exists():
        _apply(_changes(beside / COMMITTED), beside, folder, move=True)
        (beside / COMMITTED).unlink()
    _discard(folder)


def _discard(folder: Path) -> None:
    """Delete what lies beside, unless it is the old folder, or still needed."""
    beside = _beside(folder)
    if beside.is_dir() and not (folder / CHANGES).exists() and not (beside / COMMITTED).exists():
        shutil.rmtree(beside)


def _apply(changes: dict[str, list[str]], made: Path, target: Path, move: bool) -> None:
    """Give `target` the changed files and take the others away; done twice it is the same."""
    for name in changes["changed"]:
        source, place = made / name, target / name
        if move:
            if source.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(source, place)
        elif not (place.exists() and os.path.samefile(source, place)):
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f".{place.name}.new")
            fresh.unlink(missing_ok=True)
            _linked(source, fresh)
            os.replace(fresh, place)
    for name in changes["removed"]:
        (target / name).unlink(missing_ok=True)
        _prune(target, (target / name).parent)


def _prune(root: Path, folder: Path) -> None:
    """Take away a folder that is empty, and those above it."""
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _complete(state: NextState) -> None:
    """Links, in the new state, to all that stays. The old folder's name when they are followed is that of the new one now."""
    touched = {*state.changed, *state.removed}
    real = {parent.as_posix() for name in touched for parent in Path(name).parents}
    singly = not _more_files(state.folder, LINKED)

    def complete(name: str) -> None:
        if not (state.folder / name).is_dir():
            return
        (state.made / name).mkdir(exist_ok=True)
        for entry in os.scandir(state.folder / name):
            below = f"{name}/{entry.name}" if name != "." else entry.name
            link = state.made / below
            if below in touched:
                continue
            if entry.is_dir(follow_symlinks=False):
                if below in real or singly or link.is_dir():
                    complete(below)
                else:
                    up = "../" * (below.count("/") + 1)
                    os.symlink(f"{up}{state.made.name}/{below}", link)
            else:
                _linked(Path(entry.path), link)

    complete(".")
    for name in state.removed:
        _prune(state.made, (state.made / name).parent)


def _linked(source: Path, link: Path) -> None:
    try:
        os.link(source, link, follow_symlinks=False)
    except OSError:  # no hard links here, or not to another's file
        shutil.copy2(source, link, follow_symlinks=False)


def _more_files(folder: Path, limit: int) -> bool:
    count = 0
    for _, _, names in os.walk(folder):
        count += len(names)
        if count > limit:
            return True
    return False


def _no_obstacles(folder: Path, names: Iterable[str]) -> None:
    """A file where a folder must be, or the other way round, is told before anything counts."""
    parents = {parent for name in names for parent in Path(name).parents}
    for parent in sorted(parents):
        if (folder / parent).exists() and not (folder / parent).is_dir():
            raise PipelineError(str(folder / parent), "is a file where a folder must be", "move it away")
    for name in names:
        if (folder / name).is_dir():
            raise PipelineError(str(folder / name), "is a folder where a file must be", "move it away")


def _can_exchange(folder: Path) -> bool:
    """Tried on two files of the folder's file system."""
    one, other = folder / ".one", folder / ".other"
    one.touch()
    other.touch()
    can = exchange(one, other)
    one.unlink()
    other.unlink()
    return can


def _changes(path: Path) -> dict[str, list[str]]:
    read: dict[str, list[str]] = json.loads(path.read_text(encoding="ascii"))
    return read


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.next")


def _lock(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.lock")
