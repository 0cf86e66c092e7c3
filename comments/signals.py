"""The signals about replies. A verb sends each within its transaction.

Work that need not hold together with the change leaves the receiver as a task.
"""

from django.dispatch import Signal

# `comment` as stored, `visitor` who sent it, `judgement` of the judges.
reply_posted = Signal()
# `comment` and `visitor`: the writer asked for a mail when somebody answers.
answers_wanted = Signal()
# `change`: a `comments.verbs.status.StatusChange`.
reply_status_changed = Signal()
# `comment`: it is held for a moderator from now on, and nobody was told yet.
reply_held = Signal()
# `comments`: their texts or writers are about to change or be erased.
replies_changing = Signal()
# `comment`: its writer has changed the text; `judgement` of the judges on the new text.
reply_edited = Signal()
# `comment`: the guest who wrote it has proven the e-mail address.
reply_confirmed = Signal()
# `user` and `email`: the account has proven the address and now owns the replies written with it.
address_claimed = Signal()
# `ids`: only the places of these replies are left.
replies_emptied = Signal()
# `post`: all replies under it are about to be deleted with it.
thread_deleting = Signal()
