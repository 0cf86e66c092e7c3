"""What happens to replies. Each signal is sent by a verb, within its transaction.

Whatever need not hold together with the change leaves the receiver as a task.
"""

from django.dispatch import Signal

# `comment`, as it was stored, `visitor` who sent it, and `judgement`, what the judges said.
reply_posted = Signal()
# `comment` and `visitor`: the writer asked for a mail when somebody answers.
answers_wanted = Signal()
# `change`: a `comments.verbs.status.StatusChange`.
reply_status_changed = Signal()
# `comment`: it waits for a moderator from now on, and nobody was told yet.
reply_held = Signal()
# `comments`: the texts of these, or who wrote them, are about to be another, or gone.
replies_changing = Signal()
# `comment`: its writer has given it another text; `judgement`: what the judges say of that.
reply_edited = Signal()
# `comment`: the guest who wrote it has proven the e-mail address.
reply_confirmed = Signal()
# `user` and `email`: the account has proven the address, and what was written with it is its own now.
address_claimed = Signal()
# `ids`: of these replies nothing but the place is left.
replies_emptied = Signal()
# `post`: all replies under it are about to go with it.
thread_deleting = Signal()
