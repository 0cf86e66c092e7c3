"""The words of English demo texts."""

from demo.words import Words, lines

ENGLISH = Words(
    who=lines("""
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
    does=lines("""
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
    what=lines("""
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
    where=lines("""
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
