"""The chat page in a real browser, for tests of the page and of whole conversations.

    pytestmark = [pytest.mark.browser, needs_chromium]

    async def test_a_teacher_is_greeted(telegram: Telegram) -> None:
        async with page_server(telegram, add_characters(telegram)) as address:
            async with chromium() as browser, chat_page(browser, address) as chat:
                await chat.choose("Анна Ветрова")
                await chat.begin()                      # the START button of an empty chat
                await chat.see("Здравствуйте")          # waits for a bubble with this text
                await chat.say("Привет")                # types and presses Enter
                await chat.tap("Далее")                 # the newest button with this text
                await chat.screenshot(tmp_path / "greeting.png")

`page_server` serves the Bot API and the page on a free port; point the bot at `address`. A
`ChatPage` waits by itself (60 s) and fails with what the chat showed instead. When `chat_page`
is left, requests that went outside and errors in the browser's console fail the test.

All names a test gives are what a person reads on the screen; `chat.page` is Playwright's Page for
everything else. `width=360` is a telephone, `scheme="dark"` the dark colours.
"""

import re
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Locator, Page, Route, async_playwright, expect
from playwright.async_api import Error as PlaywrightError

from bot.delivery.typesetting import UNBROKEN
from sandbox.page_api import serve_page
from sandbox.telegram import Telegram

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
WAIT = 60_000  # milliseconds; only a test that fails waits so long

expect.set_options(timeout=WAIT)

# A toast is gone after a few seconds; a test on a slow machine looks later than that.
_KEEP_TOASTS = """
    window.toastsSeen = [];
    document.addEventListener('DOMContentLoaded', () => {
        new MutationObserver((changes) => {
            for (const change of changes)
                for (const node of change.addedNodes)
                    window.toastsSeen.push(node.textContent.replaceAll('\\u00a0', ' '));
        }).observe(document.getElementById('toasts'), { childList: true });
    });
"""

needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine")


