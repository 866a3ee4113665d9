"""Who looks like whom: query, candidates, features, matcher, hits with explanation. Decides nothing."""
