"""The pages that one process keeps, found by their addresses and by the names of what they show.

Room is limited. A page that was asked for once since it was kept stands in a short queue, in which
it lasts until others push it out; a page asked for again is kept among the wanted ones, of which the
one goes first that nobody asked for lately. So whoever walks through all old posts pushes out only
what other walkers left (after S3-FIFO, Yang et al., SOSP 2023).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from pagecache.answers import Kept
from pagecache.keys import Key

NEW_PART = 1 / 8  # of the room, for pages that nobody has asked for again
MOST_REMEMBERED = 10_000  # keys


class Store:
    """Pages of at most `room` bytes together. Its caller sees to it that one thread is in it."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.bytes = 0
        self._pages: dict[Key, Kept] = {}
        self._showing: dict[int, set[Key]] = {}
        self._new: OrderedDict[Key, Kept] = OrderedDict()
        self._wanted: OrderedDict[Key, Kept] = OrderedDict()
        self._new_bytes = 0
        # Keys of pages that went lately, which are wanted if they come again, with their fame.
        self._gone: OrderedDict[Key, int] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Kept | None:
        return self._pages.get(key)

    def put(self, key: Key, page: Kept) -> None:
        """Keep a page in place of an earlier one, unless it takes more than the part for new pages."""
        self.drop(key)
        if page.size > self.room * NEW_PART:
            return
        self._pages[key] = page
        page.is_kept = True
        for name in page.names:
            self._showing.setdefault(name, set()).add(key)
        page.fame = self._gone.get(key, 0)
        self._enter(key, page, is_wanted=key in self._gone)
        self._gone.pop(key, None)
        self._make_room()

    def grow(self, page: Kept, key: Key) -> None:
        """Count the bytes of a page anew, after a further coding was made."""
        more = page.taken - page.size
        page.size += more
        if self._pages.get(key) is page:
            self.bytes += more
            self._new_bytes += more if key in self._new else 0
            self._make_room()

    def drop(self, key: Key) -> Kept | None:
        """Forget the page with this key; return it, or None if there is none."""
        page = self._pages.pop(key, None)
        if page is None:
            return None
        page.is_kept = False
        self.bytes -= page.size
        if self._new.pop(key, None):
            self._new_bytes -= page.size
        self._wanted.pop(key, None)
        for name in page.names:
            self._forget_name(name, key)
        return page

    def drop_showing(self, names: Iterable[int]) -> list[tuple[Key, Kept]]:
        """Forget the pages that show one of these names; return them."""
        keys = {key for name in names for key in self._showing.get(name, ())}
        return [(key, page) for key in keys if (page := self._drop_wanted(key))]

    def drop_all(self) -> list[tuple[Key, Kept]]:
        return [(key, page) for key in list(self._pages) if (page := self._drop_wanted(key))]

    def keys_by_use(self) -> list[Key]:
        """Return the keys of the pages that were asked for most often first."""
        return sorted(self._pages, key=lambda key: -self._pages[key].times - self._pages[key].fame)

    def _drop_wanted(self, key: Key) -> Kept | None:
        """Forget a page; if people wanted it, its successor is kept among the wanted ones."""
        page = self._pages.get(key)
        if page and (page.was_used or key in self._wanted):
            self._remember(key, page)
        return self.drop(key)

    def _enter(self, key: Key, page: Kept, *, is_wanted: bool) -> None:
        self.bytes += page.size
        if is_wanted:
            self._wanted[key] = page
        else:
            self._new[key] = page
            self._new_bytes += page.size

    def _make_room(self) -> None:
        while self.bytes > self.room:
            if self._new and (self._new_bytes > self.room * NEW_PART or not self._wanted):
                self._pass_new()
            else:
                self._pass_wanted()

    def _pass_new(self) -> None:
        """Let the oldest of the new pages go, or among the wanted ones if it was asked for again."""
        key, page = next(iter(self._new.items()))
        if not page.was_used:
            self.drop(key)
            self._remember(key, page)
            return
        del self._new[key]
        self._new_bytes -= page.size
        page.was_used = False
        self._wanted[key] = page

    def _pass_wanted(self) -> None:
        """Let the first of the wanted pages go, or to their end if it was asked for since."""
        key, page = next(iter(self._wanted.items()))
        if page.was_used:
            page.was_used = False
            self._wanted.move_to_end(key)
        else:
            self.drop(key)

    def _remember(self, key: Key, page: Kept) -> None:
        self._gone[key] = page.times + page.fame // 2
        if len(self._gone) > MOST_REMEMBERED:
            self._gone.popitem(last=False)

    def _forget_name(self, name: int, key: Key) -> None:
        showing = self._showing[name]
        showing.discard(key)
        if not showing:
            del self._showing[name]
