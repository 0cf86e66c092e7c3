"""Invented people, subjects and sections."""

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
