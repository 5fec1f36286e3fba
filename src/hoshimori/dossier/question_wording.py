"""Questions of an exercise and answers to them, as people read them."""

from __future__ import annotations

from hoshimori.dossier.language import Language, say
from hoshimori.model.scenarios import Question, QuestionKind, Scenario


def question_texts(script: Scenario, language: Language) -> dict[str, str]:
    """Return what every question of a script asks, by its id."""
    return {one.question_id: one.text[language.value] for one in script.questions}


def answer_text(question: Question | None, value: str, language: Language) -> str:
    """Return an answer in words: of a choice its text; everything else as it was given."""
    if question is None or question.kind is not QuestionKind.CHOICE:
        return value
    chosen = (one.strip() for one in value.split(","))
    return say(language, "list.gap").join(_choice(question, one, language) for one in chosen)


def _choice(question: Question, number: str, language: Language) -> str:
    known = {str(n): texts[language.value] for n, texts in enumerate(question.choices, 1)}
    return known.get(number, number)
