"""Watch lists: entries, editions, one parser per official list, the store, update, diff. No scoring here.

`store.ListStore` is the way in for other rooms; parsers are loaded only when a file is imported.
"""
