"""The words of Dutch demo texts."""

from demo.words import Words, lines

DUTCH = Words(
    who=lines("""
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
    does=lines("""
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
    what=lines("""
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
    where=lines("""
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
