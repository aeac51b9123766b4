"""The questions of an application that ask for files, with the files they have."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import ngettext

from applications.attachments.names import extension_of
from applications.attachments.refusals import extensions_in_words
from applications.models import (
    Application,
    ApplicationVersion,
    Attachment,
    form_of,
    form_of_version,
)
from applications.questions import FileRules, Kind, Question, Section


@dataclass(frozen=True)
class FileAnswer:
    """One question that asks for files, as its part of the page shows it."""

    application: Application
    question: Question
    section: Section
    rules: FileRules
    limit_bytes: int
    attachments: list[Attachment]

    @property
    def accept(self) -> str:
        """For the browser's own chooser; what is taken is decided by content."""
        return extensions_in_words(self.rules.extensions)

    @property
    def has_room(self) -> bool:
        return len(self.attachments) < self.rules.count

    @property
    def takes_several(self) -> bool:
        return self.rules.count - len(self.attachments) > 1

    @property
    def sentence(self) -> str:
        """What is taken, in words."""
        text = ngettext(
            "At most %(count)s file of the kinds %(extensions)s, no larger than %(limit)s.",
            "At most %(count)s files of the kinds %(extensions)s, each no larger than %(limit)s.",
            self.rules.count,
        )
        return text % {
            "count": self.rules.count,
            "extensions": self.accept,
            "limit": filesizeformat(self.limit_bytes),
        }


def rules_of(question: Question) -> FileRules:
    """What a question takes; a question that asks for no files takes none."""
    return question.file_rules or FileRules(extensions=(), count=0)


def limit_bytes(application: Application, question: Question) -> int:
    """The most bytes of one file: the smaller of the question's and the programme's limit."""
    return min(rules_of(question).size_bytes, application.programme.attachment_limit_bytes)


def sections_of(application: Application) -> tuple[Section, ...]:
    """The form that the application is written in."""
    return form_of(application).sections


def still_taken(application: Application, files: list[Attachment]) -> list[Attachment]:
    """Those of another application that the form takes here, too, by kind, size and number."""
    questions = [each for section in sections_of(application) for each in section.questions]
    asked = [each for each in questions if each.kind is Kind.FILE]
    return [file for each in asked for file in _taken_by(each, application, files)]


def _taken_by(
    question: Question, application: Application, files: list[Attachment]
) -> list[Attachment]:
    rules, limit = rules_of(question), limit_bytes(application, question)
    fit = [
        file
        for file in files
        if file.question_key == question.key
        and extension_of(file.name) in rules.extensions
        and file.size_bytes <= limit
    ]
    return fit[: rules.count]


def file_answers(application: Application, section: Section) -> list[FileAnswer]:
    """Those of one section that the answers so far call for."""
    shown = form_of(application).shown(section, application.answers)
    asked = [each for each in shown if each.kind is Kind.FILE]
    if not asked:
        return []
    standing = list(application.attachments.standing())
    return [_answer(application, section, question, standing) for question in asked]


def file_answer(application: Application, question_key: str) -> FileAnswer | None:
    """The one with this key, if the form has it and the answers call for it."""
    for section in sections_of(application):
        for answer in file_answers(application, section):
            if answer.question.key == question_key:
                return answer
    return None


def _answer(
    application: Application, section: Section, question: Question, standing: list[Attachment]
) -> FileAnswer:
    return FileAnswer(
        application=application,
        question=question,
        section=section,
        rules=rules_of(question),
        limit_bytes=limit_bytes(application, question),
        attachments=[each for each in standing if each.question_key == question.key],
    )


def version_files(version: ApplicationVersion) -> list[tuple[str, list[Attachment]]]:
    """The files that a version names, under the words of their questions."""
    named = [row["id"] for row in version.attachments]
    by_question: dict[str, list[Attachment]] = {}
    for attachment in Attachment.objects.filter(pk__in=named) if named else []:
        by_question.setdefault(attachment.question_key, []).append(attachment)
    questions = {question.key: question for question in form_of_version(version).questions}
    return [
        (str(questions[key].label) if key in questions else key, files)
        for key, files in by_question.items()
    ]
