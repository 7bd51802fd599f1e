"""The use cases: load from the store, call the core, save."""

from __future__ import annotations

from reviewkit.workspace.opening import Workspace, encoder_for, open_workspace

__all__ = ["Workspace", "encoder_for", "open_workspace"]
