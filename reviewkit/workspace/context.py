"""What every use case is given: the store, the settings, the clock and the engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from reviewkit.domain.ids import new_id
from reviewkit.domain.people import Event
from reviewkit.language.ports import Encoder, Matrix, Splitter
from reviewkit.settings import Settings
from reviewkit.store.port import Store


class Engines:
    """The heavy parts, each loaded when first used."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._anchors: dict[str, Matrix] = {}

    @cached_property
    def encoder(self) -> Encoder:
        from reviewkit.language.engines import load_encoder

        return load_encoder(self._settings.encoder, self._settings.cache_path)

    @property
    def area_anchors(self) -> Matrix:
        """The vectors of what areas are told by, made once for each encoder; see `language.areas`."""
        from reviewkit.language.areas import anchor_texts

        if self.encoder.name not in self._anchors:
            self._anchors[self.encoder.name] = self.encoder.encode(anchor_texts())
        return self._anchors[self.encoder.name]

    @cached_property
    def splitter(self) -> Splitter:
        from reviewkit.language.engines import load_splitter

        return load_splitter(self._settings.splitter)


@dataclass(frozen=True)
class Context:
    """`now` gives an aware datetime in UTC."""

    store: Store
    settings: Settings
    now: Callable[[], datetime]
    engines: Engines

    @property
    def today(self) -> date:
        return self.now().date()

    def record(self, who: str, what: str, subject: str) -> None:
        """Adds a line to the audit log; call it inside the transaction it tells of."""
        self.store.events.put(Event(new_id(), self.now(), who, what, subject))
