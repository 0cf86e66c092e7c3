"""Every kind of change that readers see, made as the site's own code makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.core.serializers import serialize
from django.utils import timezone
from PIL import Image as Picture

from accounts.models import Author, User
from accounts.portraits import cut_portrait
from blog import publishing
from blog.models import Category, Post, Series, Tag
from blog.models.post import Byline
from comments.models import Comment, Status
from comments.verbs import leading
from comments.verbs.claiming import claim
from comments.verbs.editing import edit_reply, erase_replies
from comments.verbs.posting import post_comment
from comments.verbs.thanking import give_thanks, take_thanks_back
from comments.visitor import Visitor
from images.library import add_image, change_image
from images.models import Image
from moderation.deciding import decide, undo
from moderation.models import Batch
from site_settings.models import SettingChange
from site_settings.reading import zone
from site_settings.verbs import change_settings, take_back

UNDER_POST = ("replies/", "replies/count/", "comments/feed/", "?sort=newest")
DAY = timedelta(days=1)
BODY = "The kettle sings.\n\n![A kettle](image:{key})\n"


@dataclass
class World:
    """A small site: Ada and Bo write about tea and ships; Wim, Zoe and Ivo reply."""

    ada: Author
    bo: Author
    ivo: User
    tea: Category
    green: Category
    image: Image
    lead: Image
    series: Series
    posts: list[Post]
    replies: dict[str, Comment]
    wait: Callable[[Any], Any]

    def addresses(self) -> list[str]:
        """Return pages of every kind that the cache keeps."""
        urls = [post.get_absolute_url() for post in self.posts[:5]]
        tag = Tag.objects.get(name="kettles").get_absolute_url()
        things = [one.get_absolute_url() for one in (self.tea, self.green, self.ada, self.bo)]
        lists = ["/", *things, tag, self.series.get_absolute_url(), "/languages/en/"]
        days = [post.due_at.astimezone(zone()) for post in (self.posts[0], self.posts[2])]
        return [
            *lists,
            *(f"{one}?page=2" for one in lists),
            *("/languages/de/", "/archive/", "/about/", "/comments/feed/", "/site.webmanifest"),
            *("/feed/", "/feed/atom/", "/feed/json/", f"{tag}feed/", f"{things[2]}feed/"),
            *sorted({f"/{day:%Y}/" for day in days} | {f"/{day:%Y/%m}/" for day in days}),
            *urls,
            *(f"{urls[0]}{part}" for part in UNDER_POST),
        ]


def picture() -> bytes:
    file = BytesIO()
    Picture.new("RGB", (40, 30), "#b5532b").save(file, "PNG")
    return file.getvalue()


def make_world(wait: Callable[[Any], Any]) -> World:
    account = User.objects.create_user("ada", "ada@example.org", "correct horse")
    ivo = User.objects.create_user("ivo", "ivo@example.org", "correct horse")
    ada = Author.objects.create(name="Ada Okafor", user=account)
    bo = Author.objects.create(name="Bo Winter")
    tea = Category.objects.create(name="Tea", slug="tea")
    green = Category.objects.create(name="Green", slug="green", parent=tea)
    image = add_image(data=picture(), uploaded_by=None, alt="A kettle", caption="On the stove")
    lead = add_image(data=picture(), uploaded_by=None, alt="A ship")
    series = Series.objects.create(title="Slow days", slug="slow-days")
    now = timezone.now()
    kinds: list[dict[str, Any]] = [
        {"category": green, "body": BODY.format(key=image.key), "series": series},
        {"category": tea, "lead_image": lead, "series": series, "series_position": 2},
        {"language": "nl", "category": tea},
        {"language": "de-AT"},
        {"series": series, "series_position": 3},
    ]
    posts = []
    for place in range(8):
        more = kinds[place] if place < len(kinds) else {}
        fields = {"language": "en", "body": f"Text number {place}.", "summary": ""} | more
        post = Post(title=f"Post {place}", **fields)
        publishing.publish(
            post=post,
            by=None,
            at=now - DAY * (1 + 3 * place),
            bylines=[(ada if place % 2 == 0 else bo, Byline.Role.AUTHOR)],
            tags=["kettles", "boats"] if place % 3 == 0 else ["boats"] if place % 2 else [],
        )
        posts.append(post)
    world = World(ada, bo, ivo, tea, green, image, lead, series, posts, {}, wait)
    wim = reply(world, "Wim")
    reply(world, "Zoe", parent=wim)
    reply(world, "Ivo", visitor=Visitor(user=ivo))
    reply(world, "Ada", visitor=Visitor(user=account), post=posts[1])
    return world


def reply(world: World, name: str, *, status: Status = Status.APPROVED, **more: Any) -> Comment:
    guest = {} if "visitor" in more else {"name": name, "email": f"{name.lower()}@example.org"}
    given = {"post": world.posts[0], "body": f"Says {name}.", "language": "en", **guest, **more}
    made = post_comment(**given)
    if made.status != status:
        decide(comments=[made], decision=status, by=None)
        made.refresh_from_db()
    world.replies[name] = made
    return made


def fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)


def saved(post: Post, **values: Any) -> Post:
    """Save a post with other values of its fields, or with other bylines or tags."""
    post = fresh(post)
    content = {name: values.pop(name) for name in ("bylines", "tags") if name in values}
    for name, value in values.items():
        setattr(post, name, value)
    return publishing.save_post(post=post, by=None, **content)


def stored(thing: Any, **values: Any) -> None:
    """Save an object as the desk does."""
    thing = fresh(thing)
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


def by(*authors: Author) -> list[tuple[Author, str]]:
    return [(author, Byline.Role.AUTHOR) for author in authors]


def load(thing: Any) -> None:
    """Store an object as `manage.py loaddata` does."""
    with NamedTemporaryFile(suffix=".json") as file:
        file.write(serialize("json", [thing]).encode())
        file.flush()
        call_command("loaddata", file.name, verbosity=0)


def decided(world: World, name: str, status: Status) -> None:
    decide(comments=[fresh(world.replies[name])], decision=status, by=None)


Act = Callable[[World], Any]


class Change(NamedTuple):
    """A change, and what was done before anybody looked."""

    make: Act
    after: Sequence[Act] = ()


CHANGES: dict[str, Change] = {}


def change(make: Act) -> Act:
    CHANGES[make.__name__] = Change(make)
    return make


def change_after(*acts: Act) -> Callable[[Act], Act]:
    def kept(make: Act) -> Act:
        CHANGES[make.__name__] = Change(make, acts)
        return make

    return kept


# --- posts ---


@change
def publish_a_post(world: World) -> None:
    post = Post(title="Fresh tea", language="en", body="Just brewed.", category=world.green)
    publishing.publish(post=post, by=None, bylines=by(world.ada), tags=["kettles"])


@change
def publish_a_draft(world: World) -> None:
    post = Post(title="Late tea", language="en", body="Brewed.", series=world.series)
    publishing.save_post(post=post, by=None, bylines=by(world.bo), tags=["new word"])
    publishing.publish(post=fresh(post), by=None)


@change
def correct_a_title(world: World) -> None:
    saved(world.posts[1], title="Post one, corrected")


@change
def correct_a_text(world: World) -> None:
    saved(world.posts[0], body="Another text altogether.")


@change
def change_a_summary(world: World) -> None:
    saved(world.posts[3], summary="In short.")


@change
def withdraw_a_post(world: World) -> None:
    publishing.withdraw(post=fresh(world.posts[1]), by=None)


@change
def take_a_post_back_to_draft(world: World) -> None:
    publishing.return_to_draft(post=fresh(world.posts[0]), by=None)


@change
def move_a_post_to_another_day(world: World) -> None:
    saved(world.posts[2], published_at=timezone.now() - 300 * DAY)


@change
def put_a_post_off(world: World) -> None:
    saved(world.posts[0], published_at=timezone.now() + 3 * DAY)


@change
def change_an_address(world: World) -> None:
    saved(world.posts[0], slug="elsewhere")


@change
def change_a_category(world: World) -> None:
    saved(world.posts[4], category=world.green)


@change
def change_a_language(world: World) -> None:
    saved(world.posts[2], language="de")


@change
def change_a_lead_image(world: World) -> None:
    saved(world.posts[1], lead_image=None)


@change
def change_a_byline(world: World) -> None:
    saved(world.posts[0], bylines=by(world.bo, world.ada))


@change_after(change_a_byline)
def change_the_order_of_bylines(world: World) -> None:
    saved(world.posts[0], bylines=by(world.ada, world.bo))


@change
def change_the_tags(world: World) -> None:
    saved(world.posts[4], tags=["boats", "harbours"])


@change
def leave_a_series(world: World) -> None:
    saved(world.posts[1], series=None)


@change
def move_within_a_series(world: World) -> None:
    saved(world.posts[0], series_position=9)


@change
def become_a_translation(world: World) -> None:
    saved(world.posts[2], translation_of=world.posts[0])


def become_a_family(world: World) -> None:
    saved(world.posts[3], translation_of=world.posts[2])


@change_after(become_a_family)
def bring_a_family_along(world: World) -> None:
    saved(world.posts[2], translation_of=world.posts[0])


@change_after(become_a_translation)
def leave_a_family(world: World) -> None:
    saved(world.posts[2], translation_of=None)


def become_another_translation(world: World) -> None:
    saved(world.posts[3], translation_of=world.posts[0])


@change_after(become_a_translation, become_another_translation)
def delete_the_original_of_a_family(world: World) -> None:
    publishing.delete(post=fresh(world.posts[0]))


@change_after(become_a_translation, become_another_translation)
def delete_a_translation(world: World) -> None:
    publishing.delete(post=fresh(world.posts[2]))


def translate_a_draft(world: World) -> None:
    draft = Post(title="A draft", language="fr", body="Un texte.")
    publishing.save_post(post=draft, by=None, bylines=by(world.ada))
    saved(world.posts[2], translation_of=draft)
    saved(world.posts[3], translation_of=draft)


@change_after(translate_a_draft)
def bring_translations_of_a_draft_along(world: World) -> None:
    saved(Post.objects.get(title="A draft"), translation_of=world.posts[0])


@change_after(translate_a_draft)
def delete_a_draft_with_translations(world: World) -> None:
    publishing.delete(post=Post.objects.get(title="A draft"))


@change
def delete_a_post(world: World) -> None:
    publishing.delete(post=fresh(world.posts[0]))


def write_a_text_that_does_not_last(world: World) -> None:
    saved(world.posts[4], body="A text that does not last.")


@change_after(write_a_text_that_does_not_last)
def restore_a_revision(world: World) -> None:
    first = fresh(world.posts[4]).revisions.earliest("pk")
    publishing.restore_revision(revision=first, by=None)


def render_as_before_an_upgrade(world: World) -> None:
    Post.objects.filter(pk=world.posts[3].pk).update(body_html="<p>As before the upgrade.</p>")
    Author.objects.filter(pk=world.ada.pk).update(biography="*Tea*", biography_html="Tea")
    Comment.objects.filter(pk=world.replies["Wim"].pk).update(body_html="<p>As before.</p>")


@change_after(render_as_before_an_upgrade)
def render_again_after_an_upgrade(world: World) -> None:
    call_command("render_again", stdout=StringIO())


# --- what posts belong to ---


@change
def rename_a_tag(world: World) -> None:
    stored(Tag.objects.get(name="kettles"), name="pots")


@change
def move_a_tag(world: World) -> None:
    stored(Tag.objects.get(name="kettles"), slug="pots")


@change
def delete_a_tag(world: World) -> None:
    Tag.objects.get(name="kettles").delete()


@change
def rename_a_category(world: World) -> None:
    stored(world.tea, name="Teas")


@change
def describe_a_category(world: World) -> None:
    stored(world.green, description="Unfermented.")


@change
def move_a_category(world: World) -> None:
    stored(world.green, parent=None)


@change
def add_a_category_below(world: World) -> None:
    Category.objects.create(name="Black", slug="black", parent=world.tea)


@change
def delete_a_category(world: World) -> None:
    saved(world.posts[0], category=None)
    fresh(world.green).delete()


@change
def rename_a_series(world: World) -> None:
    stored(world.series, title="Slower days")


@change
def delete_a_series(world: World) -> None:
    fresh(world.series).delete()


@change
def rename_an_author(world: World) -> None:
    stored(world.ada, name="Ada O.")


@change
def move_an_author(world: World) -> None:
    stored(world.ada, slug="ada")


@change
def describe_an_author(world: World) -> None:
    stored(world.bo, biography="Sails.")


@change
def show_a_portrait(world: World) -> None:
    stored(world.ada, portrait=cut_portrait(picture()))


@change
def link_an_author_elsewhere(world: World) -> None:
    link = world.bo.links.create(label="Boats", url="https://example.org/boats")
    link.label = "Ships"
    link.save()


@change
def give_a_byline_to_an_account(world: World) -> None:
    stored(world.bo, user=world.ivo)


@change_after(show_a_portrait)
def take_a_byline_from_an_account(world: World) -> None:
    stored(world.ada, user=None)


@change
def change_a_caption(world: World) -> None:
    image = fresh(world.image)
    image.caption = "On the fire"
    change_image(image=image)


@change
def change_the_words_of_a_lead_image(world: World) -> None:
    image = fresh(world.lead)
    image.alt = "A small ship"
    change_image(image=image)


# --- the conversation ---


@change
def reply_at_once(world: World) -> None:
    reply(world, "Kim")


@change
def answer_a_reply(world: World) -> None:
    reply(world, "Kim", parent=world.replies["Zoe"])


def hold_a_reply(world: World) -> None:
    leading.set_up(post=world.posts[2], policy="held")
    reply(world, "Kim", post=world.posts[2], status=Status.PENDING)


@change_after(hold_a_reply)
def approve_a_reply(world: World) -> None:
    decided(world, "Kim", Status.APPROVED)


@change
def remove_a_reply(world: World) -> None:
    decided(world, "Zoe", Status.REMOVED)


@change
def remove_a_reply_with_answers(world: World) -> None:
    decided(world, "Wim", Status.REMOVED)


@change_after(remove_a_reply_with_answers)
def call_a_removed_place_spam(world: World) -> None:
    decided(world, "Wim", Status.SPAM)


def remove_as_a_moderator(world: World) -> None:
    moderator = User.objects.create_superuser("mo", "mo@example.org", "correct horse")
    decide(comments=[fresh(world.replies["Wim"])], decision=Status.REMOVED, by=moderator)


@change_after(remove_as_a_moderator)
def undo_a_removal(world: World) -> None:
    moderator = User.objects.get(username="mo")
    undo(batch=Batch.objects.latest("made_at"), by=moderator)


@change
def edit_a_reply(world: World) -> None:
    edit_reply(comment=fresh(world.replies["Wim"]), body="Said otherwise.")


@change
def erase_a_reply(world: World) -> None:
    erase_replies(comments=[fresh(world.replies["Wim"])])


@change
def claim_replies_by_signing_up(world: World) -> None:
    wim = User.objects.create_user("wim", "wim@example.org", "correct horse", display_name="W.")
    claim(user=wim, email="wim@example.org")


@change
def rename_an_account(world: World) -> None:
    stored(world.ivo, display_name="Ivo B.")


@change
def show_an_accounts_portrait(world: World) -> None:
    stored(world.ivo, portrait=cut_portrait(picture()))


@change_after(show_an_accounts_portrait)
def delete_an_account(world: World) -> None:
    fresh(world.ivo).delete()


@change
def thank_for_a_reply(world: World) -> None:
    give_thanks(comment=fresh(world.replies["Wim"]), visitor=Visitor(browser="a"))


@change_after(thank_for_a_reply)
def take_thanks_for_a_reply_back(world: World) -> None:
    take_thanks_back(comment=fresh(world.replies["Wim"]), visitor=Visitor(browser="a"))


@change
def pin_a_reply(world: World) -> None:
    leading.pin(comment=fresh(world.replies["Wim"]))


@change_after(pin_a_reply)
def unpin_a_reply(world: World) -> None:
    leading.unpin(comment=fresh(world.replies["Wim"]))


@change
def pause_a_conversation(world: World) -> None:
    leading.pause(post=fresh(world.posts[0]))


@change_after(pause_a_conversation)
def resume_a_conversation(world: World) -> None:
    leading.resume(post=fresh(world.posts[0]))


@change
def close_a_conversation(world: World) -> None:
    leading.close(post=fresh(world.posts[0]))


@change_after(close_a_conversation)
def reopen_a_conversation(world: World) -> None:
    leading.reopen(post=fresh(world.posts[0]))


@change
def ask_for_accounts(world: World) -> None:
    leading.set_up(post=fresh(world.posts[0]), policy="accounts")


# --- settings ---

SET = {
    "name": "The Heron",
    "slogan": "By the water.",
    "description": "A blog about birds.",
    "languages": ["en", "nl"],
    "default_language": "nl",
    "time_zone": "Pacific/Auckland",
    "date_style": "iso",
    "posts_per_page": 3,
    "list_text": "whole",
    "feed_items": 2,
    "feed_text": "excerpt",
    "reply_policy": "accounts",
    "close_after": 1,
}


def setting(name: str) -> Act:
    def make(world: World) -> None:
        change_settings(values={name: SET[name]}, by=None)

    return make


for name in SET:
    CHANGES[f"set_the_{name}"] = Change(setting(name))


@change_after(setting("name"))
def take_a_setting_back(world: World) -> None:
    take_back(change=SettingChange.objects.latest("pk"), by=None)


# --- past the site's own functions ---


@change
def load_a_fixture(world: World) -> None:
    tea = fresh(world.tea)
    tea.name = "Loaded"
    load(tea)


@change
def make_demo_posts(world: World) -> None:
    call_command("demo_data", posts=3, replies=0, stdout=StringIO())


# --- by the clock alone ---


def put_a_post_in_everything_off(world: World) -> None:
    saved(
        world.posts[2], published_at=timezone.now() + 3 * DAY, tags=["kettles"], series=world.series
    )


@change_after(put_a_post_in_everything_off)
def let_a_scheduled_post_appear(world: World) -> None:
    world.wait(4 * DAY)


def put_a_strange_translation_off(world: World) -> None:
    later = timezone.now() + 3 * DAY
    saved(world.posts[3], translation_of=world.posts[0], tags=[], published_at=later)


@change_after(put_a_strange_translation_off)
def let_a_translation_appear(world: World) -> None:
    world.wait(4 * DAY)


def move_the_category_of_a_scheduled_post(world: World) -> None:
    saved(world.posts[2], category=world.green, published_at=timezone.now() + 3 * DAY)
    stored(world.green, parent=None)
    world.green = fresh(world.green)


@change_after(move_the_category_of_a_scheduled_post)
def let_a_post_appear_in_a_moved_category(world: World) -> None:
    world.wait(4 * DAY)


def bring_a_scheduled_translation_along(world: World) -> None:
    later = timezone.now() + 3 * DAY
    saved(world.posts[3], translation_of=world.posts[2], published_at=later)
    saved(world.posts[2], translation_of=world.posts[0])


@change_after(bring_a_scheduled_translation_along)
def let_a_translation_appear_in_another_family(world: World) -> None:
    world.wait(4 * DAY)


def load_a_scheduled_post(world: World) -> None:
    saved(world.posts[2], published_at=timezone.now() + 900 * DAY)
    post = fresh(world.posts[2])
    post.published_at = timezone.now() + 3 * DAY
    load(post)


@change_after(load_a_scheduled_post)
def let_a_loaded_post_appear(world: World) -> None:
    world.wait(4 * DAY)


def put_two_posts_off_and_move_the_zone(world: World) -> None:
    """Both are to appear on the first day of a month, which in the zone of before is none yet."""
    auckland = ZoneInfo("Pacific/Auckland")
    day = (timezone.now() + 40 * DAY).astimezone(auckland)
    first = day.replace(day=1, hour=1)
    for place, hour in ((2, 1), (3, 3)):
        world.posts[place] = saved(world.posts[place], published_at=first.replace(hour=hour))
    change_settings(values={"time_zone": auckland.key}, by=None)
    world.wait(first - timezone.now() + timedelta(hours=1))


@change_after(put_two_posts_off_and_move_the_zone)
def let_a_post_appear_in_another_month(world: World) -> None:
    world.wait(timedelta(hours=3))


def tag_a_post_alone(world: World) -> None:
    """The only one with which the first post shares a tag is an old one."""
    for post in world.posts[1:]:
        saved(post, category=None, tags=[])
    saved(world.posts[7], tags=["kettles"])


@change_after(tag_a_post_alone)
def write_drafts_with_its_tag(world: World) -> None:
    for number in range(60):
        draft = Post(title=f"Draft {number}", language="en", body="Not yet.")
        publishing.save_post(post=draft, by=None, bylines=by(world.ada), tags=["kettles", "boats"])


def close_in_some_days(world: World) -> None:
    leading.set_up(post=fresh(world.posts[0]), close_after=3)


@change_after(close_in_some_days)
def let_a_conversation_end(world: World) -> None:
    world.wait(4 * DAY)
