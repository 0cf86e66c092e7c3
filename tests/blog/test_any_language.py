"""A post is in any language of the world; what knows only some of them takes the nearest."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from lxml.html import fromstring

from accounts.models import User
from accounts.roles import Role
from blog import languages
from blog.models import Post
from comments.models import Comment, Status
from comments.verbs.posting import post_comment
from moderation.deciding import decide
from tests.conftest import MakePost, MakeUser
from tests.feeds.reading import texts, xml
from tests.html import form_data

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("nl", "nl"),
        ("NL", "nl"),
        (" de-at ", "de-AT"),
        ("pt-br", "pt-BR"),
        ("PT_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("sr-latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("de-1901", "de-1901"),
        ("de-ch-1996", "de-CH-1996"),
        ("ca-valencia", "ca-valencia"),
        ("rm-sursilv", "rm-sursilv"),
        ("en-x-OURS", "en-x-ours"),
        ("de-DE-u-CO-phonebk", "de-DE-u-co-phonebk"),
        ("fy", "fy"),
        ("nds", "nds"),
        ("tlh", "tlh"),
        ("hi", "hi"),
        # What was written before for what is written so today.
        ("eng", "en"),
        ("deu", "de"),
        ("iw", "he"),
        ("en-UK", "en-GB"),
        ("zh-yue", "yue"),
        # For private use alone, and registered before there were rules (RFC 5646, 2.1 and 2.2.8).
        ("X-Klingon", "x-klingon"),
        ("x-ours-2", "x-ours-2"),
        ("i-KLINGON", "tlh"),
        ("art_lojban", "jbo"),
        ("zh-min-nan", "nan"),
        ("no-nyn", "nn"),
        ("en-gb-oed", "en-GB-oxendict"),
        ("i-default", "i-default"),
        ("i-mingo", "i-mingo"),
        ("cel-gaulish", "cel-gaulish"),
        ("en-a-bbb-c-ddd", "en-a-bbb-c-ddd"),
        ("en-x-a-bbb-a-ccc", "en-x-a-bbb-a-ccc"),
    ],
)
def test_a_tag_is_written_in_one_way(typed: str, written: str) -> None:
    assert languages.canonical_tag(typed) == written
    assert languages.canonical_tag(written) == written


@pytest.mark.parametrize(
    "typed",
    [
        *("", "e", "xx", "Deutsch", "Nederlands", "english", "de AT", "de-", "-de", "de--AT"),
        *("de-Germany", "de-XQ", "de-Qqqq-DE", "en-1996-1996", "x-", "i-ours", "*", "../.."),
        *(
            "\x00",
            "de\x00",
            "nl\n-BE",
            "ｎｌ",
            "n²",
            "de-" + "a" * 40,
            "en-u",
            "en-a-bbb-a-ccc",
            "en-a-bbb-c-ddd-a-eee",
            "x-ninelette",
            "i-klingon-DE",
            "a" * 5000,
            "de-abcde",
        ),
    ],
)
def test_what_is_no_tag_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        languages.canonical_tag(typed)
    assert "is no language tag. Write one such as nl, de-AT or pt-BR." in refused.value.messages[0]


@pytest.mark.parametrize(
    ("tag", "reader", "name"),
    [
        ("nl", "en", "Dutch"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("pt-BR", "nl", "Portugees (Brazilië)"),
        ("pt-BR", "de", "Portugiesisch (Brasilien)"),
        ("zh-Hant-TW", "en", "Chinese (Traditional, Taiwan)"),
        ("de-1901", "en", "German (Traditional German orthography)"),
        ("tlh", "de", "Klingonisch"),
        ("rm-sursilv", "en", "Romansh (sursilv)"),
        ("qaa", "en", "qaa"),
        ("nonsense", "en", "nonsense"),
    ],
)
def test_a_language_is_named_to_readers_in_theirs(tag: str, reader: str, name: str) -> None:
    with override(reader):
        assert languages.language_name(tag) == name


def test_a_language_has_a_name_of_its_own() -> None:
    assert [languages.own_name(tag) for tag in ("de-AT", "fy", "ru", "tlh", "qaa")] == [
        "Deutsch (Österreich)",
        "Frysk",
        "русский",
        "Klingon",
        "qaa",
    ]


# --- writing ---

ADD = "/admin/blog/post/add/"


@pytest.fixture
def ada(client: Client, make_user: MakeUser) -> User:
    user = make_user("ada", role=Role.EDITOR, display_name="Ada Okafor")
    client.force_login(user)
    return user


def send(client: Client, **fields: Any) -> Any:
    data = form_data(client.get(ADD).text, form_id="post_form")
    return client.post(ADD, data | {"title": "Olá", "body": "Bom dia."} | fields)


def test_the_form_offers_the_interfaces_languages_first_and_takes_any(
    client: Client, ada: User
) -> None:
    page = fromstring(client.get(ADD).text)
    (field,) = page.xpath("//input[@name='language']")
    offered = page.xpath(f"//datalist[@id='{field.get('list')}']/option")
    assert [option.get("value") for option in offered[:3]] == ["en", "nl", "de"]
    assert len(offered) > 150
    send(client, language="pt-br", _save="1")
    assert Post.objects.get().language == "pt-BR"


def test_a_typing_error_is_told_at_the_field_and_nothing_is_lost(client: Client, ada: User) -> None:
    answer = send(client, language="Portugees", _save="1")
    assert (answer.status_code, Post.objects.count()) == (200, 0)
    page = fromstring(answer.text)
    (field,) = page.xpath("//input[@name='language']")
    assert field.get("value") == "Portugees"
    (error,) = page.xpath("//*[contains(@class, 'field-language')]//ul[contains(@class, 'error')]")
    assert "“Portugees” is no language tag" in error.text_content()
    assert "Bom dia." in answer.text


def test_the_desk_filters_by_language_and_names_it(
    client: Client, ada: User, make_post: MakePost
) -> None:
    for title, tag in (("Olá", "pt-BR"), ("Servus", "de-AT"), ("Hello", "en")):
        make_post(title, language=tag)
    page = fromstring(client.get("/admin/blog/post/").text)
    links = page.xpath("//details[@data-filter-title='language']//a")
    names = [link.text_content().strip() for link in links][1:]
    assert names == ["English", "German (Austria)", "Portuguese (Brazil)"]
    shown = page.xpath("//td[contains(@class, 'field-named_language')]")
    assert sorted(cell.text_content() for cell in shown) == names
    found = client.get("/admin/blog/post/?language=pt-BR").text
    assert "Olá" in found
    assert "Servus" not in found


def test_what_did_not_come_by_the_form_is_written_in_the_same_way(make_post: MakePost) -> None:
    assert make_post(language="pt_br").language == "pt-BR"


# --- reading ---


def test_each_language_has_its_page_named_to_the_reader(
    client: Client, make_post: MakePost
) -> None:
    make_post("Olá", language="pt-BR")
    page = fromstring(client.get("/languages/pt-BR/", headers={"Accept-Language": "nl"}).text)
    assert page.findtext(".//h1") == "Portugees (Brazilië)"
    (entry,) = page.find_class("h-entry")
    assert entry.get("lang") == "pt-BR"


def test_a_language_of_ones_own_has_its_page_too(client: Client, make_post: MakePost) -> None:
    post = make_post("nuqneH", language="x-klingon")
    for address in (post.get_absolute_url(), "/languages/x-klingon/", "/languages/x-klingon/feed/"):
        assert "nuqneH" in client.get(address).text
    assert "nuqneH" not in client.get("/languages/x-other/").text


def test_the_page_of_a_language_shows_its_regional_forms(
    client: Client, make_post: MakePost
) -> None:
    make_post("Servus", language="de-AT")
    make_post("Moin", language="de")
    make_post("Other", language="den")
    page = client.get("/languages/de/").text
    assert "Servus" in page
    assert "Moin" in page
    assert "Other" not in page
    austrian = client.get("/languages/de-AT/").text
    assert "Servus" in austrian
    assert "Moin" not in austrian


def test_a_tag_written_otherwise_leads_to_the_page(client: Client, make_post: MakePost) -> None:
    make_post("Olá", language="pt-BR")
    answer = client.get("/languages/PT-br/?page=1")
    assert (answer.status_code, answer["Location"]) == (301, "/languages/pt-BR/?page=1")


@pytest.mark.parametrize("code", ["xx", "deutsch", "fr", "pt-BR", "pt", "de-AT", "*", "a" * 40])
def test_a_language_in_which_nothing_is_written_has_no_page(
    client: Client, make_post: MakePost, code: str
) -> None:
    make_post("A draft", language="fr", live=False)
    for suffix in ("", "feed/", "feed/atom/", "feed/json/"):
        assert client.get(f"/languages/{code}/{suffix}").status_code == 404


def test_archive_and_sitemap_lead_to_every_language(client: Client, make_post: MakePost) -> None:
    for tag in ("pt-BR", "ru", "nl", "qaa"):
        make_post(tag, language=tag)
    page = fromstring(client.get("/archive/", headers={"Accept-Language": "de"}).text)
    links = page.xpath("//section[@aria-labelledby='by-language']//a")
    assert [link.text_content() for link in links] == [
        "Niederländisch",
        "Portugiesisch (Brasilien)",
        "Qaa",
        "Russisch",
    ]
    addresses = [link.get("href") for link in links]
    assert {client.get(address).status_code for address in addresses} == {200}
    sitemap = client.get("/sitemap-languages.xml").text
    assert all(f"http://testserver{address}<" in sitemap for address in addresses)


def test_what_came_from_elsewhere_and_is_no_tag_breaks_no_page(
    client: Client, make_post: MakePost
) -> None:
    post = make_post("Tag", language="no tag!")
    for address in ("/", "/archive/", "/sitemap-languages.xml", "/feed/", post.get_absolute_url()):
        assert client.get(address).status_code == 200


def test_its_feeds_are_in_it(client: Client, make_post: MakePost) -> None:
    make_post("Olá", language="pt-BR")
    rss = client.get("/languages/pt-BR/feed/")
    assert texts(rss, "/rss/channel/language") == ["pt-BR"]
    assert texts(rss, "//item/dc:language") == ["pt-BR"]
    assert rss["Content-Language"] == "pt-BR"
    atom = xml(client.get("/languages/pt-BR/feed/atom/"))
    assert [one.get(XML_LANG) for one in (atom, atom.find("{*}entry"))] == ["pt-BR"] * 2
    assert client.get("/languages/pt-BR/feed/json/").json()["language"] == "pt-BR"


def test_a_post_says_its_language_everywhere(client: Client, make_post: MakePost) -> None:
    original = make_post("Hallo", language="nl")
    post = make_post("Olá", language="pt-BR", translation_of=original)
    page = client.get(post.get_absolute_url()).text
    tree = fromstring(page)
    assert tree.get("lang") == "pt-BR"
    assert tree.find_class("h-entry")[0].get("lang") == "pt-BR"
    assert '"inLanguage": "pt-BR"' in page
    alternates = tree.xpath("//link[@rel='alternate'][@hreflang]/@hreflang")
    assert alternates == ["nl", "pt-BR", "x-default"]
    other = fromstring(client.get(original.get_absolute_url()).text)
    (link,) = other.xpath("//a[@rel='alternate'][@hreflang='pt-BR']")
    assert link.text_content() == "Português (Brasil): Olá"


# --- what depends on it ---


@pytest.mark.parametrize(
    ("tag", "quoted"),
    [
        ("de-AT", "„Ja“"),
        ("de-1901", "„Ja“"),
        ("de-CH", "«Ja»"),
        ("de-CH-1996", "«Ja»"),
        ("nl-BE", "“Ja”"),
        ("pt-BR", "“Ja”"),
        ("qaa", "“Ja”"),
    ],
)
def test_quotes_are_those_of_the_nearest_language(
    client: Client, make_post: MakePost, ada: User, tag: str, quoted: str
) -> None:
    assert make_post(language=tag, body='"Ja"').body_html == f"<p>{quoted}</p>\n"
    sent = {"content": '"Ja"', "language": tag.lower()}
    assert quoted in client.post(reverse("desk:preview"), sent).text


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de-AT", "Alle Rechte vorbehalten"),
        ("nl-BE", "Alle rechten voorbehouden"),
        ("pt-BR", "All rights reserved"),
    ],
)
def test_the_words_of_a_licence_are_in_the_nearest_language_of_the_interface(
    make_post: MakePost, make_image: Any, tag: str, words: str
) -> None:
    image = make_image(alt="Fog", licence="all-rights-reserved", credit="Ada")
    assert words in make_post(language=tag, body=image.markdown).body_html


def test_the_feed_of_a_conversation_is_in_the_posts_language_with_words_of_the_nearest(
    client: Client, make_post: MakePost
) -> None:
    post = make_post("Servus", language="de-AT")
    comment = post_comment(
        post=post, body="Ja.", language=post.language, name="Wim", email="wim@example.org"
    )
    decide(comments=[comment], decision=Status.APPROVED, by=None)
    answer = client.get(f"/{post.address}/comments/feed/")
    assert texts(answer, "/rss/channel/language") == ["de-AT"]
    assert texts(answer, "//item/dc:language") == ["de-AT"]
    assert texts(answer, "/rss/channel/title") == ["Antworten auf „Servus“"]


def test_a_reply_is_in_the_language_of_its_post(client: Client, make_post: MakePost) -> None:
    post = make_post("Olá", language="zh-Hant-TW")
    address = f"{post.get_absolute_url()}reply/"
    data = form_data(client.get(address).text, form_id="reply-form")
    client.post(address, data | {"name": "Wim", "email": "wim@example.org", "reply": "Well."})
    assert Comment.objects.get().language == "zh-Hant-TW"
