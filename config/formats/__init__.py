"""Date formats, where Django's differ from what people write."""
