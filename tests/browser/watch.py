"""What must not happen in a browser, whatever a test looks at."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

PARTS_OF_PAGES = {"stylesheet", "script", "image", "font", "manifest", "media"}
# Chromium tells of every answer from 400 on; answers are judged by themselves.
OF_AN_ANSWER = "Failed to load resource: the server responded with a status of"
# The console hears of most violations by itself; this tells of each, with what broke the policy.
TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`${event.effectiveDirective} forbids ${event.blockedURI} ${event.sample}`));
"""


class Watch:
    """Collects the faults, and the requests, of every page in the contexts it is set over.

    A fault is an error in the console or a script, whatever breaks the Content-Security-Policy, a
    request to another host than the site's, an answer from 500 on, and a part of a page that
    cannot be had. Pages themselves may well answer 404 or 422.
    """

    def __init__(self, site: str) -> None:
        self.host = urlsplit(site).netloc
        self.faults: list[str] = []
        self.requests: list[Request] = []

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_OF_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", self._hear_of)
        context.on("request", self._see_request)
        context.on("response", self._see_response)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(OF_AN_ANSWER):
            self.faults.append(f"console: {message.text}")

    def _hear_of(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _see_request(self, request: Request) -> None:
        self.requests.append(request)
        address = urlsplit(request.url)
        if address.scheme not in {"blob", "data", "about"} and address.netloc != self.host:
            self.faults.append(f"foreign: {request.url}")

    def _see_response(self, response: Response) -> None:
        part = response.request.resource_type in PARTS_OF_PAGES
        if response.status >= (400 if part else 500):
            self.faults.append(f"{response.status}: {response.url}")
