"""The words of a statement -> the language they are in, as far as a label needs it: which words say nothing."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from reviewkit.themes.wording import STOP_WORDS

Words = frozenset[str]


@dataclass(frozen=True, eq=False)
class Language:
    """Words that say nothing of the subject, those of them a label may begin with, those it may hold inside."""

    silent: Words
    openers: Words
    inner: Words
    articles: Words = frozenset()


def _language(silent: str, openers: str, inner: str, articles: str) -> Language:
    opening, within, definite = (frozenset(words.split()) for words in (openers, inner, articles))
    return Language(frozenset(silent.split()) | opening | within | definite, opening, within | definite, definite)


_CARRYING = "everyone everybody everything nothing nobody other others keep kept well together needed"
"""Of no subject for a search, but the heart of “everyone was kind”, “nothing to improve” or “keep it simple”."""

_VAGUE = """
    able bit certain different feel feels felt find finding found kind lot lots mean means meant overall particular
    please pretty regarding sort tend tends think thought tried try trying
"""
"""Words with which people feel their way to what they mean."""

_INNER = "of for to in with on at from by between and or not no too enough many much own per is was are were it"

ENGLISH = Language(
    STOP_WORDS - frozenset(_CARRYING.split()) | frozenset(_VAGUE.split()),
    frozenset(["no", "not", "too", "more", "less", "never", "without"]),
    frozenset(_INNER.split()) | {"the", "a", "an"},
    frozenset(("the", "a", "an")),
)
"""“not enough time” and “too many meetings” may begin so; “lack of training”, “waiting for the supplier” hold such."""

OTHERS = (
    # German
    _language(
        """
        ich du er sie es wir ihr man mich mir uns euch sich sein seine seiner seinem seinen ihre ihrer ihrem ihren
        unser unsere unserer unserem unseren mein meine dass daß ob wenn weil als wie wo was wer wen wem welche
        welcher welches dieser diese dieses diesem diesen jeder jede jedes alle alles etwas ist sind war waren wird
        werden wurde wurden worden bin bist seid hat haben hatte hatten habe kann können konnte konnten soll sollen
        sollte sollten muss müssen musste mussten will wollen wollte darf dürfen möchte gibt gab auch aber nur noch
        schon sehr so dann doch da hier dort einfach immer wieder mal bei bis durch gegen nach seit über unter vor
        wegen während aus um an auf oder denn am beim vom also ganz gar etwa hin her wäre hätte würde viele viel
        wenige
        """,
        "zu kein keine keinen nicht mehr weniger nie ohne",
        "von vom für im in zu zum zur mit ohne und bei am an auf",
        "der die das des dem den ein eine einer eines einem einen",
    ),
    # French
    _language(
        """
        je tu il elle on nous vous ils elles me te se ce c'est cela ça ces cet cette mon ma mes ton ta tes son sa ses
        notre nos votre vos leur leurs que qui quoi dont où quand comme si mais ou donc car ni ne n'est n'a n'y est
        sont était étaient été être suis sommes êtes sera seront serait ai as a avons avez ont avait avaient avoir eu
        fait faire faut peut peuvent pouvait doit doivent très aussi tout tous toute toutes même encore déjà alors
        ainsi puis y là ici chez vers sous sur entre depuis pendant avant après avec beaucoup peu bien lors
        """,
        "pas trop plus moins sans jamais aucun aucune",
        "de du d des en et pour par sans avec à au aux dans entre",
        "le la les l un une",
    ),
    # Spanish
    _language(
        """
        yo tú él ella nosotros ellos ellas usted ustedes me te se nos lo su sus mi mis nuestro nuestra nuestros
        nuestras este esta esto estos estas ese esa eso que quien cual donde cuando como porque si pero o ni ya
        también es son era eran fue fueron ser está están estaba estaban estar ha han he hemos había habían haber hay
        hubo tiene tienen tuvo puede pueden debe deben hacer hizo muy todo todos toda todas otro otra aún así entonces
        sobre desde hasta entre durante antes después cada algo nada nadie
        """,
        "no sin más menos muy nunca demasiado demasiados demasiadas",
        "de del en y e para por con sin a al entre",
        "el la los las un una unos unas",
    ),
    # Italian
    _language(
        """
        io tu lui lei noi voi loro mi ti si ci vi ne lo suo sua suoi sue mio mia nostro nostra nostri nostre questo
        questa questi queste quello quella che chi cui dove quando come perché se ma o né già anche è sono era erano
        fu essere stato stata stati state ho ha hanno abbiamo aveva avevano avere può possono deve devono fare fatto
        molto tutto tutti tutta tutte altro altra ancora così poi sopra sotto tra fra durante prima dopo ogni qualcosa
        nulla nessuno c'è
        """,
        "non senza più meno troppo troppi troppe mai",
        "di del della dei delle degli dell in nel nella e per con senza a al alla ai alle da dal dalla tra",
        "il lo la i gli le l un uno una",
    ),
    # Dutch
    _language(
        """
        ik jij je hij zij ze wij we jullie u men mij me ons onze zich zijn haar hun mijn jouw dat dit deze die wie wat
        waar wanneer hoe als omdat of maar want dus ook is was waren ben bent werd werden wordt worden geworden heeft
        hebben had hadden heb kan kunnen kon konden moet moeten moest moesten wil willen zou zouden mag er daar hier
        nog al wel heel erg zeer veel alle alles iets niets iemand niemand door tegen na sinds over onder naar uit om
        toen dan bij tot
        """,
        "geen niet te meer minder nooit zonder",
        "van voor in met op aan en bij tussen te zonder",
        "de het een",
    ),
    # Portuguese
    _language(
        """
        eu tu ele ela nós vós eles elas você vocês me te se nos lhe seu sua seus suas meu minha nosso nossa nossos
        nossas este esta isto estes estas esse essa isso que quem qual onde quando como porque se mas ou nem já também
        é são era eram foi foram ser está estão estava estavam estar tem têm tinha tinham ter há houve pode podem deve
        devem fazer fez muito tudo todo todos toda todas outro outra ainda assim então sobre desde até entre durante
        antes depois cada algo nada ninguém
        """,
        "não sem mais menos nunca demasiado demais",
        "de do da dos das em no na nos nas e para por com sem a ao à entre",
        "o os as um uma",
    ),
)
"""Common words of the languages that project people in and around Europe write; others are read as English is."""


def language_of(words: Set[str]) -> Language:
    """The language whose common words are the most among `words` (lower case); English where none has more."""
    return max((ENGLISH, *OTHERS), key=lambda one: len(words & one.silent))
