"""What comes into the library, and what leaves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, models, transaction

from blog.models import Post
from images import library
from images.models import Image
from images.signals import image_changed
from pictures import RefusedPicture, clean
from tests.conftest import MakePost, MakeUser
from tests.images.conftest import MakeImage
from tests.pictures.samples import (
    GPS_IFD,
    animation,
    camera_exif,
    decoded,
    encoded,
    half_and_half,
    photo,
)


def stored_files(settings: Any) -> list[Path]:
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_an_image_is_kept_with_its_renditions(make_image: MakeImage) -> None:
    image = make_image(width=1200, height=600)
    assert (image.width, image.height, image.renditions) == (1200, 600, [480, 720, 960])
    for name, width in zip(image.file_names, [1200, 480, 720, 960], strict=True):
        with default_storage.open(name) as file:
            assert decoded(file.read()).size == (width, width // 2)


def test_an_animation_moves_in_every_size_and_is_called_what_it_is(db: None) -> None:
    image = library.add_image(data=animation("GIF", size=(1200, 60)), uploaded_by=None)
    assert image.renditions == [480, 720, 960]
    assert str(image.file.name).endswith(".webp")
    for name in image.file_names:
        with default_storage.open(name) as file:
            assert getattr(decoded(file.read()), "n_frames", 1) == 3


def test_place_and_camera_are_gone_from_every_stored_file(db: None, settings: Any) -> None:
    library.add_image(data=encoded(photo(), exif=camera_exif()), uploaded_by=None)
    assert stored_files(settings)
    for path in stored_files(settings):
        assert b"Spionage" not in path.read_bytes()
        assert not decoded(path.read_bytes()).getexif().get_ifd(GPS_IFD)


def test_a_photograph_taken_upright_is_stored_upright(db: None) -> None:
    data = encoded(half_and_half(200, 100), exif=camera_exif(orientation=6))
    image = library.add_image(data=data, uploaded_by=None)
    assert (image.width, image.height) == (100, 200)


def test_the_name_of_a_file_cannot_be_guessed_from_another(make_image: MakeImage) -> None:
    images = [make_image() for _ in range(3)]
    assert len({image.key for image in images}) == 3
    assert all(len(image.key) == 16 for image in images)
    assert all(image.key in str(image.file.name) for image in images)


def test_what_is_no_picture_leaves_nothing_behind(db: None, settings: Any) -> None:
    with pytest.raises(RefusedPicture):
        library.add_image(data=b"MZ\x90", uploaded_by=None)
    assert not Image.objects.exists()
    assert not stored_files(settings)


def test_a_row_that_cannot_be_kept_leaves_no_file(make_image: MakeImage, settings: Any) -> None:
    make_image()
    before = stored_files(settings)
    unfit = Image(caption=None)  # type: ignore[misc]
    with pytest.raises(DatabaseError), transaction.atomic():
        library.keep_picture(image=unfit, picture=clean(encoded(photo())))
    assert stored_files(settings) == before


def test_deleting_removes_the_files_once_it_is_certain(
    make_image: MakeImage, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    image = make_image()
    with django_capture_on_commit_callbacks() as callbacks:
        library.delete_images(images=[image])
        assert stored_files(settings)
    for callback in callbacks:
        callback()
    assert not Image.objects.exists()
    assert not stored_files(settings)


def test_an_image_in_a_text_cannot_be_deleted(make_image: MakeImage, make_post: MakePost) -> None:
    image = make_image()
    post = make_post(body=f"Look!\n\n![Fog](image:{image.key})")
    assert library.uses_of(image) == [post]
    with pytest.raises(models.ProtectedError):
        library.delete_images(images=[image])
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_lead_image_cannot_be_deleted(make_image: MakeImage, make_post: MakePost) -> None:
    image = make_image()
    make_post(lead_image=image)
    with pytest.raises(models.ProtectedError):
        library.delete_images(images=[image])


def test_a_change_is_told_after_commit(
    make_image: MakeImage, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[Image] = []

    def listen(image: Image, **kwargs: Any) -> None:
        heard.append(image)

    image = make_image()
    image_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            library.change_image(image=image)
            assert not heard
    finally:
        image_changed.disconnect(listen)
    assert heard == [image]


def test_a_new_caption_reaches_the_posts_that_show_the_image(
    make_image: MakeImage, make_post: MakePost, django_capture_on_commit_callbacks: Any
) -> None:
    image = make_image(caption="Before")
    post = make_post(body=f"![Fog](image:{image.key})")
    image.caption = "Over the river"
    with django_capture_on_commit_callbacks(execute=True):
        library.change_image(image=image)
    assert "Over the river" in Post.objects.get(pk=post.pk).body_html


def test_an_image_outlives_the_account_that_sent_it(
    make_image: MakeImage, make_user: MakeUser
) -> None:
    user = make_user()
    image = make_image(uploaded_by=user)
    user.delete()
    image.refresh_from_db()
    assert image.uploaded_by is None
