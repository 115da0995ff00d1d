"""How static files are kept in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names say what is in a file, also where one script imports another: kept by a browser for ever, and never an old
    part beside a new one."""

    support_js_module_import_aggregation = True
