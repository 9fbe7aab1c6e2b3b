"""The commands of `python -m bot`: one module each, with `run(argv) -> int`."""
