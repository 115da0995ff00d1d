"""The web server: daphne, on uvloop where that is installed (it takes a tenth less of the processor in a full hall).

`python -m config.web` takes daphne's own options. On a system without uvloop it is plain `daphne`.
"""

import asyncio
from contextlib import suppress


def use_fast_loop() -> None:
    """Call it before daphne is imported: that makes the process's event loop."""
    with suppress(ImportError):
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())


def main() -> None:
    use_fast_loop()
    from daphne.cli import CommandLineInterface

    CommandLineInterface.entrypoint()


if __name__ == "__main__":
    main()
