"""The bytes of a packed office file -> its parts, once it is sure that unpacking them does no harm."""

from __future__ import annotations

import io
import stat
import zipfile

from reviewkit.domain.errors import UnreadableFile

MOST_UNPACKED = 32 * 1024 * 1024
"""Bytes of all parts; a small file can unpack to gigabytes."""

_MOST_PARTS = 2_000
_ZIP = b"PK\x03\x04"


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip archive, as XLSX and DOCX files are."""
    return content.startswith(_ZIP)


def parts_of(content: bytes, name: str) -> frozenset[str]:
    """The names of an archive's parts. Raises UnreadableFile where it is damaged or unpacks to more than it may."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UnreadableFile(name, "the file is damaged or cut off.") from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFile(name, f"it unpacks to more than {MOST_UNPACKED // 2**20} MB. Save its text as plain text.")
    if any(_leads_out(part) for part in parts):
        raise UnreadableFile(name, "it is packed with a path or a link that leads out of it. Save it anew.")
    return frozenset(part.filename for part in parts)


def _leads_out(part: zipfile.ZipInfo) -> bool:
    """Nothing is ever unpacked to disk here; but no office program writes such a part, so somebody means harm."""
    path = part.filename.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or stat.S_ISLNK(part.external_attr >> 16)