@asynccontextmanager
async def page_server(
    telegram: Telegram, notes: Mapping[int, str] | None = None
) -> AsyncIterator[str]:
    """The Bot API and the chat page on a free port; yields the address, without a slash."""
    runner = await serve_page(telegram, 0, notes)
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def chromium(*more: str) -> AsyncIterator[Browser]:
    """A headless browser; one serves many pages. `more` are further command-line switches."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", *more],
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def chat_page(
    browser: Browser,
    address: str,
    *,
    width: int = 1200,
    height: int = 860,
    scheme: Literal["light", "dark"] = "light",
) -> AsyncIterator["ChatPage"]:
    """The page in a window of its own, ready for use.

    Leaving it without an exception asserts that nothing was asked of another host and that the
    browser's console holds no error.
    """
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        permissions=["clipboard-read", "clipboard-write", "microphone"],
        locale="ru-RU",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT)
    page = await context.new_page()
    chat = ChatPage(page, address)
    try:
        await chat.watch()
        await chat.open()
        yield chat
        assert chat.outside == []
        assert chat.errors == []
    finally:
        await context.close()


class ChatPage:
    """What a person does at the page and sees there."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.outside: list[str] = []  # addresses of other hosts that were asked for
        self.errors: list[str] = []  # what the browser's console complained of

    async def watch(self) -> None:
        """Keeps account of requests and of the console; requests to other hosts are cut."""

        async def check(route: Route) -> None:
            if route.request.url.startswith((f"{self.address}/", "data:", "blob:")):
                await route.continue_()
            else:
                self.outside.append(route.request.url)
                await route.abort()

        await self.page.context.route("**/*", check)
        await self.page.add_init_script(_KEEP_TOASTS)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            # A refusal of the door is logged by the browser itself and shown on the page as well.
            lambda line: (
                self.errors.append(line.text)
                if line.type == "error" and "status of 4" not in line.text
                else None
            ),
        )

    async def open(self, fragment: str = "") -> None:
        """Loads the page; `fragment` is a person's id."""
        await self.page.goto(f"{self.address}/{f'#{fragment}' if fragment else ''}")
        await self.page.wait_for_selector("html[data-ready]")

    async def reload(self) -> None:
        """F5."""
        await self.page.reload()
        await self.page.wait_for_selector("html[data-ready]")

    # The list of people.

    def person(self, name: str) -> Locator:
        """The line of a person."""
        return self.page.locator(".person").filter(
            has=self.page.locator(".person-name", has_text=re.compile(f"^{re.escape(name)}$"))
        )

    async def choose(self, name: str) -> None:
        """Opens a person's chat."""
        await self.leave()
        await self.person(name).click()
        await self.page.wait_for_selector(".chat-open")

    async def leave(self) -> None:
        """Back to the list of people, which a telephone shows instead of the chat."""
        back = self.page.get_by_label("К списку людей")
        if await back.is_visible():
            await back.click()

    async def add_person(self, name: str, link: str = "") -> None:
        """«Новый человек», perhaps by a t.me deep link; the new chat is open afterwards."""
        await self.page.get_by_role("button", name="Новый человек").click()
        await self.page.get_by_label("Имя и фамилия").fill(name)
        if link:
            await self.page.get_by_label("Ссылка-приглашение").fill(link)
        await self.page.get_by_role("button", name="Добавить").click()
        await self.page.wait_for_selector(".person.current")

    # The chat.

    @property
    def field(self) -> Locator:
        """The input field."""
        return self.page.get_by_role("textbox", name="Сообщение")

    async def begin(self) -> None:
        """The button «Начать» of a chat that has not begun."""
        await self.page.get_by_role("button", name="Начать", exact=True).click()

    async def type(self, text: str) -> None:
        """Types without sending."""
        await self.field.press_sequentially(text)

    async def say(self, text: str) -> None:
        """Writes a message and sends it with Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def attach(
        self,
        *files: Path,
        kind: Literal["photo", "document", "voice"] = "document",
        caption: str = "",
    ) -> None:
        """Sends files: as documents, as photos (an album if several), or as a voice message."""
        await self.page.locator(".composer input[type=file]").set_input_files(files)
        dialog = self.page.locator("dialog")
        choice = dialog.locator(f"input[type=radio][value={kind}]")
        if await choice.count():
            await choice.check()
        if caption:
            await dialog.get_by_label("Подпись").fill(caption)
        await dialog.get_by_role("button", name="Отправить").click()

    def bubble(self, text: str) -> Locator:
        """The newest bubble that holds this text."""
        return self.page.locator(".bubble", has_text=text).last

    async def see(self, text: str) -> Locator:
        """Waits until a bubble holds this text; fails with what the chat shows instead."""
        found = self.bubble(text)
        try:
            await found.wait_for()
        except PlaywrightError:
            shown = "\n— ".join((await self.bubbles())[-6:])
            pytest.fail(f"{text!r} has not come; the chat ends with:\n— {shown}", pytrace=False)
        return found

    async def see_no(self, text: str) -> None:
        """Waits until no bubble holds this text."""
        await expect(self.page.locator(".bubble", has_text=text)).to_have_count(0, timeout=WAIT)

    async def bubbles(self) -> list[str]:
        """The texts of all bubbles, oldest first."""
        texts = await self.page.locator(".bubble").all_inner_texts()
        return [text.strip().replace(UNBROKEN, " ") for text in texts]

    def buttons(self, text: str) -> Locator:
        """Inline buttons and keys of the reply keyboard with exactly this text."""
        exactly = re.compile(rf"^\s*{re.escape(text)}\s*$")
        return self.page.locator(".inline-button, .reply-key").filter(has_text=exactly)

    async def tap(self, text: str) -> None:
        """Taps the newest button with this text: under a message, or of the reply keyboard."""
        button = self.buttons(text).last
        try:
            await button.click()
        except PlaywrightError:
            labels = self.page.locator(".inline-button, .reply-key")
            shown = " · ".join(await labels.all_inner_texts())
            pytest.fail(f"no button {text!r} to tap; there are: {shown}", pytrace=False)

    async def keyboard(self) -> list[list[str]]:
        """The rows of the newest inline keyboard."""
        rows = self.page.locator(".inline-keyboard").last.locator(".inline-row")
        return [
            [label.strip() for label in await row.locator(".inline-button").all_inner_texts()]
            for row in await rows.all()
        ]

    async def download(self, file_name: str) -> bytes:
        """Clicks a document and returns what the browser saved; the suggested name must agree."""
        async with self.page.expect_download() as waiting:
            await self.page.get_by_label(f"Скачать {file_name}").last.click()
        saved = await waiting.value
        assert saved.suggested_filename == file_name
        return (await saved.path()).read_bytes()

    # Answers to presses, windows.

    async def see_toast(self, text: str) -> None:
        """Waits for a line that passes by, or has passed by since the page was loaded."""
        await self.page.wait_for_function(
            "(text) => window.toastsSeen.some((one) => one.includes(text))", arg=text
        )

    async def close_alert(self, text: str) -> None:
        """Waits for an alert with this text and closes it."""
        alert = self.page.locator("dialog", has_text=text)
        await alert.wait_for()
        await alert.get_by_role("button", name="Понятно").click()
        await alert.wait_for(state="detached")

    # The sandbox.

    async def move_clock(self, step: Literal["+1 час", "+1 день", "До понедельника 09:00"]) -> None:
        """Moves the sandbox's clock forward; on a telephone the list of people is left open."""
        await self.leave()
        await self.page.locator("#open-clock").click()
        await self.page.get_by_role("button", name=step).click()
        await self.page.locator("dialog").wait_for(state="detached")

    async def screenshot(self, path: Path) -> None:
        """A picture of the window."""
        await self.page.screenshot(path=path)

    async def overflow(self) -> Sequence[int]:
        """By how many pixels the page, its lists and windows are wider than they may be."""
        found: list[int] = await self.page.evaluate(
            """() => [document.documentElement,
                    ...document.querySelectorAll('.scroller, .people, dialog')]
                .map((box) => box.scrollWidth - box.clientWidth)"""
        )
        return found
