"""Photos: several at once, hostile files, phones' formats, nothing of where they were taken, who may open them."""

import io

import pillow_heif
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from activities import selectors, services
from activities.models import Photo
from activities.services import PhotoNote
from audit.models import AuditEntry
from core import files, pdf
from core.clock import Span
from core.errors import Denied
from core.models import StoredFile
from core.pdf.blocks import Picture
from tests.factories import ActivityFactory, moment

pytestmark = pytest.mark.django_db
GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def phone_exif():
    """As a telephone writes it: maker, turned by 90 degrees, and the place (29°33'50"N 106°33'2"E)."""
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "PhoneMaker", 6
    exif.get_ifd(GPS).update({1: "N", 2: (29.0, 33.0, 50.0), 3: "E", 4: (106.0, 33.0, 2.0)})
    return exif


def jpeg(size=(80, 40), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, "seagreen").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def heic(size=(80, 40)):
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, "seagreen")).save(buffer, exif=phone_exif().tobytes())
    return buffer.getvalue()


def upload(data, name="现场.jpg"):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def held(office):
    return ActivityFactory(office=office, state="held")


@pytest.fixture
def add(held, clerk):
    """`add(jpeg(), ...)` → the kept photos."""
    return lambda *data: services.add_photos(by=clerk, activity=held, uploads=[upload(each) for each in data])[0]


def stored_picture(stored):
    return Image.open(io.BytesIO(files.read(stored)))


def test_the_test_picture_really_says_where_it_was_taken():
    assert Image.open(io.BytesIO(jpeg(exif=phone_exif()))).getexif().get_ifd(GPS)
    assert Image.open(io.BytesIO(heic())).getexif().get_ifd(GPS)


@pytest.mark.parametrize("kind", ["photo", "thumbnail"])
@pytest.mark.parametrize("data", [jpeg(exif=phone_exif()), heic()], ids=["jpeg", "heic"])
def test_nothing_of_the_phone_and_the_place_is_kept(add, data, kind):
    photo = add(data)[0]
    stored = {"photo": photo.file, "thumbnail": photo.thumbnail}[kind]
    raw = files.read(stored)
    assert dict(stored_picture(stored).getexif()) == {}
    assert b"PhoneMaker" not in raw and b"Exif" not in raw


def test_a_turned_photo_stands_upright(add):
    photo = add(jpeg((80, 40), exif=phone_exif()))[0]
    assert (photo.file.width, photo.file.height) == (40, 80)


def test_an_apple_photo_becomes_a_jpeg(held, clerk):
    kept, refused = services.add_photos(by=clerk, activity=held, uploads=[upload(heic(), "IMG_0042.HEIC")])
    assert refused == [] and kept[0].file.content_type == "image/jpeg" and kept[0].file.original_name == "IMG_0042.jpg"


def huge():
    buffer = io.BytesIO()
    Image.new("1", (20000, 20000)).save(buffer, "PNG")
    return buffer.getvalue()


