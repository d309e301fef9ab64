"""News for the apps above, sent inside the transaction of the write: a receiver's changes stand or fall with it.

Event and segment signals carry `event`, `at` and `by_undo`, those of segments also `segment`, `prompt_shown` also
`prompt`. Attendee signals carry `event`, `attendee` and `at`. Receivers publish documents of their own themselves.
"""

from django.dispatch import Signal

# First of all: whoever will change rows of their own for this move locks them now. Publishing lets one writer of an
# event in at a time, and who has begun to publish must not wait for a row of somebody who is about to.
event_moving = Signal()
event_started = Signal()
# Before the stage's new address is told; carries `event` alone.
stage_renewed = Signal()
segment_entered = Signal()
segment_left = Signal()
prompt_shown = Signal()
# With `event`, `at` and `change` (`editing.Change`): segments may have come, gone and changed their options. Receivers
# tell those documents of theirs that this makes other ones.
programme_edited = Signal()

# First of all when somebody is about to be edited, removed or erased, for the same reason as `event_moving`.
attendee_changing = Signal()
attendee_joined = Signal()
attendee_left = Signal()
attendee_edited = Signal()
attendee_removed = Signal()
# Before the row is deleted: receivers erase what they hold about this person, documents included.
attendee_erased = Signal()
# With `event` and `at`, before the rows go: receivers lock what they must, and have files removed after the commit.
event_erased = Signal()
# With `event` and `pairs`, a list of two attendees each: they confirmed that they found each other.
people_met = Signal()
# With `copy`, an event that was just made for a rehearsal of another one.
event_copied = Signal()
# Once a day, outside of a transaction, with `at`: receivers tidy up what rows no longer point at, such as files whose
# removal failed, and return how many things they removed.
day_turned = Signal()
# With `event`, `by` (the crew member), `deed` (a name in snake_case) and `about` (a dict of what is shown beside it):
# who did what. Sent last by every action of the crew, inside its transaction.
crew_acted = Signal()
