"""Ten sticky notes in which three themes lie: who gets the credit, meeting every week, sharing code."""

NOTES = (
    "Write down who does what before you begin",
    "Agree on authorship early and write it down",
    "Decide authorship order in the first meeting",
    "Discuss authorship before the work starts",
    "Meet every week, even for ten minutes",
    "A short weekly meeting keeps everybody going",
    "Have a weekly call and keep it short",
    "Share the code early and often",
    "Publish your code from the first day",
    "Put the code in the open from day one",
)
