"""Review templates: those that are shipped, and those in people's own TOML files."""

from __future__ import annotations

from pathlib import Path

from reviewkit.collect.templates import read_template, template, template_keys, template_text
from reviewkit.domain.errors import UnreadableFile
from reviewkit.domain.reviews import Template

ENDING = ".toml"
MOST_BYTES = 1024 * 1024


class Templates:
    """What a review can be made from."""

    def list(self) -> list[Template]:
        """The shipped ones, by title."""
        return sorted((template(key) for key in template_keys()), key=lambda one: one.title)

    def text(self, key: str) -> str:
        """A shipped template as TOML. Raises NotFound."""
        return template_text(key)

    def get(self, name: str) -> Template:
        """The shipped template with this key, or the one in the TOML file of this name, which ends in “.toml”.

        Raises:
            NotFound: no such key.
            UnreadableFile: no such file, or none of text.
            Invalid: a field is missing, doubled or outside its vocabulary.
        """
        if not name.endswith(ENDING):
            return template(name)
        path = Path(name)
        try:
            with path.open("rb") as file:
                text = file.read(MOST_BYTES).decode("utf-8-sig")
        except OSError as problem:
            raise UnreadableFile(name, f"it cannot be read: {problem.strerror or problem}.") from None
        except UnicodeDecodeError:
            raise UnreadableFile(name, "its letters cannot be read. Save it as UTF-8.") from None
        return read_template(path.name.removesuffix(ENDING), text)
