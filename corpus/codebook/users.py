"""Accounts, as their public profile shows them."""

from django.utils.translation import gettext_lazy as _

from corpus.codebook.declarations import Field, Kind, Table

USERS = Table(
    name="users",
    meaning=_("Public profiles of creators."),
    key="username",
    fields=(
        Field(
            "username",
            Kind.NAME,
            _("The handle, without @."),
            is_required=True,
            is_returned=False,
            synonyms=("uniqueId", "unique_id"),
        ),
        Field("display_name", Kind.TEXT, _("The name shown."), synonyms=("nickname",)),
        Field(
            "bio_description",
            Kind.TEXT,
            _("What the account says of itself."),
            synonyms=("signature",),
        ),
        Field("avatar_url", Kind.TEXT, _("Address of the profile picture.")),
        Field("is_verified", Kind.BOOL, _("Whether the account is verified.")),
        Field(
            "follower_count",
            Kind.COUNT,
            _("How many accounts follow it."),
            synonyms=("followerCount",),
        ),
        Field(
            "following_count",
            Kind.COUNT,
            _("How many accounts it follows."),
            synonyms=("followingCount",),
        ),
        Field(
            "likes_count",
            Kind.COUNT,
            _("Likes received by all its videos."),
            synonyms=("heartCount",),
        ),
        Field("video_count", Kind.COUNT, _("Videos published."), synonyms=("videoCount",)),
        Field("bio_url", Kind.TEXT, _("Address given in the profile.")),
    ),
)
