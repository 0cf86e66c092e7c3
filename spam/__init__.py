"""The spam filter: small rules, each with a score and a reason in words, and a filter that learns.

No text leaves the site, unless its owner sets a key for Akismet.
"""
