"""The inbox: whatever came back, taken apart; each file ends in exactly one state, with a reason."""
