"""The words that demo texts are made of: every sentence is somebody, doing something, somewhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Phrases of one language that fit together in any combination."""

    who: list[str]
    does: list[str]
    what: list[str]
    where: list[str]
    link: str
    says: str
    note: str
    table: tuple[str, str]
    # Dutch and German put the verb second, whatever comes first.
    verb_second: bool = True

    def sentence(self, who: str, does: str, what: str, where: str, *, turned: bool) -> str:
        if not turned:
            return _capital(f"{who} {does} {what} {where}.")
        if self.verb_second:
            return _capital(f"{where} {does} {who} {what}.")
        return _capital(f"{where}, {who} {does} {what}.")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


ENGLISH = Words(
    who=_lines("""
        the librarian
        a postman from the coast
        the woman at the counter
        my neighbour
        the night editor
        an old ferryman
        somebody in the back row
        the apprentice
        the clockmaker's daughter
        a teacher with chalk on her sleeve
        the new gardener
        a patient reader
        the man with the ladder
        the last passenger
        our cartographer
        the choir
        a small committee
        the translator
        the baker on the corner
        every second visitor
    """),
    does=_lines("""
        keeps
        repairs
        forgets
        remembers
        draws
        counts
        describes
        defends
        borrows
        returns
        photographs
        translates
        hides
        finds
        carries
        paints
        questions
        praises
        sorts
        copies
    """),
    what=_lines("""
        the long way round
        a letter without a sender
        three kinds of silence
        the map of a smaller town
        yesterday's headline
        the unfinished staircase
        a drawer full of keys
        the recipe for plain bread
        an argument about chairs
        the blue notebook
        a perfectly good bicycle
        the view from platform two
        a list of borrowed books
        the second half of the story
        an umbrella that belongs to nobody
        the weather of last week
        a question that was asked too early
        the sound of the printing press
        a photograph of the harbour
        the smallest room in the house
    """),
    where=_lines("""
        in the reading room
        before breakfast
        on the slow train
        at the end of the season
        behind the curtain
        with great care
        for the third time
        under a lamp that flickers
        between two appointments
        on the back of an envelope
        while the kettle sings
        at the edge of town
        without being asked
        after the rain
        in a borrowed coat
        long after closing time
        by the light of the shop window
        on a Tuesday
        in the corner of the map
        as if nothing had happened
    """),
    link="More about it",
    says="overheard at the counter",
    note="Nobody knows who began it.",
    table=("What", "How many"),
    verb_second=False,
)

DUTCH = Words(
    who=_lines("""
        de bibliothecaresse
        een postbode van het eiland
        de vrouw achter de balie
        mijn buurman
        de nachtredacteur
        een oude veerman
        iemand op de achterste rij
        de leerling
        de dochter van de klokkenmaker
        een juf met krijt op haar mouw
        de nieuwe tuinman
        een geduldige lezer
        de man met de ladder
        de laatste reiziger
        onze kaartenmaker
        het koor
        een kleine commissie
        de vertaalster
        de bakker op de hoek
        iedere tweede bezoeker
    """),
    does=_lines("""
        bewaart
        herstelt
        vergeet
        herkent
        tekent
        telt
        beschrijft
        verdedigt
        leent
        fotografeert
        vertaalt
        verstopt
        vindt
        draagt
        schildert
        bevraagt
        prijst
        sorteert
        kopieert
        zoekt
    """),
    what=_lines("""
        de lange omweg
        een brief zonder afzender
        drie soorten stilte
        de plattegrond van een kleinere stad
        de kop van gisteren
        de trap die nooit is afgebouwd
        een la vol sleutels
        het recept voor gewoon brood
        een ruzie over stoelen
        het blauwe schrift
        een prima fiets
        het uitzicht vanaf spoor twee
        een lijst met geleende boeken
        de tweede helft van het verhaal
        een paraplu van niemand
        het weer van vorige week
        een vraag die te vroeg kwam
        het geluid van de drukpers
        een foto van de haven
        de kleinste kamer van het huis
    """),
    where=_lines("""
        in de leeszaal
        voor het ontbijt
        in de stoptrein
        aan het eind van het seizoen
        achter het gordijn
        met grote zorg
        voor de derde keer
        onder een lamp die knippert
        tussen twee afspraken
        op de achterkant van een envelop
        bij het fluiten van de ketel
        aan de rand van de stad
        zonder dat iemand erom vroeg
        na de regen
        in een geleende jas
        lang na sluitingstijd
        bij het licht van de etalage
        op een dinsdag
        in de hoek van de kaart
        alsof er niets gebeurd was
    """),
    link="Meer hierover",
    says="gehoord aan de balie",
    note="Niemand weet wie ermee begon.",
    table=("Wat", "Hoeveel"),
)

