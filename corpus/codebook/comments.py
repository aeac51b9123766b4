"""Comments and replies."""

from django.utils.translation import gettext_lazy as _

from corpus.codebook.declarations import Field, Kind, Table

COMMENTS = Table(
    name="comments",
    meaning=_("Comments under videos, and replies to comments."),
    key="id",
    fields=(
        Field("id", Kind.ID, _("The comment."), is_required=True),
        Field(
            "video_id",
            Kind.ID,
            _("The video under which it stands."),
            is_required=True,
            synonyms=("videoId", "aweme_id"),
        ),
        Field("text", Kind.TEXT, _("What it says; personal data are masked.")),
        Field(
            "like_count",
            Kind.COUNT,
            _("How often it was liked."),
            synonyms=("diggCount",),
        ),
        Field(
            "reply_count",
            Kind.COUNT,
            _("How many replies it has."),
            synonyms=("replyCommentTotal",),
        ),
        Field(
            "parent_comment_id",
            Kind.ID,
            _("The comment it answers; of a top-level comment, the video."),
        ),
        Field(
            "create_time",
            Kind.TIME,
            _("When it was written."),
            unit=_("Unix seconds, UTC"),
            is_required=True,
            synonyms=("createTime", "createTimeISO"),
        ),
        Field("display_name", Kind.TEXT, _("The name its author shows.")),
    ),
)
