"""Django's PostgreSQL, which asks the server nothing before each request.

A connection that is kept may have been closed meanwhile, so Django sends `SELECT 1` before it is used
again. A server that closes a connection, or has anything else to say without being asked, leaves
something to be read at this end (libpq, "Asynchronous Notification"): only then, and after an error,
is the question sent. A server that vanished without a word is noticed by the first real question.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        return not (self.errors_occurred or self._has_something_to_say()) or super().is_usable()

    def _has_something_to_say(self) -> bool:
        connection = self.connection
        if connection is None or connection.closed:
            return True
        unread = select.poll()
        unread.register(connection.fileno(), select.POLLIN)
        return bool(unread.poll(0))
