"""Files that somebody sent and has not imported yet -> held for an hour, then gone.

They may hold names and addresses that the workspace must never hold, so that they lie outside of it and of its backups:
in a folder of the system's temporary files that only the account of the server can read. All processes over one
workspace find the same folder, for its name is drawn once and kept with the workspace.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from reviewkit.collect.importers.headings import HAND
from reviewkit.domain.errors import Invalid, NotFound, StorageFull
from reviewkit.domain.ids import new_secret
from reviewkit.workspace.opening import Workspace

KEPT = timedelta(hours=1)

_FILE, _ABOUT = "file", "about.json"
_HINT = "It was imported or thrown away, or an hour has passed. Send it again."


@dataclass(frozen=True)
class Upload:
    """A file of `who` that lies at `path`, meant for `target` (“reviews/PIR-1”, “risks” …), and how to read it.

    `mapping` is empty until somebody changed what its headings suggest; `people` is how many wrote unsigned cards, and
    `project` which project a register's rows belong to.
    """

    id: str
    target: str
    who: str
    name: str
    path: Path
    until: datetime
    mapping: HAND = ()
    people: int | None = None
    project: str = ""


def hold(ws: Workspace, content: IO[bytes], name: str, target: str, *, project: str = "", who: str) -> Upload:
    """Keeps a file for an hour. Raises Invalid where it is empty, StorageFull."""
    sweep(ws)
    key = new_secret()
    folder = _folder(ws) / key
    try:
        folder.mkdir(mode=0o700)
        with (folder / _FILE).open("xb") as file:
            shutil.copyfileobj(content, file)
            empty = file.tell() == 0
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise StorageFull() from None
    if empty:
        shutil.rmtree(folder, ignore_errors=True)
        raise Invalid("Choose a file that holds something.", field="file")
    upload = Upload(key, target, who, _plain_name(name), folder / _FILE, ws.context.now() + KEPT, project=project)
    _note(upload)
    return upload


def held(ws: Workspace, id: str, target: str, *, who: str) -> Upload:
    """The file that `who` sent for `target`. Raises NotFound, also where it is somebody else's or its time is over."""
    sweep(ws)
    if not id.replace("-", "").replace("_", "").isalnum() or not id.isascii():
        raise NotFound("file", "held", _HINT)
    found = _read(_folder(ws) / id)
    if found is None or (found.target, found.who) != (target, who):
        raise NotFound("file", "held", _HINT)
    return found


def set_mapping(upload: Upload, mapping: Sequence[tuple[str, str]], people: int | None) -> None:
    """Keeps how somebody wants it read."""
    _note(Upload(**{**upload.__dict__, "mapping": tuple(mapping), "people": people}))


def discard(upload: Upload) -> None:
    """Deletes it."""
    shutil.rmtree(upload.path.parent, ignore_errors=True)


def sweep(ws: Workspace) -> None:
    """Deletes the files whose hour is over; called whenever a file comes or is asked for, and by the worker."""
    now = ws.context.now()
    for folder in _folder(ws).iterdir():
        found = _read(folder)
        if found is None:  # being written, or left by a process that died while it was
            with suppress(OSError):
                if now.timestamp() - folder.stat().st_mtime > KEPT.total_seconds():
                    shutil.rmtree(folder, ignore_errors=True)
        elif found.until <= now:
            discard(found)


def _folder(ws: Workspace) -> Path:
    folder = Path(tempfile.gettempdir()) / f"reviewkit-{ws.mark('uploads folder', new_secret)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or (hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()):
        raise Invalid("The folder for uploads belongs to somebody else. Set TMPDIR to one of its own.")
    return folder


def _note(upload: Upload) -> None:
    about = {
        "target": upload.target,
        "who": upload.who,
        "name": upload.name,
        "until": upload.until.isoformat(),
        "mapping": list(upload.mapping),
        "people": upload.people,
        "project": upload.project,
    }
    place = upload.path.parent / _ABOUT
    fresh = place.with_suffix(".new")
    fresh.write_text(json.dumps(about), encoding="utf-8")
    fresh.replace(place)


def _read(folder: Path) -> Upload | None:
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Upload(
        id=folder.name,
        target=about["target"],
        who=about["who"],
        name=about["name"],
        path=folder / _FILE,
        until=datetime.fromisoformat(about["until"]),
        mapping=tuple((field, column) for field, column in about["mapping"]),
        people=about["people"],
        project=about["project"],
    )


def _plain_name(name: str) -> str:
    """The last part of what the browser calls the file, for messages only; nothing is ever stored under it."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[:120] or "the file"
