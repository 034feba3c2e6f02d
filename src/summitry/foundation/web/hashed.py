"""Static files under names that carry a hash of their content, so that browsers may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Browser modules import each other by their hashed names, too: so each is loaded once, and never an old one."""

    support_js_module_import_aggregation = True
