"""More files that no plugin reads, by what they look like; headers are those of real exports.

What counts a site's visitors, where newsletters and blogs are written, and what platforms give people about themselves
beside what they said.
"""

from __future__ import annotations

from smmetrics_anytable.known import MAP, NOTHING, known, of_linkedin, table

GOOGLE = MAP.format(platform="google")
TWICE = "It holds two spans of days side by side: export each by itself, then smmetrics map FILE --platform google."
FEED = "Import the publication's feed (its address with /feed behind it), or its rows: smmetrics map FILE."
SITES = (
    table("google_searches", "a table of Google's Search Console", ("Clicks", "Klicks", "Clics", "Cliques"),
          ("Impressions", "Impressionen", "Impresiones", "Impressões"), "CTR",
          ("Position", "Posición", "Posição")),
    table("google_searches_compared", "a table of Google's Search Console that compares two spans of days",
          ("Top queries", "Top pages"), instead=TWICE),
    table("google_filters", "the list of filters beside tables of Google's Search Console", "Filter", "Value",
          name=r"(?i)filters", instead=NOTHING),
    table("google_business", "a table of a Google Business Profile", "Business name", "Website clicks", "Directions",
          instead=GOOGLE),
    table("bing_searches", "a table of Bing's Webmaster Tools", "Date", "Clicks", "Impressions", "Avg. CTR"),
    table("meta_ads", "a table of Meta's Ads Manager", "Campaign name", "Impressions", "Reporting starts",
          "Reporting ends", instead=MAP.format(platform="facebook")),
    table("clarity_card", "a table of Microsoft Clarity", "Project name",
          instead="Take away the lines above its table, then smmetrics map FILE --platform web."),
)  # fmt: skip
WRITTEN = (
    known("ghost_export", "an export of Ghost: posts without numbers", (("db[].data.posts", "data.posts_tags"),),
          instead="Import the blog's feed instead (its address with /rss/ behind it)."),
    known("ghost_answer", "an answer of Ghost's interface: posts without numbers",
          ("posts[].id", "posts[].html", "posts[].slug", "meta.pagination"),
          instead="Import the blog's feed instead (its address with /rss/ behind it)."),
    known("wordpress_answer", "an answer of WordPress' interface: posts without numbers",
          (("[].title.rendered", "title.rendered"), ("[].content.rendered", "content.rendered")),
          instead="Import the blog's own export instead (WordPress: Tools, Export)."),
    table("substack_posts", "the list of posts of a Substack export", "post_id", "post_date", "is_published",
          "audience", instead=FEED),
    table("beehiiv_posts", "the list of posts of a beehiiv export", "web_title", "audience", "email_subject_line",
          instead=FEED),
)  # fmt: skip
ABOUT_ONESELF = (
    of_linkedin("linkedin_self", "about yourself, not what you said",
          ("Maiden Name", "School Name", "Supported Cause", "Preferred Job Types", "Registration IP Address",
           "Jobs Search Url", "Login Type", "Challenge Date", "Job Url", "Company Employee Count", "Member Age",
           "Search Query", "Proficiency", "Content Last Watched Date (if viewed)", "Endorser First Name",
           "Endorsee First Name", "Registration Ip", "Transaction Made At", "Type of inference", "Ad clicked Date",
           "Page/App", "ThirdPartyVerified", "Is_WhatsApp_Number", "ALERT_PARAMETERS", "savedItem", "Profile Summary"),
          instead=NOTHING),
    of_linkedin("linkedin_skills", "your skills or courses", "Name",
          name=r"(?i)^(?:skills|courses)\b", instead=NOTHING),
    of_linkedin("linkedin_saved_answers", "answers to employers", "Question",
          "Answer", name=r"(?i)^job applicant", instead=NOTHING),
    of_linkedin("linkedin_reposts", "posts of others that you passed on",
          "Date", "Link", name=r"(?i)^instant ?reposts"),
    of_linkedin("linkedin_certificates", "certificates", "Name", "Authority",
          "License Number", instead=NOTHING),
    of_linkedin("linkedin_projects", "projects, publications, volunteering",
          ("Url", "Cause"), ("Started On", "Published On"), ("Finished On", "Publisher"), instead=NOTHING),
    of_linkedin("linkedin_addresses", "your addresses", "Confirmed", "Primary",
          "Email Address", instead=NOTHING),
    of_linkedin("linkedin_numbers", "your telephone numbers", "Extension",
          "Number", "Type", instead=NOTHING),
    of_linkedin("linkedin_recommendations", "recommendations", "First Name",
          "Last Name", "Job Title", "Text", "Creation Date", instead=NOTHING),
    of_linkedin("linkedin_events", "events of others", "Event Name",
          "Event Time", "External Url", instead=NOTHING),
    of_linkedin("linkedin_media", "pictures and films", "Date/Time",
          "Media Description", "Media Link", instead=NOTHING),
    of_linkedin("linkedin_votes", "what you voted", "Date", "Link",
          ("Option Text", "OptionText"), instead=NOTHING),
    of_linkedin("linkedin_members", "whom you follow", "Date", "Status",
          "FullName", instead=NOTHING),
    of_linkedin("linkedin_follows", "what you follow",
          ("Organization", "HashTag"), ("Followed On", "LastModifiedTime"), instead=NOTHING),
    of_linkedin("linkedin_positions", "where you worked", "Company Name",
          "Started On", "Finished On", instead=NOTHING),
    of_linkedin("linkedin_invitations", "invitations", "From", "To", "Sent At",
          "Direction", instead=NOTHING),
    known("instagram_self", "a part of what Instagram gives you to download: about yourself, not what you posted",
          (("checkout_saved_bag_info", "checkout_saved_products", "checkout_saved_recently_viewed_products",
            "ig_custom_audiences_all_types", "ig_profile_picture", "ig_secret_conversations",
            "impressions_history_ads_clicked", "impressions_history_ads_seen", "impressions_history_posts_seen",
            "impressions_history_recs_hidden_authors", "impressions_history_videos_watched", "likes_comment_likes",
            "monetization_eligibility", "saved_saved_media", "story_activities_story_likes",
            "subscriptions_muted_story_teaser_creators", "subscriptions_show_story_teaser_setting",
            "text_post_app_text_post_app_follow_requests_received", "text_post_app_text_post_app_posts_seen",
            "text_post_app_text_post_app_profile"),), instead=NOTHING),
)  # fmt: skip
BESIDE = (*SITES, *WRITTEN, *ABOUT_ONESELF)
