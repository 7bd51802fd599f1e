"""A recommendation -> whether it says to do something, told by the verbs that advice on projects is given with."""

from __future__ import annotations

from itertools import pairwise

from reviewkit.themes.wording import words

_MODALS = "must should shall ought need needs have has cannot can't don't never always is are be let ensure make sure"

_VERBS = """
    accept account achieve acquire act adapt add adjust adopt advise agree align allocate allow analyse analyze
    announce apply appoint appraise approve arrange ask assess assign assume attach attend audit automate avoid
    award back base begin benchmark bind block book borrow break brief bring budget build buy calculate call cancel
    capture carry cease certify chair challenge change charge check choose clarify clean clear close coach code
    collect combine come commit communicate compare complete conduct configure confirm connect consider consult
    contact continue contract control convert coordinate copy correct count cover create cut date deal decide
    declare define delay delegate deliver demand demonstrate deploy describe design determine develop disable
    discuss distribute divide do document double draft draw drop dry-run duplicate employ empower enable encourage
    end enforce engage enlist enter escalate establish estimate evaluate examine exchange exclude execute exercise
    expect explain explore extend face facilitate fall fence file fill find finish fit fix flag follow force
    forecast form formalise formalize freeze fund give go govern grant group guard hand handle have hear help hire
    hold identify implement improve include incorporate increase inform insert insist inspect install instruct
    insure integrate interview introduce invest investigate invite involve isolate issue join keep know label launch
    lay lead leave let limit link list listen load lock log look maintain make manage map mark measure meet migrate
    mitigate model monitor move name negotiate nominate note notify number obtain offer open order organise organize
    own pack park pay perform permit phase pick pilot place plan post practise prefer prepare present prevent price
    print prioritise prioritize procure produce prohibit promote protect prove provide publish pull purchase push
    put qualify question raise rank rate read reassess rebuild recheck recognise record recruit reduce refer refuse
    regulate rehearse reject release remind remove rename rent repair repeat replace report request require rerun
    research reserve resist resolve respect respond restore restrict retain rethink retrain return reuse reveal
    review revise revitalise revitalize reward ride rotate run safeguard sample save say scan schedule seal secure
    see seek select sell send separate set settle share ship show sign simplify simulate sit size sketch skip solve
    speak specify spend split staff stage standardise standardize start state stay stop store strengthen study
    submit supply support survey switch take talk target teach tell tender test tie trace track train transfer
    translate treat trial try turn understand update upgrade use validate verify visit wait walk warn watch weigh
    welcome widen withdraw withhold work write
"""

_DOING = frozenset([*_MODALS.split(), *_VERBS.split()])


def says_to_do(recommendation: str) -> bool:
    """Whether it begins with a verb, or has one or an auxiliary further on.

    Many of these words are nouns too (“a plan”, “supplier test”), so behind the first one only what follows “to”, or
    stands at the head of a clause, counts as a verb.
    """
    parts = recommendation.replace(";", ",").replace(":", ",").replace(".", ",").split(",")
    for part in parts:
        spoken = words(part)
        while spoken and (spoken[0].endswith("ly") or spoken[0] in _OPENERS):
            spoken = spoken[1:]
        if spoken and spoken[0] in _DOING:
            return True
        if any(word in _AUXILIARIES for word in spoken):
            return True
        if any(before in _BEFORE and after in _DOING for before, after in pairwise(spoken)):
            return True
    return False


_OPENERS = frozenset({"please", "also", "then", "first", "and", "or", "not", "next", "time", "do"})
_AUXILIARIES = frozenset(
    [
        "must",
        "should",
        "shall",
        "need",
        "needs",
        "cannot",
        "can't",
        "don't",
        "never",
        "always",
        "is",
        "are",
        "be",
        "will",
    ]
)
_BEFORE = frozenset({"to", "and", "or", "then", "not", "we", "you", "they"})
