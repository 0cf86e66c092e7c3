"""What is done with replies, one file for each kind of change; whoever changes one comes by here."""
