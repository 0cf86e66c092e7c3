"""Hears of the changes that other machines make, and knows whether it would."""

from __future__ import annotations

import logging
import time
from secrets import token_hex
from threading import Event, Thread

from pagecache.cache import PageCache
from pagecache.channels.base import Away, Channel, Message
from pagecache.log import EVERYTHING, FORGETTING

logger = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two words to itself
DEAF_AFTER = 2.5  # seconds without one of them
PAUSE = 1.0  # seconds until the service is asked again


class Listener(Thread):
    """Drops pages from `cache` as others say, until `stop`.

    It says something to itself all the time. While that does not come back, nobody can tell what
    others changed, and pages live for some seconds only.
    """

    def __init__(self, channel: Channel, cache: PageCache) -> None:
        super().__init__(name="other machines", daemon=True)
        self.channel = channel
        self.cache = cache
        self._word = f"word {token_hex(8)}"
        self._heard = 0.0
        self._hears = False
        self._was_silent = False
        self._ends = Event()
        cache.heard_until = 0.0

    def run(self) -> None:
        while not self._ends.is_set():
            try:
                self._listen()
            except Away as error:
                self._note_silence(str(error))
            except Exception:
                logger.exception("Something unforeseen was heard from other machines")
                self._note_silence("see above")
            else:
                continue
            self.channel.close()  # a connection may be dead that says nothing
            self._ends.wait(PAUSE)
        self.channel.close()

    def stop(self) -> None:
        self._ends.set()
        self.join()

    def _listen(self) -> None:
        """Hear what comes until the next word to itself. Raises Away."""
        for text in self.channel.listen(0):
            self._hear(text)
        self.channel.echo(self._word)
        for text in self.channel.listen(EVERY):
            self._hear(text)
        if self._hears and (self.cache.log.take_untold() or self._was_silent):
            # What this machine said may be lost too.
            self.channel.echo(str(Message(self.cache.log.machine, (EVERYTHING,))))
            self._was_silent = False
        if time.monotonic() - self._heard > DEAF_AFTER:
            raise Away("no answer")

    def _hear(self, text: str) -> None:
        if text == self._word:
            self._note_word()
        elif not text.startswith("word "):
            try:
                message = Message.read(text)
            except ValueError:  # of another version of the site
                self._forget_all()
                return
            if message.machine != self.cache.log.machine:
                if not FORGETTING.isdisjoint(message.names):
                    self.cache.log.forget_memory()
                self.cache.drop(message.names, at=message.at)

    def _note_word(self) -> None:
        self._heard = time.monotonic()
        if not self._hears:
            # What others said meanwhile is lost.
            self._forget_all()
            self._hears = True
            logger.info("Changes made on other machines are heard of")
        self.cache.heard_until = time.time() + DEAF_AFTER

    def _forget_all(self) -> None:
        self.cache.log.forget_memory()
        self.cache.empty()

    def _note_silence(self, why: str) -> None:
        self.cache.heard_until = 0.0
        if self._hears or not self._was_silent:
            logger.error(
                "Changes made on other machines are not heard of, so pages are kept for some "
                "seconds only: %s",
                why,
            )
        self._hears, self._was_silent = False, True
