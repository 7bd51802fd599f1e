"""The closed vocabularies of the field, as enums whose values are what is stored and shown."""

from __future__ import annotations

from enum import StrEnum


class Area(StrEnum):
    """An implementation manager's responsibilities and trials; every theme and lesson has one."""

    SCHEDULE = "planning and schedule"
    BUDGET = "resources and budget"
    STAKEHOLDERS = "stakeholders and communication"
    SCOPE = "scope and changing requirements"
    RISK = "risk management"
    QUALITY = "quality and testing"
    TECHNOLOGY = "technology"
    SUPPLIERS = "suppliers"
    PEOPLE = "people and team"
    BENEFITS = "benefits and outcome"


class Kind(StrEnum):
    """What a statement does: praise, complain, propose, or tell."""

    POSITIVE = "positive"
    PROBLEM = "problem"
    SUGGESTION = "suggestion"
    NEUTRAL = "neutral"


class RespondentRole(StrEnum):
    """The part a respondent had in the project (PRINCE2's three interests, and those around them)."""

    SPONSOR = "sponsor"
    USER = "user"
    TEAM = "team"
    SUPPLIER = "supplier"
    OPERATIONS = "operations"
    PMO = "pmo"


class Phase(StrEnum):
    """Where in a project's life a lesson bites."""

    INITIATION = "initiation"
    PLANNING = "planning"
    PROCUREMENT = "procurement"
    DESIGN = "design"
    BUILD = "build"
    TEST = "test"
    TRANSITION = "transition"
    OPERATION = "operation"
    CLOSE = "close"


class ProjectStatus(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RiskStatus(StrEnum):
    IDENTIFIED = "identified"
    ASSESSED = "assessed"
    RESPONDING = "responding"
    CLOSED = "closed"
    OCCURRED = "occurred"
    REJECTED = "rejected"


class RiskNature(StrEnum):
    THREAT = "threat"
    OPPORTUNITY = "opportunity"


class RiskResponse(StrEnum):
    """PRINCE2's and PMI's responses; the first five to threats, the rest to opportunities."""

    AVOID = "avoid"
    REDUCE = "reduce"
    TRANSFER = "transfer"
    SHARE = "share"
    ACCEPT = "accept"
    EXPLOIT = "exploit"
    ENHANCE = "enhance"


class Occurred(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Wave(StrEnum):
    """When a review is held: at a milestone, at close, or when benefits are due."""

    MILESTONE = "milestone"
    CLOSE = "close"
    BENEFITS = "benefits"


class ExportFormat(StrEnum):
    """How a file of answers is laid out; `AUTO` lets the file tell, `TABLE` has one row a respondent."""

    AUTO = "auto"
    TABLE = "table"
    PARABOL = "parabol"
    AZURE_DEVOPS = "azure-devops"
    FORMBRICKS_RECORDS = "formbricks-records"
    SURVEYMONKEY = "surveymonkey"
    JIRA = "jira"
    RETROSPECTED = "retrospected"
    EASYRETRO = "easyretro"
    MARKDOWN = "markdown"
    WORD = "word"


class FileType(StrEnum):
    """How a table goes out."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class ReportFormat(StrEnum):
    """What a report is written as; the value is how the file's name ends."""

    HTML = "html"
    DOCX = "docx"
    MARKDOWN = "md"


class QuestionType(StrEnum):
    TEXT = "text"
    PARAGRAPH = "paragraph"
    RATING = "rating"
    NPS = "nps"
    YES_PARTLY_NO = "yes_partly_no"
    SINGLE = "single"
    MULTIPLE = "multiple"
    DATE = "date"

    @property
    def is_open(self) -> bool:
        """True where people write in their own words, so that statements can be cut from the answer."""
        return self in (QuestionType.TEXT, QuestionType.PARAGRAPH)


class Anonymity(StrEnum):
    ANONYMOUS = "anonymous"
    NAMED = "named"
    CHOOSE = "choose yourself"
    """Each respondent may give a name or none; whoever gives none is as anonymous as in an anonymous review."""


class ReviewStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    REPORTED = "reported"


class ThemeStatus(StrEnum):
    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    RETIRED = "retired"


class ThemeVerb(StrEnum):
    """What a person can decide about themes; a status is one of `ThemeStatus`."""

    RENAME = "rename"
    STATUS = "status"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"


class ThemeChangeKind(StrEnum):
    """What a run can do to a theme."""

    NEW = "new"
    GROWN = "grown"
    SPLIT = "split"
    MERGED = "merged"
    FADED = "faded"
    MOVED = "moved"


class Confidence(StrEnum):
    """How sure a machine's suggestion is, in words; never a raw cosine."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class LinkState(StrEnum):
    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Verdict(StrEnum):
    """Whether a trouble had been feared: in its own project's register, in another's, or nowhere."""

    FORESEEN = "foreseen"
    ELSEWHERE = "foreseen elsewhere"
    BLIND_SPOT = "blind spot"


class LessonState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in review"
    VALIDATED = "validated"
    PUBLISHED = "published"
    EMBEDDED = "embedded"
    RETIRED = "retired"
    REJECTED = "rejected"


class LessonVerb(StrEnum):
    """What was done to a lesson, as its history tells it."""

    ADDED = "added"
    EDITED = "edited"
    MOVED = "moved"
    IMPORTED = "imported"
    UNDONE = "undone"


class LessonRelation(StrEnum):
    """How another lesson seems to stand to one: a question to a person."""

    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"


class Choice(StrEnum):
    """What a project manager decided about a recommendation."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    ADAPTED = "adapted"
    DISMISSED = "dismissed"


class Applied(StrEnum):
    """Whether a project did what it had decided."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Helped(StrEnum):
    """Whether it did a project good."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "cannot tell"


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class UserRole(StrEnum):
    """What an account may do; each role may do all that those before it may."""

    VIEWER = "viewer"
    FACILITATOR = "facilitator"
    CURATOR = "curator"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return list(UserRole).index(self)


class Scope(StrEnum):
    """The kinds of record that search looks through."""

    LESSONS = "lessons"
    STATEMENTS = "statements"
    RISKS = "risks"
    THEMES = "themes"
    PROJECTS = "projects"
