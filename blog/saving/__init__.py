"""What a save of a post sees to: its address, its text as HTML, its tags and its translations."""