GERMAN = Words(
    who=_lines("""
        die Bibliothekarin
        ein Postbote von der Küste
        die Frau am Schalter
        mein Nachbar
        der Nachtredakteur
        ein alter Fährmann
        jemand in der letzten Reihe
        der Lehrling
        die Tochter des Uhrmachers
        eine Lehrerin mit Kreide am Ärmel
        der neue Gärtner
        eine geduldige Leserin
        der Mann mit der Leiter
        der letzte Fahrgast
        unsere Kartografin
        der Chor
        ein kleiner Ausschuss
        die Übersetzerin
        der Bäcker an der Ecke
        jeder zweite Besucher
    """),
    does=_lines("""
        verwahrt
        repariert
        vergisst
        erkennt
        zeichnet
        zählt
        beschreibt
        verteidigt
        borgt
        fotografiert
        übersetzt
        versteckt
        findet
        trägt
        malt
        hinterfragt
        lobt
        sortiert
        kopiert
        sucht
    """),
    what=_lines("""
        den langen Umweg
        einen Brief ohne Absender
        drei Arten von Stille
        den Plan einer kleineren Stadt
        die Schlagzeile von gestern
        die unfertige Treppe
        eine Schublade voller Schlüssel
        das Rezept für einfaches Brot
        einen Streit über Stühle
        das blaue Heft
        ein tadelloses Fahrrad
        die Aussicht von Gleis zwei
        eine Liste geliehener Bücher
        die zweite Hälfte der Geschichte
        einen Schirm, der niemandem gehört
        das Wetter der letzten Woche
        eine zu früh gestellte Frage
        das Geräusch der Druckpresse
        ein Foto vom Hafen
        das kleinste Zimmer im Haus
    """),
    where=_lines("""
        im Lesesaal
        vor dem Frühstück
        im Bummelzug
        am Ende der Saison
        hinter dem Vorhang
        mit großer Sorgfalt
        zum dritten Mal
        unter einer flackernden Lampe
        zwischen zwei Terminen
        auf der Rückseite eines Umschlags
        beim Pfeifen des Kessels
        am Rand der Stadt
        ohne jede Aufforderung
        nach dem Regen
        in einem geliehenen Mantel
        lange nach Ladenschluss
        im Licht des Schaufensters
        an einem Dienstag
        in der Ecke der Karte
        bei offenem Fenster
    """),
    link="Mehr dazu",
    says="gehört am Schalter",
    note="Niemand weiß, wer damit anfing.",
    table=("Was", "Wie viele"),
)

LANGUAGES = {"en": ENGLISH, "nl": DUTCH, "de": GERMAN}
FIRST_NAMES = (
    "Aafke Bram Carla Dorus Eveline Fedde Gitta Hauke Ilse Jelmer Kaya Leif Marit Nadir Odile Pim "
    "Quirine Rasmus Saskia Tjeerd Ulla Vasco Wiebke Xander Yara Zeno"
).split()
LAST_NAMES = (
    "Abbring Bleeker Cornelisz Drenth Eilers Fabritius Groeneweg Holtkamp Idema Joustra Kruithof "
    "Lindqvist Meinders Noordhof Oldersum Pelgrim Quast Riemersma Sandvoort Tiemann Uiterwijk "
    "Vennema Wessels Zijlma"
).split()
TOPICS = (
    "Archief Brood Chöre Dijken Eilanden Fietsen Gärten Havens Inkt Jazz Kaarten Letters Märkte "
    "Nachttreinen Orgels Papier Quilts Rivieren Schrift Tuinen Uhren Veerponten Wandelen Zeilen "
    "Bridges Clocks Dictionaries Ferries Gardens Harbours Islands Kitchens Libraries Maps Notebooks "
    "Posters Rain Stations Typography Voices Weather Brücken Fähren Küsten Lärm Mühlen Straßen Züge"
).split()
SECTIONS = {
    "Stad": ("Straten", "Huizen", "Markten"),
    "Water": ("Havens", "Rivieren", "Eilanden"),
    "Werk": ("Ambacht", "Kantoor", "Gereedschap"),
}
