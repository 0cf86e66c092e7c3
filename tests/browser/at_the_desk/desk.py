"""The editor in the admin, as those who write use it."""

from __future__ import annotations

from base64 import b64encode

from playwright.sync_api import JSHandle, Locator, Page, expect

from tests.pictures.samples import drawing, encoded

# A page's own policy forbids data: addresses and eval, so the bytes are put together by hand.
TRANSFER = """([name, type, bytes]) => {
  const transfer = new DataTransfer();
  const data = Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0));
  transfer.items.add(new File([data], name, { type }));
  return transfer;
}"""
PASTE = """(textarea, clipboardData) => textarea.dispatchEvent(
  new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))"""


def picture() -> bytes:
    return encoded(drawing(600, 300), "PNG")


def open_empty_post(page: Page) -> Locator:
    """Opens the page for a new post, the editor at work, and returns its textarea."""
    page.goto("/admin/blog/post/add/")
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    return page.locator("#id_body")


def file_in_hand(page: Page, name: str, data: bytes, *, kind: str = "image/png") -> JSHandle:
    """What a browser hands to a page when this file is dropped or pasted."""
    return page.evaluate_handle(TRANSFER, [name, kind, b64encode(data).decode()])


def drop(page: Page, name: str, data: bytes) -> None:
    transfer = {"dataTransfer": file_in_hand(page, name, data)}
    page.locator("#id_body").dispatch_event("dragover", transfer)
    page.locator("#id_body").dispatch_event("drop", transfer)


def paste(page: Page, name: str, data: bytes) -> None:
    page.locator("#id_body").evaluate(PASTE, file_in_hand(page, name, data))


def choose(page: Page, name: str, data: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture").click()
    chooser.value.set_files({"name": name, "mimeType": "image/png", "buffer": data})
