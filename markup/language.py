"""What depends on a text's language: quotation marks, labels, reading speed."""

import re
from dataclasses import dataclass, replace

LONGEST_ABBREVIATION = 12


@dataclass(frozen=True)
class Quotes:
    """Opening and closing marks, double and single."""

    double_open: str
    double_close: str
    single_open: str
    single_close: str


@dataclass(frozen=True, kw_only=True)
class Language:
    """The conventions of one language.

    `elisions` are words that begin with an apostrophe, not an opening quotation mark;
    `abbreviations` end in a full stop, omitted here, that does not end the sentence; `ordinal_dot`
    says whether "3." means "third".
    """

    quotes: Quotes
    words_per_minute: int
    footnotes: str
    back_to_text: str
    table: str
    larger_picture: str
    elisions: frozenset[str]
    abbreviations: frozenset[str]
    ordinal_dot: bool = False


HIGH = Quotes("“", "”", "‘", "’")
LOW_HIGH = Quotes("„", "“", "‚", "‘")

# Silent reading of English non-fiction: 238 words a minute (Brysbaert 2019, "How many words do we
# read per minute?", Journal of Memory and Language 109). Dutch and German need other numbers of
# words for the same message; they are set in proportion to the words a minute of the same texts
# in the three languages, 228 English, 202 Dutch, 179 German (Trauzettel-Klosinski and Dietz 2012,
# "IReST", Investigative Ophthalmology & Visual Science 53).
ENGLISH = Language(
    quotes=HIGH,
    words_per_minute=238,
    footnotes="Footnotes",
    back_to_text="Back to the text",
    table="Table",
    larger_picture="Larger picture",
    elisions=frozenset("bout cause cos cuz em n round til tis twas twere twill twould".split()),
    abbreviations=frozenset(
        "a.m approx cf dr e.g etc fig i.e jr mr mrs ms no p.m pp prof sr st vs".split()
    ),
)

# Opening marks high: Onze Taal, "Aanhalingstekens: hoog of laag?".
DUTCH = Language(
    quotes=HIGH,
    words_per_minute=211,
    footnotes="Voetnoten",
    back_to_text="Terug naar de tekst",
    table="Tabel",
    larger_picture="Grotere afbeelding",
    elisions=frozenset("ie k m n ns r s t".split()),
    abbreviations=frozenset(
        "a.d.h.v a.u.b bijv blz bv ca c.q d.d d.m.v dhr dr drs d.w.z e.a e.d enz etc e.v excl fam "
        "i.e i.p.v i.s.m i.v.m incl ing ir jl jr m.a.w m.b.t m.b.v mej mevr mr mw n.a.v nl nr n.v.t "
        "o.a o.b.v o.i.d pag plm prof resp sr st t.a.v t.o.v v.a vgl vnl z.g zgn".split()
    ),
)

# Low opening, high closing mark: Rat für deutsche Rechtschreibung, § 89 and § 95.
GERMAN = Language(
    quotes=LOW_HIGH,
    words_per_minute=187,
    footnotes="Fußnoten",
    back_to_text="Zurück zum Text",
    table="Tabelle",
    larger_picture="Größeres Bild",
    elisions=frozenset("m n ne nem nen ner s".split()),
    abbreviations=frozenset(
        "abb abs bd bzw ca d.h dr etc evtl frl ggf hl hr hrsg inkl jh mio mrd n.chr nr o.ä prof s "
        "s.o sog st str s.u tel u.a u.ä usf usw u.u v.a v.chr vgl z.b z.t zzgl".split()
    ),
    ordinal_dot=True,
)

# Guillemets point outwards: Schweizerische Bundeskanzlei, Schreibweisungen, "Anführungszeichen".
SWISS_GERMAN = replace(GERMAN, quotes=Quotes("«", "»", "‹", "›"))

LANGUAGES = {
    "en": ENGLISH,
    "nl": DUTCH,
    "de": GERMAN,
    "de-ch": SWISS_GERMAN,
    "de-li": SWISS_GERMAN,
}


def ends_abbreviation(text: str, at: int, language: Language) -> bool:
    """Return whether the full stop there belongs to an abbreviation, an initial or an ordinal."""
    before = text[max(0, at - LONGEST_ABBREVIATION) : at].split()
    word = before[-1].lstrip("([“„‘‚«") if before else ""
    initial = len(word) == 1 and word.isupper()
    ordinal = language.ordinal_dot and word.isdecimal() and len(word) <= 2
    return initial or ordinal or word.lower() in language.abbreviations


def conventions(tag: str) -> Language:
    """Return a tag's conventions: those of its longest known beginning, else English.

    The lookup of RFC 4647, section 3.4.
    """
    subtags = re.split("[-_]", tag.lower())
    shorter = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((LANGUAGES[known] for known in shorter if known in LANGUAGES), ENGLISH)
