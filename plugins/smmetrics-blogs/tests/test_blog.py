from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from smmetrics_blogs.blog import blog_of
from smmetrics_blogs.clock import published, when

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://blog.example.org/", "blog.example.org"),
        ("http://Blog.Example.org", "blog.example.org"),
        ("https://example.org/news/", "example.org/news"),
        ("https://example.org:8443", "example.org:8443"),
        ("example.org", "example.org"),
    ],
)
def test_a_blog_is_its_address(url, id_):
    blog = blog_of({"base_blog_url": url, "title": "T"})
    assert (blog.id, blog.messages) == (id_, ())
    assert blog.post("7") == f"{id_}/7"


@pytest.mark.parametrize(
    "url", ["http://localhost/", "http://localhost:8080", "http://wp.local", "http://192.168.0.4/x", "http://wp/", ""]
)
def test_blogs_on_somebodys_own_machine_are_told_apart_by_title(url):
    one, other = (blog_of({"base_blog_url": url, "title": title}) for title in ("one", "other"))
    assert one.post("1") != other.post("1")
    assert "told" not in one.id
    assert "title" in one.messages[0]


def test_the_address_falls_back_to_the_channels_link():
    assert blog_of({"link": "https://b.example.org", "title": "T"}).id == "b.example.org"


def test_gmt_is_used_where_there_is_one_and_the_local_date_is_shown():
    moment = when("2011-01-01 00:30:00", "2010-12-31 23:30:00", BERLIN)
    assert moment.at == datetime(2010, 12, 31, 23, 30, tzinfo=UTC)
    assert moment.on == date(2011, 1, 1)


def test_without_gmt_local_time_is_read_in_the_zone_given():
    moment = when("2011-07-01 12:00:00", "0000-00-00 00:00:00", BERLIN)
    assert moment.at == datetime(2011, 7, 1, 10, 0, tzinfo=UTC)


def test_a_draft_without_gmt_has_no_date():
    moment = when("2011-07-01 12:00:00", "0000-00-00 00:00:00", BERLIN, dated=False)
    assert (moment.at, moment.on, moment.precision) == (None, None, "none")


@pytest.mark.parametrize("stamp", ["yesterday", "2011-13-01 00:00:00", "2011-02-30 00:00:00", "2011-01-01"])
def test_what_is_no_date_is_refused(stamp):
    with pytest.raises(ValueError):  # noqa: PT011 (whatever it says, the record is set aside)
        when(stamp, "", BERLIN)


def test_pub_dates_are_instants_or_nothing():
    assert published("Tue, 18 Jan 2011 08:06:21 +0000") == datetime(2011, 1, 18, 8, 6, 21, tzinfo=UTC)
    assert published("Tue, 18 Jan 2011 08:06:21 +0200") == datetime(2011, 1, 18, 6, 6, 21, tzinfo=UTC)
    assert published("no date") is None
    assert published("") is None
