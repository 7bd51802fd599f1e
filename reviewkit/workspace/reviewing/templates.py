"""Review templates: those that are shipped, those made in this workspace, and those in people's own TOML files."""

from __future__ import annotations

from pathlib import Path

from reviewkit.collect.questions import check_frame, check_questions, key_for
from reviewkit.collect.templates import read_template, template, template_keys, template_text
from reviewkit.collect.templates.writing import template_toml
from reviewkit.domain.errors import AlreadyThere, Conflict, UnreadableFile
from reviewkit.domain.reviews import Template
from reviewkit.workspace.context import Context

ENDING = ".toml"
MOST_BYTES = 1024 * 1024


class Templates:
    """What a review can be made from."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def own(self) -> list[Template]:
        """Those made or brought into this workspace, by title."""
        return sorted(self._store.templates.all(), key=lambda one: (one.title.casefold(), one.key))

    def list(self) -> list[Template]:
        """The shipped ones and one's own, by title."""
        shipped = [template(key) for key in template_keys()]
        return sorted([*shipped, *self.own()], key=lambda one: (one.title.casefold(), one.key))

    def text(self, key: str) -> str:
        """A template as TOML, which reads back as the same template. Raises NotFound."""
        own = self._store.templates.find(key)
        return template_toml(own) if own else template_text(key)

    def get(self, name: str) -> Template:
        """One's own or the shipped template with this key, or the one in the TOML file of this name (“….toml”).

        Raises:
            NotFound: no such key.
            UnreadableFile: no such file, or none of text.
            Invalid: a field is missing, unknown, doubled or outside its vocabulary.
        """
        return self.from_file(name) if name.endswith(ENDING) else self.named(name)

    def named(self, key: str) -> Template:
        """One's own or the shipped template with this key, never a file. Raises NotFound."""
        return self._store.templates.find(key) or template(key)

    def from_file(self, name: str) -> Template:
        """The template in the TOML file at this path. Raises UnreadableFile and Invalid as `get` does."""
        path = Path(name)
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as problem:
            raise UnreadableFile(name, f"it cannot be read: {problem.strerror or problem}.") from None
        return self.read(path.name, content)

    def read(self, name: str, content: bytes) -> Template:
        """The template in the TOML file called `name`, whose key is the name without ending.

        Raises UnreadableFile and Invalid as `get` does.
        """
        if len(content) > MOST_BYTES:
            raise UnreadableFile(name, "it is larger than one megabyte, which no template is.")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableFile(name, "its letters cannot be read. Save it as UTF-8.") from None
        return read_template(name.removesuffix(ENDING), text)

    def save(self, made: Template, *, replace: bool = False, who: str = "") -> Template:
        """Keeps a template of one's own; one without a key is given one made of its title.

        Raises:
            FieldsInvalid, QuestionInvalid, Invalid: it cannot be asked as it stands.
            AlreadyThere: another has its key and is not to be replaced, or a shipped one has it.
        """
        check_frame("the template", title=made.title, intro=made.intro, minutes=made.minutes)
        check_questions(made.questions)
        key = key_for(made.key or made.title, ())
        kept = Template(key, made.title, made.wave, made.intro, made.questions, made.minutes)
        with self._store.write():
            if key in template_keys() or (not replace and self._store.templates.find(key)):
                raise AlreadyThere("template", key)
            self._store.templates.put(kept)
            self._context.record(who, "saved template", key)
        return kept

    def remove(self, key: str, *, who: str = "") -> None:
        """Reviews made from it keep their questions. Raises NotFound, and Conflict for a shipped one."""
        with self._store.write():
            if key in template_keys() and not self._store.templates.find(key):
                raise Conflict(f"“{key}” is shipped with reviewkit and stays.")
            self._store.templates.get(key)
            self._store.templates.delete(key)
            self._context.record(who, "removed template", key)
