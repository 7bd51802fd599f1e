"""What registers call the fields of a risk, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.collect.importers.cells import vocabulary
from reviewkit.domain.words import Occurred, RiskNature, RiskResponse, RiskStatus

FIELDS: dict[str, tuple[str, ...]] = {
    "ref": (
        "id",
        "risk id",
        "ref id",
        "ref no",
        "reference",
        "risk ref",
        "no",
        "number",
        "risk no",
        "risk number",
        "key",
        "#",
    ),
    "project": ("project key", "project id", "project name", "project code"),
    "title": ("subject", "name", "risk", "risk title", "risk name", "summary", "headline", "short description"),
    "description": ("risk description", "risk statement", "details", "risk details", "detail"),
    "cause": ("causes", "risk cause", "source", "trigger", "because", "root cause"),
    "event": ("risk event", "what may happen", "uncertain event"),
    "effect": ("effects", "consequence", "consequences", "impact description", "risk effect", "description of impact"),
    "category": ("risk category", "area", "risk type", "class", "rbs", "breakdown"),
    "nature": ("type", "threat or opportunity", "threat opportunity", "risk or opportunity"),
    "probability": (
        *("likelihood", "prob", "p", "current proba", "inherent probability", "inherent likelihood", "chance"),
        *("risk probability", "risk likelihood", "likelihood score", "probability score"),
    ),
    "impact": (
        *("severity", "i", "current impact", "inherent impact", "risk impact", "impact score", "severity score"),
        *("impact rating", "consequence score"),
    ),
    "residual_probability": ("residual proba", "residual likelihood", "target probability", "probability after"),
    "residual_impact": ("residual severity", "target impact", "impact after"),
    "response": (
        *("strategy", "treatment", "risk response", "response strategy", "risk strategy", "response type"),
        *("treatment strategy", "treatment option", "response category"),
    ),
    "response_text": (
        *("mitigation", "mitigations", "mitigation plan", "mitigating actions", "response plan", "action", "actions"),
        *("treatments", "treatment plan", "controls", "additional controls", "countermeasures", "contingency"),
        *("mitigation strategy", "response action", "response description"),
    ),
    "owner": ("risk owner", "assigned to", "assignee", "responsible", "actionee", "owned by"),
    "status": ("state", "risk status"),
    "identified_on": (
        "identified date",
        "date identified",
        "date raised",
        "raised on",
        "created",
        "created on",
        "opened",
        "raised",
    ),
    "closed_on": ("closed", "date closed", "closed date", "closing date"),
    "occurred": (
        "did it occur",
        "materialised",
        "materialized",
        "happened",
        "realised",
        "did it happen",
        "has occurred",
    ),
    "occurred_on": ("date occurred", "occurred date", "impacted date", "date of occurrence"),
    "occurred_note": ("occurrence note", "what happened", "outcome", "lessons", "occurred comment"),
}

STATUS = vocabulary(
    {
        RiskStatus.IDENTIFIED: "identified, open, new, proposed, draft, active, raised, live, pending",
        RiskStatus.ASSESSED: "assessed, analysed, analyzed, evaluated, under review, confirmed, specified",
        RiskStatus.RESPONDING: "responding, managed, mitigating, mitigated, in progress, treated, monitoring",
        RiskStatus.CLOSED: "closed, retired, expired, resolved, done, obsolete, archived, passed",
        RiskStatus.OCCURRED: "occurred, impacted, materialised, materialized, issue, realised, realized, happened",
        RiskStatus.REJECTED: "rejected, cancelled, canceled, invalid, duplicate",
    }
)
OCCURRED = vocabulary(
    {
        Occurred.YES: "yes, y, true, 1, occurred, materialised, materialized, happened, partly",
        Occurred.NO: "no, n, false, 0, not occurred, did not occur, never",
        Occurred.UNKNOWN: "unknown, open, not known",
    }
)
NATURE = vocabulary(
    {
        RiskNature.THREAT: "threat, negative, downside",
        RiskNature.OPPORTUNITY: "opportunity, positive, upside, chance",
    }
)
RESPONSE = vocabulary(
    {
        RiskResponse.AVOID: "avoid, avoidance, eliminate, terminate, prevent",
        RiskResponse.REDUCE: "reduce, reduction, mitigate, mitigation, treat, minimise, minimize",
        RiskResponse.TRANSFER: "transfer, transference, insure",
        RiskResponse.SHARE: "share, sharing",
        RiskResponse.ACCEPT: "accept, acceptance, tolerate, retain, monitor, watch",
        RiskResponse.EXPLOIT: "exploit",
        RiskResponse.ENHANCE: "enhance",
    }
)
CLOSED_FIELDS: Mapping[str, Mapping[str, object]] = {
    "status": STATUS,
    "occurred": OCCURRED,
    "nature": NATURE,
}
LEVELS = ("probability", "impact", "residual_probability", "residual_impact")
DAYS = ("identified_on", "closed_on", "occurred_on")
