"""Files that are known by name and not read: each is refused by what it is, with what to do."""

from __future__ import annotations

import pytest

from smmetrics.intake import Answers, Reader
from smmetrics_anytable.strangers import STRANGERS


@pytest.fixture
def read(tmp_path):
    def reading(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        reader = Reader((), {}, copies=tmp_path / "copies", key=bytes(32), use={}.get, strangers=STRANGERS)
        (result,) = reader.read_all(path, Answers())
        return result

    return reading


@pytest.mark.parametrize(
    ("name", "text", "what", "left_out"),
    [
        ("Consultas.csv", "Consultas principales,Clics,Impresiones,CTR,Posición\na,1,2,50%,1", "Search Console", False),
        ("Queries.csv", "Top queries,8/1/25 - 8/30/25 Clicks,7/1/25 - 7/31/25 Clicks\na,1,2", "compares two spans", False),
        ("Filters.csv", "Filter,Value\nSearch type,Web", "list of filters", True),
        ("p.csv", "Store code,Business name,Directions,Website clicks\n,Acme,1,2", "Business Profile", False),
        ("b.csv", '"Date","Clicks","Impressions","Avg. CTR"\n"12/27/2025","3","1","2.4"', "Bing", False),
        ("r.csv", "Campaign name,Reach,Impressions,Reporting starts,Reporting ends\na,1,2,2025-02-01,2025-02-02", "Ads Manager", False),
        ("ghost.json", '{"db":[{"data":{"posts":[{"id":1,"title":"a"}]}}]}', "Ghost", False),
        ("posts.json", '[{"id":1,"title":{"rendered":"a"},"content":{"rendered":"b"}}]', "WordPress", False),
        ("posts.csv", "post_id,post_date,is_published,type,audience,title\n1.a,2019-07-26,TRUE,newsletter,everyone,A", "Substack", False),
        ("Education.csv", "School Name,Start Date,End Date,Notes\nA,1999,2001,", "LinkedIn", True),
        ("Shares.csv", "Date,Share Title,Share Link,Share Commentary\n2017/06/08,,https://a.example,b", "what you shared", False),
        ("ads_viewed.json", '{"impressions_history_ads_seen":[{"string_map_data":{"Time":{"timestamp":1}}}]}', "Instagram", True),
        ("user_data.json", '{"Ads and data":{"Off TikTok Activity":{"List":[{"TimeStamp":"2024-09-04"}]}}}', "TikTok", False),
        ("Viewers.csv", '"Date","Total Viewers","New Viewers","Returning Viewers"\n"May 1","9","1","8"', "TikTok", False),
        ("FollowerGender.csv", '"Gender","Distribution"\n"Female","0.59"\n"Male","0.41"', "TikTok", False),
        ("Company Follows.csv", "Organization,Followed On\nAcme,Wed Jun 16 06:56:05 UTC 2021", "LinkedIn", True),
        ("Skills.csv", "Name\nSowing\nTeaching", "skills", True),
        ("Skills (1).csv", "Name\nSowing\nTeaching", "skills", True),
        ("Certifications.csv", "Name,Url,Authority,Started On,Finished On,License Number\na,,,,,", "certificates", True),
        ("Projects.csv", "Title,Description,Url,Started On,Finished On\na,,,,", "projects", True),
        ("Volunteering.csv", "Company Name,Role,Cause,Started On,Finished On,Description\na,,,,,", "LinkedIn", True),
        ("Endorsement_Given_Info.csv", "Endorsement Date,Skill Name,Endorsee First Name\na,b,c", "LinkedIn", True),
        ("PhoneNumbers.csv", "Extension,Number,Type\n,1,Mobile", "telephone", True),
        ("Votes.csv", "Date,Link,OptionText\n2026-01-02 10:00:00,https://a.example,Yes", "what you voted", True),
        ("InstantReposts.csv", "Date,Link\n2026-01-02 10:00:00,https://a.example", "passed on", False),
        ("2024-01-02-hello.md", '---\nlayout: post\ntitle: "Hello, you"\n---\nWords, and words.\n', "makes a site", False),
        ("feed.xml", "---\r\nlayout: null\r\n---\r\n<rss><channel/></rss>\r\n", "makes a site", False),
        ("me.rdf", '<r:RDF xmlns:r="a" xmlns:foaf="b"><foaf:Person/></r:RDF>', "FOAF", False),
        ("words.rdf", '<r:RDF xmlns:r="a" xmlns:skos="b"><skos:Concept/></r:RDF>', "no feed", False),
        ("Likes.csv", 'sep=,\n"Facebook Page new likes"\n"Date","New Facebook Page likes"\n"2020-03-29T00:00:00","0"', "Meta Business Suite", False),
    ],
)  # fmt: skip
def test_it_is_refused_by_what_it_is(read, name, text, what, left_out):
    result = read(name, text)
    assert (result.status, result.exit_code) == ("refused", 4)
    assert what in result.reason
    assert result.no_loss == ("left_out" if left_out else "")
    assert left_out == result.hint.startswith("Nothing")


def test_a_list_of_names_that_bears_another_name_is_nobodys(read):
    assert "LinkedIn" not in read("Gardens.csv", "Name\nNorth\nSouth").reason
