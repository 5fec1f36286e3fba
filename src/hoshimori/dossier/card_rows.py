"""What the card of a detector quotes of a sweep, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.sweep_rows import group_text, kind_text, number_text, share_text, size_text
from hoshimori.model.detector import Card
from hoshimori.model.quoted_sweeps import SIZE_OF, QuotedCurve, QuotedShare


def quoted_lines(card: Card, language: Language, *, is_whole: bool = True) -> tuple[str, ...]:
    """Return on which sky a sweep was, what size of event is found how often, and the cost.

    Where not the whole is asked for, only the curves of each kind that are of most draws stay.
    Nothing where no draw tests the detector.
    """
    sweep = card.sweep
    if sweep is None:
        return ()
    head = say(
        language,
        "sweep.card.head",
        sky=sweep.sky,
        objects=f"{sweep.objects:,}",
        day=sweep.measured_on.isoformat(),
    )
    broadest = {curve.kind: curve for curve in reversed(sweep.curves)}
    curves = [one for one in sweep.curves if is_whole or one is broadest[one.kind]]
    return (
        head,
        *(_curve(one, language) for one in curves),
        *(_share(one, language) for one in sweep.shares),
    )


def card_lines(card: Card, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the parts of a card, each with what it is called; what is quoted follows line by line.

    The text of cards is English in every language.
    """
    yield say(language, "card.needs"), card.needs
    yield say(language, "card.method"), card.method
    for k, line in enumerate(quoted_lines(card, language)):
        yield "" if k else say(language, "card.found"), line
    yield say(language, "card.false_alarms"), card.false_alarm_rate
    yield say(language, "card.errs"), "; ".join(card.known_false_alarms)
    yield say(language, "card.sources"), "; ".join(card.references)


def _curve(curve: QuotedCurve, language: Language) -> str:
    return say(
        language,
        "sweep.card.curve",
        kind=kind_text(curve.kind, language),
        where=group_text(curve.group, language),
        measure=say(language, f"sweep.measure.{SIZE_OF[curve.kind]}"),
        low=number_text(curve.low),
        high=number_text(curve.high),
        share=share_text(curve.found, curve.count, curve.share, language),
        half=size_text(curve.half, language),
        ninety=size_text(curve.ninety, language),
    )


def _share(share: QuotedShare, language: Language) -> str:
    return say(
        language,
        "sweep.card.share",
        kind=kind_text(share.kind, language),
        share=share_text(share.shown, share.count, share.share, language),
        rate=size_text(share.raised_a_month, language),
    )
