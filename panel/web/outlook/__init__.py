"""Everything a person sees of Outlook: the card, the way to Microsoft and back, questions."""
