"""Reading what people send back: meta, answers by name and header, judgements of our own editions, and damage."""
