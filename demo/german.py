"""The words of German demo texts."""

from demo.words import Words, lines

GERMAN = Words(
    who=lines("""
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
    does=lines("""
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
    what=lines("""
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
    where=lines("""
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
