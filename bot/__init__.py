"""Telegram vocabulary of the product and its composition root.

Here live settings, texts, callback data, keyboards, screens and delivery. What happens in a
situation of a person lives in `handlers`; SQL lives in `storage`. Kept empty: processes that
never speak to Telegram import submodules of this package without paying for aiogram.
"""

VERSION = "0.1.0"
"""As in pyproject.toml (a test compares them), which does not go into the image."""
