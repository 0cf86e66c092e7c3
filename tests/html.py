"""Reading pages as a browser would: what a form would send."""

from __future__ import annotations

from typing import Any

from lxml import html


def form_data(page: str, *, form_id: str) -> dict[str, Any]:
    """Every field of the form with that id and its present value, as a browser would send it.

    A line break right after <textarea> is not part of the text (HTML, section 13.2.6.4.7).
    """
    (form,) = html.fromstring(page).xpath(f"//form[@id='{form_id}']")
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value.removeprefix("\n"))
    return data
