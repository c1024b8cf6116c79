"""Static files under names that carry their content's hash, so browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites `import` inside our JavaScript modules, which Django leaves alone unless told."""

    support_js_module_import_aggregation = True
