"""What the tests of the local Telegram share."""

from tests.kit.pictures import png

TOKEN = "7000001:made-up_token"
PNG = png(2, 2)
