"""No announcement is spare: when one is left out, some page is old, and the comparison sees it."""

from __future__ import annotations

import pytest

from tests.pagecache.breaking import Announcement, announcements
from tests.pagecache.changes import CHANGES, World
from tests.pagecache.site import Site

pytestmark = pytest.mark.django_db(transaction=True)
# Where an announcement is made and of which kind of name, and a change that shows it is needed.
NEEDED = {
    ("biographies.render_again", "author:*"): "render_again_after_an_upgrade",
    ("claiming.claim", "replies"): "claim_replies_by_signing_up",
    ("claiming.claim", "thread:*"): "claim_replies_by_signing_up",
    ("counting._add", "post:*/replies"): "approve_a_reply",
    ("counting._add", "replies"): "approve_a_reply",
    ("counting._add", "thread:*"): "remove_a_reply",
    ("editing.edit_reply", "replies"): "edit_a_reply",
    ("editing.edit_reply", "thread:*"): "edit_a_reply",
    ("leading._write", "thread:*"): "close_a_conversation",
    ("leading.pin", "thread:*"): "pin_a_reply",
    ("leading.unpin", "thread:*"): "unpin_a_reply",
    ("posts._store", "site"): "make_demo_posts",
    ("publishing.delete", "author:*/posts"): "delete_a_post",
    ("publishing.delete", "category:*/posts"): "delete_a_post",
    ("publishing.delete", "family:*"): "delete_a_translation",
    ("publishing.delete", "in:*/posts"): "delete_a_post",
    ("publishing.delete", "index"): "delete_a_post",
    ("publishing.delete", "post:*"): "delete_a_post",
    ("publishing.delete", "posts"): "delete_a_post",
    ("publishing.delete", "series:*/posts"): "delete_a_post",
    ("publishing.delete", "tag:*/posts"): "delete_a_post",
    ("publishing.render_again", "post:*"): "render_again_after_an_upgrade",
    ("publishing.rerender", "post:*"): "change_a_caption",
    ("publishing.save_post", "author:*/posts"): "withdraw_a_post",
    ("publishing.save_post", "author:*/posts later"): "let_a_scheduled_post_appear",
    ("publishing.save_post", "category:*/posts"): "withdraw_a_post",
    ("publishing.save_post", "category:*/posts later"): "let_a_scheduled_post_appear",
    ("publishing.save_post", "family:*"): "leave_a_family",
    ("publishing.save_post", "family:* later"): "let_a_translation_appear",
    ("publishing.save_post", "in:*/posts"): "withdraw_a_post",
    ("publishing.save_post", "in:*/posts later"): "let_a_scheduled_post_appear",
    ("publishing.save_post", "index"): "withdraw_a_post",
    ("publishing.save_post", "index later"): "let_a_scheduled_post_appear",
    ("publishing.save_post", "post:*"): "change_a_lead_image",
    ("publishing.save_post", "posts"): "withdraw_a_post",
    ("publishing.save_post", "posts later"): "let_a_scheduled_post_appear",
    ("publishing.save_post", "series:*/posts"): "move_within_a_series",
    ("publishing.save_post", "series:*/posts later"): "let_a_scheduled_post_appear",
    ("publishing.save_post", "tag:*/posts"): "change_the_tags",
    ("publishing.save_post", "tag:*/posts later"): "let_a_scheduled_post_appear",
    ("receivers.announce_account", "user:*"): "rename_an_author",
    ("receivers.announce_author_of_link", "author:*"): "link_an_author_elsewhere",
    ("receivers.announce_category", "category:*"): "rename_a_category",
    ("receivers.announce_category", "index"): "rename_a_category",
    ("receivers.announce_category", "schedule"): "let_a_post_appear_in_a_moved_category",
    ("receivers.announce_deleted_account", "user:*"): "delete_an_account",
    ("receivers.announce_loaded", "schedule"): "let_a_loaded_post_appear",
    ("receivers.announce_loaded", "site"): "load_a_fixture",
    ("receivers.announce_thing", "author:*"): "rename_an_author",
    ("receivers.announce_thing", "index"): "rename_an_author",
    ("receivers.announce_thing", "series:*"): "delete_a_series",
    ("receivers.announce_thing", "tag:*"): "delete_a_tag",
    ("receivers.note_changed_settings", "schedule"): "let_a_post_appear_in_another_month",
    ("receivers.rename_account", "user:*"): "show_an_accounts_portrait",
    ("receivers.show_words_of_image", "image:*"): "change_the_words_of_a_lead_image",
    ("rendering.render_again", "replies"): "render_again_after_an_upgrade",
    ("rendering.render_again", "thread:*"): "render_again_after_an_upgrade",
    ("status.change_status", "thread:*"): "call_a_removed_place_spam",
    ("thanking._count", "thread:*"): "thank_for_a_reply",
    ("translations._move", "family:*"): "bring_translations_of_a_draft_along",
    ("verbs.change_settings", "in memory"): "set_the_name",
    ("verbs.change_settings", "setting:*"): "set_the_posts_per_page",
    ("translations._move", "schedule"): "let_a_translation_appear_in_another_family",
}


@pytest.mark.parametrize(("announcement", "name"), NEEDED.items())
def test_some_page_is_old_without(
    announcement: tuple[str, str], name: str, world: World, site: Site
) -> None:
    change, before = CHANGES[name]
    with announcements(left_out=Announcement(*announcement)):
        for act in before:
            act(world)
        addresses = world.addresses()
        site.warm(addresses)
        change(world)
    assert site.old(addresses) != []
