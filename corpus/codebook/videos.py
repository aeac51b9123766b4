"""Videos: the 23 fields that are returned, and the 11 that conditions may ask about."""

from django.utils.translation import gettext_lazy as _

from corpus.codebook.declarations import Field, Kind, QueryField, Table
from corpus.codebook.operations import EQUALITY, ORDERED

_TIMES = _("times")

_FIELDS = (
    Field("id", Kind.ID, _("The video."), is_required=True, synonyms=("video_id",)),
    Field(
        "video_description",
        Kind.TEXT,
        _("The caption."),
        synonyms=("text", "desc", "description"),
    ),
    Field(
        "create_time",
        Kind.TIME,
        _("When it was published."),
        unit=_("Unix seconds, UTC"),
        is_required=True,
        synonyms=("createTime", "createTimeISO"),
    ),
    Field(
        "region_code",
        Kind.REGION,
        _("Where its creator registered."),
        synonyms=("regionCode", "locationCreated"),
    ),
    Field(
        "share_count",
        Kind.COUNT,
        _("How often it was shared."),
        _TIMES,
        synonyms=("shareCount",),
    ),
    Field(
        "view_count",
        Kind.COUNT,
        _("How often it was seen."),
        _TIMES,
        synonyms=("playCount",),
    ),
    Field(
        "like_count",
        Kind.COUNT,
        _("How often it was liked."),
        _TIMES,
        synonyms=("diggCount",),
    ),
    Field(
        "comment_count",
        Kind.COUNT,
        _("How many comments it has."),
        synonyms=("commentCount",),
    ),
    Field("music_id", Kind.ID, _("The sound it uses."), synonyms=("musicId",)),
    Field(
        "hashtag_names",
        Kind.TEXTS,
        _("Its hashtags, without #."),
        synonyms=("hashtags", "hashtagNames"),
    ),
    Field(
        "username",
        Kind.NAME,
        _("The handle of its creator, without @."),
        is_required=True,
        synonyms=("author", "uniqueId", "authorMeta.name"),
    ),
    Field("effect_ids", Kind.TEXTS, _("The effects it uses.")),
    Field("playlist_id", Kind.ID, _("The playlist it belongs to.")),
    Field(
        "voice_to_text",
        Kind.TEXT,
        _("Its transcript or subtitles, where there are any."),
    ),
    Field("is_stem_verified", Kind.BOOL, _("Whether it was found fit for the STEM feed.")),
    Field(
        "favorites_count",
        Kind.COUNT,
        _("How often it was saved."),
        _TIMES,
        aliases=("favourites_count",),
        synonyms=("collectCount", "favourites_count"),
    ),
    Field(
        "video_duration",
        Kind.SECONDS,
        _("How long it is."),
        unit=_("seconds"),
        synonyms=("duration", "videoMeta.duration"),
    ),
    Field(
        "hashtag_info_list",
        Kind.STRUCT,
        _("Its hashtags with their ids and descriptions."),
    ),
    Field("sticker_info_list", Kind.STRUCT, _("Its interactive stickers.")),
    Field("effect_info_list", Kind.STRUCT, _("Its effects with their names.")),
    Field("video_mention_list", Kind.TEXTS, _("The accounts it names.")),
    Field("video_label", Kind.STRUCT, _("Information labels, such as an election notice.")),
    Field(
        "video_tag",
        Kind.STRUCT,
        _("Marks for AI-generated and paid content."),
    ),
)

_DATE_FORM = _("YYYYMMDD, UTC")
_ID_FORM = _("a whole number of up to 20 digits")
_NUMBER_FORM = _("a whole number, not negative")

_QUERY_FIELDS = (
    QueryField(
        "create_date",
        "create_time",
        ORDERED,
        _("The UTC day of publication."),
        _DATE_FORM,
    ),
    QueryField(
        "username",
        "username",
        EQUALITY,
        _("The creator; the whole handle, upper and lower case alike."),
        _("a handle; a leading @ is dropped"),
    ),
    QueryField(
        "region_code",
        "region_code",
        EQUALITY,
        _("Where the creator registered."),
        _("one of the region codes, such as US"),
    ),
    QueryField("video_id", "id", EQUALITY, _("The video itself."), _ID_FORM),
    QueryField(
        "hashtag_name",
        "hashtag_names",
        EQUALITY,
        _("One of its hashtags; the whole tag, upper and lower case alike."),
        _("a hashtag; a leading # is dropped"),
    ),
    QueryField(
        "keyword",
        "video_description",
        EQUALITY,
        _(
            "Text anywhere in the caption, upper and lower case alike, composed and decomposed "
            "letters alike; no wildcards. It may be a #tag."
        ),
        _("any text"),
    ),
    QueryField("music_id", "music_id", EQUALITY, _("The sound."), _ID_FORM),
    QueryField("effect_id", "effect_ids", EQUALITY, _("One of its effects."), _ID_FORM),
    QueryField(
        "video_length",
        "video_duration",
        ORDERED,
        _("The class of its duration."),
        _("SHORT (under 15 s), MID (15 to 60 s), LONG (to 5 min), EXTRA_LONG"),
    ),
    QueryField("view_count", "view_count", ORDERED, _("How often it was seen."), _NUMBER_FORM),
    QueryField(
        "comment_count",
        "comment_count",
        ORDERED,
        _("How many comments it has."),
        _NUMBER_FORM,
    ),
)

VIDEOS = Table(
    name="videos",
    meaning=_("Public videos."),
    key="id",
    fields=_FIELDS,
    query_fields=_QUERY_FIELDS,
)

VIDEO_QUERY_FIELDS: dict[str, QueryField] = {field.name: field for field in _QUERY_FIELDS}
