"""The four classes of video length.

The wire format names them by seconds and minutes without saying where a bound belongs, except
that EXTRA_LONG is *more* than five minutes. So a bound belongs to the shorter class: a video of
60 seconds is MID, one of 300 seconds is LONG. A video without a duration is in no class.
"""

from dataclasses import dataclass
from enum import StrEnum


class VideoLength(StrEnum):
    SHORT = "SHORT"
    MID = "MID"
    LONG = "LONG"
    EXTRA_LONG = "EXTRA_LONG"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whole seconds, both ends included; no end means any longer duration."""

    first: int
    last: int | None


VIDEO_LENGTHS: dict[VideoLength, Bounds] = {
    VideoLength.SHORT: Bounds(0, 14),
    VideoLength.MID: Bounds(15, 60),
    VideoLength.LONG: Bounds(61, 300),
    VideoLength.EXTRA_LONG: Bounds(301, None),
}
