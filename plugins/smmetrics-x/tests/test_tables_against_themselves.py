"""Tables that say two things of one post: its id is a clock, and its date another."""

from datetime import UTC, datetime, timedelta

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of
from smmetrics_x.clock import BITS, EPOCH

NOW = datetime(2019, 1, 5, 23, 30, tzinfo=UTC)
LEGACY = "Tweet id,Tweet permalink,Tweet text,time,impressions,likes\n"
CONTENT = "Post id,Date,Post text,Post Link,Impressions\n"
NAMES = {LEGACY: "tweet_activity_metrics_acme_20190101_20190201_en.csv", CONTENT: "account_analytics_content.csv"}


def id_at(moment):
    return int((moment - EPOCH) / timedelta(milliseconds=1)) << BITS


def said(tmp_path, header, *lines):
    path = tmp_path / NAMES[header]
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    result = reader_of("smmetrics_x", tmp_path / "copies").read(path, Answers())
    assert result.kept == len(lines)
    return [message for message in result.messages if "disagrees with their date" in message]


def legacy(moment, shown):
    number = id_at(moment)
    return f"{number},https://twitter.com/acme/status/{number},a,{shown:%Y-%m-%d %H:%M} +0000,1,1"


def content(moment, shown):
    number = id_at(moment)
    return f'{number},"{shown:%a, %b %d, %Y}",a,https://x.com/acme/status/{number},1'


@pytest.mark.parametrize(("header", "line"), [(LEGACY, legacy), (CONTENT, content)], ids=["legacy", "content"])
def test_ids_and_dates_that_agree_are_not_spoken_of(tmp_path, header, line):
    assert said(tmp_path, header, line(NOW, NOW), line(NOW + timedelta(seconds=30), NOW)) == []


def test_a_day_of_another_zone_is_no_disagreement(tmp_path):
    day = timedelta(days=1)
    assert said(tmp_path, CONTENT, content(NOW, NOW + day), content(NOW, NOW - day)) == []


@pytest.mark.parametrize(
    ("header", "line", "off"),
    [(LEGACY, legacy, timedelta(minutes=3)), (CONTENT, content, timedelta(days=3))],
    ids=["legacy", "content"],
)
def test_dates_that_somebody_changed_are_counted_and_kept(tmp_path, header, line, off):
    (message,) = said(tmp_path, header, line(NOW, NOW + off), line(NOW, NOW - off), line(NOW, NOW))
    assert message.startswith("2 posts have an id that disagrees with their date")
    assert f"{id_at(NOW)} was made on 2019-01-05 23:30 UTC" in message


def test_ids_from_before_they_were_clocks_say_nothing(tmp_path):
    assert said(tmp_path, LEGACY, "20,https://twitter.com/acme/status/20,a,2019-01-05 10:00 +0000,1,1") == []
