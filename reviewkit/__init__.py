"""reviewkit: post-implementation reviews and lessons learned, surfaced at the kickoff.

import reviewkit
ws = reviewkit.open_workspace("team.db")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviewkit.language.ports import Encoder
    from reviewkit.workspace import Workspace

__version__ = "0.1.0"
__all__ = ["__version__", "load_encoder", "open_workspace"]


def open_workspace(url: str = "", **settings: Any) -> Workspace:
    """The workspace in the SQLite file `url` (made when absent); see `reviewkit.settings.Settings` for the rest."""
    from reviewkit.settings import read_settings
    from reviewkit.workspace import open_workspace as open_it

    return open_it(url, read_settings(**settings))


def load_encoder(pooling: str = "mean") -> Encoder:
    """The default encoder: `.name`, `.encode(texts) -> float32 array (n, dim)`, rows of unit length.

    Its vectors are those of sentence-transformers. With `pooling` "content" they are those a workspace compares by, in
    which common words count little.
    """
    from reviewkit.language.ports import Pooling
    from reviewkit.settings import read_settings
    from reviewkit.workspace import encoder_for

    return encoder_for(read_settings(), Pooling(pooling))
