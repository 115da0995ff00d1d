"""Production, with its static files in a folder of the benchmark's own."""

from pathlib import Path

from config.settings.production import *

STATIC_ROOT = Path(__file__).resolve().parent / "out" / "static"
