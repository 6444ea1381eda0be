"""Static files under names that carry their content, so a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, following `import` in JavaScript modules too."""

    support_js_module_import_aggregation = True