HOSTILE = {
    "page": ("页.html", b"<script>alert(1)</script>", "只接收"),
    "drawing": ("图.svg", b"<svg onload='alert(1)'/>", "只接收"),
    "page as photo": ("照片.jpg", b"<html><script>alert(1)</script></html>", "不是有效的照片"),
    "program as photo": ("照片.png", b"MZ\x90\x00" * 200, "不是有效的照片"),
    "truncated": ("半张.jpg", jpeg((900, 900))[:400], "不是有效的照片"),
    "empty": ("空.jpg", b"", "空文件"),
    "too many pixels": ("大.png", huge(), "像素太多"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_and_the_good_one_kept(held, clerk, case):
    name, data, words = HOSTILE[case]
    kept, refused = services.add_photos(by=clerk, activity=held, uploads=[upload(data, name), upload(jpeg())])
    assert len(kept) == 1 and len(refused) == 1
    assert words in refused[0] and name in refused[0]
    assert StoredFile.objects.count() == 2


def test_what_hides_behind_a_picture_is_dropped(add):
    photo = add(jpeg() + b"PK\x03\x04<script>alert(1)</script>")[0]
    assert b"script" not in files.read(photo.file)


def test_a_nasty_file_name_is_only_a_name(held, clerk):
    photo = services.add_photos(by=clerk, activity=held, uploads=[upload(jpeg(), "..\\..\\a\u202egpj.jpg")])[0][0]
    assert photo.file.original_name == "agpj.jpg"
    assert ".." not in photo.file.storage_name


def test_there_is_a_limit(held, clerk, monkeypatch):
    monkeypatch.setattr(services.photos, "MOST_PHOTOS", 1)
    kept, refused = services.add_photos(by=clerk, activity=held, uploads=[upload(jpeg()), upload(jpeg((90, 40)))])
    assert len(kept) == 1 and "最多 1 张" in refused[0]


def test_the_same_bytes_are_kept_once(held, clerk):
    kept, refused = services.add_photos(by=clerk, activity=held, uploads=[upload(jpeg()), upload(jpeg(), "再传.jpg")])
    assert len(kept) == 1 and refused == ["“再传.jpg”已经上传过，没有重复保存。"]
    assert StoredFile.objects.count() == 2


# --- pages -------------------------------------------------------------------------------------------------------
def test_the_page_keeps_the_good_ones_and_names_the_others(held, clerk, browser):
    url = reverse("activity_photos", args=[held.pk])
    picked = [upload(jpeg(), "好.jpg"), upload(b"x", "坏.jpg"), upload(heic(), "手机.heic")]
    page = browser(clerk).post(url, {"photos": picked}, follow=True).content.decode()
    assert "已保存 2 张照片" in page and "“坏.jpg”不是有效的照片" in page
    assert held.photos.count() == 2


def test_a_second_post_of_one_form_adds_nothing(held, clerk, browser):
    url = reverse("activity_photos", args=[held.pk])
    key = browser(clerk).get(url).context["idempotency_key"]
    for _ in range(2):
        browser(clerk).post(url, {"photos": [upload(jpeg())], "idempotency_key": key})
    assert held.photos.count() == 1


def test_captions_and_choice_for_reports_are_saved(held, clerk, browser, add):
    first, second = add(jpeg(), jpeg((90, 40)))
    data = {f"caption-{first.pk}": "查看河道<b>", f"report-{first.pk}": "on", f"caption-{second.pk}": ""}
    page = browser(clerk).post(reverse("activity_photos_arrange", args=[held.pk]), data, follow=True)
    first.refresh_from_db()
    assert (first.caption, first.use_in_report) == ("查看河道<b>", True)
    assert "查看河道&lt;b&gt;" in page.content.decode()


def test_a_deleted_photo_leaves_no_file(held, clerk, add, django_capture_on_commit_callbacks):
    photo = add(jpeg())[0]
    names = [photo.file.storage_name, photo.thumbnail.storage_name]
    with django_capture_on_commit_callbacks(execute=True):
        services.arrange_photos(by=clerk, activity=held, notes={photo.pk: PhotoNote(delete=True)})
    assert not Photo.objects.exists() and not any(default_storage.exists(name) for name in names)


def test_another_activitys_photo_is_not_touched(held, clerk, add, office):
    photo = add(jpeg())[0]
    other = ActivityFactory(office=office)
    services.arrange_photos(by=clerk, activity=other, notes={photo.pk: PhotoNote(delete=True)})
    assert held.photos.count() == 1


def test_a_summarised_activity_takes_a_late_photo_and_the_trail_says_so(office, clerk):
    activity = ActivityFactory(office=office, state="summarised", minutes="记录")
    services.add_photos(by=clerk, activity=activity, uploads=[upload(jpeg())])
    entry = AuditEntry.objects.get(action="activity.photos")
    assert entry.detail["after_summary"] is True and activity.photos.count() == 1
    with pytest.raises(Denied, match="重新打开"):
        services.save_results(by=clerk, activity=activity, version=None, values={})


def test_a_cancelled_activity_takes_no_photo(office, clerk):
    with pytest.raises(Denied, match="已取消"):
        services.add_photos(by=clerk, activity=ActivityFactory(office=office, state="cancelled"), uploads=[])


# --- one by one --------------------------------------------------------------------------------------------------
def test_one_photo_answers_with_its_entry_for_the_page(held, clerk, browser):
    url = reverse("photo_upload", args=[held.pk])
    answer = browser(clerk).post(url, {"photo": upload(heic(), "IMG_0042.HEIC")})
    photo = held.photos.get()
    assert answer.status_code == 200 and f'id="photo-{photo.pk}"' in answer.content.decode()


def test_a_photo_sent_again_after_a_lost_answer_is_there_once(held, clerk, browser):
    url = reverse("photo_upload", args=[held.pk])
    answers = [browser(clerk).post(url, {"photo": upload(jpeg())}) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert all(f'id="photo-{held.photos.get().pk}"' in each.content.decode() for each in answers)


def test_a_bad_photo_answers_with_a_sentence(held, clerk, browser):
    answer = browser(clerk).post(reverse("photo_upload", args=[held.pk]), {"photo": upload(b"x", "坏.jpg")})
    assert answer.status_code == 422 and answer.content.decode() == "“坏.jpg”不是有效的照片，请重新选择。"
    assert answer["Content-Type"].startswith("text/plain")


# --- several at once ---------------------------------------------------------------------------------------------
def post_arranged(browser, clerk, held, photos, **data):
    captions = {f"caption-{photo.pk}": photo.caption for photo in photos}
    return browser(clerk).post(reverse("activity_photos_arrange", args=[held.pk]), {**captions, **data})


def test_ticked_photos_are_marked_and_captioned_together(held, clerk, browser, add):
    photos = add(jpeg(), jpeg((90, 40)), jpeg((70, 40)))
    picks = {f"pick-{photo.pk}": "on" for photo in photos[:2]}
    post_arranged(browser, clerk, held, photos, mark="1", **picks)
    assert list(held.photos.values_list("use_in_report", flat=True)) == [True, True, False]
    marks = {f"report-{photo.pk}": "on" for photo in photos[:2]}
    post_arranged(browser, clerk, held, photos, caption_all="1", shared_caption="查看河道", **picks, **marks)
    assert list(held.photos.values_list("caption", flat=True)) == ["查看河道", "查看河道", ""]


def test_a_smiley_does_not_reach_the_report(held, clerk, browser, add):
    photo = add(jpeg())[0]
    url = reverse("activity_photos_arrange", args=[held.pk])
    browser(clerk).post(url, {f"caption-{photo.pk}": "查看河道😀"})
    photo.refresh_from_db()
    assert photo.caption == "查看河道"


def test_only_the_ticked_photos_are_deleted(held, clerk, browser, add):
    photos = add(jpeg(), jpeg((90, 40)))
    post_arranged(browser, clerk, held, photos, delete="1", **{f"pick-{photos[0].pk}": "on"})
    assert list(held.photos.all()) == [photos[1]]


def test_a_photo_moves_one_place(held, clerk, browser, add):
    first, second, third = add(jpeg(), jpeg((90, 40)), jpeg((70, 40)))
    answer = post_arranged(browser, clerk, held, [first, second, third], back=str(first.pk))
    assert list(held.photos.all()) == [second, first, third] and answer.url.endswith(f"#photo-{first.pk}")
    post_arranged(browser, clerk, held, [first, second, third], front=str(second.pk))
    assert list(held.photos.all()) == [second, first, third]


@pytest.mark.parametrize("url", ["photo", "photo_thumbnail"])
def test_a_photo_is_served_so_that_nothing_runs(clerk, browser, add, url):
    answer = browser(clerk).get(reverse(url, args=[add(jpeg())[0].pk]))
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).format == "JPEG"


# --- documents ---------------------------------------------------------------------------------------------------
def test_documents_get_only_photos_chosen_for_reports(held, clerk, add):
    photo = add(jpeg())[0]
    assert selectors.photo_bytes(str(photo.pk)) is None
    services.arrange_photos(by=clerk, activity=held, notes={photo.pk: PhotoNote(use_in_report=True)})
    body, mime = pdf.media_resolver(str(photo.pk))
    assert mime == "image/jpeg" and body == files.read(photo.file)


def test_a_chosen_photo_stands_in_the_pdf(held, clerk, add):
    photo, other = add(jpeg((640, 480)), jpeg())
    services.arrange_photos(by=clerk, activity=held, notes={photo.pk: PhotoNote("查看河道", use_in_report=True)})
    assert list(selectors.report_photos([held.office_id], Span.year(2026))) == [photo]
    blocks = [Picture(str(each.pk), each.caption) for each in (photo, other)]
    made = pdf.render("documents/composed.html", {"blocks": blocks}, title="总结", created=moment(12, 31))
    assert b"/Subtype /Image" in made.data and made.refused == [f"media:{other.pk}"]


@pytest.mark.parametrize("media_id", ["", "x", "-1", "1;2", "9" * 30, "０", "../1"])
def test_an_invented_photo_is_no_photo(db, media_id):
    assert selectors.photo_bytes(media_id) is None
